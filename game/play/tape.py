"""A replay made ready for watching: its orders are played once, and any moment can then be restored at once.

A keyframe is kept before the first order and after every phase: the state with what the rules carry from one phase to
the next, packed. A moment within a phase is its keyframe and the orders up to there, carried out again.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

import numpy as np

from game.model.events import Event
from game.model.orders import Order
from game.model.scenario import Scenario
from game.model.state import AWAY, LEFT, LOSSES, PRESENT, State
from game.play import ordertext, stats
from game.play.replay import Replay
from game.play.rerun import Difference, check_scenario, rerun
from game.play.session import Phase, Session
from game.rules import engine, victory
from game.rules.world import World

ENDS = ("surrender", "dispersed", "captured")  # events that take a unit off the map for good


@dataclass(frozen=True, order=True)
class Spot:
    """A moment: so many orders of a phase (counted from 0) have been carried out."""

    phase: int
    order: int


@dataclass(frozen=True)
class Figures:
    """Where a game stands. Pairs are (Japan, China)."""

    men: tuple[int, int]  # on the map or transferred [men]
    losses: tuple[tuple[int, ...], tuple[int, ...]]  # so far, in the order of model.state.LOSSES [men]
    supply: tuple[int, int]  # share of their needs that reached the men on the map [permille]
    places: tuple[int, int]  # places named in the record that each side holds
    rail: int  # share of the railway that its owner's objectives ask for [permille]; -1 = none does
    net: int  # net points


@dataclass(frozen=True)
class Taken:
    """A named place that changed hands, and when the record has it."""

    place: str
    side: int
    recorded: date | None
    turn: int
    date: date

    @property
    def late(self) -> int | None:
        """Return how much later than in the record it fell [days]; None = the record does not have it."""
        return None if self.recorded is None else (self.date - self.recorded).days


@dataclass(frozen=True)
class Lost:
    """A unit that was destroyed."""

    unit: int
    side: int
    kind: str  # one of ENDS
    hex: int


@dataclass(frozen=True, eq=False)
class Chapter:
    """One phase that has been played: what it changed, and the figures after it."""

    turn: int
    side: int
    orders: int  # with the end of the phase
    events: tuple[Event, ...]
    figures: Figures
    taken: tuple[Taken, ...]
    lost: tuple[Lost, ...]
    fallen: tuple[tuple[int, int, int], ...]  # (hex, Japan's, China's losses [men]) of each battle


@dataclass(frozen=True)
class Passage:
    """One order as it was carried out: it, and what happened."""

    order: Order
    events: tuple[Event, ...]


class Tape:
    """A replay and all its moments as far as it has been wound. Raises DataError when the scenario is another version."""

    def __init__(self, replay: Replay, scenario: Scenario) -> None:
        check_scenario(replay, scenario)
        self.replay, self.scenario = replay, scenario
        self.chapters: list[Chapter] = []
        self.difference: Difference | None = None
        self._world = Session(scenario, replay.seed).world  # set to one keyframe after the other
        self.opening = figures(self._world)
        self.prologue = tuple(self._world.events)  # of the first administration
        self._keys = [_pack(self._world)]
        self._counts: dict[tuple[str, int], int] = {}
        self._head: Spot | None = None

    # -- winding ---------------------------------------------------------------------------------------------------
    def wind(self) -> Iterator[Chapter]:
        """Play the orders once and yield every chapter as it is done; stops at the first difference from the record."""
        done = 0
        for session, recorded, difference in rerun(self.replay, self.scenario):
            if difference:
                self.difference = difference
                return
            world = session.world
            events = tuple(world.events[done:])
            done = len(world.events)
            self._keys.append(_pack(world))
            chapter = Chapter(
                recorded.turn, recorded.side, len(recorded.orders), events, figures(world), tuple(self._taken(world, events)),
                tuple(_lost(world, e) for e in events if e.kind in ENDS),
                tuple(_fallen(e) for e in events if e.kind == "battle"),
            )  # fmt: skip
            self.chapters.append(chapter)
            yield chapter

    def _taken(self, world: World, events: tuple[Event, ...]) -> Iterator[Taken]:
        for e in events:
            if e.kind != "capture":
                continue
            key = (str(e.data["place"]), stats.number(e, "by"))
            seen = self._counts[key] = self._counts.get(key, 0) + 1
            rows = [r.date for r in self.scenario.record if (r.place, r.side) == key]
            yield Taken(*key, rows[seen - 1] if seen <= len(rows) else None, e.turn, stats.capture_date(world, e))

    # -- moments ---------------------------------------------------------------------------------------------------
    @property
    def start(self) -> Spot:
        """Return the moment before the first order."""
        return Spot(0, 0)

    @property
    def last(self) -> Spot:
        """Return the last moment that can be shown now."""
        return self.end_of(len(self.chapters) - 1) if self.chapters else self.start

    def end_of(self, phase: int) -> Spot:
        """Return the moment when a phase is over."""
        return Spot(phase, self.orders(phase))

    def orders(self, phase: int) -> int:
        """Return how many orders a phase has."""
        return len(self.replay.phases[phase].orders)

    def clamp(self, spot: Spot) -> Spot:
        """Return the nearest moment that can be shown now."""
        spot = min(max(spot, self.start), self.last)
        return Spot(spot.phase, min(spot.order, self.orders(spot.phase))) if self.chapters else self.start

    def over(self, spot: Spot) -> bool:
        """Return whether a moment is the end of its phase; the last phase of a file may have none."""
        return bool(spot.order) and spot.order >= self.orders(spot.phase)

    def figures_at(self, spot: Spot) -> Figures:
        """Return the figures at the last end of a phase up to a moment."""
        done = self.chapters_until(spot)
        return done[-1].figures if done else self.opening

    def chapters_until(self, spot: Spot) -> list[Chapter]:
        """Return the phases that are over at a moment."""
        return self.chapters[: spot.phase + (1 if self.over(spot) else 0)]

    def world_at(self, spot: Spot) -> World:
        """Return the game at a moment that has been wound. It is the tape's own and changes when another moment is asked for."""
        if self._head != spot and self.over(spot):
            _restore(self._world, self._keys[spot.phase + 1])
            self._head = spot
        elif self._head != spot:
            self._goto(spot)
        return self._world

    def passage(self, spot: Spot) -> Passage:
        """Carry out the order that leads to a moment and return what happened; the tape then stands there."""
        self._goto(Spot(spot.phase, spot.order - 1))
        return self._step()

    def order(self, spot: Spot) -> Order:
        """Return the order that leads to a moment."""
        return ordertext.read(self.replay.phases[spot.phase].orders[spot.order - 1], self.scenario)

    def events_at(self, spot: Spot) -> tuple[Event, ...]:
        """Return what has happened in a phase up to a moment."""
        if self.over(spot):
            return self.chapters[spot.phase].events
        opening = () if spot.phase else self.prologue
        return (*opening, *self.world_at(spot).events)

    def _goto(self, spot: Spot) -> None:
        head = self._head
        if head is None or head.phase != spot.phase or head.order > spot.order:
            head = self._head = Spot(spot.phase, 0)
            _restore(self._world, self._keys[spot.phase])
        for _ in range(head.order, spot.order):
            self._step()

    def _step(self) -> Passage:
        assert self._head is not None
        spot = Spot(self._head.phase, self._head.order + 1)
        order = self.order(spot)
        events = tuple(engine.apply(self._world, order))
        self._head = spot
        return Passage(order, events)

    # -- going on from here ----------------------------------------------------------------------------------------
    def session_at(self, spot: Spot) -> Session:
        """Return a game of its own that stands at a moment, with all orders up to there."""
        session = Session(self.scenario, self.replay.seed)
        over = self.over(spot) and self.replay.phases[spot.phase].closed
        session.phases = [self._phase(n) for n in range(spot.phase + (1 if over else 0))]
        _restore(session.world, self._keys[spot.phase + 1 if over else spot.phase])
        before = [c.events for c in self.chapters[: len(session.phases)]]  # the first holds the prologue too
        session.world.events = list(chain.from_iterable(before or [self.prologue]))
        if not session.over:
            session.phases.append(Phase(session.world.state.turn, session.world.state.side))
        if not over:
            for text in self.replay.phases[spot.phase].orders[: spot.order]:
                session.order(ordertext.read(text, self.scenario))
        return session

    def _phase(self, number: int) -> Phase:
        recorded = self.replay.phases[number]
        orders = [ordertext.read(text, self.scenario) for text in recorded.orders]
        return Phase(recorded.turn, recorded.side, orders, recorded.state if recorded.closed else "")


# -- keyframes ---------------------------------------------------------------------------------------------------------
def _pack(world: World) -> bytes:
    """Return the state, and what is carried on beside it: the order within stacks, sight, and the way home."""
    state = {name: getattr(world.state, name) for name in State.__slots__}
    stacks = {where: units for where, units in enumerate(world.stacks) if units}
    return zlib.compress(pickle.dumps((state, stacks, world.sighted, world.home), 5), 1)


def _restore(world: World, key: bytes) -> None:
    """Set a world to a keyframe; its events begin anew."""
    values: dict[str, Any]
    # made by _pack in this very process, never read from a file
    values, stacks, sighted, home = pickle.loads(zlib.decompress(key))
    world.state = State()
    for name, value in values.items():
        setattr(world.state, name, value)
    world.rebuild()
    for where, units in stacks.items():
        world.stacks[where] = units
    world.sighted, world.home, world.lines = sighted, home, [None, None]
    world.events = []


# -- figures -----------------------------------------------------------------------------------------------------------
def figures(world: World) -> Figures:
    """Return where a game stands now."""
    state = world.state
    men, fed, eaters = [0, 0], [0, 0], [0, 0]
    for u, side in enumerate(world.side):
        if state.status[u] in (PRESENT, LEFT, AWAY):
            men[side] += state.men[u]
        if state.status[u] == PRESENT:
            eaters[side] += state.men[u]
            fed[side] += state.men[u] * state.supply[u]
    lost = [tuple(stats.losses(world, side)[name] for name in LOSSES) for side in (0, 1)]
    chains = [n for n, o in enumerate(world.scenario.objectives) if o.kind == "link" and o.chain]
    share = [victory.link_share(world, n) for n in chains]
    return Figures(
        (men[0], men[1]), (lost[0], lost[1]), (fed[0] // max(1, eaters[0]), fed[1] // max(1, eaters[1])),
        places_held(world.scenario, world.state.control), sum(share) // len(share) if share else -1, victory.net(world),
    )  # fmt: skip


def record_places(scenario: Scenario) -> list[tuple[str, int]]:
    """Return the places that the record names, with their hexes, as far as they lie on the map."""
    places = scenario.map.place_by_id
    return [(p, places[p].hex) for p in dict.fromkeys(r.place for r in scenario.record) if places[p].hex >= 0]


def places_held(scenario: Scenario, control: np.ndarray[Any, np.dtype[np.uint8]]) -> tuple[int, int]:
    """Return how many places of the record Japan and China hold; control: (H,) side of each hex."""
    held = [int(control[h]) for _, h in record_places(scenario)]
    return held.count(0), held.count(1)


def recorded_places(scenario: Scenario) -> list[tuple[date, int]]:
    """Return how many places of the record Japan held in history, by date of each change, from the scenario's start."""
    holder = {p: int(scenario.control[h]) for p, h in record_places(scenario)}
    found = [(scenario.calendar.start, sum(s == 0 for s in holder.values()))]
    for row in sorted(scenario.record, key=lambda r: r.date):
        if row.place in holder:
            holder[row.place] = row.side
            found.append((max(row.date, scenario.calendar.start), sum(s == 0 for s in holder.values())))
    return found


def against_odds(event: Event) -> bool:
    """Return whether a battle ended as less than three in ten would have."""
    chance = stats.number(event, "expected")
    return (chance if event.data["beaten"] else 1000 - chance) < 300


def as_expected(event: Event) -> bool:
    """Return whether a battle ended as the likelier of its two outcomes says."""
    return (stats.number(event, "expected") >= 500) == bool(event.data["beaten"])


def _lost(world: World, event: Event) -> Lost:
    unit = stats.number(event, "unit")
    return Lost(unit, world.side[unit], event.kind, stats.number(event, "hex"))


def _fallen(event: Event) -> tuple[int, int, int]:
    both = stats.number(event, "attacker_losses"), stats.number(event, "defender_losses")
    return (stats.number(event, "hex"), *(both if event.side == 0 else both[::-1]))
