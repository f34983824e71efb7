"""Events: facts with old and new values and the factors that caused them.

An event is one frozen row; `kind` says what happened and `data` holds the values by name (whole numbers, words and
tuples of them only, so that it prints and compares exactly). `factors` explain the numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

Value = int | str | tuple[int, ...] | tuple[str, ...]

KINDS = (
    "turn", "weather", "arrive", "leave", "supply", "replaced", "returned", "command", "move", "battle", "loss", "retreat",
    "rout", "surrender", "dispersed", "advance", "capture", "entrench", "desert", "sick", "demolish", "rail_open",
    "air", "score", "morale", "leader", "regroup", "end",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Factor:
    """One term of a number: its name, its value and how the value acts.

    act: "x" multiplies (permille), "+" adds, "=" is a result or input shown as it is.
    """

    name: str
    value: int
    act: str = "x"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One fact of the game. turn counts from 1; minute is the time used within the side's turn."""

    turn: int
    side: int
    kind: str
    data: dict[str, Value]
    factors: tuple[Factor, ...] = ()
