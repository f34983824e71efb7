"""Reading YAML strictly: what a person wrote is what the game gets, or one sentence says what is wrong and where.

Duplicate keys, anchors, aliases and tags are refused. `no` stays a word, `12:30` and `010` stay text, keys are always
text; only whole numbers, decimal numbers, true, false, null and ISO dates get a meaning. Files are limited in size,
depth and number of values, so that no file can stall the game.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

import yaml

from game.core.errors import DataError, Problem, fail
from game.core.files import read_limited

MAX_BYTES = 2_000_000
MAX_DEPTH = 40
MAX_VALUES = 200_000
COMMA_HINT = "inside { } a comma ends a value; quote text that holds one"

Path_ = Sequence[str | int]
# the place of a value: its mark, the mark of its key (None in lists), and the spots of what it contains
Spot = tuple[Any, Any, Any]

_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_STARTS = frozenset("+-0123456789")


@dataclass
class Document:
    """One YAML file: its content as plain Python values, and where each value stands."""

    path: Path
    shown: str  # the file's name in messages
    raw: bytes
    data: dict[str, Any]
    spot: Spot = field(repr=False)

    def place(self, path: Path_, key: bool = False) -> tuple[int, int]:
        """Return (line, column), from 1, of the value at a path of keys and list indices.

        Args:
            path: keys and indices from the top; where it leads nowhere, the nearest value above counts.
            key: whether to give the place of the key in front of the value.
        """
        mark, key_mark, below = self.spot
        for step in path:
            try:
                mark, key_mark, below = below[step]
            except (KeyError, IndexError, TypeError):
                key_mark = None
                break
        found = key_mark if key and key_mark is not None else mark
        return found.line + 1, found.column + 1

    def problem(self, code: str, message: str, path: Path_ = (), hint: str = "", key: bool = False) -> Problem:
        """Return a problem at the value (or key) of a path."""
        line, col = self.place(path, key)
        return Problem(code, message, self.shown, line, col, hint)


def shown_path(path: Path) -> str:
    """Return a path as messages print it: relative to the working folder when it lies below."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except (ValueError, OSError, RuntimeError):
        return str(path)


def read_yaml(path: Path, what: str, limit: int = MAX_BYTES) -> Document:
    """Return the content of a YAML file; raises DataError when it cannot be read or is not strict YAML.

    Args:
        path: the file.
        what: what it should hold, for messages ("a scenario file").
        limit: greatest size [bytes].
    """
    shown = shown_path(path)
    try:
        raw = read_limited(path, limit, what)
    except DataError as error:
        raise DataError([Problem(p.code, p.message, shown, 0, 0, p.hint) for p in error.problems]) from error
    return parse_yaml(raw, path, shown, what)


def parse_yaml(raw: bytes, path: Path, shown: str, what: str) -> Document:
    """Return the content of a YAML file's bytes; raises DataError with every problem found."""
    _refuse_binary(raw, shown, what)
    reader = _Reader(raw, shown)
    try:
        data, spot = reader.read()
    except yaml.YAMLError as error:
        raise DataError([*reader.problems, _yaml_problem(error, shown)]) from error
    if reader.problems:
        raise DataError(reader.problems)
    if data is None:
        raise fail("empty", f"the file is empty; expected {what}", shown)
    if not isinstance(data, dict):
        raise fail("type", f"expected keys with values (key: value) at the top, found {describe(data)}", shown, 1, 1)
    return Document(path, shown, raw, data, spot)


def describe(value: object) -> str:
    """Return what a value is, in a reader's words: `the text 'abc'`, `the whole number 5`, `a list`."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "keys with values"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str):
        return f"the text {value if len(value) <= 40 else value[:37] + '...'!r}"
    kind = {int: "the whole number", float: "the decimal number", date: "the date"}.get(type(value), "the value")
    return f"{kind} {value}"


def _refuse_binary(raw: bytes, shown: str, what: str) -> None:
    if b"\0" in raw:
        raise fail("binary", f"expected {what}, found a binary file", shown, hint="scenario files are UTF-8 text")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        col = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        message = f"the byte 0x{raw[error.start]:02x} is no UTF-8 text; expected {what}"
        raise fail("encoding", message, shown, line, col, "save the file as UTF-8") from error


def _yaml_problem(error: yaml.YAMLError, shown: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    text = " ".join(str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    text = text or " ".join(str(error).split())
    hint = "is a quotation mark, bracket or indentation missing, or the file cut off?"
    return Problem(
        "yaml", f"not readable as YAML: {text}", shown, mark.line + 1 if mark else 0, mark.column + 1 if mark else 0, hint
    )


class _Reader:
    """Builds values from the parser's events. `problems` gathers what does not stop the reading."""

    def __init__(self, raw: bytes, shown: str) -> None:
        loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.next = loader(raw).get_event
        self.shown = shown
        self.problems: list[Problem] = []
        self.count = 0

    def read(self) -> tuple[Any, Spot]:
        """Return the only document's value and spot."""
        self.next()  # the start of the stream
        event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return None, (event.start_mark, None, None)
        value, spot = self._node(self.next(), 0, None)
        self.next()  # the end of the document
        event = self.next()
        if not isinstance(event, yaml.StreamEndEvent):
            self._stop("documents", "a second document begins here; a file holds one", event)
        return value, spot

    def _node(self, event: Any, depth: int, key: Any) -> tuple[Any, Spot]:
        kind = event.__class__
        self.count += 1
        if self.count > MAX_VALUES:
            self._stop("size", f"the file holds more than {MAX_VALUES:,} values", event)
        if kind is yaml.AliasEvent or event.anchor is not None:
            self._stop(
                "alias",
                "anchors (&) and aliases (*) are not used in these files",
                event,
                "write the value again, or quote the text",
            )
        if event.tag is not None and event.tag != "!":
            self._stop("tag", f"tags such as {event.tag!r} are not used in these files", event, "remove it, or quote the text")
        if kind is yaml.ScalarEvent:
            return self._scalar(event), (event.start_mark, key, None)
        if depth >= MAX_DEPTH:
            self._stop("depth", f"values are nested more than {MAX_DEPTH} deep", event)
        if kind is yaml.MappingStartEvent:
            return self._mapping(event, depth, key)
        return self._sequence(event, depth, key)

    def _sequence(self, start: Any, depth: int, key: Any) -> tuple[Any, Spot]:
        values: list[Any] = []
        spots: list[Spot] = []
        while True:
            event = self.next()
            if event.__class__ is yaml.SequenceEndEvent:
                return values, (start.start_mark, key, spots)
            value, spot = self._node(event, depth + 1, None)
            values.append(value)
            spots.append(spot)

    def _mapping(self, start: Any, depth: int, key: Any) -> tuple[Any, Spot]:
        values: dict[str, Any] = {}
        spots: dict[str, Spot] = {}
        while True:
            event = self.next()
            if event.__class__ is yaml.MappingEndEvent:
                return values, (start.start_mark, key, spots)
            name = self._key(event)
            value, spot = self._node(self.next(), depth + 1, event.start_mark)
            if name in values:
                first = spots[name][1]
                self._note(
                    "duplicate_key",
                    f"the key {name!r} stands here a second time",
                    event,
                    f"it was first given in line {first.line + 1}",
                )
            else:
                values[name] = value
                spots[name] = spot

    def _key(self, event: Any) -> str:
        """Return a key, always as the text that stands in the file."""
        if event.__class__ is not yaml.ScalarEvent or event.anchor is not None or event.tag is not None:
            self._stop("key", "a key must be a plain word", event, "is a quotation mark or a colon out of place?")
        if not event.value:
            self._stop("key", "a key is empty", event)
        return str(event.value)

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if not event.implicit[0]:
            return text  # quoted or a block of text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] not in _STARTS:
            return text
        if _INT.match(text):
            if len(text) > 18:
                self._note("number", f"the number {text[:15]}... is too long", event, "quote it if it is text")
                return 0
            return int(text)
        if _DATE.match(text):
            return self._date(text, event)
        return float(text) if _FLOAT.match(text) else text

    def _date(self, text: str, event: Any) -> date | None:
        try:
            return date.fromisoformat(text)
        except ValueError:
            self._note("date", f"{text} is no date of the calendar", event, "dates are written year-month-day, such as 1944-04-17")
            return None

    def _note(self, code: str, message: str, event: Any, hint: str = "") -> None:
        mark = event.start_mark
        self.problems.append(Problem(code, message, self.shown, mark.line + 1, mark.column + 1, hint))

    def _stop(self, code: str, message: str, event: Any, hint: str = "") -> NoReturn:
        self._note(code, message, event, hint)
        raise DataError(self.problems)
