"""The schemas for editors know the keys of the format and the words that a key may have."""

from __future__ import annotations

import json
import re

import pytest

from game.core.paths import data_folder
from game.model.units import ECHELONS, TYPES
from game.scenario.editor import editor_schemas
from game.scenario.yamlio import read_yaml


def test_every_file_has_a_schema_that_json_can_hold() -> None:
    schemas = editor_schemas()
    assert list(schemas) == ["scenario", "forces", "plans", "objectives", "record", "rules"]
    assert json.loads(json.dumps(schemas)) == schemas


def test_keys_and_words_stand_in_it() -> None:
    schemas = editor_schemas()
    formation = schemas["forces"]["$defs"]["FormationPart"]
    assert formation["properties"]["level"]["enum"] == list(ECHELONS)
    assert formation["properties"]["type"]["enum"] == list(TYPES)
    assert formation["additionalProperties"] is False
    assert "from" in schemas["scenario"]["$defs"]["SupplyPart"]["properties"]
    assert set(schemas["scenario"]["required"]) >= {"format", "id", "map", "calendar", "files"}


def test_the_shipped_schemas_are_those_of_the_program() -> None:
    """`python main.py schema scenarios/schema` renews them."""
    folder = data_folder("scenarios") / "schema"
    shipped = {p.name.removesuffix(".schema.json"): json.loads(p.read_text(encoding="utf-8")) for p in folder.iterdir()}
    assert shipped == editor_schemas()


def test_files_name_their_schema() -> None:
    """Editors find the schema by the first line of every scenario and rules file."""
    for path in sorted(data_folder("scenarios").glob("*/*.yaml")):
        if path.name == "tutorial.yaml":
            continue
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", path.read_text(encoding="utf-8").split("\n", 1)[0])
        assert named and (path.parent / named[1]).is_file(), path


@pytest.mark.needs("jsonschema")
def test_the_schemas_accept_what_the_game_accepts() -> None:
    """Every shipped file, dates as texts, passes its schema; a misspelt key does not."""
    import jsonschema

    schemas = {name: jsonschema.Draft202012Validator(schema) for name, schema in editor_schemas().items()}
    for path in sorted(data_folder("scenarios").glob("*/*.yaml")):
        if path.name == "tutorial.yaml":
            continue
        kind = path.read_text(encoding="utf-8").split("\n", 1)[0].split("/")[-1].removesuffix(".schema.json")
        data = json.loads(json.dumps(read_yaml(path, "a file").data, default=str))
        assert [e.message for e in schemas[kind].iter_errors(data)] == [], path
        assert not schemas[kind].is_valid({**data, "summmary": 1})
