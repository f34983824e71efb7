"""JSON Schemas of the scenario files, with which an editor completes keys and underlines mistakes while one writes."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from game.scenario.schema import ForcesFile, ObjectivesFile, PlansFile, RecordFile, ScenarioFile

FILES: dict[str, type[BaseModel]] = {
    "scenario": ScenarioFile,
    "forces": ForcesFile,
    "plans": PlansFile,
    "objectives": ObjectivesFile,
    "record": RecordFile,
}


def editor_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each kind of scenario file."""
    return {name: model.model_json_schema(by_alias=True) for name, model in FILES.items()}
