"""The order of battle for reading: every formation with its men, place and sources, as rows or as a printed tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from game.model.scenario import Scenario
from game.model.units import SIDES, UnitSpec


def oob_rows(scenario: Scenario) -> list[dict[str, Any]]:
    """Return one row for each formation, off-map ones and those counted in their parent too, parents first.

    Keys: id, side, level, type, parent (None at the top), name {en, zh}, men (its own), place (None if none),
    date (ISO; of its arrival, or the start for what is there from the beginning; None without a place), source.
    """
    return [_row(scenario, f) for f in scenario.formations]


def _row(scenario: Scenario, f: UnitSpec) -> dict[str, Any]:
    date = (f.arrives_on or scenario.calendar.start).isoformat() if f.place else None
    return {
        "id": f.id, "side": SIDES[f.side], "level": f.echelon, "type": f.type, "parent": f.parent or None,
        "name": {"en": f.name.en, "zh": f.name.zh}, "men": f.men, "place": f.place or None, "date": date, "source": list(f.source),
    }  # fmt: skip


def men_below(scenario: Scenario) -> dict[str, int]:
    """Return for each formation the men of its counter and of all counters below it [men], whenever they arrive."""
    total = {f.id: f.men if f.index >= 0 else 0 for f in scenario.formations}
    for f in reversed(scenario.formations):
        if f.parent in total:
            total[f.parent] += total[f.id]
    return total


def oob_tree(scenario: Scenario) -> str:
    """Return both orders of battle as plain text: the tree with the men below each formation, its own, place and date."""
    total = men_below(scenario)
    lines: list[str] = []
    for side, name in enumerate(SIDES):
        tops = [f for f in scenario.formations if f.side == side and not f.parent]
        men = sum(total[f.id] for f in tops)
        start = sum(u.men for u in scenario.units if u.side == side and u.arrives <= 1)
        documented = scenario.sides[side].documented_men
        note = f"; the documents say {documented:,}" if documented else ""
        lines.append(f"{scenario.sides[side].name.en} ({name}): {men:,} men in all, {start:,} at the start{note}")
        for i, top in enumerate(tops):
            lines += _branch(scenario, total, top, "", i == len(tops) - 1)
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _branch(scenario: Scenario, total: Mapping[str, int], f: UnitSpec, indent: str, last: bool) -> Iterator[str]:
    yield f"{indent}{'└─' if last else '├─'} {_line(scenario, total, f)}"
    below = scenario.children.get(f.id, ())
    for i, child in enumerate(below):
        deeper = indent + ("   " if last else "│  ")
        yield from _branch(scenario, total, scenario.formation_by_id[child], deeper, i == len(below) - 1)


def _line(scenario: Scenario, total: Mapping[str, int], f: UnitSpec) -> str:
    parts = [f"{f.name.en} {f.name.zh}", f.echelon, f.type]
    if total[f.id]:
        own = f" ({f.men:,} own)" if f.index >= 0 and total[f.id] != f.men else ""
        parts.append(f"{total[f.id]:,} men{own}")
    elif f.men:
        parts.append(f"{f.men:,} men, not on this map by itself")
    if f.index >= 0:
        parts.append(f"{f.place}" + (f" from {f.arrives_on}" if f.arrives_on and f.arrives > 1 else ""))
    return ", ".join(parts)
