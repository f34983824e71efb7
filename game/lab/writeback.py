"""Writing values back into a rules file or a scenario: only the numbers change, every comment and space stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path

from game.core.errors import fail
from game.scenario.yamlio import Document, read_yaml, shown_path

_NUMBER = re.compile(rb"[-+]?[0-9]+")


def rules_steps(path: str) -> tuple[str, ...]:
    """Return the keys under which a value stands in a rules file: "a.b" under a, b, value; "a.b.c" under a, b, values, c."""
    section, name, *steps = path.split(".")
    return (section, name, "values", *steps) if steps else (section, name, "value")


def with_values(document: Document, changes: Mapping[tuple[str, ...], int]) -> bytes:
    """Return a file's bytes with whole numbers replaced; raises DataError where a path leads to none.

    Args:
        document: the file as it was read.
        changes: new values by path of keys.
    """
    lines = document.raw.splitlines(keepends=True)
    spots = []
    for path, value in changes.items():
        line, col = document.place(path)
        at = len(lines[line - 1].decode()[: col - 1].encode())  # columns count letters, the file is bytes
        found = _NUMBER.match(lines[line - 1], at)
        if found is None or int(found[0]) != _at(document, path):
            raise fail("write_back", f"{'.'.join(path)} is no whole number that stands in the file", document.shown, line, col)
        spots.append((line - 1, at, found.end(), value))
    for line, begin, end, value in sorted(spots, reverse=True):
        lines[line] = lines[line][:begin] + str(value).encode() + lines[line][end:]
    return b"".join(lines)


def _at(document: Document, path: tuple[str, ...]) -> object:
    found: object = document.data
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def diff(path: Path, before: bytes, after: bytes) -> str:
    """Return a unified diff of a file's old and new text."""
    name = shown_path(path).replace("\\", "/").lstrip("/")
    old, new = before.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True)
    return "".join(unified_diff(old, new, f"a/{name}", f"b/{name}", n=1))


def changed_rules(file: Path, values: Mapping[str, int]) -> tuple[bytes, bytes]:
    """Return a rules file's bytes before and after values of the rules were changed, by dotted path."""
    document = read_yaml(file, "a rules file")
    return document.raw, with_values(document, {rules_steps(p): v for p, v in values.items()})
