"""What the overlays of the map show of a game at one moment, as the viewer may know it: worked out once, when asked for.

Who stands where and how far works are worn comes from the scene, which knows the viewer's fog of war. Supply, railways,
aircraft and weather come from the game under way (the world) and are missing as long as none is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from game.model.hexmap import LAKE, SEA
from game.model.scenario import AirBase, Scenario
from game.rules import kernels, supply
from game.rules.air import base_works, in_time
from game.rules.world import World
from game.ui.scene import EVERYTHING, Scene

I16 = npt.NDArray[np.int16]
I32 = npt.NDArray[np.int32]
BANDS = 5  # of supply
FELT = 3  # hexes up to which a stack's strength is felt, halved with each
OWN, ENEMY, CUT, APART = range(4)  # who can run trains over a hexside: the viewer's side, the enemy, nobody (cut, or held by both)


@dataclass(frozen=True, slots=True)
class Source:
    """A source of supply that works: men it feeds of those it can."""

    hex: int
    kind: str
    feeds: int
    men: int


@dataclass(frozen=True, slots=True)
class Exposed:
    """Own troops in a hex beside enemies who are seen: from which hexes, and how many men stand there."""

    hex: int
    sides: tuple[int, ...]  # directions to the enemies
    men: int


@dataclass(frozen=True, slots=True)
class Field:
    """An air base in use. points a day are known of the viewer's own only, -1 = unknown."""

    hex: int
    side: int
    points: int
    range_km: int


@dataclass(frozen=True, slots=True)
class Goal:
    """Points that a side can win at a hex: kind of the objective, how many, and whether it holds the hex now."""

    hex: int
    side: int
    kind: str
    points: int
    held: bool


class Survey:
    """The overlays' data for a scene. side: whose supply, trains and aircraft are shown."""

    def __init__(self, scenario: Scenario, scene: Scene, world: World | None) -> None:
        self.scenario, self.scene, self.world = scenario, scene, world
        self.side = scene.viewer if scene.viewer != EVERYTHING else scene.side

    @cached_property
    def wet(self) -> npt.NDArray[np.bool_]:
        """Return (H,) where sea and lakes are: nobody stands there, so tints leave them clear."""
        return np.asarray(np.isin(self.scenario.map.terrain, (SEA, LAKE)), np.bool_)

    # -- supply ----------------------------------------------------------------------------------------------------
    @cached_property
    def lines(self) -> supply.Lines | None:
        """Return the side's lines of communication as last traced."""
        return None if self.world is None else self.world.lines[self.side]

    @cached_property
    def shares(self) -> I32:
        """Return (H,) the share of its needs that would reach a unit in each hex [permille]; -1 = no line."""
        if self.world is None or self.lines is None:
            return np.full(self.scenario.map.size, -1, np.int32)
        return supply.shares_of(self.world, self.lines)

    @cached_property
    def bands(self) -> I32:
        """Return (H,) the band of supply of each hex, 0 worst; -1 = no line."""
        none = (self.shares < 0) | self.wet
        return np.where(none, -1, np.minimum(self.shares * BANDS // 1000, BANDS - 1)).astype(np.int32)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Return the sources that work."""
        if self.lines is None:
            return ()
        known = self.scenario.sources
        working = sorted({*self.lines.sources, *self.lines.drops.values()})
        return tuple(Source(known[n].hex, known[n].kind, self.lines.load[n], known[n].men) for n in working)

    def line_of(self, unit: int) -> tuple[int, ...]:
        """Return the hexes of a unit's line of communication from the unit back; empty when there is none."""
        if self.world is None or self.lines is None or unit < 0 or self.world.side[unit] != self.side:
            return ()
        where = self.world.state.hex[unit]
        return self.lines.path(self.world, where) if where >= 0 else ()

    # -- the enemy as far as seen ----------------------------------------------------------------------------------
    def _strength(self, side: int) -> dict[int, int]:
        """Return the men of a side that the scene shows in each hex, troops without fighting power left out."""
        picture, units = self.scene.picture, self.scenario.units
        found: dict[int, int] = {}
        for where, stack in self.scene.stacks.items():
            men = sum(picture.men[u] for u in stack if units[u].side == side and units[u].type not in ("services", "air"))
            if men:
                found[where] = men
        return found

    def _felt(self, side: int) -> I32:
        """Return (H,) the men of a side felt in each hex, halved with every hex of distance."""
        out, men = np.zeros(self.scenario.map.size, np.int32), self._strength(side)
        if men:
            hexes, values = np.array(list(men), np.int32), np.array(list(men.values()), np.int32)
            kernels.influence(hexes, values, FELT, self.scenario.map.neighbours, out)
        return out

    @cached_property
    def threat(self) -> I32:
        """Return (H,) the enemy's strength against the own: 0 under half, 1 less, 2 more, 3 over twice; -1 = hardly any."""
        enemy, own = self._felt(1 - self.side).astype(np.int64), self._felt(self.side).astype(np.int64)
        least = max(1, int(enemy.max()) // 40)
        level = np.where(2 * enemy < own, 0, np.where(enemy < own, 1, np.where(enemy <= 2 * own, 2, 3)))
        return np.where((enemy < least) | self.wet, -1, level).astype(np.int32)

    @cached_property
    def exposed(self) -> tuple[Exposed, ...]:
        """Return the own troops that enemies who are seen could attack."""
        own, enemy = self._strength(self.side), self._strength(1 - self.side)
        found = []
        for where in sorted(own):
            near = self.scenario.map.neighbours[where].tolist()
            sides = tuple(d for d, n in enumerate(near) if n in enemy)
            if sides:
                found.append(Exposed(where, sides, sum(enemy[near[d]] for d in sides)))
        return tuple(found)

    # -- aircraft and weather --------------------------------------------------------------------------------------
    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Return the air bases on the map that are in use; how many aircraft fly is known of the own ones."""
        if self.world is None:
            return ()
        world, side = self.world, self.side
        every = self.scene.viewer == EVERYTHING

        def known(base: AirBase) -> bool:
            if base.side != side and not every:
                return in_time(world, base) and int(self.scene.picture.control[base.hex]) == base.side
            return base_works(world, base)

        return tuple(
            Field(b.hex, b.side, b.points if every or b.side == side else -1, b.range_km if every or b.side == side else 0)
            for b in self.scenario.air if b.hex >= 0 and known(b)
        )  # fmt: skip

    @cached_property
    def struck(self) -> npt.NDArray[np.uint8]:
        """Return (S, H) the air points against each side's supply and marches."""
        size = self.scenario.map.size
        return np.zeros((2, size), np.uint8) if self.world is None else self.world.state.interdicted.copy()

    @cached_property
    def zone(self) -> npt.NDArray[np.uint8]:
        """Return (H,) the weather zone of each hex: 0 north, 1 south."""
        zone = np.zeros(self.scenario.map.size, np.uint8)
        return zone if self.world is None else np.asarray(self.world.costs.zone, np.uint8)

    @cached_property
    def weather(self) -> tuple[int, int]:
        """Return the weather in the north and in the south."""
        return (0, 0) if self.world is None else self.world.weather()

    @property
    def zones_seen(self) -> tuple[int, ...]:
        """Return the weather zones that the map lies in."""
        return tuple(int(z) for z in np.unique(self.zone))

    # -- objectives ------------------------------------------------------------------------------------------------
    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """Return what can be won at each hex."""
        control, turn, found = self.scene.picture.control, self.scene.turn, []
        for objective in self.scenario.objectives:
            points = objective.points
            if objective.kind == "hold_by":
                points = next((worth for last, worth in objective.steps if turn <= last), 0)
            for where in objective.hexes:
                if where >= 0:
                    held = int(control[where]) == objective.side
                    found.append(Goal(where, objective.side, objective.kind, points, held))
        return tuple(found)

    @cached_property
    def links(self) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """Return side and hexes of every railway that is to be opened."""
        return tuple((o.side, o.chain) for o in self.scenario.objectives if o.kind == "link" and o.chain)

    # -- railways and works ----------------------------------------------------------------------------------------
    @cached_property
    def track(self) -> npt.NDArray[np.uint8]:
        """Return (H,) 1 where the railway works as far as the viewer knows: behind the enemy's lines, as at the start."""
        start = np.asarray(self.scenario.broken_rail == 0, np.uint8)
        if self.world is None:
            return start
        now = (self.world.state.rail > 0).astype(np.uint8)
        if self.scene.sighted is None:
            return now
        known = (self.scene.picture.control == self.scene.viewer) | (self.scene.sighted > 0)
        return np.asarray(np.where(known, now, start), np.uint8)

    @cached_property
    def rails(self) -> npt.NDArray[np.int8]:
        """Return (H, 6) the state (OWN, ENEMY, CUT, APART) of each hexside that a railway crosses; -1 = none does."""
        map_, control = self.scenario.map, self.scene.picture.control
        there = map_.neighbours
        whole = (self.track[:, None] > 0) & (self.track[there] > 0)
        same = (control[:, None] == control[there]) & (control[:, None] < 2)
        holder = np.where(control[:, None] == self.side, OWN, ENEMY)
        state = np.where(~whole, CUT, np.where(same, holder, APART))
        return np.asarray(np.where((map_.rail > 0) & (there >= 0), state, -1), np.int8)

    @cached_property
    def works(self) -> dict[int, int]:
        """Return the level of the prepared works of each hex that has any, as far as the viewer knows [permille]."""
        fort = self.scene.fort
        return {int(h): int(fort[h]) for h in np.flatnonzero(fort > 0)}
