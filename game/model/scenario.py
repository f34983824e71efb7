"""A scenario: everything that is fixed before the first order. Letters: H hexes, U units, S sides, T turns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np
import numpy.typing as npt

from game.model.hexmap import HexMap
from game.model.rules import Rules
from game.model.units import Commander, Name, UnitSpec

NOBODY = 255  # control of sea and lakes


@dataclass(frozen=True)
class Calendar:
    """The dates of the turns. Turns count from 1."""

    start: date
    end: date
    days_per_turn: int
    first: int  # side that moves first

    @property
    def turns(self) -> int:
        """Return T: as many turns as cover start..end, both included."""
        return -(-((self.end - self.start).days + 1) // self.days_per_turn)

    def date_of(self, turn: int, day: int = 0) -> date:
        """Return the date of a day (0 = first) of a turn."""
        return self.start + timedelta(days=(turn - 1) * self.days_per_turn + day)

    def turn_of(self, when: date) -> int:
        """Return the turn that contains a date; 0 or less before the start."""
        return (when - self.start).days // self.days_per_turn + 1


@dataclass(frozen=True)
class SideInfo:
    """One side: names and the mood of its troops."""

    name: Name
    army: Name  # what its forces here are called
    commander: Name
    briefing: Name  # what it must do, a paragraph
    source: tuple[str, ...]
    transport: int  # reach of its supply columns [permille of the rules' hours]: trucks, carts, porters
    documented_men: int  # the documents' total [men], 0 = none
    documented_note: str


@dataclass(frozen=True)
class SupplySource:
    """A place from which supply flows: a map-edge base, port, depot or railhead."""

    id: str
    side: int
    place: str
    hex: int
    kind: str  # base, depot, port
    men: int  # men it can sustain [men]
    from_turn: int
    until_turn: int  # last turn, 0 = no end
    stock_days: int  # what is stored, in days of its full capacity; -1 = endless
    source: tuple[str, ...]


@dataclass(frozen=True)
class Fort:
    """Prepared defences of a place: worn down by bombardment, not by time."""

    place: str
    hex: int
    level: int  # [permille]: 1000 = solid field works, 2500 = a fortress; see rules combat.fort
    source: tuple[str, ...]


@dataclass(frozen=True)
class AirBase:
    """Aircraft that fly from a base while its side holds it. hex -1 = off the map, safe."""

    id: str
    side: int
    name: Name
    hex: int
    points: int  # air points a day
    range_km: int
    from_turn: int
    until_turn: int  # 0 = no end
    source: tuple[str, ...]
    moves_to: str = ""  # base from which its aircraft fly once it is lost
    share: int = 1000  # how many of them do [permille]


@dataclass(frozen=True)
class Pool:
    """Replacement men that reach a side's depots on a date."""

    side: int
    turn: int
    men: int
    source: tuple[str, ...]


@dataclass(frozen=True)
class Countryside:
    """Hostile countryside: peasants or guerrillas who disarm beaten and hungry troops of a side."""

    side: int  # whose troops suffer
    regions: tuple[int, ...]  # indices into HexMap.regions; empty = everywhere
    from_turn: int
    until_turn: int  # 0 = no end
    loss: int  # share of a beaten unit's men that is disarmed a turn [permille]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Waterway:
    """A stretch of river that carries a side's supply by junk while it holds both banks."""

    side: int
    river: str  # line of the map
    sides: tuple[tuple[int, int], ...]  # its (hex, direction) hexsides in the order of the course
    from_turn: int
    source: tuple[str, ...]


@dataclass(frozen=True)
class Gas:
    """A documented use of gas: strengthens so many assaults of a side between two turns."""

    side: int
    uses: int
    from_turn: int
    until_turn: int  # 0 = no end
    source: tuple[str, ...]


@dataclass(frozen=True)
class Disease:
    """Sickness beyond the usual rate."""

    side: int  # -1 = both
    regions: tuple[int, ...]  # empty = everywhere
    from_turn: int
    until_turn: int  # 0 = no end
    permille: int  # men a day [permille]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Guerrillas:
    """People who break the railways of a side where none of its troops watch."""

    side: int  # whose railways suffer
    regions: tuple[int, ...]  # empty = everywhere
    from_turn: int
    until_turn: int  # 0 = no end
    chance: int  # for each unwatched hex of railway a turn [permille]
    source: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A change of command: from its turn on a formation has another parent or commander."""

    turn: int
    formation: str
    parent: str  # "" = unchanged
    commander: Commander | None  # None = unchanged
    source: tuple[str, ...]


@dataclass(frozen=True)
class Transfer:
    """Units that leave the map at one turn and come back at a place at another."""

    turn: int
    arrives_turn: int
    units: tuple[int, ...]
    hex: int
    place: str
    source: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """A line of a side's plan: guidance for its commanders, never a script."""

    id: str
    side: int
    units: tuple[int, ...]  # every unit below the formations named
    kind: str  # attack, hold, delay, reserve, withdraw, raid, screen
    hexes: tuple[int, ...]  # objectives in order
    places: tuple[str, ...]
    from_turn: int
    until_turn: int  # 0 = no end
    priority: int  # 1 first .. 9 last
    note: str


@dataclass(frozen=True)
class Objective:
    """Something that scores. See `rules.victory` for the kinds.

    hold: points for each place held at the end · hold_by: points by the turn of capture (steps) · per_turn: points for
    each turn's end held · link: a railway between two places open at a turn's end (stations held, no enemy on the track) ·
    destroy: formations that lost most of their men · preserve: formations still fit · keep: points unless the place was
    ever lost.
    """

    id: str
    side: int
    kind: str
    title: Name
    places: tuple[str, ...]
    hexes: tuple[int, ...]
    points: int  # for each place, formation or turn
    limit: int  # most that it can score, 0 = no limit
    steps: tuple[tuple[int, int], ...]  # hold_by: (last turn, points), ascending
    from_turn: int
    formations: tuple[str, ...]
    groups: tuple[tuple[int, ...], ...]  # units of each formation
    chain: tuple[int, ...]  # link: the hexes
    source: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A victory level: reached from `least` net points upwards."""

    id: str
    name: Name
    least: int
    winner: int  # side, or -1 for a draw


@dataclass(frozen=True)
class RecordedCapture:
    """What really happened: a place changed hands. For comparison only."""

    date: date
    place: str
    side: int
    kind: str  # capture, recapture
    certainty: str
    holdout: bool
    scored: bool  # False for rows that only complete the sequence of holders
    source: tuple[str, ...]


@dataclass(frozen=True)
class RecordedLoss:
    """What a side really lost in the whole of the scenario, as a range [men]. For comparison only."""

    id: str
    side: int
    kinds: tuple[str, ...]  # of state.LOSSES, counted together
    low: int
    high: int
    certainty: str
    scored: bool  # False where the figure covers more or less than the scenario, or another figure is better
    source: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class RecordedEvent:
    """A dated event of the record, shown on the history line."""

    id: str
    date: date
    kind: str
    place: str
    text: Name
    certainty: str
    source: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Scenario:
    """One scenario, complete and checked."""

    id: str
    title: Name
    summary: Name
    map: HexMap
    calendar: Calendar
    rules: Rules
    sides: tuple[SideInfo, SideInfo]
    formations: tuple[UnitSpec, ...]  # the whole tree, parents before children
    units: tuple[UnitSpec, ...]  # (U,) the formations that have a counter, in tree order
    control: npt.NDArray[np.uint8]  # (H,) side that holds each hex at the start, NOBODY for water
    broken_rail: npt.NDArray[np.uint8]  # (H,) 1 where the railway is lifted or cut at the start
    sources: tuple[SupplySource, ...]
    forts: tuple[Fort, ...]
    air: tuple[AirBase, ...]
    pools: tuple[Pool, ...]
    countryside: tuple[Countryside, ...]
    plans: tuple[Task, ...]
    objectives: tuple[Objective, ...]
    weights: tuple[int, int]  # net points = sum of weight x side's points / 1000 [permille]
    levels: tuple[Level, ...]  # from the highest to the lowest
    historical: tuple[int, Name]  # net points that the historical result scores, and a note
    record: tuple[RecordedCapture, ...]
    events: tuple[RecordedEvent, ...]
    watched: tuple[str, ...]  # ids of the places whose changes of control are reported
    digest: str  # of the scenario's files, the rules and the map
    waterways: tuple[Waterway, ...] = ()
    gas: tuple[Gas, ...] = ()
    disease: tuple[Disease, ...] = ()
    guerrillas: tuple[Guerrillas, ...] = ()
    changes: tuple[Change, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    recorded_losses: tuple[RecordedLoss, ...] = ()
    folder: str = ""  # where its files lie, "" = it comes with the game
    changed: tuple[tuple[str, int], ...] = ()  # values of the rules that were changed from outside the scenario's files, by path

    @cached_property
    def unit_by_id(self) -> dict[str, int]:
        """Return unit indices by id."""
        return {u.id: u.index for u in self.units}

    @cached_property
    def formation_by_id(self) -> dict[str, UnitSpec]:
        """Return formations by id."""
        return {f.id: f for f in self.formations}

    @cached_property
    def children(self) -> dict[str, tuple[str, ...]]:
        """Return the ids directly below each formation ("" = the top)."""
        found: dict[str, list[str]] = {}
        for f in self.formations:
            found.setdefault(f.parent, []).append(f.id)
        return {k: tuple(v) for k, v in found.items()}

    def below(self, formation: str) -> tuple[int, ...]:
        """Return the units of a formation and of everything below it, in tree order."""
        found: list[int] = []
        todo = [formation]
        while todo:
            fid = todo.pop()
            spec = self.formation_by_id[fid]
            if spec.index >= 0:
                found.append(spec.index)
            todo.extend(reversed(self.children.get(fid, ())))
        return tuple(found)
