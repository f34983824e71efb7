"""Checks of units: they have what they need, stand on land, within the stacking limit, and not with the enemy."""

from __future__ import annotations

from collections.abc import Iterator

from game.core.errors import Problem
from game.model.hexmap import TERRAIN
from game.model.units import SIDES, UnitSpec
from game.scenario import control
from game.scenario.build import Context
from game.scenario.bundle import Part
from game.scenario.tree import Node, is_large

UNSTACKED = ("services", "air", "hq")  # types that take no room in a hex
TOLERANCE = (
    100  # permille by which men may differ from the documents without a word: neighbours and rear services are counted or not
)


def _counters(context: Context) -> Iterator[tuple[Node, UnitSpec]]:
    """Yield each formation with a counter, as its file and as the game have it."""
    specs = context.scenario.formation_by_id
    for node in context.nodes:
        if node.counter and node.own.id in specs:
            yield node, specs[node.own.id]


def values(context: Context) -> Iterator[Problem]:
    """A unit has a quality, a morale and a source, of its own or inherited; every formation has a source."""
    for node in context.nodes:
        needed = ("quality", "morale", "source") if node.counter else ("source",)
        for key in needed:
            if node.get(key) is None:
                hint = "or give it in a formation above or in the file's defaults"
                yield node.part.problem("missing_value", f"the key {key!r} of {node.own.id} is missing", hint)


def where(context: Context) -> Iterator[Problem]:
    """A unit with men has a place; an air base flies from a place or is off the map."""
    for node, _ in _counters(context):
        if not node.get("place"):
            yield node.part.problem(
                "no_place", f"{node.own.id} has men but no place", "give it a place, or say part_of_parent or off_map: true"
            )
    for i, base in enumerate(context.bundle.entry.air):
        if not base.place and not base.off_map:
            yield context.bundle.entry_at("air", i).problem(
                "no_place", f"the air base {base.id} has no place", "give it one, or say off_map: true"
            )


def on_land(context: Context) -> Iterator[Problem]:
    """No unit stands or arrives in the sea or a lake."""
    water = control.is_water(context.map)
    for node, unit in _counters(context):
        if unit.hex >= 0 and water[unit.hex]:
            terrain = TERRAIN[int(context.map.terrain[unit.hex])]
            message = f"{unit.id} stands in a hex of {terrain}, {unit.place} ({context.map.label(unit.hex)})"
            yield _place_of(node).problem("in_water", message, "name a place on land")


def _place_of(node: Node) -> Part:
    return node.part.at("place") if node.own.place else node.part


def _stacks(context: Context) -> dict[int, list[tuple[Node, UnitSpec]]]:
    """Return the units of each hex at the start."""
    stacks: dict[int, list[tuple[Node, UnitSpec]]] = {}
    for node, unit in _counters(context):
        if unit.hex >= 0 and unit.arrives <= 1:
            stacks.setdefault(unit.hex, []).append((node, unit))
    return stacks


def stacking(context: Context) -> Iterator[Problem]:
    """The men in a hex at the start are no more than its terrain holds; services, air and headquarters take no room."""
    hexmap, per_km = context.map, context.scenario.rules.stacking.men_per_km
    water = control.is_water(hexmap)
    for index, stack in _stacks(context).items():
        counted = [(node, unit) for node, unit in stack if unit.type not in UNSTACKED]
        men = sum(unit.men for _, unit in counted)
        limit = per_km[int(hexmap.terrain[index])] * hexmap.spacing_m // 1000
        if men > limit and not water[index]:
            names = ", ".join(f"{unit.id} {unit.men:,}" for _, unit in counted)
            terrain = TERRAIN[int(hexmap.terrain[index])]
            message = f"{men:,} men stand in {hexmap.describe(index)}; {terrain} holds {limit:,}: {names}"
            yield _place_of(counted[-1][0]).problem("stacking", message, "spread them over neighbouring places")


def one_side_a_hex(context: Context) -> Iterator[Problem]:
    """No hex holds units of both sides at the start."""
    for index, stack in _stacks(context).items():
        first = stack[0][1]
        for node, unit in stack:
            if unit.side != first.side:
                pair = f"{unit.id} of {SIDES[unit.side]} stands in the hex of {first.id} of {SIDES[first.side]}"
                message = f"{pair}, {context.map.describe(index)}"
                yield _place_of(node).problem("both_sides", message)
                break


def establishment(context: Context) -> Iterator[Problem]:
    """No unit has more men than its establishment."""
    for node, unit in _counters(context):
        if unit.establishment < unit.men:
            message = f"{unit.id} has {unit.men:,} men, more than its establishment of {unit.establishment:,}"
            yield node.part.at("establishment").problem("establishment", message)


def empty_formations(context: Context) -> Iterator[Problem]:
    """A large formation has men or formations below it."""
    for node in context.nodes:
        own = node.own
        if is_large(own.level) and not own.children and own.men == 0 and not own.off_map and not own.part_of_parent:
            yield node.part.problem(
                "empty_formation", f"{own.id} ({own.level}) has neither men nor formations below it", "off_map: true?"
            )


def men_sums(context: Context) -> Iterator[Problem]:
    """The men at the start, with or without those who arrive later, agree with the number in the documents."""
    sides = context.bundle.entry.sides
    for side, (name, part) in enumerate((("japan", sides.japan), ("china", sides.china))):
        units = [u for u in context.scenario.units if u.side == side]
        start, total = sum(u.men for u in units if u.arrives <= 1), sum(u.men for u in units)
        slack = part.documented_men * TOLERANCE // 1000
        if part.documented_men and not start - slack <= part.documented_men <= total + slack:
            present = f"{name} has {start:,} men at the start, {total:,} with later arrivals"
            message = f"{present}; the documents say {part.documented_men:,}"
            yield context.bundle.entry_at("sides", name, "documented_men").problem("men_sum", message)
