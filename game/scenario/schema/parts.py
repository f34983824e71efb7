"""What all models of scenario files are made of: texts in two languages, facts with their source, dates, sides, bounds."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from game.model.units import QUALITIES, SIDES

CERTAINTIES = ("documented", "high", "medium", "low", "conflict")


def one_of(words: tuple[str, ...]) -> Any:
    """Return the annotation of a text that must be one of some words."""

    def check(value: str) -> str:
        if value not in words:
            raise PydanticCustomError("one_of", "expected one of {known}", {"known": ", ".join(words)})
        return value

    return AfterValidator(check)


def words_of(words: tuple[str, ...]) -> WithJsonSchema:
    """Return the annotation that tells editors the words to choose from."""
    return WithJsonSchema({"type": "string", "enum": list(words)})


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_.-]*\.yaml$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=4000)]
Men = Annotated[int, Field(ge=0, le=2_000_000)]
Count = Annotated[int, Field(ge=0, le=100_000)]
Permille = Annotated[int, Field(ge=0, le=1000)]
Points = Annotated[int, Field(ge=-10_000, le=10_000)]
Stock = Annotated[int, Field(ge=0, le=2_000)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2100, 12, 31))]
Latitude = Annotated[float, Field(ge=-85, le=85)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Sources = Annotated[list[Annotated[str, Field(min_length=1, max_length=40)]], Field(min_length=1)]
Side = Annotated[str, one_of(SIDES), words_of(SIDES)]
Certainty = Annotated[str, one_of(CERTAINTIES), words_of(CERTAINTIES)]
Quality = Annotated[str, one_of(QUALITIES), words_of(QUALITIES)]


class Part(BaseModel):
    """Base of all models: no unknown keys, and no guessing of types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


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
