"""The chain of command: who leads whom, worked out once from the order of battle.

A unit's leader is the nearest formation above it that has a commander or headquarters. Its corps is the lowest
formation of corps level above it (Japan: division); its army the lowest above that of army or army-group level.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from game.model.scenario import Scenario
from game.model.units import JAPAN, UnitSpec

_CORPS = {JAPAN: ("division",), 1: ("corps",)}
_ARMY = ("army", "army_group", "front")


@dataclass
class Chain:
    """Look-ups by unit index."""

    scenario: Scenario
    turn: int = 0  # changes of command up to this turn count
    leader: list[str] = field(init=False)  # (U,) formation id that rolls for command
    rating: list[int] = field(init=False)  # (U,) its commander's rating, 0 best .. 4
    post: list[int] = field(init=False)  # (U,) unit that is the leader's headquarters, -1 = none on the map
    corps: list[str] = field(init=False)
    army: list[str] = field(init=False)
    _by_id: dict[str, UnitSpec] = field(init=False)
    led_by: dict[int, tuple[int, ...]] = field(init=False)  # units led by a headquarters unit
    leaders: tuple[tuple[str, int, int, int, tuple[int, ...]], ...] = field(init=False)  # (id, side, rating, post, units)

    def __post_init__(self) -> None:
        """Walk the tree."""
        units = self.scenario.units
        self._by_id = _changed(self.scenario, self.turn)
        found = [self._leader(u) for u in units]
        self.leader = [f.id for f in found]
        self.rating = [_rating(f) for f in found]
        self.post = [f.index for f in found]
        self.corps = [self._level(u, _CORPS[u.side]) for u in units]
        self.army = [self._level(u, _ARMY) for u in units]
        groups: dict[str, list[int]] = {}
        for u, f in zip(units, found, strict=True):
            groups.setdefault(f.id, []).append(u.index)
        by_id = self._by_id
        self.leaders = tuple((fid, by_id[fid].side, _rating(by_id[fid]), by_id[fid].index, tuple(us)) for fid, us in groups.items())
        self.led_by = {post: tuple(u for u in us if u != post) for _, _, _, post, us in self.leaders if post >= 0}

    def _leader(self, unit: UnitSpec) -> UnitSpec:
        by_id = self._by_id
        unit = by_id[unit.id]
        if unit.type == "hq" or not unit.parent:
            return unit
        here = by_id[unit.parent]
        while here.parent and here.commander is None and here.index < 0:
            here = by_id[here.parent]
        return here

    def _level(self, unit: UnitSpec, levels: tuple[str, ...]) -> str:
        by_id = self._by_id
        here = by_id[unit.id]
        while here.echelon not in levels and here.parent:
            here = by_id[here.parent]
        # an independent brigade under no such formation is a command of its own
        return here.id if here.echelon in levels else unit.id


def _changed(scenario: Scenario, turn: int) -> dict[str, UnitSpec]:
    """Return the formations by id with the changes of command up to a turn made."""
    by_id = dict(scenario.formation_by_id)
    for change in scenario.changes:
        if change.turn <= turn:
            old = by_id[change.formation]
            by_id[change.formation] = replace(old, parent=change.parent or old.parent, commander=change.commander or old.commander)
    return by_id


def _rating(formation: UnitSpec) -> int:
    if formation.commander is None:
        return formation.quality
    return "ABCDE".index(formation.commander.rating)
