"""The order of battle as rows: who belongs to whom today, how strong, where; and what a search finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from game.model.events import Event
from game.model.scenario import Scenario
from game.model.state import AWAY, GONE, LEFT, PRESENT, WAITING
from game.model.units import UnitSpec
from game.ui.ledger import Ledger
from game.ui.rows import short_day, where_text
from game.ui.scene import EVERYTHING, Scene
from game.ui.texts import Texts

HEADS = (("division", "brigade"), ("corps",))  # what the folded tree shows a chip for, Japan first
MANY = 60  # formations of a side from which the tree opens with its lower levels closed
ABBREVIATIONS = (
    ("Infantry Regiment", "Inf. Rgt"), ("Cavalry Regiment", "Cav. Rgt"), ("Regiment", "Rgt"), ("Infantry Brigade", "Inf. Bde"),
    ("Mixed Brigade", "Mixed Bde"), ("Brigade", "Bde"), ("Battalion", "Bn"), ("Division", "Div."), ("Independent", "Ind."),
    ("Headquarters", "HQ"), ("headquarters", "HQ"), ("Artillery", "Art."), ("Engineer", "Eng."), ("Provisional", "Prov."),
    ("Expeditionary", "Exp."), ("Line-of-communication", "L.o.C."), ("line-of-communication", "l.o.c."),
)  # fmt: skip
FATES = ("surrender", "dispersed", "captured")


@dataclass(frozen=True)
class TreeRow:
    """A formation in the tree. Strengths are 0 where they are not known."""

    spec: UnitSpec
    depth: int
    parent: bool  # has formations below it
    men: int
    full: int  # establishment of those who are there [men]
    ready: int  # readiness weighed by men [permille]
    where: str  # place, fate or date of arrival
    unit: int  # a unit to select and centre on, -1 = none is on the map
    leader: str


@dataclass(frozen=True)
class Chip:
    """A formation in the folded tree."""

    spec: UnitSpec
    men: int
    full: int
    ready: int
    hungry: bool  # one of its units gets less than half of its needs
    unit: int  # its strongest unit on the map


class Tree:
    """One side's order of battle at one moment, as a viewer knows it."""

    def __init__(self, scenario: Scenario, scene: Scene, ledger: Ledger, side: int, lost: frozenset[int]) -> None:
        self.scenario, self.scene, self.ledger, self.side = scenario, scene, ledger, side
        self.lost = lost  # enemy units known to be destroyed
        self.known = scene.viewer in (EVERYTHING, side)
        changed = {c.formation: c for c in scenario.changes if c.turn <= ledger.turn}
        self.leaders = {f.id: f.commander for f in scenario.formations}
        self.leaders |= {fid: c.commander for fid, c in changed.items() if c.commander}
        self.parents = {f.id: f.parent for f in scenario.formations}
        self.parents |= {fid: c.parent for fid, c in changed.items() if c.parent}
        self.children: dict[str, list[UnitSpec]] = {}
        for spec in scenario.formations:
            if spec.side == side:
                self.children.setdefault(self.parents[spec.id], []).append(spec)
        self.below: dict[str, list[int]] = {}
        self._gather(self.children.get("", []))

    def _gather(self, specs: Iterable[UnitSpec]) -> list[int]:
        """Note the units below each formation, itself among them."""
        found: list[int] = []
        for spec in specs:
            mine = [spec.index] if spec.index >= 0 else []
            mine += self._gather(self.children.get(spec.id, ()))
            self.below[spec.id] = mine
            found += mine
        return found

    def strength(self, units: Iterable[int]) -> tuple[int, int, int]:
        """Return men, establishment and readiness [permille] of those units that are known to be there."""
        picture, men, full, ready = self.scene.picture, 0, 0, 0
        for u in units:
            if self.known and self.ledger.status[u] in (PRESENT, AWAY):
                have = picture.men[u] if picture.hexes[u] >= 0 else self.ledger.men[u]
                men += have
                full += self.scenario.units[u].establishment
                ready += have * picture.readiness[u]
        return men, full, ready // max(1, men)

    def lead(self, units: Iterable[int]) -> int:
        """Return the strongest of some units that is shown on the map, -1 = none."""
        picture = self.scene.picture
        here = [u for u in units if picture.hexes[u] >= 0]
        return max(here, key=lambda u: (self.scenario.units[u].type not in ("hq", "services"), picture.men[u], -u), default=-1)

    def fate(self, spec: UnitSpec, texts: Texts) -> str:
        """Return where a unit is, or why it is not on the map."""
        u, where = spec.index, self.scene.picture.hexes[spec.index]
        if where >= 0:
            return where_text(texts, self.scenario.map, where)
        if u in self.lost:
            return texts("tree.gone")
        if not self.known:
            return ""
        status = self.ledger.status[u]
        if status == WAITING:
            return texts("tree.due", day=short_day(texts, spec.arrives_on or self.scenario.calendar.date_of(spec.arrives)))
        return texts({GONE: "tree.gone", LEFT: "tree.left", AWAY: "tree.away"}.get(status, "tree.gone"))

    def rows(self, texts: Texts, closed: frozenset[str], search: str) -> list[TreeRow]:
        """Return the rows that are shown, from the top of the tree; a search opens what it needs to."""
        wanted = self._found(texts, search) if search else None
        out: list[TreeRow] = []

        def walk(specs: Iterable[UnitSpec], depth: int) -> None:
            for spec in specs:
                if wanted is not None and spec.id not in wanted:
                    continue
                out.append(self._row(texts, spec, depth))
                if wanted is not None or spec.id not in closed:
                    walk(self.children.get(spec.id, ()), depth + 1)

        walk(self.children.get("", ()), 0)
        return out

    def _row(self, texts: Texts, spec: UnitSpec, depth: int) -> TreeRow:
        units, commander = self.below[spec.id], self.leaders[spec.id]
        men, full, ready = self.strength(units)
        leaf = not self.children.get(spec.id)
        where = self.fate(spec, texts) if spec.index >= 0 else ""
        unit = spec.index if spec.index >= 0 and self.scene.picture.hexes[spec.index] >= 0 else self.lead(units)
        leader = texts.name(commander.name) if commander else ""
        return TreeRow(spec, depth, not leaf, men, full, ready, where, unit, leader)

    def _found(self, texts: Texts, search: str) -> set[str]:
        """Return the ids of what a search finds, and of everything above and below it."""
        word, found = search.casefold().strip(), set[str]()
        for spec in self.scenario.formations:
            if spec.side == self.side and self._matches(texts, spec, word):
                here = spec.id
                while here:
                    found.add(here)
                    here = self.parents[here]
                found |= self._all_below(spec.id)
        return found

    def _all_below(self, formation: str) -> set[str]:
        """Return the ids of everything below a formation."""
        children = [spec.id for spec in self.children.get(formation, ())]
        return set(children).union(*(self._all_below(child) for child in children))

    def _matches(self, texts: Texts, spec: UnitSpec, word: str) -> bool:
        commander = self.leaders[spec.id]
        names = [spec.name.en, spec.name.zh, spec.short, *((commander.name.en, commander.name.zh) if commander else ())]
        if spec.index >= 0:
            names.append(self.fate(spec, texts))
        return any(word in plain_letters(name) or word in name.casefold() for name in names)

    def hits(self, texts: Texts, search: str) -> list[TreeRow]:
        """Return the rows that a search itself finds, best first: whole short names, then beginnings of names."""
        word = search.casefold().strip()
        rows = [r for r in self.rows(texts, frozenset(), search) if self._matches(texts, r.spec, word)]
        return sorted(rows, key=lambda r: (r.spec.short.casefold() != word, not plain_letters(r.spec.name.en).startswith(word)))

    @cached_property
    def chips(self) -> list[Chip]:
        """Return the formations of the folded tree in the order of the tree; those without anybody on the map are left out."""
        groups: dict[str, list[int]] = {}
        of = self.scenario.formation_by_id
        for u in self.below_all():
            groups.setdefault(self._head(self.scenario.units[u]), []).append(u)
        out = []
        for fid, units in groups.items():
            lead = self.lead(units)
            if lead >= 0:
                men, full, ready = self.strength(units)
                picture = self.scene.picture
                hungry = self.known and any(picture.hexes[u] >= 0 and picture.supply[u] < 500 for u in units)
                out.append(Chip(of[fid], men, full, ready, hungry, lead))
        return out

    def below_all(self) -> list[int]:
        """Return all units of the side in the order of the tree."""
        return [u for spec in self.children.get("", ()) for u in self.below[spec.id]]

    def _head(self, spec: UnitSpec) -> str:
        """Return the formation whose chip stands for a unit: its division or brigade, its corps, or else its army."""
        above, here = [], spec.id
        while here:
            above.append(self.scenario.formation_by_id[here])
            here = self.parents[here]
        for wanted, highest in ((HEADS[self.side], True), (HEADS[0], True), (("army", "army_group", "front"), False)):
            found = [f for f in above if f.echelon in wanted]
            if found:
                return found[-1 if highest else 0].id
        return above[-1].id

    def low(self) -> set[str]:
        """Return the ids that a long tree closes at first: divisions and corps with units below them."""
        if sum(1 for f in self.scenario.formations if f.side == self.side) < MANY:
            return set()
        return {
            f.id for f in self.scenario.formations
            if f.side == self.side and f.echelon in ("corps", "division", "brigade") and self.children.get(f.id)
        }  # fmt: skip


def shortened(name: str) -> str:
    """Return an English name with the usual abbreviations, for narrow lists."""
    for word, short in ABBREVIATIONS:
        name = name.replace(word, short)
    return name


def plain_letters(text: str) -> str:
    """Return a text in small letters without accents, so that "Otsubo" finds Ōtsubo."""
    from unicodedata import combining, normalize

    return "".join(c for c in normalize("NFD", text) if not combining(c)).casefold()


def known_lost(news: Iterable[tuple[int, Event]]) -> frozenset[int]:
    """Return the units that the news says are destroyed."""
    return frozenset(e.data["unit"] for _, e in news if e.kind in FATES and isinstance(e.data.get("unit"), int))  # type: ignore[misc]
