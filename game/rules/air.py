"""Air: points from the bases that a side holds, flown in the weather of the day, in support or against supply."""

from __future__ import annotations

from game.model.events import Factor
from game.model.orders import LEGAL, Interdict, Verdict
from game.model.scenario import AirBase
from game.rules import kernels
from game.rules.world import World


def in_time(world: World, base: AirBase) -> bool:
    """Return whether a base has aircraft at this date."""
    turn = world.state.turn
    return base.from_turn <= turn and (base.until_turn == 0 or turn <= base.until_turn)


def _points(world: World, base: AirBase) -> int:
    """Return the air points a day of a base's aircraft; when it is lost they fly, fewer of them, from the next base back."""
    points, here, seen = base.points, base, {base.id}
    while not base_open(world, here):
        if here.moves_to not in world.air_bases or here.moves_to in seen:
            return 0
        points = points * here.share // 1000
        here = world.air_bases[here.moves_to]
        seen.add(here.id)
    zone = int(world.costs.zone[here.hex]) if here.hex >= 0 else 0
    return points * world.rules.weather.air[world.state.weather[zone]] // 1000


def base_open(world: World, base: AirBase) -> bool:
    """Return whether a base's field is in its side's hands and not under the enemy's guns."""
    held = base.hex < 0 or int(world.state.control[base.hex]) == base.side
    return held and (base.hex < 0 or not world.occupied[1 - base.side, base.hex])


def base_works(world: World, base: AirBase) -> bool:
    """Return whether a base can send aircraft now."""
    return in_time(world, base) and base_open(world, base)


def allot(world: World, side: int) -> None:
    """Count a side's air points for its turn; clear its interdiction of the turn before."""
    state = world.state
    state.interdicted[1 - side] = 0
    total = 0
    for base in world.scenario.air:
        if base.side == side and in_time(world, base):
            total += _points(world, base) * world.days
    state.air[side] = total
    world.refresh_interdiction()
    if total:
        world.tell("air", {"points": total})


def in_range(world: World, side: int, target: int) -> bool:
    """Return whether any working base reaches a hex."""
    for base in world.scenario.air:
        if base.side == side and base_works(world, base):
            if base.hex < 0 or base.range_km == 0:
                return True
            if world.map.distance(base.hex, target) * world.map.spacing_m <= base.range_km * 1000:
                return True
    return False


def check_interdict(world: World, order: Interdict) -> Verdict:
    """Say whether aircraft may be sent against supply at a hex."""
    side = world.state.side
    if not 0 <= order.target < world.map.size:
        return Verdict("off-map", "the target lies off the map")
    if not 1 <= order.points <= world.state.air[side]:
        return Verdict("no-aircraft", f"{world.state.air[side]} air points are left")
    if not in_range(world, side, order.target):
        return Verdict("out-of-range", f"no base of yours reaches {world.map.label(order.target)}")
    return LEGAL


def do_interdict(world: World, order: Interdict) -> None:
    """Send the aircraft; the points work until the side's next turn in the hex and around it."""
    import numpy as np

    state, side = world.state, world.state.side
    state.air[side] -= order.points
    mask = np.zeros(world.map.size, np.uint8)
    kernels.spread(np.array([order.target], np.int32), world.rules.air.interdict_reach, world.neighbours, mask)
    grown = state.interdicted[1 - side].astype(np.int32) + mask.astype(np.int32) * order.points
    state.interdicted[1 - side] = np.minimum(grown, 255).astype(np.uint8)
    world.refresh_interdiction()
    kernels.spread(np.array([order.target], np.int32), world.rules.air.scout, world.neighbours, world.sighted[side])
    world.tell("air", {"hex": order.target, "points": order.points})


def explain_interdict(world: World, order: Interdict, side: int) -> tuple[Factor, ...]:
    """Return what aircraft of a side would do to the enemy's lines and marches through a hex, with the terms.

    Nothing in it depends on where the enemy stands or how his lines run: it holds for any line through the hexes.
    """
    r, supply, foe = world.rules.air, world.rules.supply, 1 - side
    reach = world.scenario.sides[foe].transport
    full, zero = supply.full_minutes * reach // 1000, supply.zero_minutes * reach // 1000
    hexes = 2 * r.interdict_reach + 1
    before = int(world.state.interdicted[foe][order.target])
    works = min(before + order.points, 255) - before
    longer = works * supply.interdiction * hexes
    return (
        Factor("air points that work here already", before, "="),
        Factor("air points sent", order.points, "+"),
        Factor("longer line of communication in each hex [min]", works * supply.interdiction, "+"),
        Factor("hexes of a line straight through", hexes, "="),
        Factor("longer line straight through [min]", longer, "="),
        Factor("a line of this length still delivers everything [min]", full, "="),
        Factor("a line of this length delivers nothing [min]", zero, "="),
        Factor("share of supply lost beyond the full length [permille]", -min(1000, longer * 1000 // max(1, zero - full)), "="),
        Factor("march time lost on entering a hex [min]", works * r.interdict_hours, "+"),
        Factor("aircraft see so many hexes around", r.scout, "="),
    )


def nearest_base(world: World, side: int, target: int) -> tuple[AirBase | None, int]:
    """Return a side's working base that is nearest to a hex and how far it is [km]; None when none works.

    A base off the map is at distance 0.
    """
    found: list[tuple[int, int]] = []
    for n, base in enumerate(world.scenario.air):
        if base.side == side and base_works(world, base):
            away = 0 if base.hex < 0 else world.map.distance(base.hex, target) * world.map.spacing_m // 1000
            beyond = base.hex >= 0 and 0 < base.range_km < away
            found.append((away + 100_000 * beyond, n))
    if not found:
        return None, 0
    away, n = min(found)
    return world.scenario.air[n], away % 100_000
