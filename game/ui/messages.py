"""A message about wrong files that still knows its problems, so that the window can say it in the player's language."""

from __future__ import annotations

from collections.abc import Iterable

from game.core.errors import Problem


class Message(str):
    """A message in plain English with the problems that it tells; "" = nothing is wrong."""

    problems: tuple[Problem, ...]

    def __new__(cls, problems: Iterable[Problem] = ()) -> Message:
        """Make the message of some problems, one in a line."""
        told = tuple(problems)
        made = super().__new__(cls, "\n".join(str(p) for p in told))
        made.problems = told
        return made
