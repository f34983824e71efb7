"""Supply: lines of communication from sources to units, what arrives, what is eaten, and hunger.

A line runs by the quickest way over own land by rail, road and country. Enemies and their zones of control stop it,
unless a friendly unit holds the hex. Long lines deliver less; a source that feeds too many shares out what it has.
"""

from __future__ import annotations

import numpy as np

from game.core.fixed import clamp
from game.model.events import Factor
from game.model.hexmap import ROAD
from game.model.rules import WEATHERS
from game.model.scenario import NOBODY, SupplySource
from game.model.state import PRESENT
from game.rules import kernels
from game.rules.costs import BAR
from game.rules.world import World

LIMIT = 30_000  # longest line that is looked for [min]
QUEUE = 2_000  # longer way that is worth going to avoid a source that feeds twice what it can [min]


class Lines:
    """The lines of communication of one side as traced in its administration."""

    def __init__(self, world: World, side: int) -> None:
        self.side = side
        working = [n for n, s in enumerate(world.scenario.sources) if open_source(world, s, side)]
        # drops from the air serve only troops in their hex whom no line reaches
        self.drops = {world.scenario.sources[n].hex: n for n in working if world.scenario.sources[n].kind == "air"}
        self.sources = [n for n in working if world.scenario.sources[n].kind != "air"]
        self.seeds = np.array([world.scenario.sources[n].hex for n in self.sources], np.int32)
        self.queue = np.zeros(len(self.sources), np.int32)  # what an over-drawn source puts its customers off by [min]
        self.cost = supply_costs(world, side)
        self.closed = _closed(world, side)
        self.load = [0] * len(world.scenario.sources)
        self.spread(world)
        if self._put_off(world):
            self.spread(world)

    def spread(self, world: World) -> None:
        """Trace the lines, and count whom each source feeds."""
        if len(self.seeds):
            self.dist, self.origin = kernels.field(self.seeds, self.queue, self.cost, world.neighbours, self.closed, LIMIT, BAR)
            self.dist = np.where(self.dist >= 0, self.dist - self.queue[self.origin], -1).astype(np.int32)
        else:
            self.dist = np.full(world.map.size, -1, np.int32)
            self.origin = np.full(world.map.size, -1, np.int32)
        self.load = [0] * len(world.scenario.sources)
        for unit in world.present(self.side):
            source = self.source_of(world.state.hex[unit])
            if source >= 0:
                self.load[source] += mouths(world, unit)

    def source_of(self, where: int) -> int:
        """Return which of the scenario's sources feeds a hex, -1 = none."""
        at = int(self.origin[where])
        return self.sources[at] if at >= 0 else self.drops.get(where, -1)

    def _put_off(self, world: World) -> bool:
        """Send customers of over-drawn sources elsewhere where that is not much farther; return whether any is over-drawn."""
        for n, source in enumerate(self.sources):
            room = max(1, world.scenario.sources[source].men)
            if self.load[source] > room:
                self.queue[n] = min(QUEUE, QUEUE * (self.load[source] - room) // room)
        return bool(self.queue.any())

    def path(self, world: World, where: int) -> tuple[int, ...]:
        """Return the line from a hex back to its source; empty when there is none."""
        if self.dist[where] < 0:
            return (where,) if where in self.drops else ()
        path, here = [where], where
        while here != self.seeds[self.origin[where]]:
            options = []
            for d, n in enumerate(world.near[here]):
                if n >= 0 and self.dist[n] >= 0 and self.origin[n] == self.origin[here]:
                    back = (d + 3) % 6
                    if self.dist[n] + self.cost[n, back] == self.dist[here]:
                        options.append((int(self.dist[n]), n))
            if not options:
                break
            here = min(options)[1]
            path.append(here)
        return tuple(path)


def open_source(world: World, source: SupplySource, side: int) -> bool:
    """Return whether a source works for a side now: in time, its hex held, no enemy in it, something in store."""
    state = world.state
    return (
        source.side == side
        and source.from_turn <= state.turn
        and (source.until_turn == 0 or state.turn <= source.until_turn)
        and int(state.control[source.hex]) == side
        and not world.occupied[1 - side, source.hex]
        and state.stock[world.scenario.sources.index(source)] != 0
    )


def _closed(world: World, side: int) -> kernels.U8:
    foe = 1 - side
    mine = world.occupied[side] > 0
    closed = np.zeros(world.map.size, np.uint8)
    closed[(world.control_zone[foe] > 0) & ~mine] = 1
    closed[(world.state.control != side) & (world.state.control != NOBODY) & ~mine] = 2
    closed[world.occupied[foe] > 0] = 2
    return closed


def supply_costs(world: World, side: int) -> kernels.I32:
    """Return (H, 6) int32 minutes of a line of communication to leave hex h by side d."""
    base = _base_costs(world)
    cost = base.copy()
    state = world.state
    works = (state.rail > 0) & (state.control == side)
    heads, sides, tails = world.rail_sides
    if len(heads):
        both = works[heads] & works[tails]
        cost[heads[both], sides[both]] = max(1, world.rules.supply.rail_minutes * world.map.spacing_m // 1000)
    for channel in world.channels:
        if channel.side == side and channel.from_turn <= state.turn:
            steps = channel.open_steps(state.control, side)
            minutes = max(1, world.rules.supply.water_minutes * world.map.spacing_m // 1000)
            at, way = channel.here[steps], channel.direction[steps]
            cost[at, way] = np.minimum(cost[at, way], minutes)
    threat = state.interdicted[side]
    if threat.any():
        there = np.where(world.neighbours < 0, 0, world.neighbours)
        cost = np.minimum(cost + threat.astype(np.int32)[there] * world.rules.supply.interdiction, BAR).astype(np.int32)
    return cost


def _base_costs(world: World) -> kernels.I32:
    """Return the costs without railways, made once."""
    if world.supply_base is not None:
        return world.supply_base
    m, r = world.map, world.rules.supply
    km = m.spacing_m / 1000
    there = np.where(m.neighbours < 0, 0, m.neighbours)
    rate = np.array(r.country_minutes, np.int64)[m.terrain[there]]
    minutes = np.where(rate > 0, (rate * m.spacing_m) // 1000, BAR)
    track = int(r.track_minutes * km)
    road = int(r.road_minutes * km)
    minutes = np.where((m.road == ROAD.index("track")) & (minutes > track), track, minutes)
    minutes = np.where(m.road == ROAD.index("road"), road, minutes)
    river = np.array((0, *r.river_minutes), np.int64)[m.river]
    minutes = minutes + np.where(m.bridge > 0, 0, river)
    minutes = np.where(m.neighbours < 0, BAR, np.minimum(minutes, BAR))
    world.supply_base = np.ascontiguousarray(minutes.astype(np.int32))
    return world.supply_base


def trace(world: World, side: int) -> Lines:
    """Trace a side's lines, set every unit's share, and feed it for a turn's days."""
    lines = Lines(world, side)
    state = world.state
    world.home[side] = lines.dist
    world.lines[side] = lines
    load = lines.load
    for unit in world.present(side):
        source = lines.source_of(state.hex[unit])
        state.path[unit] = max(0, int(lines.dist[state.hex[unit]])) if source >= 0 else -1
        state.supply[unit] = share(world, unit, load[source] if source >= 0 else 0, source)
        _feed(world, unit)
    for n, men in enumerate(load):
        if men and state.stock[n] > 0:
            state.stock[n] = max(0, state.stock[n] - min(men, world.scenario.sources[n].men) * world.days)
    return lines


def mouths(world: World, unit: int) -> int:
    """Return the men that a unit draws supply for: padded rolls eat too."""
    spec = world.scenario.units[unit]
    return world.state.men[unit] * max(spec.paper, spec.men) // max(1, spec.men)


def _length(world: World, unit: int) -> tuple[int, int]:
    """Return the length that counts for a unit and what its headquarters took off [min]."""
    state = world.state
    post = world.chain.post[unit]
    near = (
        post >= 0 and post != unit and state.status[post] == PRESENT and state.path[post] >= 0
        and world.map.distance(state.hex[post], state.hex[unit]) * world.map.spacing_m <= world.rules.command.radius * 1000
    )  # fmt: skip
    off = min(world.rules.supply.headquarters, state.path[unit]) if near else 0
    return state.path[unit] - off, off


def share(world: World, unit: int, load: int, source: int) -> int:
    """Return the share of its needs that reaches a unit [permille]."""
    if source < 0:
        return 0
    r = world.rules.supply
    reach = world.scenario.sides[world.side[unit]].transport
    full, zero = r.full_minutes * reach // 1000, r.zero_minutes * reach // 1000
    length, _ = _length(world, unit)
    arrives = clamp((zero - length) * 1000 // max(1, zero - full), 0, 1000)
    capacity = world.scenario.sources[source].men
    if world.scenario.sources[source].kind == "air":
        arrives = arrives * world.rules.weather.air[weather_at(world, world.scenario.sources[source].hex)] // 1000
    return arrives * capacity // load if load > capacity else arrives


def shares_of(world: World, lines: Lines) -> kernels.I32:
    """Return (H,) the share that reaches each hex by lines as traced, headquarters left out [permille]; -1 = no line."""
    r = world.rules.supply
    reach = world.scenario.sides[lines.side].transport
    full, zero = r.full_minutes * reach // 1000, r.zero_minutes * reach // 1000
    arrives = np.clip((zero - lines.dist.astype(np.int64)) * 1000 // max(1, zero - full), 0, 1000)
    if not lines.sources:
        return np.full(world.map.size, -1, np.int32)
    room = np.array([world.scenario.sources[n].men for n in lines.sources], np.int64)
    load = np.array([lines.load[n] for n in lines.sources], np.int64)
    from_ = np.maximum(lines.origin, 0)
    scarce = arrives * room[from_] // np.maximum(load[from_], 1)
    return np.where(lines.dist < 0, -1, np.where(load[from_] > room[from_], scarce, arrives)).astype(np.int32)


def weather_at(world: World, where: int) -> int:
    """Return the weather over a hex, index into WEATHERS."""
    return world.state.weather[int(world.costs.zone[where])]


def explain_supply(world: World, unit: int) -> tuple[Factor, ...]:
    """Return the factors of a unit's supply as last traced, the source's name first."""
    state, r = world.state, world.rules.supply
    lines = world.lines[world.side[unit]]
    if state.path[unit] < 0 or lines is None:
        return (Factor("no line of communication", 0, "="), Factor("food from the land", r.forage, "="))
    at = lines.source_of(state.hex[unit])
    source = world.scenario.sources[at] if at >= 0 else None
    reach = world.scenario.sides[world.side[unit]].transport
    length, off = _length(world, unit)
    parts = [Factor(f"line from {source.place} [min]" if source else "line [min]", state.path[unit], "=")]
    if off:
        parts.append(Factor("its headquarters' columns [min]", -off, "+"))
    parts.append(
        Factor(f"all arrives up to {r.full_minutes * reach // 1000} min, nothing beyond [min]", r.zero_minutes * reach // 1000, "=")
    )
    if source and at >= 0:
        load = lines.load[at]
        if load > source.men:
            parts.append(Factor(f"source feeds {load:,} men of {source.men:,} it can", source.men * 1000 // load))
    if source and source.kind == "air":
        today = weather_at(world, source.hex)
        parts.append(Factor(f"dropped from the air, {WEATHERS[today]}", world.rules.weather.air[today]))
    return (*parts, Factor("line that counts [min]", length, "="), Factor("share that arrives", state.supply[unit], "="))


def _feed(world: World, unit: int) -> None:
    """Eat for a turn, fill up what arrives, and suffer hunger."""
    state, r, days = world.state, world.rules.supply, world.days
    got = state.supply[unit]
    land = r.forage if state.isolated[unit] < r.isolated_after else r.forage * r.isolated_forage // 1000
    gain = (r.refill_food * got // 1000 + 10 * land // 1000 - 10) * days
    short = max(0, -(state.food[unit] + gain))
    state.food[unit] = clamp(state.food[unit] + gain, 0, max(r.food_store, state.food[unit]))
    if got:
        full = max(r.ammunition_store, state.ammunition[unit])
        state.ammunition[unit] = min(full, state.ammunition[unit] + r.refill_ammunition * days * got // 1000)
        state.isolated[unit] = 0
    else:
        state.isolated[unit] += 1
    if short:
        _starve(world, unit, short)
    if state.isolated[unit] >= r.isolated_after:
        world.set_morale(unit, state.morale[unit] - world.rules.morale.encircled * days, "cut off")


def _starve(world: World, unit: int, short: int) -> None:
    """Sick, deserters and morale for `short` tenths of a day's food that was missing."""
    state, r = world.state, world.rules.supply
    sick = state.men[unit] * r.hunger_sick * short // 10_000
    readiness_to_leave = world.rules.morale.desertion[world.scenario.units[unit].quality]
    gone = state.men[unit] * r.hunger_desert * short // 10_000 * readiness_to_leave // 1000
    sick, gone = min(sick, state.men[unit]), min(gone, state.men[unit] - min(sick, state.men[unit]))
    state.men[unit] -= sick + gone
    state.sick[unit] += sick
    state.hospital[unit] += sick
    state.deserted[unit] += gone
    world.set_morale(unit, state.morale[unit] - r.hunger_morale * short // 10, "hunger")
    if gone:
        world.tell("desert", {"unit": unit, "men": gone, "hex": state.hex[unit]})
