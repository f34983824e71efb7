"""plans.yaml, objectives.yaml and record.yaml as models: what the sides aim at, and what really happened."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from game.model.units import SIDES
from game.scenario.schema.parts import Day, Fact, Id, Part, Points, Side, Sources, Text, one_of, words_of

TASK_KINDS = ("attack", "hold", "delay", "reserve", "withdraw", "raid", "screen")
OBJECTIVE_KINDS = ("hold", "hold_by", "per_turn", "link", "destroy", "preserve", "keep")


class TaskPart(Part):
    """A line of a plan."""

    id: Id
    formations: Annotated[list[str], Field(min_length=1)]
    kind: Annotated[str, one_of(TASK_KINDS), words_of(TASK_KINDS)]
    places: list[str] = Field(default_factory=list)
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    note: str = ""
    source: Sources | None = None


class PlansFile(Part):
    """plans.yaml."""

    japan: list[TaskPart] = Field(default_factory=list)
    china: list[TaskPart] = Field(default_factory=list)


class StepPart(Part):
    """Points for a capture up to a date."""

    by: Day
    points: Points


class ObjectivePart(Fact):
    """Something that scores."""

    id: Id
    side: Side
    kind: Annotated[str, one_of(OBJECTIVE_KINDS), words_of(OBJECTIVE_KINDS)]
    title: Text
    places: list[str] | None = None
    points: Points | None = None
    limit: Annotated[int, Field(ge=0, le=10_000)] | None = None
    steps: Annotated[list[StepPart], Field(min_length=1)] | None = None
    from_: Day | None = Field(None, alias="from")
    line: str | None = None
    formations: Annotated[list[str], Field(min_length=1)] | None = None


class WeightsPart(Part):
    """What a side's points count in the net score [permille]."""

    japan: Points
    china: Points


class HistoricalPart(Part):
    """What the historical result scores."""

    score: Points
    note: Text


class LevelPart(Part):
    """A level of victory."""

    id: Id
    name: Text
    least: Points
    winner: Annotated[str, one_of((*SIDES, "draw")), words_of((*SIDES, "draw"))]


class VictoryPart(Part):
    """How points become a result."""

    weights: WeightsPart
    historical: HistoricalPart
    levels: Annotated[list[LevelPart], Field(min_length=1)]


class ObjectivesFile(Part):
    """objectives.yaml."""

    objectives: Annotated[list[ObjectivePart], Field(min_length=1)]
    victory: VictoryPart


class CapturePart(Fact):
    """A place that changed hands."""

    date: Day
    place: str
    by: Side
    kind: Annotated[str, one_of(("capture", "recapture")), words_of(("capture", "recapture"))] = "capture"
    holdout: bool = False
    scored: bool = True


class EventPart(Fact):
    """A dated event."""

    id: Id
    date: Day
    kind: str
    place: str
    text: Text


class RecordFile(Part):
    """record.yaml."""

    captures: list[CapturePart] = Field(default_factory=list)
    events: list[EventPart] = Field(default_factory=list)
