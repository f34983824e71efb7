"""Checks of what changes during a scenario: waterways, aircraft that fall back, changes of command, and transfers."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.errors import Problem, did_you_mean
from game.model.units import SIDES, UnitSpec
from game.scenario import control, tree
from game.scenario.build import Context
from game.scenario.bundle import Part
from game.scenario.schema import TransferPart


def waterways(context: Context) -> Iterator[Problem]:
    """The river of a waterway is on the map, and both places lie on its course."""
    entry, places = context.bundle.entry, context.map.place_by_id
    for i, way in enumerate(entry.waterways):
        part = context.bundle.entry_at("waterways", i)
        if not control.rivers_of(context.map, way.river):
            known = sorted({piece.id.split("#")[0] for piece in context.map.lines if piece.kind == "river"})
            hint = did_you_mean(way.river, known) or f"rivers here: {', '.join(known[:12])}"
            yield part.at("river").problem("unknown_river", f"there is no river {way.river!r} on this map", hint)
            continue
        ends = [(key, name, places[name].hex) for key, name in (("from", way.from_), ("to", way.to)) if name in places]
        away = [(key, name) for key, name, at in ends if at >= 0 and not control.river_stretch(context.map, way.river, at, at)]
        for key, name in away:
            message = f"{name!r} lies more than {control.RIVER_REACH} hexes from the river {way.river!r}"
            yield part.at(key).problem("line_place", message, "name a place on its banks")
        hexes = [at for _, _, at in ends if at >= 0]
        if not away and len(hexes) == 2 and not control.river_stretch(context.map, way.river, hexes[0], hexes[1]):
            message = f"{way.from_!r} and {way.to!r} lie on two pieces of the river {way.river!r} in this window"
            yield part.at("river").problem("line_place", message)


def air_moves(context: Context) -> Iterator[Problem]:
    """Aircraft fall back to another base of their own side, and no way back leads in a circle."""
    bases = context.bundle.entry.air
    by_id = {base.id: base for base in bases}
    onward = {base.id: base.moves_to or "" for base in bases}
    for i, base in enumerate(bases):
        if base.moves_to is None:
            continue
        part = context.bundle.entry_at("air", i, "moves_to")
        goal = by_id.get(base.moves_to)
        if goal is None:
            yield part.problem("unknown_base", f"there is no air base {base.moves_to!r}", did_you_mean(base.moves_to, list(by_id)))
        elif goal.side != base.side:
            yield part.problem("other_side", f"{goal.id!r} belongs to {goal.side}; expected an air base of {base.side}")
        elif _runs_back(base.id, onward):
            yield part.problem("circle", f"the aircraft of {base.id!r} would come back to it", "the last base has no moves_to")


def _runs_back(start: str, onward: dict[str, str]) -> bool:
    """Return whether the way on from an id leads back to it."""
    way = tree.line_above(start, onward)
    return onward.get(way[-1], "") == start


def changes_known(context: Context) -> Iterator[Problem]:
    """A change of command names formations of the order of battle, of one side, and changes something."""
    known = context.scenario.formation_by_id
    for i, change in enumerate(context.bundle.entry.changes):
        part = context.bundle.entry_at("changes", i)
        for key, name in (("formation", change.formation), ("parent", change.parent)):
            if name is not None and name not in known:
                yield part.at(key).problem("unknown_formation", f"there is no formation {name!r}", did_you_mean(name, list(known)))
        if change.parent is None and change.commander is None:
            yield part.problem("no_change", f"the change of {change.formation!r} names neither a parent nor a commander")
        below, above = known.get(change.formation), known.get(change.parent or "")
        if below and above and below.side != above.side:
            message = f"{above.id!r} belongs to {SIDES[above.side]}; expected a formation of {SIDES[below.side]}"
            yield part.at("parent").problem("other_side", message)


def changes_form_a_tree(context: Context) -> Iterator[Problem]:
    """No change puts a formation below itself, directly or through others, as command stands on its date."""
    parents = tree.parents_at(context.scenario.formations, (), 0)
    rows = sorted(enumerate(context.bundle.entry.changes), key=lambda row: row[1].date)
    for i, change in rows:
        if change.parent not in parents or change.formation not in parents:
            continue
        if change.formation in tree.line_above(change.parent, parents):
            message = f"{change.parent!r} stands below {change.formation!r} on {change.date} and cannot command it"
            yield context.bundle.entry_at("changes", i, "parent").problem("circle", message)
        else:
            parents[change.formation] = change.parent


def transfers(context: Context) -> Iterator[Problem]:
    """A transfer takes a known formation with units that are there, and brings them back on land in a later turn."""
    scenario, places, water = context.scenario, context.map.place_by_id, control.is_water(context.map)
    known = scenario.formation_by_id
    busy: dict[int, TransferPart] = {}
    rows = sorted(enumerate(context.bundle.entry.transfers), key=lambda row: row[1].date)
    for (i, move), made in zip(rows, scenario.transfers, strict=True):
        part = context.bundle.entry_at("transfers", i)
        if move.formation not in known:
            hint = did_you_mean(move.formation, list(known))
            yield part.at("formation").problem("unknown_formation", f"there is no formation {move.formation!r}", hint)
        elif not made.units:
            yield part.at("formation").problem("transfer_no_units", f"{move.formation!r} has no unit with a counter")
        if made.arrives_turn <= made.turn:
            message = f"{move.formation!r} arrives on {move.arrives}, in the turn of its departure on {move.date} or before"
            yield part.at("arrives").problem("date_order", message)
        if move.to in places and places[move.to].hex >= 0 and water[places[move.to].hex]:
            message = f"{move.formation!r} would arrive in the water, at {move.to!r}"
            yield part.at("to").problem("in_water", message, "name a place on land")
        units = [scenario.units[u] for u in made.units]
        yield from _there(part, move, made.turn, made.arrives_turn, units)
        yield from _still_away(context, part, move, units, busy)
        busy |= dict.fromkeys(made.units, move)


def _there(part: Part, move: TransferPart, turn: int, back: int, units: list[UnitSpec]) -> Iterator[Problem]:
    """Yield a problem when no unit has arrived before its transfer, and for each that leaves for good meanwhile."""
    if units and all(u.arrives > turn for u in units):
        yield part.at("date").problem("date_order", f"no unit of {move.formation!r} has arrived by {move.date}")
    for unit in units:
        if turn < unit.leaves <= back:
            message = f"{unit.id} leaves the map for good while it is on the way, {move.date} to {move.arrives}"
            yield part.at("formation").problem("date_order", message)


def _still_away(
    context: Context, part: Part, move: TransferPart, units: list[UnitSpec], busy: dict[int, TransferPart]
) -> Iterator[Problem]:
    """Yield a problem for the first unit that an earlier transfer has not brought back yet."""
    calendar = context.scenario.calendar
    for unit in units:
        earlier = busy.get(unit.index)
        if earlier is not None and calendar.turn_of(earlier.arrives) >= calendar.turn_of(move.date):
            message = f"{unit.id} is still on the way to {earlier.to!r} then, where it arrives on {earlier.arrives}"
            yield part.at("date").problem("date_order", message)
            return
