"""Which counters a picture shows: stacks by hex, and at far zooms one chip for a corps or army."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from game.model.scenario import Scenario
from game.model.units import UnitSpec
from game.ui.counters import Counter, Mark
from game.ui.frame import Frame
from game.ui.state import PictureState

GROUPS = ("corps", "army")


@dataclass(frozen=True)
class Standing:
    """A counter and where its middle stands [px]."""

    counter: Counter
    x: float
    y: float


def _weight(scenario: Scenario, state: PictureState, unit: int) -> tuple[int, int, int]:
    """Return what brings a unit to the top of its stack: troops before staffs, then men."""
    spec = scenario.units[unit]
    return (spec.type not in ("hq", "services"), state.men[unit], -unit)


def counter_of(scenario: Scenario, state: PictureState, unit: int, below: int, simple: bool = False) -> Counter:
    """Return the counter of a unit with `below` more counters beneath it. Numbers are coarse, so that pictures are reused."""
    spec = scenario.units[unit]
    parent = scenario.formation_by_id.get(spec.parent)
    return Counter(
        spec.side, spec.echelon, spec.type, spec.stripe, spec.short, parent.short if parent else "",
        (state.men[unit] + 50) // 100, (state.readiness[unit] + 25) // 50 * 50, _supply_step(state.supply[unit]),
        min(state.entrenched[unit], 4), state.marks[unit], min(below, 2), simple,
    )  # fmt: skip


def _supply_step(supply: int) -> int:
    """Return the step of supply that a drop shows [permille]."""
    return 1000 if supply >= 800 else 600 if supply >= 500 else 300 if supply >= 200 else 0


def stacks(scenario: Scenario, frame: Frame, state: PictureState, simple: bool = False) -> list[Standing]:
    """Return the top counter of every stack, north first."""
    by_hex: dict[int, list[int]] = {}
    for unit, hex_ in enumerate(state.hexes):
        if hex_ >= 0:
            by_hex.setdefault(hex_, []).append(unit)
    out = []
    for hex_ in sorted(by_hex):
        units = sorted(by_hex[hex_], key=lambda u: _weight(scenario, state, u), reverse=True)
        x, y = frame.centres[hex_]
        out.append(Standing(counter_of(scenario, state, units[0], len(units) - 1, simple), float(x), float(y)))
    return out


def _group(scenario: Scenario, spec: UnitSpec) -> UnitSpec:
    """Return the corps or army that a unit belongs to, or the unit itself."""
    at: UnitSpec | None = spec
    while at is not None:
        if at.echelon in GROUPS:
            return at
        at = scenario.formation_by_id.get(at.parent)
    return spec


def chips(scenario: Scenario, frame: Frame, state: PictureState, least: float, simple: bool = False) -> list[Standing]:
    """Return one counter for each corps or army, at the hex where most of its men stand.

    A weaker chip closer than `least` [px] to a stronger one is left out.
    """
    members: dict[str, list[int]] = {}
    for unit, hex_ in enumerate(state.hexes):
        if hex_ >= 0:
            members.setdefault(_group(scenario, scenario.units[unit]).id, []).append(unit)
    out = []
    for units in members.values():
        head = _group(scenario, scenario.units[units[0]])
        men_at: dict[int, int] = {}
        for u in units:
            men_at[state.hexes[u]] = men_at.get(state.hexes[u], 0) + state.men[u]
        main = max(units, key=lambda u: _weight(scenario, state, u))
        x, y = frame.centres[max(men_at, key=lambda h: (men_at[h], -h))]
        men = sum(state.men[u] for u in units)
        ready = sum(state.readiness[u] * state.men[u] for u in units) // max(men, 1)
        kind = scenario.units[main].type
        surrounded = Mark.SURROUNDED if all(state.marks[u] & Mark.SURROUNDED for u in units) else Mark.NONE
        ready = ready // 50 * 50
        counter = Counter(
            head.side, head.echelon, kind, head.stripe, head.short, "", men // 100, ready, 1000, 0, surrounded, 0, simple
        )
        out.append(Standing(counter, float(x), float(y)))
    return _apart(out, least)


def _apart(found: Sequence[Standing], least: float) -> list[Standing]:
    """Return the strongest counters such that none covers another's middle."""
    kept: list[Standing] = []
    for one in sorted(found, key=lambda s: (-s.counter.hundreds, s.y, s.x)):
        if all(abs(one.x - k.x) > least or abs(one.y - k.y) > least for k in kept):
            kept.append(one)
    return sorted(kept, key=lambda s: (s.y, s.x))
