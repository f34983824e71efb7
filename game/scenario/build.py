"""From the files to the scenario: ids become hexes and units, dates become turns.

Building forgives: what refers to something unknown gets hex -1 or is left out. `game.scenario.checks` reports it, and a
scenario with errors is never played.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from game.core.digest import digest_bytes
from game.core.paths import data_folder
from game.model import scenario as model
from game.model.hexmap import HexMap, Place
from game.model.rules import Rules
from game.model.scenario import Calendar, Scenario
from game.model.state import LOSSES
from game.model.units import CHINA, JAPAN, SIDES, UnitSpec
from game.scenario import control, mapfile, schema, tree
from game.scenario.bundle import Bundle
from game.scenario.tree import Node, name_of

WATCHED_KINDS = ("city", "town", "rail_station", "pass", "airfield", "river_crossing")


@dataclass(frozen=True)
class Context:
    """A scenario together with the files that it was made from; what every check looks at."""

    bundle: Bundle
    nodes: list[Node]
    scenario: Scenario

    @property
    def map(self) -> HexMap:
        """Return the window of the map, with the scenario's own places."""
        return self.scenario.map


def open_map(bundle: Bundle) -> HexMap:
    """Return the scenario's window of its map, with its own places added; raises DataError."""
    window = bundle.entry.map.window
    hexmap = mapfile.load_map(bundle.entry.map.name)
    if window is not None:
        hexmap = mapfile.cut(hexmap, window.west, window.south, window.east, window.north)
    own = [_place(p, hexmap) for p in bundle.entry.places if p.id not in hexmap.place_by_id]
    return replace(hexmap, places=(*hexmap.places, *own)) if own else hexmap


def calendar_of(bundle: Bundle) -> Calendar:
    """Return the calendar of a scenario."""
    part = bundle.entry.calendar
    return Calendar(part.start, part.end, part.days_per_turn, SIDES.index(part.first))


def build(bundle: Bundle, hexmap: HexMap, rules: Rules, digest: str, changed: tuple[tuple[str, int], ...] = ()) -> Context:
    """Return the scenario of some files on a map; changed: values of the rules that come from outside the files."""
    nodes = tree.walk(bundle)
    builder = _Builder(bundle, hexmap, rules, calendar_of(bundle))
    formations = tree.unit_specs(nodes, builder.places, builder.calendar, rules)
    own = bundle.folder.resolve().parent == data_folder("scenarios").resolve()
    scenario = replace(builder.scenario(formations, digest), changed=changed, folder="" if own else str(bundle.folder.resolve()))
    return Context(bundle, nodes, scenario)


def digest_of(bundle: Bundle, rules_file: bytes, overrides: Mapping[str, int], map_digest: str) -> str:
    """Return the digest of everything that a scenario consists of."""
    changes = "\n".join(f"{name}={overrides[name]}" for name in sorted(overrides))
    files = [d.raw for d in bundle.documents()]
    return digest_bytes(*files, rules_file, changes.encode(), map_digest.encode())


def _place(part: schema.PlacePart, hexmap: HexMap) -> Place:
    index = mapfile.hex_at(hexmap, part.lat, part.lon)
    return Place(
        part.id, part.name.en, part.name.zh, part.kind, part.lat, part.lon, index,
        part.rank, part.airfield, part.accuracy, part.province,
    )  # fmt: skip


class _Builder:
    """Resolves ids and dates for one scenario."""

    def __init__(self, bundle: Bundle, hexmap: HexMap, rules: Rules, calendar: Calendar) -> None:
        self.bundle, self.entry = bundle, bundle.entry
        self.map, self.rules, self.calendar = hexmap, rules, calendar
        self.places = hexmap.place_by_id
        self.below: dict[str, tuple[int, ...]] = {}

    def scenario(self, formations: tuple[UnitSpec, ...], digest: str) -> Scenario:
        """Return the whole scenario."""
        entry, victory = self.entry, self.bundle.objectives.victory
        units = tuple(f for f in formations if f.index >= 0)
        self.below = tree.units_below(formations)
        return Scenario(
            id=entry.id, title=name_of(entry.title), summary=name_of(entry.summary), map=self.map, calendar=self.calendar,
            rules=self.rules, sides=(_side(entry.sides.japan), _side(entry.sides.china)), formations=formations, units=units,
            control=control.start_control(self.map, self._seeds(units)),
            broken_rail=self._broken_rail(),
            sources=tuple(self._source(p) for p in entry.supply),
            forts=tuple(model.Fort(p.place, self.hex(p.place), p.level, tuple(p.source)) for p in entry.forts),
            air=tuple(self._air(p) for p in entry.air),
            pools=tuple(model.Pool(SIDES.index(p.side), self.turn(p.date, 1), p.men, tuple(p.source)) for p in entry.replacements),
            countryside=tuple(self._countryside(p) for p in entry.countryside),
            plans=self._plans(), objectives=tuple(self._objective(p) for p in self.bundle.objectives.objectives),
            weights=(victory.weights.japan, victory.weights.china), levels=tuple(_level(p) for p in victory.levels),
            historical=(victory.historical.score, name_of(victory.historical.note)),
            record=tuple(_capture(p) for p in self.bundle.record.captures),
            events=tuple(_event(p) for p in self.bundle.record.events),
            watched=self._watched(), digest=digest,
            waterways=tuple(self._waterway(p) for p in entry.waterways),
            gas=tuple(
                model.Gas(SIDES.index(p.side), p.uses, self.turn(p.from_, 1), self.turn(p.until, 0), tuple(p.source))
                for p in entry.gas
            ),
            disease=tuple(self._disease(p) for p in entry.disease),
            guerrillas=tuple(self._guerrillas(p) for p in entry.guerrillas),
            changes=(changes := self._changes(formations)), transfers=self._transfers(formations, changes),
            recorded_losses=tuple(_loss(p) for p in self.bundle.record.losses),
        )  # fmt: skip

    def hex(self, place: str | None) -> int:
        """Return the hex of a place, -1 when it is unknown or off the map."""
        found = self.places.get(place) if place else None
        return found.hex if found else -1

    def turn(self, when: date | None, otherwise: int) -> int:
        """Return the turn of a date, 1 for what lies before the start, `otherwise` when there is none."""
        return max(1, self.calendar.turn_of(when)) if when else otherwise

    def _seeds(self, units: tuple[UnitSpec, ...]) -> dict[int, int]:
        named = self.entry.control
        seeds = {self.hex(place): side for side, ids in ((JAPAN, named.japan), (CHINA, named.china)) for place in ids}
        seeds |= {u.hex: u.side for u in units if u.arrives <= 1}
        seeds.pop(-1, None)
        return seeds

    def _broken_rail(self) -> npt.NDArray[np.uint8]:
        broken = np.zeros(self.map.size, np.uint8)
        for part in self.entry.railways_cut:
            broken[list(self.chain(part.line, part.from_, part.to))] = 1
        broken.setflags(write=False)
        return broken

    def chain(self, line: str, first: str, last: str) -> tuple[int, ...]:
        """Return the hexes of a railway from place to place, both ends included."""
        return control.stretch(control.lines_of(self.map, line), self.hex(first), self.hex(last), self.map.cols)

    def _source(self, p: schema.SupplyPart) -> model.SupplySource:
        stock = -1 if p.stock_days is None else p.stock_days
        return model.SupplySource(
            p.id, SIDES.index(p.side), p.place, self.hex(p.place), p.kind, p.men, self.turn(p.from_, 1), self.turn(p.until, 0),
            stock, tuple(p.source),
        )  # fmt: skip

    def _air(self, p: schema.AirPart) -> model.AirBase:
        index = -1 if p.off_map else self.hex(p.place)
        return model.AirBase(
            p.id, SIDES.index(p.side), name_of(p.name), index, p.points, p.range_km, self.turn(p.from_, 1), self.turn(p.until, 0),
            tuple(p.source), p.moves_to or "", p.share,
        )  # fmt: skip

    def _regions(self, provinces: list[str]) -> tuple[int, ...]:
        names = [region[0] for region in self.map.regions]
        return tuple(names.index(name) for name in provinces if name in names)

    def _countryside(self, p: schema.CountrysidePart) -> model.Countryside:
        first, last = self.turn(p.from_, 1), self.turn(p.until, 0)
        return model.Countryside(SIDES.index(p.side), self._regions(p.provinces), first, last, p.loss, tuple(p.source))

    def _disease(self, p: schema.DiseasePart) -> model.Disease:
        side = SIDES.index(p.side) if p.side else -1
        first, last = self.turn(p.from_, 1), self.turn(p.until, 0)
        return model.Disease(side, self._regions(p.provinces), first, last, p.permille, tuple(p.source))

    def _guerrillas(self, p: schema.GuerrillaPart) -> model.Guerrillas:
        first, last = self.turn(p.from_, 1), self.turn(p.until, 0)
        return model.Guerrillas(SIDES.index(p.side), self._regions(p.provinces), first, last, p.chance, tuple(p.source))

    def _waterway(self, p: schema.WaterwayPart) -> model.Waterway:
        sides = control.river_stretch(self.map, p.river, self.hex(p.from_), self.hex(p.to))
        return model.Waterway(SIDES.index(p.side), p.river, sides, self.turn(p.date, 1), tuple(p.source))

    def _changes(self, formations: tuple[UnitSpec, ...]) -> tuple[model.Change, ...]:
        """Return the changes of command of known formations, by date."""
        known = {f.id for f in formations}
        rows = (p for p in self.entry.changes if p.formation in known and (p.parent is None or p.parent in known))
        return tuple(
            model.Change(self.turn(p.date, 1), p.formation, p.parent or "", tree.commander_of(p.commander), tuple(p.source))
            for p in sorted(rows, key=lambda p: p.date)
        )

    def _transfers(self, formations: tuple[UnitSpec, ...], changes: tuple[model.Change, ...]) -> tuple[model.Transfer, ...]:
        """Return the transfers by date; each takes the units that are below its formation on that date."""
        found = []
        for p in sorted(self.entry.transfers, key=lambda p: p.date):
            turn = self.turn(p.date, 1)
            units = tree.units_below(formations, tree.parents_at(formations, changes, turn)).get(p.formation, ())
            found.append(model.Transfer(turn, self.turn(p.arrives, 1), units, self.hex(p.to), p.to, tuple(p.source)))
        return tuple(found)

    def _plans(self) -> tuple[model.Task, ...]:
        plans = ((JAPAN, self.bundle.plans.japan), (CHINA, self.bundle.plans.china))
        return tuple(self._task(side, p) for side, tasks in plans for p in tasks)

    def _task(self, side: int, p: schema.TaskPart) -> model.Task:
        units = {u for f in p.formations for u in self.below.get(f, ())}
        places = tuple(place for place in p.places if self.hex(place) >= 0)
        return model.Task(
            p.id, side, tuple(sorted(units)), p.kind, tuple(self.hex(place) for place in places), places,
            self.turn(p.from_, 1), self.turn(p.until, 0), p.priority, p.note,
        )  # fmt: skip

    def _objective(self, p: schema.ObjectivePart) -> model.Objective:
        places, formations = tuple(p.places or ()), tuple(p.formations or ())
        steps = tuple((self.turn(s.by, 0), s.points) for s in p.steps or ())
        chain = self.chain(p.line, places[0], places[-1]) if p.line and places else ()
        return model.Objective(
            id=p.id, side=SIDES.index(p.side), kind=p.kind, title=name_of(p.title), places=places,
            hexes=tuple(map(self.hex, places)),
            points=p.points or 0, limit=p.limit or 0, steps=steps, from_turn=self.turn(p.from_, 1), formations=formations,
            groups=tuple(self.below.get(f, ()) for f in formations), chain=chain, source=tuple(p.source),
        )  # fmt: skip

    def _watched(self) -> tuple[str, ...]:
        if self.entry.watched is not None:
            return tuple(place for place in self.entry.watched if self.hex(place) >= 0)
        return tuple(p.id for p in self.map.places if p.hex >= 0 and p.kind in WATCHED_KINDS)


def _side(p: schema.SidePart) -> model.SideInfo:
    return model.SideInfo(
        name_of(p.name), name_of(p.army), name_of(p.commander), name_of(p.briefing), tuple(p.source),
        p.transport, p.documented_men, p.documented_note,
    )  # fmt: skip


def _level(p: schema.LevelPart) -> model.Level:
    return model.Level(p.id, name_of(p.name), p.least, SIDES.index(p.winner) if p.winner in SIDES else -1)


def _capture(p: schema.CapturePart) -> model.RecordedCapture:
    side, certainty = SIDES.index(p.by), p.certainty or "medium"
    return model.RecordedCapture(p.date, p.place, side, p.kind, certainty, p.holdout, p.scored, tuple(p.source))


def _loss(p: schema.LossPart) -> model.RecordedLoss:
    kinds, certainty = tuple(k for k in LOSSES if k in p.kinds), p.certainty or "medium"
    return model.RecordedLoss(
        p.id, SIDES.index(p.side), kinds, p.low, p.high, certainty, p.scored, tuple(p.source), p.note or ""
    )


def _event(p: schema.EventPart) -> model.RecordedEvent:
    return model.RecordedEvent(p.id, p.date, p.kind, p.place, name_of(p.text), p.certainty or "medium", tuple(p.source))
