"""What all models of scenario files are made of: texts in two languages, facts with their source, dates, sides, bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, NoReturn

from game.model.units import QUALITIES, SIDES

CERTAINTIES = ("documented", "high", "medium", "low", "conflict")
EMPTY: Any = ()  # the default of a list that may be left out


@dataclass(frozen=True)
class Limits:
    """What a value may be; the names are those of `pydantic_core.core_schema`. None = no limit."""

    ge: int | date | None = None
    le: int | date | None = None
    min_length: int | None = None  # of a text [characters] or a list [entries]
    max_length: int | None = None
    pattern: str | None = None


@dataclass(frozen=True)
class OneOf:
    """A text that must be one of some words."""

    words: tuple[str, ...]


Id = Annotated[str, Limits(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
FileName = Annotated[str, Limits(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*\.yaml$", max_length=60)]
Words = Annotated[str, Limits(min_length=1, max_length=4000)]
Men = Annotated[int, Limits(ge=0, le=2_000_000)]
Count = Annotated[int, Limits(ge=0, le=100_000)]
Permille = Annotated[int, Limits(ge=0, le=1000)]
Points = Annotated[int, Limits(ge=-10_000, le=10_000)]
Stock = Annotated[int, Limits(ge=0, le=2_000)]
Day = Annotated[date, Limits(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Latitude = Annotated[float, Limits(ge=-85, le=85)]
Longitude = Annotated[float, Limits(ge=-180, le=180)]
Sources = Annotated[list[Annotated[str, Limits(min_length=1, max_length=40)]], Limits(min_length=1)]
Side = Annotated[str, OneOf(SIDES)]
Certainty = Annotated[str, OneOf(CERTAINTIES)]
Quality = Annotated[str, OneOf(QUALITIES)]


class Part:
    """Base of all models: no unknown keys, and no guessing of types.

    `game.scenario.schema.making` reads the annotations and fills the parts. A key that Python cannot write (`from`) has an
    underscore behind its name here. Plain classes and the core of pydantic are enough, and import three times as fast as
    its models do.
    """

    def __setattr__(self, name: str, value: object) -> NoReturn:
        """Refuse: what a file says does not change."""
        raise AttributeError(f"{type(self).__name__} is read-only")


class Text(Part):
    """A text in English and Chinese."""

    en: Words
    zh: Words


class Fact(Part):
    """Something with a source; a note says what is estimated."""

    source: Sources
    note: str | None = None
    certainty: Certainty | None = None


class CommanderPart(Text):
    """A commander and his rating."""

    rating: Quality = "C"
    certainty: Certainty = "medium"
