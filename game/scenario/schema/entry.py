"""scenario.yaml as a model: map, calendar, sides, supply, air and everything else that is not a formation or an aim."""

from __future__ import annotations

from typing import Annotated

from game.scenario.schema.parts import (
    EMPTY,
    CommanderPart,
    Day,
    Fact,
    FileName,
    Id,
    Latitude,
    Limits,
    Longitude,
    Men,
    OneOf,
    Part,
    Permille,
    Side,
    Text,
)

PLACE_KINDS = ("city", "town", "rail_station", "airfield", "river_crossing", "river", "pass", "hill", "region")
SOURCE_KINDS = ("base", "depot", "port", "air")


class Window(Part):
    """The part of the map that is played [degrees]."""

    west: Longitude
    south: Latitude
    east: Longitude
    north: Latitude


class MapPart(Part):
    """Which map, and which window of it; without a window the whole map."""

    name: Annotated[str, Limits(pattern=r"^[A-Za-z0-9_]+$", max_length=60)]
    window: Window | None = None


class CalendarPart(Part):
    """The dates of the scenario."""

    start: Day
    end: Day
    days_per_turn: Annotated[int, Limits(ge=1, le=30)]
    first: Side


class FilesPart(Part):
    """The scenario's other files, all in its folder."""

    forces: Annotated[list[FileName], Limits(min_length=1, max_length=20)]
    plans: FileName
    objectives: FileName
    record: FileName


class SidePart(Fact):
    """One side's names, briefing and circumstances."""

    name: Text
    army: Text
    commander: Text
    briefing: Text
    transport: Annotated[int, Limits(ge=100, le=5000)] = 1000
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
    from_: str
    to: str


class SupplyPart(Fact):
    """A source of supply."""

    id: Id
    side: Side
    place: str
    kind: Annotated[str, OneOf(SOURCE_KINDS)]
    men: Men
    stock_days: Annotated[int, Limits(ge=0, le=2000)] | None = None
    from_: Day | None = None
    until: Day | None = None


class FortPart(Fact):
    """Prepared defences of a place."""

    place: str
    level: Annotated[int, Limits(ge=1, le=5000)]


class AirPart(Fact):
    """Aircraft of a side."""

    id: Id
    side: Side
    name: Text
    place: str | None = None
    off_map: bool = False
    points: Annotated[int, Limits(ge=0, le=1000)]
    range_km: Annotated[int, Limits(ge=0, le=5000)]
    from_: Day | None = None
    until: Day | None = None
    moves_to: str | None = None
    share: Permille = 1000


class PoolPart(Fact):
    """Replacement men on a date."""

    side: Side
    date: Day
    men: Men


class CountrysidePart(Fact):
    """Provinces whose people turn against a side's beaten troops."""

    side: Side
    provinces: list[str]
    from_: Day | None = None
    until: Day | None = None
    loss: Permille


class WaterwayPart(Fact):
    """A stretch of river on which a side ships supply."""

    side: Side
    river: str
    from_: str
    to: str
    date: Day | None = None


class GasPart(Fact):
    """Gas that a side may use in assaults, so many times."""

    side: Side
    uses: Annotated[int, Limits(ge=1, le=1000)]
    from_: Day | None = None
    until: Day | None = None


class DiseasePart(Fact):
    """Provinces where more men fall sick than the rules say [permille a day]."""

    side: Side | None = None
    provinces: list[str]
    from_: Day | None = None
    until: Day | None = None
    permille: Annotated[int, Limits(ge=1, le=1000)]


class GuerrillaPart(Fact):
    """Provinces where guerrillas break a side's unguarded railways [permille a turn and hex]."""

    side: Side
    provinces: list[str]
    from_: Day | None = None
    until: Day | None = None
    chance: Annotated[int, Limits(ge=1, le=1000)]


class ChangePart(Fact):
    """A formation comes under another on a date, or gets another commander."""

    date: Day
    formation: str
    parent: str | None = None
    commander: CommanderPart | None = None


class TransferPart(Fact):
    """A formation leaves the map on one date and arrives at a place on another."""

    date: Day
    formation: str
    to: str
    arrives: Day


class PlacePart(Fact):
    """A place that the gazetteer lacks."""

    id: Id
    name: Text
    lat: Latitude
    lon: Longitude
    kind: Annotated[str, OneOf(PLACE_KINDS)]
    rank: Annotated[int, Limits(ge=0, le=3)] = 3
    airfield: bool = False
    accuracy: str = "approx"
    province: str = ""


class ScenarioFile(Part):
    """scenario.yaml."""

    format: Annotated[int, Limits(ge=1, le=1)]
    id: Id
    title: Text
    summary: Text
    map: MapPart
    calendar: CalendarPart
    rules: Annotated[str, Limits(pattern=r"^[A-Za-z0-9_]+$", max_length=60)]
    overrides: dict[str, int] = EMPTY
    files: FilesPart
    sides: SidesPart
    control: ControlPart
    railways_cut: list[CutPart] = EMPTY
    supply: list[SupplyPart] = EMPTY
    forts: list[FortPart] = EMPTY
    air: list[AirPart] = EMPTY
    replacements: list[PoolPart] = EMPTY
    countryside: list[CountrysidePart] = EMPTY
    waterways: list[WaterwayPart] = EMPTY
    gas: list[GasPart] = EMPTY
    disease: list[DiseasePart] = EMPTY
    guerrillas: list[GuerrillaPart] = EMPTY
    changes: list[ChangePart] = EMPTY
    transfers: list[TransferPart] = EMPTY
    places: list[PlacePart] = EMPTY
    watched: list[str] | None = None
