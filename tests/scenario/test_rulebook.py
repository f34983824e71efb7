"""The rule book: up to date, complete, without typed numbers, and with examples that the engine agrees with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.model.orders import Attack, Interdict
from game.model.rules import KEYS
from game.model.scenario import AirBase
from game.model.units import Name
from game.rules import combat, engine, power
from game.rules.movement import rail_minutes, step_minutes
from game.scenario import rulebook
from game.scenario.examples import examples
from game.scenario.rulesfile import find_rules, override, value_names
from tests.rules.worlds import CERTAIN, Land, rules, start, unit

DOCS = rulebook.folder()
TEMPLATE = (DOCS / "rules.template.md").read_text("utf-8")
RULES = find_rules("standard").rules


def test_the_rule_book_is_up_to_date() -> None:
    """If this fails: python -m game.scenario.rulebook."""
    assert (DOCS / "rules.md").read_text("utf-8") == rulebook.written(DOCS, RULES)


def test_every_rule_is_explained_in_the_text_and_listed_in_the_appendix() -> None:
    assert rulebook.used(TEMPLATE) == set(RULES.about)
    listed = rulebook.appendix(RULES)
    for path, about in RULES.about.items():
        assert f"| `{path}` |" in listed and about.doc.replace("|", "\\|") in listed


def test_every_single_value_stands_in_the_book() -> None:
    book = (DOCS / "rules.md").read_text("utf-8")
    for path in value_names():
        owner = ".".join(path.split(".")[:2])
        shown = rulebook.FORMATS[""](rulebook.value(RULES, path))
        keys = KEYS.get(owner, ())
        if len(keys) == 2:
            table = book.split(f"`{owner}` [")[1]
            row = next(line for line in table.splitlines() if line.startswith(f"| {path.split('.')[2]} |"))
            column = keys[1].index(path.split(".")[3])
            assert row.split("|")[2 + column].strip() == shown, path
        else:
            row = next(line for line in book.splitlines() if line.startswith(f"| `{owner}` |"))
            assert (f"{path.split('.')[2]} {shown}" if keys else f"| {shown} |") in row, path


def test_no_number_is_typed_in_the_template() -> None:
    plain = re.sub(r"\{\{[^{}]*\}\}", "", TEMPLATE)
    assert re.findall(r".*\d.*", plain) == []


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("{{combat.give_wey}}", "give_way"),
        ("{{combat.noise|percent}}", ""),
        ("{{table:combat.noise}}", ""),
        ("{{example.march.rod}}", "march.road"),
    ],
)
def test_a_placeholder_that_means_nothing_is_named_with_its_line(text: str, hint: str) -> None:
    with pytest.raises(DataError) as caught:
        rulebook.render(f"one\ntwo {text}\n", RULES, "t.md")
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, problem.col) == ("t.md", 2, 5)
    assert hint in problem.hint


def test_a_changed_value_changes_the_book() -> None:
    other = override(RULES, {"movement.day_minutes": 480, "combat.noise": 300})
    text = rulebook.render("{{movement.day_minutes|hours}} {{combat.noise|%}} {{combat.noise|times}}", other)
    assert text == "8 hours 30 % 0.3\n"


def test_check_says_whether_the_book_is_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules.template.md").write_text("A day: {{movement.day_minutes}}.", "utf-8")
    monkeypatch.setattr(rulebook, "folder", lambda: tmp_path)
    assert rulebook.main(["--check"]) == 1
    assert rulebook.main([]) == 0
    assert rulebook.main(["--check"]) == 0
    assert (tmp_path / "rules.md").read_text("utf-8") == f"A day: {RULES.movement.day_minutes}.\n"
    (tmp_path / "rules.template.md").unlink()
    assert rulebook.main([]) == 2


# -- the worked examples, played ---------------------------------------------------------------------------------------
EXAMPLE = examples(RULES)


def given(name: str) -> int:
    """Return a number of an example."""
    return EXAMPLE[name]


def test_the_march_of_the_book_is_the_march_of_the_engine() -> None:
    land = Land().paint("mountain", (2, 3)).draw("road", (1, 3), (0, 3)).draw("road", (1, 3), (1, 2)).draw("large", (1, 3), (0, 3))
    world = start(land, [unit("jp_1", 1, 3, morale=given("march.morale"))], rules())
    here = land.at(1, 3)
    road = world.near[here].index(land.at(1, 2))
    assert step_minutes(world, 0, here, 0) == given("march.mountain")
    assert step_minutes(world, 0, here, road) == given("march.road")
    assert step_minutes(world, 0, here, 3) == given("march.ferry")
    world.state.fatigue[0] = given("march.fatigue")
    assert power.readiness(world, 0) == given("march.ready")
    from game.rules.command import roll_command

    roll_command(world, 0)
    assert world.state.minutes[0] == given("march.budget")
    world.state.weather = [3, 3]
    assert step_minutes(world, 0, here, road) == given("march.mud")
    assert rail_minutes(world, tuple(range(given("rail.hexes") + 1))) == given("rail.minutes")


def test_the_fight_of_the_book_is_the_fight_of_the_engine() -> None:
    land = Land().paint("hill", (4, 3))
    regiment = {"men": given("power.men"), "guns": given("power.guns"), "morale": given("power.morale"), "quality": 0}
    units = [unit("jp_1", 3, 3, **regiment), unit("jp_2", 4, 2, **regiment)]
    units.append(unit("cn_1", 4, 3, men=given("fight.men"), morale=given("fight.morale"), entrenched=given("fight.dug")))
    world = start(land, units, override(RULES, CERTAIN | {"morale.sick": 0}))
    state = world.state
    state.fatigue[0] = state.fatigue[1] = given("power.fatigue")
    assert power.power(world, 0, state.hex[0]) == given("power.full")
    plan = combat.assess(world, Attack(land.at(4, 3), (0, 1)))
    assert (plan.attack, plan.defence, plan.ratio) == (given("fight.attack"), given("fight.defence"), given("fight.ratio"))
    assert plan.give_way == given("fight.chance")
    engine.apply(world, Attack(land.at(4, 3), (0, 1)))
    battle = next(e.data for e in world.events if e.kind == "battle")
    assert (battle["attacker_losses"], battle["defender_losses"]) == (given("fight.lost"), given("fight.taken"))


def test_the_supply_and_aircraft_of_the_book_are_the_engine_s() -> None:
    land = Land(cols=12).draw("road", *((c, 3) for c in range(12)))
    base = AirBase("b", 0, Name("b", "b"), -1, given("air.base"), 0, 1, 0, ("K",))
    world = start(land, [unit("jp_1", given("line.hexes"), 3)], rules(), split=12, air=(base,))
    assert world.state.path[0] == given("line.length") and world.state.supply[0] == given("line.share")
    assert world.state.air[0] == given("air.clear")
    engine.apply(world, Interdict(land.at(5, 3), given("air.used")))
    assert int(world.extra[1, land.at(5, 3)]) == given("air.minutes")
