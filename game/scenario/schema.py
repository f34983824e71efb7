"""The scenario format as models: which keys a file may have, and what stands behind each.

`docs/scenario-format.md` explains them to people. The models only look at one file at a time; what files say of each
other (ids, places, dates within the calendar) is the task of `game.scenario.checks`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from game.model.units import ECHELONS, MOBILITIES, QUALITIES, SIDES, TYPES

STRIPES = ("gold", "white", "black", "green", "orange", "lilac", "cyan", "pink", "olive")
PLACE_KINDS = ("city", "town", "rail_station", "airfield", "river_crossing", "river", "pass", "hill", "region")
SOURCE_KINDS = ("base", "depot", "port")
TASK_KINDS = ("attack", "hold", "delay", "reserve", "withdraw", "raid", "screen")
OBJECTIVE_KINDS = ("hold", "hold_by", "per_turn", "link", "destroy", "preserve", "keep")
CERTAINTIES = ("documented", "high", "medium", "low", "conflict")


def one_of(words: tuple[str, ...]) -> Any:
    """Return the annotation of a text that must be one of some words."""

    def check(value: str) -> str:
        if value not in words:
            raise PydanticCustomError("one_of", "expected one of {known}", {"known": ", ".join(words)})
        return value

    return AfterValidator(check)


def _enum(words: tuple[str, ...]) -> WithJsonSchema:
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
Side = Annotated[str, one_of(SIDES), _enum(SIDES)]
Certainty = Annotated[str, one_of(CERTAINTIES), _enum(CERTAINTIES)]
Quality = Annotated[str, one_of(QUALITIES), _enum(QUALITIES)]


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


class Window(Part):
    """The part of the map that is played [degrees]."""

    west: Longitude
    south: Latitude
    east: Longitude
    north: Latitude


class MapPart(Part):
    """Which map, and which window of it; without a window the whole map."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$", max_length=60)]
    window: Window | None = None


class CalendarPart(Part):
    """The dates of the scenario."""

    start: Day
    end: Day
    days_per_turn: Annotated[int, Field(ge=1, le=30)]
    first: Side


class FilesPart(Part):
    """The scenario's other files, all in its folder."""

    forces: Annotated[list[FileName], Field(min_length=1, max_length=20)]
    plans: FileName
    objectives: FileName
    record: FileName


class SidePart(Fact):
    """One side's names, briefing and circumstances."""

    name: Text
    army: Text
    commander: Text
    briefing: Text
    transport: Annotated[int, Field(ge=100, le=5000)] = 1000
    documented_men: Men = 0
    documented_note: str = ""


class SidesPart(Part):
    """Both sides."""

    japan: SidePart
    china: SidePart


class ControlPart(Part):
    """Named places that each side holds at the start."""

    japan: list[str]
    china: list[str]


class CutPart(Fact):
    """A stretch of railway that does not work at the start."""

    line: str
    from_: str = Field(alias="from")
    to: str


class SupplyPart(Fact):
    """A source of supply."""

    id: Id
    side: Side
    place: str
    kind: Annotated[str, one_of(SOURCE_KINDS), _enum(SOURCE_KINDS)]
    men: Men
    stock_days: Annotated[int, Field(ge=0, le=2000)] | None = None
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class FortPart(Fact):
    """Prepared defences of a place."""

    place: str
    level: Annotated[int, Field(ge=1, le=5000)]


class AirPart(Fact):
    """Aircraft of a side."""

    id: Id
    side: Side
    name: Text
    place: str | None = None
    off_map: bool = False
    points: Annotated[int, Field(ge=0, le=1000)]
    range_km: Annotated[int, Field(ge=0, le=5000)]
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None


class PoolPart(Fact):
    """Replacement men on a date."""

    side: Side
    date: Day
    men: Men


class CountrysidePart(Fact):
    """Provinces whose people turn against a side's beaten troops."""

    side: Side
    provinces: list[str]
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    loss: Permille


class PlacePart(Fact):
    """A place that the gazetteer lacks."""

    id: Id
    name: Text
    lat: Latitude
    lon: Longitude
    kind: Annotated[str, one_of(PLACE_KINDS), _enum(PLACE_KINDS)]
    rank: Annotated[int, Field(ge=0, le=3)] = 3
    airfield: bool = False
    accuracy: str = "approx"
    province: str = ""


class ScenarioFile(Part):
    """scenario.yaml."""

    format: Annotated[int, Field(ge=1, le=1)]
    id: Id
    title: Text
    summary: Text
    map: MapPart
    calendar: CalendarPart
    rules: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]+$", max_length=60)]
    overrides: dict[str, int] = {}
    files: FilesPart
    sides: SidesPart
    control: ControlPart
    railways_cut: list[CutPart] = []
    supply: list[SupplyPart] = []
    forts: list[FortPart] = []
    air: list[AirPart] = []
    replacements: list[PoolPart] = []
    countryside: list[CountrysidePart] = []
    places: list[PlacePart] = []
    watched: list[str] | None = None


class CommanderPart(Text):
    """A commander and his rating."""

    rating: Quality = "C"
    certainty: Certainty = "medium"


class UnitKeys(Part):
    """The keys that a formation may leave to the file's `defaults`; None = not given here."""

    mobility: Annotated[str, one_of(MOBILITIES), _enum(MOBILITIES)] | None = None
    quality: Quality | None = None
    morale: Permille | None = None
    food: Stock | None = None
    ammunition: Stock | None = None
    entrenched: Annotated[int, Field(ge=0, le=4000)] | None = None
    place: str | None = None
    arrives: Day | None = None
    leaves: Day | None = None
    held_until: Day | None = None
    crossing_until: Day | None = None
    stripe: Annotated[str, one_of(STRIPES), _enum(STRIPES)] | None = None
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
    level: Annotated[str, one_of(ECHELONS), _enum(ECHELONS)]
    type: Annotated[str, one_of(TYPES), _enum(TYPES)]
    name: Text
    short: Annotated[str, Field(min_length=1, max_length=6)] | None = None
    commander: CommanderPart | None = None
    men: Men = 0
    establishment: Men | None = None
    paper: Men | None = None
    part_of_parent: bool = False
    off_map: bool = False
    children: list[FormationPart] = []


class ForcesFile(Part):
    """A file of formations of one side."""

    side: Side
    defaults: UnitKeys = UnitKeys()
    formations: Annotated[list[FormationPart], Field(min_length=1)]


class TaskPart(Part):
    """A line of a plan."""

    id: Id
    formations: Annotated[list[str], Field(min_length=1)]
    kind: Annotated[str, one_of(TASK_KINDS), _enum(TASK_KINDS)]
    places: list[str] = []
    from_: Day | None = Field(None, alias="from")
    until: Day | None = None
    priority: Annotated[int, Field(ge=1, le=9)] = 5
    note: str = ""
    source: Sources | None = None


class PlansFile(Part):
    """plans.yaml."""

    japan: list[TaskPart] = []
    china: list[TaskPart] = []


class StepPart(Part):
    """Points for a capture up to a date."""

    by: Day
    points: Points


class ObjectivePart(Fact):
    """Something that scores."""

    id: Id
    side: Side
    kind: Annotated[str, one_of(OBJECTIVE_KINDS), _enum(OBJECTIVE_KINDS)]
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
    winner: Annotated[str, one_of((*SIDES, "draw")), _enum((*SIDES, "draw"))]


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
    kind: Annotated[str, one_of(("capture", "recapture")), _enum(("capture", "recapture"))] = "capture"
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

    captures: list[CapturePart] = []
    events: list[EventPart] = []
