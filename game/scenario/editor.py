"""JSON Schemas of the scenario files, with which an editor completes keys and underlines mistakes while one writes."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from inspect import getdoc
from types import NoneType
from typing import Annotated, Any, get_args, get_origin

from game.model.rules import KEYS, SECTIONS
from game.scenario.schema import ForcesFile, ObjectivesFile, PlansFile, RecordFile, ScenarioFile
from game.scenario.schema.making import REQUIRED, keys, limits_of
from game.scenario.schema.parts import OneOf, Part

DRAFT = "https://json-schema.org/draft/2020-12/schema"
FILES: dict[str, type[Part]] = {
    "scenario": ScenarioFile,
    "forces": ForcesFile,
    "plans": PlansFile,
    "objectives": ObjectivesFile,
    "record": RecordFile,
}
_TYPES: dict[Any, dict[str, Any]] = {
    str: {"type": "string"}, int: {"type": "integer"}, float: {"type": "number"}, bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
}  # fmt: skip
_TEXT_LIMITS = {"min_length": "minLength", "max_length": "maxLength", "pattern": "pattern"}
_LIMITS: dict[Any, dict[str, str]] = {
    str: _TEXT_LIMITS, int: {"ge": "minimum", "le": "maximum"}, float: {"ge": "minimum", "le": "maximum"},
    list: {"min_length": "minItems", "max_length": "maxItems"},
}  # fmt: skip


def editor_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema (draft 2020-12) of each kind of scenario file, and of rules files."""
    return {**{name: _file(model) for name, model in FILES.items()}, "rules": _rules()}


def _file(model: type[Part]) -> dict[str, Any]:
    definitions: dict[str, Any] = {}
    return {"$schema": DRAFT, **_model(model, definitions), "$defs": definitions}


def _rules() -> dict[str, Any]:
    """Return the schema of a rules file: every value by its name, with unit, bounds, source and a sentence."""
    sections = {
        name: _table({f.name: _entry(KEYS.get(f"{name}.{f.name}", ())) for f in fields(cls)}) for name, cls in SECTIONS.items()
    }
    top = {"format": {"const": 1}, "id": {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}, **sections}
    return {"$schema": DRAFT, "title": "RulesFile", "description": "The values of the rules.", **_table(top)}


def _table(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _entry(steps: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    """Return the schema of a value; steps: the words of each index of a row or table."""
    about = {
        "unit": {"type": "string"},
        "bounds": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
        "source": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "doc": {"type": "string"},
    }
    return _table({"values" if steps else "value": _numbers(steps), **about})


def _numbers(steps: tuple[tuple[str, ...], ...]) -> dict[str, Any]:
    return _table({word: _numbers(steps[1:]) for word in steps[0]}) if steps else {"type": "integer"}


def _model(model: type[Part], definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of one model; those that it holds go into the definitions."""
    known = keys(model)
    return {
        "title": model.__name__,
        "description": getdoc(model) or "",
        "type": "object",
        "properties": {name: _value(key.annotation, definitions) for name, key in known.items()},
        "required": [name for name, key in known.items() if key.default is REQUIRED],
        "additionalProperties": False,
    }


def _value(annotation: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an annotation."""
    found, origin = get_args(annotation), get_origin(annotation)
    if origin is Annotated and isinstance(found[1], OneOf):
        return {"type": "string", "enum": list(found[1].words)}
    if origin is Annotated:
        names = _LIMITS.get(get_origin(found[0]) or found[0], {})
        limits = {names[name]: value for name, value in limits_of(found[1]).items() if name in names}
        return {**_value(found[0], definitions), **limits}
    if NoneType in found:
        return {"anyOf": [_value(found[0], definitions), {"type": "null"}]}
    if origin is list:
        return {"type": "array", "items": _value(found[0], definitions)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(found[1], definitions)}
    if annotation in _TYPES:
        return dict(_TYPES[annotation])
    if annotation.__name__ not in definitions:
        definitions[annotation.__name__] = {}
        definitions[annotation.__name__] = _model(annotation, definitions)
    return {"$ref": f"#/$defs/{annotation.__name__}"}
