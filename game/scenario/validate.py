"""A file against its model: every deviation with its line, in words that say what was expected and what was found.

A file with mistakes in optional keys is still used, without them, so that the checks between files can run and a person
sees all problems at once.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any, TypeVar

from pydantic_core import ValidationError

from game.core.errors import Problem, did_you_mean
from game.scenario.schema.making import keys, make, models_in
from game.scenario.schema.parts import Part
from game.scenario.yamlio import COMMA_HINT, Document, describe

M = TypeVar("M", bound=Part)
Loc = tuple[int | str, ...]
MOST_ERRORS = 200  # told of one file

_QUOTED = re.compile("'([^']*)'")
# pydantic's error types -> what was expected, in a reader's words
_EXPECTED = {
    "int_type": "a whole number", "int_from_float": "a whole number", "float_type": "a number", "string_type": "text",
    "bool_type": "true or false", "list_type": "a list", "dict_type": "keys with values", "model_type": "keys with values",
    "model_attributes_type": "keys with values", "date_type": "a date such as 1944-04-17",
}  # fmt: skip


def validate(document: Document, model: type[M]) -> tuple[M | None, list[Problem]]:
    """Return a file's content as its model and everything that is wrong with it.

    The first part is None when a mistake stands in the way that cannot be left out (a key that must be there).
    """
    try:
        return make(model, document.data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
    problems = [_problem(document, model, e) for e in errors[:MOST_ERRORS]]
    return _without(document.data, [tuple(e["loc"]) for e in errors], model), problems


def _without(data: dict[str, Any], places: list[Loc], model: type[M]) -> M | None:
    """Return the model of the data without the values at some places, or None when it needs them."""
    data = deepcopy(data)
    for place in sorted(set(places), key=lambda p: (len(p), [str(s).zfill(8) for s in p]), reverse=True):
        _remove(data, place)
    try:
        return make(model, data)
    except ValidationError:
        return None


def _remove(data: Any, place: Loc) -> None:
    for step in place[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, (dict, list)) and place:
        try:
            del data[place[-1]]  # type: ignore[arg-type]
        except (KeyError, IndexError, TypeError):
            return


def _problem(document: Document, model: type[Part], error: Any) -> Problem:
    loc: Loc = tuple(error["loc"])
    kind: str = error["type"]
    key = str(loc[-1]) if loc else ""
    if kind == "missing":
        return document.problem("missing_key", f"the key {key!r} is missing{_inside(loc[:-1])}", loc[:-1])
    if kind == "extra_forbidden":
        known = _keys(model, loc[:-1])
        hint = did_you_mean(key, known) or (
            COMMA_HINT if " " in key else f"known keys: {', '.join(known)}" if len(known) <= 12 else ""
        )
        return document.problem("unknown_key", f"unknown key {key!r}{_inside(loc[:-1])}", loc, hint, key=True)
    code, expected, hint = _value_problem(error)
    return document.problem(code, f"{_dotted(loc)}: expected {expected}, found {describe(error['input'])}", loc, hint)


def _value_problem(error: Any) -> tuple[str, str, str]:
    """Return code, what was expected, and a hint for a wrong value."""
    kind, context, found = error["type"], error.get("ctx", {}), error["input"]
    if kind == "literal_error":
        known = _QUOTED.findall(context["expected"])
        if isinstance(found, str):
            return "unknown_word", f"one of {', '.join(known)}", did_you_mean(found, known)
        return "type", _EXPECTED["string_type"], _type_hint("string_type", found)
    if kind in _EXPECTED:
        return "type", _EXPECTED[kind], _type_hint(kind, found)
    limits = {"greater_than_equal": ("ge", "at least"), "less_than_equal": ("le", "at most")}
    if kind in limits:
        name, words = limits[kind]
        return "range", f"{words} {context[name]}", ""
    if kind == "string_pattern_mismatch":
        return (
            "text",
            f"text of the form {context['pattern']}",
            "small letters, digits and _" if "a-z0-9_]*$" in context["pattern"] else "",
        )
    if kind == "string_too_long":
        return "text", f"at most {context['max_length']} characters", ""
    if kind in ("string_too_short", "too_short"):
        return "text", "at least one entry" if kind == "too_short" else "some text", ""
    if kind == "too_long":
        return "range", f"at most {context['max_length']} entries", ""
    return "type", str(error["msg"]), ""


def _type_hint(kind: str, found: object) -> str:
    if kind == "string_type" and isinstance(found, (int, float)):
        return "put text that looks like a number, true or false in quotes"
    if kind == "list_type" and found is not None and not isinstance(found, dict):
        return f"write [{found}]"
    if kind.startswith("int") and isinstance(found, str):
        return "no quotes, no leading zero, no thousands separator"
    return ""


def _inside(loc: Loc) -> str:
    return f" in {_dotted(loc)}" if loc else ""


def _dotted(loc: Loc) -> str:
    """Return a path as people write it, `supply[2].place`, list entries counted from 1."""
    text = ""
    for step in loc:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return text or "the file"


def _keys(model: type[Part], loc: Loc) -> list[str]:
    """Return the keys that the model at a path knows."""
    current: type[Part] | None = model
    for step in loc:
        if isinstance(step, int) or current is None:
            continue
        known = keys(current)
        current = next(models_in(known[step].annotation), None) if step in known else None
    return list(keys(current)) if current else []
