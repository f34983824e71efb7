"""plans.yaml, objectives.yaml and record.yaml as models: what the sides aim at, and what really happened."""

from __future__ import annotations

from typing import Annotated

from game.model.state import LOSSES
from game.model.units import SIDES
from game.scenario.schema.parts import EMPTY, Day, Fact, Id, Limits, Men, OneOf, Part, Points, Side, Sources, Text

TASK_KINDS = ("attack", "hold", "delay", "reserve", "withdraw", "raid", "screen")
OBJECTIVE_KINDS = ("hold", "hold_by", "per_turn", "link", "destroy", "preserve", "keep")


class TaskPart(Part):
    """A line of a plan."""

    id: Id
    formations: Annotated[list[str], Limits(min_length=1)]
    kind: Annotated[str, OneOf(TASK_KINDS)]
    places: list[str] = EMPTY
    from_: Day | None = None
    until: Day | None = None
    priority: Annotated[int, Limits(ge=1, le=9)] = 5
    note: str = ""
    source: Sources | None = None


class PlansFile(Part):
    """plans.yaml."""

    japan: list[TaskPart] = EMPTY
    china: list[TaskPart] = EMPTY


class StepPart(Part):
    """Points for a capture up to a date."""

    by: Day
    points: Points


class ObjectivePart(Fact):
    """Something that scores."""

    id: Id
    side: Side
    kind: Annotated[str, OneOf(OBJECTIVE_KINDS)]
    title: Text
    places: list[str] | None = None
    points: Points | None = None
    limit: Annotated[int, Limits(ge=0, le=10_000)] | None = None
    steps: Annotated[list[StepPart], Limits(min_length=1)] | None = None
    from_: Day | None = None
    line: str | None = None
    formations: Annotated[list[str], Limits(min_length=1)] | None = None


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
    winner: Annotated[str, OneOf((*SIDES, "draw"))]


class VictoryPart(Part):
    """How points become a result."""

    weights: WeightsPart
    historical: HistoricalPart
    levels: Annotated[list[LevelPart], Limits(min_length=1)]


class ObjectivesFile(Part):
    """objectives.yaml."""

    objectives: Annotated[list[ObjectivePart], Limits(min_length=1)]
    victory: VictoryPart


class CapturePart(Fact):
    """A place that changed hands."""

    date: Day
    place: str
    by: Side
    kind: Annotated[str, OneOf(("capture", "recapture"))] = "capture"
    holdout: bool = False
    scored: bool = True


class LossPart(Fact):
    """What a side lost in the whole of the scenario."""

    id: Id
    side: Side
    kinds: Annotated[list[Annotated[str, OneOf(LOSSES)]], Limits(min_length=1)]
    low: Men
    high: Men
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

    captures: list[CapturePart] = EMPTY
    losses: list[LossPart] = EMPTY
    events: list[EventPart] = EMPTY
