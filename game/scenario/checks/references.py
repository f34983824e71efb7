"""Checks of references: places, formations, lines and provinces that files name must exist, and lie on the map where they must."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from game.core.errors import Problem, did_you_mean
from game.model.units import CHINA, JAPAN, SIDES
from game.scenario import control
from game.scenario.build import Context
from game.scenario.bundle import Part


class Reference(NamedTuple):
    """An id that a file names, and where."""

    name: str
    part: Part


def _entry_places(context: Context) -> Iterator[Reference]:
    """Yield the places in scenario.yaml that must lie on the map."""
    at, entry = context.bundle.entry_at, context.bundle.entry
    for side, ids in (("japan", entry.control.japan), ("china", entry.control.china)):
        yield from (Reference(name, at("control", side, i)) for i, name in enumerate(ids))
    for i, cut in enumerate(entry.railways_cut):
        yield Reference(cut.from_, at("railways_cut", i, "from"))
        yield Reference(cut.to, at("railways_cut", i, "to"))
    yield from (Reference(p.place, at("supply", i, "place")) for i, p in enumerate(entry.supply))
    yield from (Reference(p.place, at("forts", i, "place")) for i, p in enumerate(entry.forts))
    yield from (Reference(p.place, at("air", i, "place")) for i, p in enumerate(entry.air) if p.place and not p.off_map)
    for i, way in enumerate(entry.waterways):
        yield Reference(way.from_, at("waterways", i, "from"))
        yield Reference(way.to, at("waterways", i, "to"))
    yield from (Reference(p.to, at("transfers", i, "to")) for i, p in enumerate(entry.transfers))
    yield from (Reference(name, at("watched", i)) for i, name in enumerate(entry.watched or ()))


def _goal_places(context: Context) -> Iterator[Reference]:
    """Yield the places of plans and objectives."""
    bundle = context.bundle
    for side, tasks in (("japan", bundle.plans.japan), ("china", bundle.plans.china)):
        for i, task in enumerate(tasks):
            yield from (Reference(name, Part(bundle.plans_file, (side, i, "places", k))) for k, name in enumerate(task.places))
    for i, goal in enumerate(bundle.objectives.objectives):
        yield from (
            Reference(name, Part(bundle.objectives_file, ("objectives", i, "places", k)))
            for k, name in enumerate(goal.places or ())
        )


def _unit_places(context: Context, counters: bool) -> Iterator[Reference]:
    for node in context.nodes:
        if node.own.place and node.counter == counters:
            yield Reference(node.own.place, node.part.at("place"))


def _record_places(context: Context) -> Iterator[Reference]:
    bundle = context.bundle
    yield from (
        Reference(c.place, Part(bundle.record_file, ("captures", i, "place"))) for i, c in enumerate(bundle.record.captures)
    )
    yield from (Reference(e.place, Part(bundle.record_file, ("events", i, "place"))) for i, e in enumerate(bundle.record.events))


def known_places(context: Context) -> Iterator[Problem]:
    """Every place named is in the gazetteer or among the scenario's places."""
    places = context.map.place_by_id
    everywhere = (
        _entry_places(context),
        _goal_places(context),
        _unit_places(context, True),
        _unit_places(context, False),
        _record_places(context),
    )
    for references in everywhere:
        for name, part in references:
            if name not in places:
                hint = did_you_mean(name, list(places)) or "add it to the scenario's places"
                yield part.problem("unknown_place", f"there is no place {name!r}", hint)


def places_on_map(context: Context) -> Iterator[Problem]:
    """Places of units, supply, forts, air bases, control, plans and objectives lie in the window."""
    places = context.map.place_by_id
    for references in (_entry_places(context), _goal_places(context), _unit_places(context, True)):
        for name, part in references:
            if name in places and places[name].hex < 0:
                yield part.problem(
                    "off_window", f"the place {name!r} lies outside the map's window", "widen the window or name another place"
                )


def _formations(context: Context) -> Iterator[tuple[str, Part, int]]:
    """Yield formations named by plans and objectives, with the side that they must belong to (-1 = either)."""
    bundle = context.bundle
    for side, tasks in ((JAPAN, bundle.plans.japan), (CHINA, bundle.plans.china)):
        for i, task in enumerate(tasks):
            for k, name in enumerate(task.formations):
                yield name, Part(bundle.plans_file, (SIDES[side], i, "formations", k)), side
    for i, goal in enumerate(bundle.objectives.objectives):
        for k, name in enumerate(goal.formations or ()):
            owner = {"destroy": 1 - SIDES.index(goal.side), "preserve": SIDES.index(goal.side)}.get(goal.kind, -1)
            yield name, Part(bundle.objectives_file, ("objectives", i, "formations", k)), owner


def known_formations(context: Context) -> Iterator[Problem]:
    """Every formation named is in the order of battle."""
    known = context.scenario.formation_by_id
    for name, part, _ in _formations(context):
        if name not in known:
            yield part.problem("unknown_formation", f"there is no formation {name!r}", did_you_mean(name, list(known)))


def own_formations(context: Context) -> Iterator[Problem]:
    """A plan names its own side's formations; destroy names the enemy's, preserve one's own."""
    known = context.scenario.formation_by_id
    for name, part, side in _formations(context):
        if name in known and side >= 0 and known[name].side != side:
            yield part.problem(
                "other_side", f"{name!r} belongs to {SIDES[known[name].side]}; expected a formation of {SIDES[side]}"
            )


def known_lines(context: Context) -> Iterator[Problem]:
    """Railways and roads named are on the map, and the two places lie on them."""
    bundle = context.bundle
    for i, cut in enumerate(bundle.entry.railways_cut):
        yield from _line(context, bundle.entry_at("railways_cut", i), cut.line, cut.from_, cut.to)
    for i, goal in enumerate(bundle.objectives.objectives):
        if goal.line and goal.places:
            yield from _line(context, Part(bundle.objectives_file, ("objectives", i)), goal.line, goal.places[0], goal.places[-1])


def _line(context: Context, part: Part, line: str, first: str, last: str) -> Iterator[Problem]:
    pieces = control.lines_of(context.map, line)
    if not pieces:
        known = sorted({piece.id.split("#")[0] for piece in context.map.lines if piece.kind != "river"})
        rails = sorted({piece.id.split("#")[0] for piece in context.map.lines if piece.kind == "rail"})
        hint = did_you_mean(line, known) or f"railways here: {', '.join(rails)}"
        yield part.at("line").problem("unknown_line", f"there is no railway or road {line!r} on this map", hint)
        return
    places = context.map.place_by_id
    if first not in places or last not in places or places[first].hex < 0 or places[last].hex < 0:
        return
    if not control.stretch(pieces, places[first].hex, places[last].hex, context.map.cols):
        message = f"{first!r} and {last!r} do not both lie on one unbroken piece of {line!r} (or beside it)"
        yield part.at("line").problem("line_place", message)


def known_provinces(context: Context) -> Iterator[Problem]:
    """Provinces named are on the map."""
    known = [region[0] for region in context.map.regions if region[0]]
    entry = context.bundle.entry
    rows = [("countryside", i, p.provinces) for i, p in enumerate(entry.countryside)]
    rows += [("disease", i, p.provinces) for i, p in enumerate(entry.disease)]
    rows += [("guerrillas", i, p.provinces) for i, p in enumerate(entry.guerrillas)]
    for key, i, provinces in rows:
        for k, name in enumerate(provinces):
            if name not in known:
                hint = did_you_mean(name, known) or f"known: {', '.join(known)}"
                part = context.bundle.entry_at(key, i, "provinces", k)
                yield part.problem("unknown_province", f"there is no province {name!r}", hint)


def control_places(context: Context) -> Iterator[Problem]:
    """No hex is given to both sides by its places or by the units that stand in it."""
    entry, places = context.bundle.entry, context.map.place_by_id
    japan = {places[name].hex: name for name in entry.control.japan if name in places}
    for i, name in enumerate(entry.control.china):
        index = places[name].hex if name in places else -1
        if index >= 0 and index in japan:
            message = f"{name!r} is in the same hex ({context.map.label(index)}) as {japan[index]!r}, which Japan holds"
            yield context.bundle.entry_at("control", "china", i).problem("control_conflict", message)
    yield from _control_units(context)


def _control_units(context: Context) -> Iterator[Problem]:
    entry, places = context.bundle.entry, context.map.place_by_id
    standing = {u.hex: u for u in context.scenario.units if u.arrives <= 1}
    for side, ids in ((JAPAN, entry.control.japan), (CHINA, entry.control.china)):
        for i, name in enumerate(ids):
            unit = standing.get(places[name].hex) if name in places and places[name].hex >= 0 else None
            if unit is not None and unit.side != side:
                message = f"{name!r} is given to {SIDES[side]}, but {unit.id} of {SIDES[unit.side]} stands in its hex"
                yield context.bundle.entry_at("control", SIDES[side], i).problem("control_conflict", message)
