"""Errors that a person can act on: one sentence, the place in the file, what was expected, a hint."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One finding in a file. Line and column count from 1; 0 = not known.

    Printed as `file:line:col: code: message (hint)`.
    """

    code: str
    message: str
    file: str = ""
    line: int = 0
    col: int = 0
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.col}: " if self.line else (f"{self.file}: " if self.file else "")
        hint = f" ({self.hint})" if self.hint else ""
        return f"{place}{self.code}: {self.message}{hint}"


@dataclass
class GameError(Exception):
    """Base of every error that the game raises on purpose; carries one or more problems."""

    problems: list[Problem] = field(default_factory=list)

    def __str__(self) -> str:
        return "\n".join(str(p) for p in self.problems)


class DataError(GameError):
    """A file cannot be used: missing, damaged, foreign, or its content breaks the rules of its format."""


class ReplayError(GameError):
    """A replay or save is damaged, edited, or does not lead to the states it records."""


class IllegalOrder(GameError):
    """An order that the rules refuse; carries the verdict's code."""


def fail(code: str, message: str, file: str = "", line: int = 0, col: int = 0, hint: str = "") -> DataError:
    """Return a DataError with a single problem, ready to raise."""
    return DataError([Problem(code, message, file, line, col, hint)])


def did_you_mean(word: str, known: list[str]) -> str:
    """Return a hint naming the nearest known words, or an empty string."""
    near = get_close_matches(word, known, n=2, cutoff=0.6)
    return f"did you mean {' or '.join(near)}?" if near else ""
