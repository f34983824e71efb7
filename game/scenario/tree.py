"""The order of battle: the tree of formations in the files becomes the list of formations and counters of the game.

A formation takes what it does not say itself from the formations above it (quality, morale, food, ammunition, stripe,
source) and then from the file's defaults (any key); stores that nobody mentions are full.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from game.model.hexmap import Place
from game.model.rules import Rules
from game.model.scenario import Calendar, Change
from game.model.units import ECHELONS, JAPAN, QUALITIES, SIDES, Commander, Mobility, Name, UnitSpec
from game.scenario.bundle import Bundle, Part
from game.scenario.schema import STRIPES, CommanderPart, ForcesFile, FormationPart, Text, UnitKeys

INHERITED = ("quality", "morale", "food", "ammunition", "stripe", "source")
_MOBILITY = {
    "infantry": Mobility.FOOT, "cavalry": Mobility.HORSE, "armor": Mobility.ARMOUR, "mechanized": Mobility.MOTOR,
    "engineer": Mobility.FOOT, "hq": Mobility.FOOT, "garrison": Mobility.FOOT, "militia": Mobility.FOOT, "guerrilla": Mobility.FOOT,
    "services": Mobility.STATIC, "air": Mobility.STATIC, "antiaircraft": Mobility.MOTOR,
}  # fmt: skip
_SHORT = {
    "front": "FA", "army_group": "GA", "army": "A", "corps": "C", "division": "D", "brigade": "B", "regiment": "R",
    "battalion": "b", "company": "c", "detachment": "d", "air": "a",
}  # fmt: skip


@dataclass(frozen=True)
class Node:
    """A formation in its file: its keys, its place in the tree and what it inherits."""

    part: Part
    own: FormationPart
    above: tuple[FormationPart, ...]  # the nearest first
    defaults: UnitKeys
    side: int

    @property
    def parent(self) -> str:
        """Return the id above, "" at the top."""
        return self.above[0].id if self.above else ""

    @cached_property
    def counter(self) -> bool:
        """Return whether it has a counter on the map."""
        return self.own.men > 0 and not self.own.part_of_parent and not self.own.off_map

    def get(self, key: str) -> Any:
        """Return a key's value: its own, an ancestor's where it is inherited, the file's default, or None."""
        value = getattr(self.own, key)
        if value is not None:
            return value
        if key in INHERITED:
            for ancestor in self.above:
                value = getattr(ancestor, key)
                if value is not None:
                    return value
        return getattr(self.defaults, key)


def walk(bundle: Bundle) -> list[Node]:
    """Return all formations, parents before children, Japan's first, each file in its own order."""
    return [node for document, forces in bundle.forces for node in _walk_file(Part(document, ()), forces)]


def _walk_file(part: Part, forces: ForcesFile) -> Iterator[Node]:
    side = SIDES.index(forces.side)

    def below(formations: list[FormationPart], place: Part, above: tuple[FormationPart, ...]) -> Iterator[Node]:
        for i, own in enumerate(formations):
            here = place.at(i)
            yield Node(here, own, above, forces.defaults, side)
            yield from below(own.children, here.at("children"), (own, *above))

    yield from below(forces.formations, part.at("formations"), ())


def unit_specs(nodes: list[Node], places: Mapping[str, Place], calendar: Calendar, rules: Rules) -> tuple[UnitSpec, ...]:
    """Return the formations of the game, in the order of the nodes.

    Of two formations with one id the first counts. Counters are numbered from 0 in tree order.
    """
    specs: dict[str, UnitSpec] = {}
    index = 0
    for node in nodes:
        if node.own.id in specs:
            continue
        specs[node.own.id] = _spec(node, index if node.counter else -1, places, calendar, rules)
        index += node.counter
    return tuple(specs.values())


def _spec(node: Node, index: int, places: Mapping[str, Place], calendar: Calendar, rules: Rules) -> UnitSpec:
    own, get = node.own, node.get
    place = get("place") or ""
    arrives: date | None = get("arrives")
    return UnitSpec(
        index=index, id=own.id, side=node.side, echelon=own.level, type=own.type, name=name_of(own.name), parent=node.parent,
        commander=commander_of(own.commander), men=own.men,
        establishment=own.men if own.establishment is None else own.establishment,
        paper=own.men if own.paper is None else own.paper,
        guns=get("guns") or 0, tanks=get("tanks") or 0, aircraft=get("aircraft") or 0,
        mobility=mobility_of(node), quality=QUALITIES.index(get("quality") or "C"), morale=_or(get("morale"), 0),
        hex=places[place].hex if index >= 0 and place in places else -1, place=place,
        arrives=max(1, calendar.turn_of(arrives)) if arrives else 1,
        leaves=_turn(get("leaves"), calendar), held_until=_turn(get("held_until"), calendar),
        crossing_until=_turn(get("crossing_until"), calendar), entrenched=get("entrenched") or 0,
        food=_or(get("food"), rules.supply.food_store), ammunition=_or(get("ammunition"), rules.supply.ammunition_store),
        source=tuple(get("source") or ()), strength_source=get("strength_source") or "", certainty=get("certainty") or "medium",
        stripe=STRIPES.index(get("stripe") or STRIPES[0]), short=own.short or short_of(own.id, own.level), arrives_on=arrives,
    )  # fmt: skip


def _or(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def _turn(when: date | None, calendar: Calendar) -> int:
    return max(0, calendar.turn_of(when)) if when else 0


def commander_of(found: CommanderPart | None) -> Commander | None:
    """Return a commander of a file as one of the model."""
    return Commander(name_of(found), found.rating, found.certainty) if found else None


def name_of(text: Text) -> Name:
    """Return a text of a file as a name of the model."""
    return Name(text.en, text.zh)


def mobility_of(node: Node) -> Mobility:
    """Return how a formation travels: as its file says, else by its type (guns by horse in Japan, by pack animals in China)."""
    given = node.get("mobility")
    if given is not None:
        return Mobility[given.upper()]
    if node.own.type == "artillery":
        return Mobility.HORSE if node.side == JAPAN else Mobility.PACK
    return _MOBILITY[node.own.type]


def short_of(formation: str, echelon: str) -> str:
    """Return a designation for the counter made from an id: jp_225_inf_regt gives 225R, cn_new_38_div N38D."""
    words = formation.split("_")[1:]
    prefix = "".join(w[0].upper() for w in words if w in ("new", "prov", "res", "honor"))
    number = next((w for w in words if w.isdigit()), "")
    letters = _SHORT[echelon] if number else "".join(w[0].upper() for w in words)
    return (prefix + number + letters)[:6] or formation[:6]


def is_large(echelon: str) -> bool:
    """Return whether an echelon is one that consists of others: a corps or more."""
    return ECHELONS.index(echelon) <= ECHELONS.index("corps")


def parents_at(formations: Iterable[UnitSpec], changes: Iterable[Change], turn: int) -> dict[str, str]:
    """Return the id above each formation ("" = the top) after the changes up to a turn, which come by date."""
    parents = {f.id: f.parent for f in formations}
    for change in changes:
        if change.turn <= turn and change.parent:
            parents[change.formation] = change.parent
    return parents


def units_below(formations: Iterable[UnitSpec], parents: Mapping[str, str] | None = None) -> dict[str, tuple[int, ...]]:
    """Return the units of each formation and of everything below it, in tree order.

    Args:
        formations: all of them, in tree order.
        parents: the id above each formation, where it is not the one at the start.
    """
    formations = tuple(formations)
    above_of = {f.id: f.parent for f in formations} if parents is None else parents
    found: dict[str, list[int]] = {f.id: [] for f in formations}
    for f in formations:
        for above in line_above(f.id, above_of) if f.index >= 0 else ():
            if above in found:
                found[above].append(f.index)
    return {name: tuple(units) for name, units in found.items()}


def line_above(formation: str, parents: Mapping[str, str]) -> list[str]:
    """Return a formation and what stands above it, nearest first; where the way up runs in a circle, each once."""
    found: list[str] = []
    while formation and formation not in found:
        found.append(formation)
        formation = parents.get(formation, "")
    return found
