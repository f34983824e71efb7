"""Morale, rest, sickness, desertion, rout and breaking up; replacements; hostile countryside; no man vanishes."""

from __future__ import annotations

import pytest

from game.ai.random_player import RandomPlayer
from game.model.orders import Attack, End, Move
from game.model.scenario import Countryside, Pool
from game.model.state import GONE, PRESENT
from game.play.session import Session
from game.rules import engine
from game.rules.retreat import break_up
from tests.rules.worlds import Land, events, rules, scenario, start, unit

PINNED = {
    "morale.rest": 10, "morale.fatigue_rest": 90, "morale.fatigue_march": 30, "morale.desertion_below": 400,
    "morale.desertion.A": 100, "morale.desertion.D": 2000, "morale.collapse": 120, "morale.rout": 300, "morale.rally": 2,
    "morale.neighbour": 20, "morale.loss": 1000, "morale.retreat": 60, "morale.repulse": 20, "morale.victory": 20,
    "morale.headquarters": 60, "morale.break_point": 250, "replacement.per_day": 20, "replacement.arms.infantry": 1000,
    "replacement.least_supply": 600, "replacement.returning": 10,
}  # fmt: skip


def one_round(world: object) -> None:
    """End both phases: the first side's next administration has been done."""
    engine.apply(world, End())  # type: ignore[arg-type]
    engine.apply(world, End())  # type: ignore[arg-type]


def test_rest_in_supply_restores_morale_up_to_what_it_was() -> None:
    world = start(Land(), [unit("jp_1", 1, 3, morale=700)], rules(PINNED))
    world.state.morale[0], world.state.fatigue[0] = 650, 500
    one_round(world)
    assert world.state.morale[0] == 670 and world.state.fatigue[0] == 500 - 180
    for _ in range(3):
        one_round(world)
    assert world.state.morale[0] == 700


def test_a_unit_that_marched_does_not_rest() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 1, 3, morale=700)], rules(PINNED | {"movement.fatigue_per_hour": 0}))
    world.state.morale[0], world.state.fatigue[0] = 650, 500
    engine.apply(world, Move(0, (land.at(1, 3), land.at(2, 3))))
    one_round(world)
    assert world.state.morale[0] == 650 and world.state.fatigue[0] == 500 - 60


@pytest.mark.parametrize(("quality", "gone"), [(0, 10), (3, 200)])
def test_shaken_men_desert_by_quality_unless_they_rest_in_supply(quality: int, gone: int) -> None:
    # 100 permille under the mark at a rate of a tenth: 10 permille a day, 20 in two days, x 0.1 for grade A, x 2 for grade D
    shaken = [unit("jp_1", 1, 3, morale=300, men=5000, quality=quality)]
    resting = start(Land(), shaken, rules(PINNED | {"morale.desertion_rate": 100}))
    assert resting.state.deserted[0] == 0
    hungry = start(Land(), shaken, rules(PINNED | {"morale.desertion_rate": 100, "morale.rest": 0}), sources=())
    assert hungry.state.deserted[0] == gone == 5000 - hungry.state.men[0]


def test_a_unit_of_no_morale_disperses_and_its_neighbours_are_shaken() -> None:
    units = [unit("jp_1", 3, 3, morale=700), unit("jp_2", 6, 3, morale=700), unit("jp_3", 2, 3, morale=100)]
    world = start(Land(), units, rules(PINNED))
    assert world.state.status[:3] == [PRESENT, PRESENT, GONE]
    assert world.state.morale[:2] == [680, 700]
    assert world.state.deserted[2] == 3000 and engine.fault(world) == ""


def test_a_small_remnant_breaks_up_only_when_shaken() -> None:
    world = start(
        Land(), [unit("jp_1", 2, 3, men=700, establishment=3000), unit("jp_2", 4, 3, men=700, establishment=3000)], rules(PINNED)
    )
    world.state.morale[0], world.state.morale[1] = 239, 241  # twice the collapse
    break_up(world, 0)
    break_up(world, 1)
    assert world.state.status[:2] == [GONE, PRESENT]


def test_the_loss_of_a_headquarters_shakes_those_it_led() -> None:
    units = [
        unit("cn_corps", 6, 3, type="hq", echelon="corps", parent="cn_army"),
        unit("cn_1", 8, 1, morale=700),
        unit("cn_2", 8, 5, parent="cn_corps2", morale=700),
    ]
    world = start(Land(), units, rules(PINNED))
    world.state.morale[0] = 50
    break_up(world, 0)
    assert world.state.morale[1] == 640 and world.state.morale[2] == 700


def test_a_headquarters_that_surrenders_shakes_them_too() -> None:
    units = [
        unit("jp_1", 3, 3, men=9000, quality=0), unit("jp_2", 5, 3, men=9000, quality=0),
        unit("cn_corps", 4, 3, type="hq", echelon="corps", parent="cn_army", men=500), unit("cn_1", 8, 6, morale=700),
    ]  # fmt: skip
    world = start(Land(), units, rules(PINNED | {"combat.give_way": 500, "combat.steepness": 10_000, "combat.noise": 0}))
    engine.apply(world, Attack(Land().at(4, 3), (0, 1)))
    assert [e["unit"] for e in events(world, "surrender")] == [2]
    assert world.state.morale[3] == 640


def test_a_shaken_unit_that_is_driven_off_routs_and_cannot_attack_until_it_rallies() -> None:
    land = Land()
    sure = {"combat.give_way": 500, "combat.steepness": 10_000, "combat.noise": 0, "morale.desertion_below": 0}
    units = [unit("jp_1", 3, 3, men=9000, quality=0), unit("cn_1", 4, 3, morale=320)]
    world = start(land, units, rules(PINNED | sure))
    engine.apply(world, Attack(land.at(4, 3), (0,)))
    assert world.state.routed[1] == 2 and events(world, "rout")
    engine.apply(world, End())
    assert world.state.routed[1] == 1
    assert engine.check(world, Attack(land.at(4, 3), (1,))).code == "routed"


def test_winners_take_heart_and_losers_lose_it() -> None:
    land = Land()
    pinned = PINNED | {"morale.loss": 0, "combat.give_way": 500, "combat.steepness": 10_000, "combat.noise": 0}
    world = start(land, [unit("jp_1", 3, 3, men=9000, quality=0, morale=800), unit("cn_1", 4, 3, morale=800)], rules(pinned))
    engine.apply(world, Attack(land.at(4, 3), (0,)))
    assert world.state.morale[:2] == [820, 740]


def test_morale_falls_with_the_share_of_men_lost() -> None:
    land = Land()
    pinned = PINNED | {"morale.victory": 0, "morale.repulse": 0, "morale.retreat": 0, "combat.noise": 0}
    world = start(land, [unit("jp_1", 3, 3, men=1000, morale=800), unit("cn_1", 4, 3, men=9000)], rules(pinned))
    engine.apply(world, Attack(land.at(4, 3), (0,), intensity=3))
    lost = events(world, "battle")[0]["attacker_losses"]
    assert world.state.morale[0] == 800 - lost and lost > 10


def test_replacements_fill_resting_units_in_supply_from_the_pool() -> None:
    land = Land()
    pool = Pool(0, 2, 200, ("K",))
    units = [
        unit("jp_1", 1, 3, men=2000, establishment=4000),
        unit("jp_2", 1, 4, men=2000, establishment=4000),
        unit("jp_3", 1, 2, men=2000, establishment=4000),
    ]
    world = start(land, units, rules(PINNED), pools=(pool,))
    engine.apply(world, Move(0, (land.at(1, 3), land.at(2, 3))))  # on the march: none for it
    one_round(world)
    assert world.state.replaced[:3] == [0, 160, 40] and world.state.pool[0] == 0


def test_the_wounded_come_back_from_hospital() -> None:
    world = start(Land(), [unit("jp_1", 1, 3, men=3000)], rules(PINNED))
    state = world.state
    state.men[0], state.wounded[0], state.hospital[0] = 2500, 500, 500
    one_round(world)
    assert (state.men[0], state.returned[0], state.hospital[0]) == (2510, 10, 490)
    assert engine.fault(world) == ""


@pytest.mark.parametrize(("beaten", "gone"), [(0, 0), (1, 150)])
def test_hostile_country_disarms_the_beaten_alone(beaten: int, gone: int) -> None:
    hostile = Countryside(1, (1,), 1, 0, 50, ("K",))
    world = start(Land(), [unit("cn_1", 7, 3, men=3000)], rules(PINNED | {"morale.desertion.C": 1000}), countryside=(hostile,))
    world.state.beaten[0] = beaten
    engine.apply(world, End())
    assert world.state.deserted[0] == gone


def test_no_man_vanishes_in_a_game_of_random_orders() -> None:
    land = Land(cols=10, rows=8).draw("rail", *((c, 3) for c in range(10))).place("town", 5, 3)
    units = [unit(f"jp_{n}", 1 + n % 4, 1 + n, men=2000 + 500 * n, guns=4, quality=n % 5) for n in range(6)]
    units += [unit(f"cn_{n}", 5 + n % 4, 1 + n, men=2500, morale=500 - 40 * n, quality=4 - n % 5) for n in range(6)]
    session = Session(scenario(land, units, rules(certain=False)), 3)
    found: list[str] = []
    session.play((RandomPlayer(), RandomPlayer()), lambda s: found.append(engine.fault(s.world)))
    assert set(found) == {""} and session.over
    assert events(session.world, "battle")
