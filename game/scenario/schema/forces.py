"""A file of formations as a model: the order of battle of one side as a tree."""

from __future__ import annotations

from typing import Annotated

from game.model.units import ECHELONS, MOBILITIES, TYPES
from game.scenario.schema.parts import (
    EMPTY,
    Certainty,
    CommanderPart,
    Count,
    Day,
    Id,
    Limits,
    Men,
    OneOf,
    Part,
    Permille,
    Quality,
    Side,
    Sources,
    Stock,
    Text,
)

STRIPES = ("gold", "white", "black", "green", "orange", "lilac", "cyan", "pink", "olive")


class UnitKeys(Part):
    """The keys that a formation may leave to the file's `defaults`; None = not given here."""

    mobility: Annotated[str, OneOf(MOBILITIES)] | None = None
    quality: Quality | None = None
    morale: Permille | None = None
    food: Stock | None = None
    ammunition: Stock | None = None
    entrenched: Annotated[int, Limits(ge=0, le=4000)] | None = None
    place: str | None = None
    arrives: Day | None = None
    leaves: Day | None = None
    held_until: Day | None = None
    crossing_until: Day | None = None
    stripe: Annotated[str, OneOf(STRIPES)] | None = None
    strength_source: str | None = None
    certainty: Certainty | None = None
    source: Sources | None = None
    guns: Count | None = None
    tanks: Count | None = None
    aircraft: Count | None = None
    note: str | None = None


class FormationPart(UnitKeys):
    """A formation: what it is, where it stands, and the formations below it."""

    id: Id
    level: Annotated[str, OneOf(ECHELONS)]
    type: Annotated[str, OneOf(TYPES)]
    name: Text
    short: Annotated[str, Limits(min_length=1, max_length=6)] | None = None
    commander: CommanderPart | None = None
    men: Men = 0
    establishment: Men | None = None
    paper: Men | None = None
    part_of_parent: bool = False
    off_map: bool = False
    children: list[FormationPart] = EMPTY


class ForcesFile(Part):
    """A file of formations of one side."""

    side: Side
    defaults: UnitKeys = UnitKeys()
    formations: Annotated[list[FormationPart], Limits(min_length=1)]
