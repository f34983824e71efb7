"""The schemas for editors know the keys of the format and the words that a key may have."""

from __future__ import annotations

import json

from game.model.units import ECHELONS, TYPES
from game.scenario.editor import editor_schemas


def test_every_file_has_a_schema_that_json_can_hold() -> None:
    schemas = editor_schemas()
    assert list(schemas) == ["scenario", "forces", "plans", "objectives", "record"]
    assert json.loads(json.dumps(schemas)) == schemas


def test_keys_and_words_stand_in_it() -> None:
    schemas = editor_schemas()
    formation = schemas["forces"]["$defs"]["FormationPart"]
    assert formation["properties"]["level"]["enum"] == list(ECHELONS)
    assert formation["properties"]["type"]["enum"] == list(TYPES)
    assert formation["additionalProperties"] is False
    assert "from" in schemas["scenario"]["$defs"]["SupplyPart"]["properties"]
    assert set(schemas["scenario"]["required"]) >= {"format", "id", "map", "calendar", "files"}
