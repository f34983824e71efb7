"""From the annotations of the models to a validator that fills them, and to the keys that each knows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date
from types import NoneType
from typing import Annotated, Any, NamedTuple, TypeVar, get_args, get_origin, get_type_hints

from pydantic_core import SchemaValidator, core_schema

from game.scenario.schema.parts import EMPTY, Limits, OneOf, Part

P = TypeVar("P", bound=Part)
Schema = Any  # one of the many dictionary types of core_schema
REQUIRED = object()

_SIMPLE: dict[Any, Callable[..., Schema]] = {
    str: core_schema.str_schema, int: core_schema.int_schema, float: core_schema.float_schema, bool: core_schema.bool_schema,
    date: core_schema.date_schema,
}  # fmt: skip


class Key(NamedTuple):
    """A key of a model: its name in Python, what it may hold, and its default (REQUIRED = it must be there)."""

    name: str
    annotation: Any
    default: Any


_keys: dict[type[Part], dict[str, Key]] = {}  # made when first asked for, each once
_validators: dict[type[Part], SchemaValidator] = {}


def make(model: type[P], data: dict[str, Any]) -> P:
    """Return a file's content as its model; raises pydantic_core.ValidationError."""
    made: P = _validator(model).validate_python(data)
    return made


def keys(model: type[Part]) -> dict[str, Key]:
    """Return the keys of a model as they stand in files."""
    if model not in _keys:
        hints = get_type_hints(model, include_extras=True)
        _keys[model] = {name.rstrip("_"): Key(name, hint, getattr(model, name, REQUIRED)) for name, hint in hints.items()}
    return _keys[model]


def models_in(annotation: Any) -> Iterator[type[Part]]:
    """Yield the models inside an annotation such as `list[CutPart] | None`."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def _validator(model: type[Part]) -> SchemaValidator:
    if model not in _validators:
        definitions: dict[type[Part], Schema] = {}
        top = _value(model, definitions)
        _validators[model] = SchemaValidator(core_schema.definitions_schema(top, list(definitions.values())))
    return _validators[model]


def _value(annotation: Any, definitions: dict[type[Part], Schema], limits: dict[str, Any] | None = None) -> Schema:
    """Return the schema of an annotation; models go into the definitions, once each."""
    found = get_args(annotation)
    if get_origin(annotation) is Annotated:
        extra = found[1]
        if isinstance(extra, OneOf):
            return core_schema.literal_schema(list(extra.words))
        return _value(found[0], definitions, limits_of(extra))
    if NoneType in found:
        return core_schema.nullable_schema(_value(found[0], definitions))
    if get_origin(annotation) is list:
        return core_schema.list_schema(_value(found[0], definitions), strict=True, **(limits or {}))
    if get_origin(annotation) is dict:
        return core_schema.dict_schema(*(_value(inner, definitions) for inner in found), strict=True)
    if annotation in _SIMPLE:
        return _SIMPLE[annotation](strict=True, **(limits or {}))
    if annotation not in definitions:
        definitions[annotation] = {}  # in the making: a formation holds formations
        definitions[annotation] = _model(annotation, definitions)
    return core_schema.definition_reference_schema(annotation.__name__)


def limits_of(limits: Limits) -> dict[str, Any]:
    """Return the limits that are set."""
    return {name: value for name, value in asdict(limits).items() if value is not None}


def _model(model: type[Part], definitions: dict[type[Part], Schema]) -> Schema:
    fields = {key.name: _field(name, key, definitions) for name, key in keys(model).items()}
    inside = core_schema.model_fields_schema(fields, extra_behavior="forbid")
    return core_schema.model_schema(model, inside, ref=model.__name__)


def _field(name: str, key: Key, definitions: dict[type[Part], Schema]) -> Schema:
    value = _value(key.annotation, definitions)
    if key.default is EMPTY:
        value = core_schema.with_default_schema(value, default_factory=get_origin(key.annotation))
    elif key.default is not REQUIRED:
        value = core_schema.with_default_schema(value, default=key.default)
    return core_schema.model_field(value, validation_alias=name)
