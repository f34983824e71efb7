"""Command: orders that arrive in time, late, or not at all."""

from __future__ import annotations

import pytest

from game.model.orders import Attack
from game.model.state import GONE
from game.rules import engine
from game.rules.command import chance_of_command, roll_command
from tests.rules.worlds import NODES, Land, events, rules, start, unit

PINNED = {
    "command.full.B": 700, "command.slow.B": 200, "command.far": 150, "command.disrupted": 100, "command.radius": 30,
    "command.slow_minutes": 750, "command.stalled_minutes": 450, "movement.readiness_floor": 1000,
}  # fmt: skip
HQ = unit("jp_div", 1, 3, type="hq", echelon="division", parent="jp_army", quality=1)


@pytest.mark.parametrize(("full", "slow", "level", "minutes"), [(1000, 0, 0, 1200), (0, 1000, 1, 900), (0, 0, 2, 540)])
def test_late_orders_leave_less_time(full: int, slow: int, level: int, minutes: int) -> None:
    changes = PINNED | {f"command.full.{g}": full for g in "ABCDE"} | {f"command.slow.{g}": slow for g in "ABCDE"}
    world = start(Land(), [unit("jp_1", 1, 3)], rules(changes))
    assert world.state.command[0] == level and world.state.minutes[0] == minutes


def test_distance_and_a_shaken_or_lost_headquarters_lower_the_chance() -> None:
    world = start(Land(), [HQ, unit("jp_1", 3, 3), unit("jp_2", 6, 3)], rules(PINNED))
    near, far = (chance_of_command(world, 1, 0, u)[0] for u in (1, 2))
    assert (near, far) == (700, 550)
    world.state.routed[0] = 1
    assert chance_of_command(world, 1, 0, 1)[0] == 600
    world.place(0, -1)
    world.state.status[0] = GONE
    assert chance_of_command(world, 1, 0, 1)[0] == 500


def test_one_throw_serves_all_units_of_a_leader() -> None:
    changes = PINNED | {f"command.full.{g}": 500 for g in "ABCDE"} | {f"command.slow.{g}": 250 for g in "ABCDE"}
    seen = set()
    for seed in range(40):
        world = start(Land(), [unit("jp_1", 1, 3), unit("jp_2", 2, 3), unit("jp_3", 1, 4)], rules(changes), seed=seed)
        levels = world.state.command[:3]
        assert len(set(levels)) == 1
        seen.add(levels[0])
    assert seen == {0, 1, 2}


def test_a_better_commander_is_obeyed_more_often() -> None:
    ratings = dict.fromkeys("BD", 0)
    for seed in range(60):
        world = start(Land(), [unit("jp_1", 1, 3), unit("cn_1", 7, 3)], rules(certain=False), seed=seed)
        roll_command(world, 1)
        for grade, u in (("B", 0), ("D", 1)):
            ratings[grade] += world.state.command[u] == 0
    assert NODES[0]["commander"].rating == "B" and NODES[3]["commander"].rating == "D"
    assert ratings["B"] > ratings["D"] + 5


def test_stalled_troops_fight_with_less_power() -> None:
    from game.rules.power import power

    world = start(Land(), [unit("jp_1", 1, 3)], rules({"combat.command.stalled": 800}))
    full = power(world, 0, 0)
    world.state.command[0] = 2
    assert power(world, 0, 0) == full * 800 // 1000
    assert engine.fault(world) == ""


@pytest.mark.parametrize(("chance", "fallen"), [(200, 1), (0, 0)])
def test_a_commander_in_the_fight_may_fall_and_his_units_feel_it(chance: int, fallen: int) -> None:
    sure = {"command.fall": chance, "combat.intensity.assault": 3000, "combat.method.deliberate": 2000, "combat.noise": 0}
    pinned = PINNED | sure | {"command.leaderless": 3, "morale.headquarters": 60, "morale.victory": 0, "morale.repulse": 0}
    units = [unit("jp_1", 3, 3, men=500), unit("cn_corps", 4, 3, type="hq", echelon="corps", parent="cn_army", men=9000)]
    units.append(unit("cn_1", 8, 6, morale=700))
    world = start(Land(), units, rules(pinned | {"movement.day_minutes": 900}))
    world.state.minutes[0] = 1800
    # three times the loss of a full attack for two combat days: 200 permille becomes certain
    engine.apply(world, Attack(Land().at(4, 3), (0,), intensity=3))
    assert len(events(world, "leader")) == fallen
    assert world.state.leaderless[1] == 3 * fallen and world.state.morale[2] == 700 - 30 * fallen
    # the division stands far from its headquarters (150); a lost commander comes on top of that (100)
    assert chance_of_command(world, 1, 1, 2)[0] == (450 if fallen else 550)
