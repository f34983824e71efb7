"""Every scenario's order of battle against the roster of the whole campaign: who was there stands in the tree, under one name."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from game.model.scenario import Scenario
from game.model.units import SIDES, UnitSpec
from game.scenario.load import find_scenarios, load_scenario

DATA = Path(__file__).resolve().parent.parent / "data" / "roster.json"
ROSTER: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
ROWS: dict[str, dict[str, Any]] = {row["id"]: row for row in ROSTER["formations"]}

# scenario -> the dossier's phases that it plays
PHASES = {
    "henan": ("henan",),
    "changheng": ("changheng",),
    "hengyang": ("hengyang_siege",),
    "guiliu": ("guiliu",),
    "west_hunan": ("west_hunan",),
    "ichigo": ("campaign", "henan", "changheng", "guiliu"),
}
EXISTING = [name for name, _ in find_scenarios() if name in PHASES]
LARGE = ("front", "army_group", "army", "corps", "division", "brigade")
# the whole campaign is played with divisions: their regiments are not listed in its own part of the dossier
LEVELS = {"ichigo": LARGE}
WITH_REGIMENTS = (*LARGE, "regiment")


@cache
def scenario(name: str) -> Scenario:
    return load_scenario(name)


def documented(name: str) -> list[str]:
    """Return the ids of the formations that documents name in a scenario's phases: no phantoms, no sums of others."""
    levels = LEVELS.get(name, WITH_REGIMENTS)

    def is_there(row: dict[str, Any]) -> bool:
        facts = [row["phases"][phase] for phase in PHASES[name] if phase in row["phases"]]
        return any(f["doc_named"] and not f["phantom"] and not f["aggregate"] for f in facts)

    return [fid for fid, row in ROWS.items() if row["level"] in levels and is_there(row)]


def phantoms(name: str) -> list[str]:
    """Return the ids of the formations that are misreadings in every phase of a scenario where they occur."""
    found = []
    for fid, row in ROWS.items():
        facts = [row["phases"][phase] for phase in PHASES[name] if phase in row["phases"]]
        if facts and all(f["phantom"] for f in facts):
            found.append(fid)
    return found


def test_the_roster_is_the_whole_one_and_agrees_with_its_files() -> None:
    assert len(ROWS) == 483
    assert all(row["files"] and set(row["phases"]) == set(row["files"]) for row in ROWS.values())
    assert {row["side"] for row in ROWS.values()} == set(SIDES)
    assert {name: len(documented(name)) for name in PHASES if name != "ichigo"} == {
        "henan": 116, "changheng": 93, "hengyang": 36, "guiliu": 74, "west_hunan": 18,
    }  # fmt: skip


@pytest.mark.parametrize("name", EXISTING)
def test_every_documented_formation_is_in_the_tree_with_a_source(name: str) -> None:
    tree, wanted = scenario(name).formation_by_id, documented(name)
    missing = [f"{fid} {ROWS[fid]['level']} {ROWS[fid]['name_zh']}" for fid in wanted if fid not in tree]
    print(f"{name}: documented formations {len(wanted)}, in the tree {len(wanted) - len(missing)}")
    assert missing == []
    assert [fid for fid in wanted if not tree[fid].source] == []


@pytest.mark.parametrize("name", EXISTING)
def test_phantoms_are_not_deployed(name: str) -> None:
    assert [fid for fid in phantoms(name) if fid in scenario(name).unit_by_id] == []


@pytest.mark.parametrize("name", EXISTING)
def test_side_level_and_name_agree_with_the_roster(name: str) -> None:
    wrong = []
    for f in scenario(name).formations:
        row = ROWS.get(f.id)
        if row is not None and (SIDES[f.side], f.echelon, f.name.zh) != (row["side"], row["level"], row["name_zh"]):
            wrong.append((f.id, f.echelon, f.name.zh, row["level"], row["name_zh"]))
    assert wrong == []


@pytest.mark.parametrize(("one", "two"), list(combinations(EXISTING, 2)))
def test_an_id_means_the_same_formation_in_two_scenarios(one: str, two: str) -> None:
    first, second = scenario(one).formation_by_id, scenario(two).formation_by_id
    common = [fid for fid in first if fid in second]
    print(f"{one} and {two}: {len(common)} formations in common")

    def told(fid: str, tree: dict[str, UnitSpec]) -> tuple[str, int, str, str]:
        f = tree[fid]
        return fid, f.side, f.echelon, f.name.zh

    assert [told(fid, first) for fid in common] == [told(fid, second) for fid in common]


@pytest.mark.parametrize("name", EXISTING)
def test_the_documented_totals_are_the_dossiers(name: str) -> None:
    s = scenario(name)
    for side, info in enumerate(s.sides):
        units = [u for u in s.units if u.side == side]
        start = sum(u.men for u in units if u.arrives <= 1)
        figures = sorted({n for phase in PHASES[name] for n in ROSTER["totals"][phase][SIDES[side]]})
        if name == "ichigo":
            # the campaign's armies are those of Henan and of Hunan together
            henan, hunan = (ROSTER["totals"][phase][SIDES[side]] for phase in ("henan", "changheng"))
            figures = sorted({*figures, *(a + b for a in henan for b in hunan)})
        told = ", ".join(f"{n:,}" for n in figures)
        print(
            f"{name} {SIDES[side]}: {start:,} men at the start, {sum(u.men for u in units):,} with all arrivals, "
            f"{sum(u.paper for u in units):,} on the rolls; the scenario cites {info.documented_men:,}; documents: {told}"
        )
        assert start > 0
        assert info.documented_men in (0, *figures)
