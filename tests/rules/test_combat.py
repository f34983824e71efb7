"""Attacks: power, ground, works, rivers, cohesion, the chance to give ground, losses, retreat and surrender."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.model.orders import DELAY, STAND, Attack, End
from game.model.scenario import Fort, Gas
from game.model.state import GONE, PRESENT
from game.model.units import Mobility
from game.rules import combat, engine, power
from game.rules.world import World
from tests.rules.worlds import Land, events, rules, source, start, unit

PINNED = {
    "combat.arms.infantry": 1000, "combat.gun": 60, "combat.tank": 50, "combat.tank_rough": 300, "combat.quality.A": 1500,
    "combat.quality.C": 1000, "combat.readiness_floor": 500, "combat.ammunition_floor": 400, "combat.ammunition_low": 20,
    "combat.flanks": 100, "combat.terrain.hill": 1250, "combat.entrench": 150, "combat.fort": 300, "combat.give_way": 1200,
    "combat.give_way_fort": 400, "combat.stand": 1250, "combat.delay": 800, "combat.encircled": 1500, "combat.steepness": 4000,
    "combat.river.large": 600, "combat.foreign_corps": 900, "combat.foreign_army": 800, "combat.air_point": 90,
    "combat.retreat_loss": 20, "combat.retreat_trapped": 100, "combat.gun_loss": 100, "combat.pursuit": 30, "combat.noise": 0,
}  # fmt: skip


def field(
    attackers: list[dict[str, object]], defenders: list[dict[str, object]], land: Land | None = None, **given: object
) -> World:
    """Return a world where attackers stand west of the hex (4, 3) and defenders in it."""
    changes = PINNED | given.pop("changes", {})  # type: ignore[operator]
    return start(land or Land(), [*attackers, *defenders], rules(changes), **given)  # type: ignore[arg-type]


def test_power_is_men_times_quality_times_readiness() -> None:
    # 3,000 men and 10 guns of 60: 3,600; grade A 1.5: 5,400; readiness 800 gives 0.5 + 0.5 x 0.8 = 0.9: 4,860
    world = field([unit("jp_1", 3, 3, guns=10, quality=0, morale=800)], [])
    assert power.power(world, 0, world.state.hex[0]) == 4860


def test_weariness_lowers_readiness_by_half_of_itself() -> None:
    world = field([unit("jp_1", 3, 3, morale=800)], [])
    world.state.fatigue[0] = 500
    assert power.readiness(world, 0) == 600


def test_without_ammunition_the_bayonet_remains() -> None:
    world = field([unit("jp_1", 3, 3, morale=1000)], [])
    full = power.power(world, 0, 0)
    world.state.ammunition[0] = 10  # half of the stock under which fire is rationed: 0.4 + 0.6 / 2
    assert power.power(world, 0, 0) == full * 700 // 1000
    world.state.ammunition[0] = 0
    assert power.power(world, 0, 0) == full * 400 // 1000


def test_tanks_count_little_in_hills() -> None:
    land = Land().paint("hill", (4, 3))
    world = field([unit("jp_1", 3, 3, tanks=40, men=1000, type="infantry", morale=1000)], [], land)
    assert power.weight(world, 0, land.at(3, 3)) == 1000 + 40 * 50
    assert power.weight(world, 0, land.at(4, 3)) == 1000 + 40 * 15


def test_ground_and_works_multiply_the_defence_and_the_better_work_counts() -> None:
    land = Land().paint("hill", (4, 3))
    fort = Fort("x", land.at(4, 3), 2000, ("K",))
    plain = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3, morale=1000)])
    hill = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3, morale=1000, entrenched=2000)], land)
    city = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3, morale=1000, entrenched=2000)], land, forts=(fort,))
    order = Attack(land.at(4, 3), (0,))
    assert combat.assess(plain, order).defence == 3000
    assert combat.assess(hill, order).defence == 3000 * 1300 // 1000 * 1250 // 1000
    assert combat.assess(city, order).defence == 3000 * 1600 // 1000 * 1250 // 1000
    assert combat.assess(city, order).half == 1200 + 2 * 400


def test_a_river_takes_power_from_those_who_cross_it_and_a_bridge_gives_half_back() -> None:
    dry = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3)])
    wet = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3)], Land().draw("large", (3, 3), (4, 3)))
    bridged = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3)], Land().draw("large", (3, 3), (4, 3)).draw("bridge", (3, 3), (4, 3)))
    powers = [combat.assess(w, Attack(Land().at(4, 3), (0,))).attack for w in (dry, wet, bridged)]
    assert powers[1] == powers[0] * 600 // 1000 and powers[2] == powers[0] * 800 // 1000


@pytest.mark.parametrize(("parents", "percent"), [(("jp_div", "jp_div"), 100), (("jp_div", "jp_div2"), 90), (("jp_div", ""), 80)])
def test_attackers_of_different_commands_fight_worse_together(parents: tuple[str, str], percent: int) -> None:
    land = Land()
    world = field(
        [unit("jp_1", 3, 3, morale=1000, parent=parents[0]), unit("jp_2", 3, 3, morale=1000, parent=parents[1])],
        [unit("cn_1", 4, 3)],
    )
    assert combat.assess(world, Attack(land.at(4, 3), (0, 1))).attack == 6000 * percent // 100


def test_attacking_from_two_hexes_adds_a_tenth() -> None:
    land = Land()
    units = [unit("jp_1", 3, 3, morale=1000), unit("jp_2", 4, 2, morale=1000)]
    assert land.at(4, 2) in land.build().neighbours[land.at(4, 3)]
    world = field(units, [unit("cn_1", 4, 3)])
    assert combat.assess(world, Attack(land.at(4, 3), (0, 1))).attack == 6600


def test_at_the_mark_half_give_ground_and_the_chance_grows_with_the_ratio() -> None:
    world = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3)])
    assert combat.give_way_chance(world, 1200, 1200) == 500
    chances = [combat.give_way_chance(world, r, 1200) for r in (600, 900, 1200, 1800, 2400)]
    assert chances == sorted(chances) and chances[0] < 70 and chances[-1] > 930


@pytest.mark.parametrize(("stance", "half"), [(DELAY, 960), (1, 1200), (STAND, 1500)])
def test_the_stance_moves_the_mark(stance: int, half: int) -> None:
    world = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3)])
    world.state.stance[1] = stance
    assert combat.assess(world, Attack(Land().at(4, 3), (0,))).half == half


def surrounded(**defender: object) -> World:
    """Return a division at (4, 3) with enemies on two opposite sides, whose zones close the other four."""
    return field(
        [unit("jp_1", 3, 3, men=9000, quality=0), unit("jp_2", 5, 3, men=9000, quality=0)],
        [unit("cn_1", 4, 3, men=5000, **defender)],
    )


def test_without_a_way_out_the_mark_is_higher() -> None:
    world = surrounded()
    plan = combat.assess(world, Attack(Land().at(4, 3), (0, 1)))
    assert not plan.way_out and plan.half == 1800


def test_the_preview_is_what_the_resolution_uses() -> None:
    land = Land()
    world = field([unit("jp_1", 3, 3, men=6000, quality=0)], [unit("cn_1", 4, 3, entrenched=1000)], changes={"combat.noise": 250})
    order = Attack(land.at(4, 3), (0,))
    plan = combat.assess(world, order)
    engine.apply(world, order)
    (battle,) = events(world, "battle")
    assert (battle["attack"], battle["defence"], battle["ratio"], battle["expected"]) == (
        plan.attack,
        plan.defence,
        plan.ratio,
        plan.give_way,
    )
    assert battle["chance"] == combat.give_way_chance(world, plan.ratio * battle["luck"] // 1000, plan.half)
    assert battle["beaten"] == int(battle["throw"] < battle["chance"])


def test_losses_favour_the_stronger_and_cover_divides_them() -> None:
    land = Land()
    weak = field([unit("jp_1", 3, 3, men=2000)], [unit("cn_1", 4, 3, men=2000)])
    strong = field([unit("jp_1", 3, 3, men=2000, quality=0)], [unit("cn_1", 4, 3, men=2000)])
    dug = field([unit("jp_1", 3, 3, men=2000)], [unit("cn_1", 4, 3, men=2000)])
    dug.state.entrench[1] = 2000
    order = Attack(land.at(4, 3), (0,))
    a, b, c = (combat.assess(w, order) for w in (weak, strong, dug))
    assert b.attacker_rate < a.attacker_rate and b.defender_rate > a.defender_rate
    assert c.defender_rate < a.defender_rate * 1000 // (1000 + 2 * weak.rules.combat.cover) + 5


def test_battle_losses_are_taken_from_the_men_and_a_quarter_of_them_are_dead() -> None:
    land = Land()
    world = field([unit("jp_1", 3, 3, men=8000)], [unit("cn_1", 4, 3, men=8000)], changes={"combat.killed": 250})
    engine.apply(world, Attack(land.at(4, 3), (0,)))
    (battle,) = events(world, "battle")
    state = world.state
    assert battle["attacker_losses"] == state.killed[0] + state.wounded[0] == 8000 - state.men[0] > 0
    assert state.killed[0] == battle["attacker_losses"] // 4
    assert engine.fault(world) == ""


def test_a_fight_takes_time_ammunition_strength_and_works() -> None:
    land = Land()
    changes = {"combat.ammunition_use": 10, "combat.fatigue": 100, "combat.entrench_wear": 200}
    world = field(
        [unit("jp_1", 3, 3, men=500, morale=1000, entrenched=1000)],
        [unit("cn_1", 4, 3, men=9000, entrenched=2000)],
        changes=changes,
    )
    minutes, ammunition = world.state.minutes[0], world.state.ammunition[0]
    engine.apply(world, Attack(land.at(4, 3), (0,), method=0))  # hasty: half a combat day
    state = world.state
    assert minutes - state.minutes[0] == 300
    assert ammunition - state.ammunition[0] == 5 and state.fatigue[0] == 50
    assert state.entrench[1] == 1900 and state.entrench[0] == 0


def test_a_regiment_without_hours_cannot_attack() -> None:
    land = Land()
    world = field([unit("jp_1", 3, 3)], [unit("cn_1", 4, 3)], changes={"combat.least_time": 700})
    order = Attack(land.at(4, 3), (0,), method=0)
    # a hasty attack takes five hours; whoever has 70 % of that may take part, and spends what it has
    world.state.minutes[0] = 209
    assert engine.check(world, order).code == "no-time"
    world.state.minutes[0] = 210
    engine.apply(world, order)
    assert world.state.minutes[0] == 0


@pytest.mark.parametrize(
    ("order", "code"),
    [
        (Attack(0, (0,)), "no-target"),
        (Attack(31, (0,)), "not-adjacent"),
        (Attack(31, ()), "no-attackers"),
        (Attack(31, (1,)), "not-yours"),
        (Attack(31, (0,), method=7), "unknown-word"),
        (Attack(9999, (0,)), "off-map"),
    ],
)
def test_attacks_that_are_refused(order: Attack, code: str) -> None:
    world = field([unit("jp_1", 2, 3)], [unit("cn_1", 4, 3)])
    assert engine.check(world, order).code == code


def certain(order_units: int = 1, **defender: object) -> World:
    """Return a world where the attack on (4, 3) cannot fail: the mark is as low as it may be and the test as steep."""
    sure = {"combat.give_way": 500, "combat.steepness": 10_000}
    attackers = [unit("jp_1", 3, 3, men=9000, quality=0), unit("jp_2", 3, 3, men=9000, quality=0)][:order_units]
    return field(attackers, [unit("cn_1", 4, 3, men=2000, **defender)], changes=sure)


def test_beaten_troops_fall_back_towards_their_supply_and_the_attacker_moves_in() -> None:
    land = Land()
    world = certain(guns=20)
    engine.apply(world, Attack(land.at(4, 3), (0,)))
    state = world.state
    assert state.hex[0] == land.at(4, 3) and state.control[land.at(4, 3)] == 0
    assert state.hex[1] == land.at(5, 3) or state.hex[1] in world.near[land.at(4, 3)]
    assert state.hex[1] % 9 > 4, "it goes east, where its base is"
    assert state.beaten[1] == 1 and state.guns[1] < 20
    assert state.captured[1] + state.missing[1] > 0
    assert engine.fault(world) == ""


@pytest.mark.parametrize(("row", "goes_to"), [(0, 2), (6, 4)])
def test_the_way_of_a_retreat_leads_towards_the_own_supply(row: int, goes_to: int) -> None:
    land = Land()
    sure = {"combat.give_way": 500, "combat.steepness": 10_000, "combat.retreat_hexes.C": 1}
    east = (source("west", 0, land.at(0, 3)), source("east", 1, land.at(4, row)))
    world = field([unit("jp_1", 3, 3, men=9000, quality=0)], [unit("cn_1", 4, 3, men=2000)], changes=sure, sources=east)
    engine.apply(world, End())
    engine.apply(world, End())  # the Chinese line of communication has been traced
    engine.apply(world, Attack(land.at(4, 3), (0,)))
    assert world.state.hex[1] // land.cols == goes_to


def test_only_one_of_several_attackers_moves_in() -> None:
    land = Land()
    world = certain(order_units=2)
    engine.apply(world, Attack(land.at(4, 3), (0, 1)))
    assert [world.state.hex[u] for u in (0, 1)] == [land.at(4, 3), land.at(3, 3)]


def test_horse_motor_and_armour_pursue_on_open_ground() -> None:
    lost = []
    for mobility in (Mobility.FOOT, Mobility.MOTOR):
        sure = {"combat.give_way": 500, "combat.steepness": 10_000}
        world = field([unit("jp_1", 3, 3, men=9000, quality=0, mobility=mobility)], [unit("cn_1", 4, 3, men=2000)], changes=sure)
        engine.apply(world, Attack(Land().at(4, 3), (0,)))
        lost.append(world.state.captured[1] + world.state.missing[1])
    assert lost[1] > lost[0] * 2


def test_a_surrounded_unit_stays_and_bleeds_while_it_has_heart() -> None:
    world = surrounded(morale=900)
    sure = replace(world.rules.combat, give_way=1, surrender=100)
    world.rules = replace(world.rules, combat=sure)
    world.state.minutes[0] = world.state.minutes[1] = 1200
    before = world.state.men[2]
    engine.apply(world, Attack(Land().at(4, 3), (0, 1)))
    state = world.state
    assert state.status[2] == PRESENT and state.hex[2] == Land().at(4, 3)
    assert state.captured[2] + state.missing[2] >= (before - 500) // 10


def test_a_surrounded_unit_without_heart_lays_down_its_arms() -> None:
    world = surrounded(morale=200)
    world.rules = replace(world.rules, combat=replace(world.rules.combat, give_way=1))
    engine.apply(world, Attack(Land().at(4, 3), (0, 1)))
    state = world.state
    assert state.status[2] == GONE and state.hex[2] == -1 and state.men[2] == 0
    assert state.captured[2] > state.missing[2] > 0
    assert events(world, "surrender")[0]["unit"] == 2
    assert state.control[Land().at(4, 3)] == 0
    assert engine.fault(world) == ""


def test_a_friend_in_an_enemy_zone_keeps_the_way_out_open() -> None:
    land = Land()
    units = [unit("jp_1", 3, 3), unit("jp_2", 5, 3)]
    closed = field(units, [unit("cn_1", 4, 3)])
    opened = field(units, [unit("cn_1", 4, 3), unit("cn_2", 4, 2)])
    assert not combat.way_out(closed, land.at(4, 3), 1)
    assert combat.way_out(opened, land.at(4, 3), 1)


def test_the_same_attack_gives_the_same_luck_whatever_was_done_before() -> None:
    land = Land(rows=9)
    units = [unit("jp_1", 3, 3), unit("jp_2", 3, 7), unit("cn_1", 4, 3), unit("cn_2", 4, 7)]
    first, second = Attack(land.at(4, 3), (0,)), Attack(land.at(4, 7), (1,))
    lucks = []
    for orders in ((first,), (second, first)):
        world = start(land, units, rules(PINNED | {"combat.noise": 250}), seed=7)
        for order in orders:
            engine.apply(world, order)
        battle = next(b for b in events(world, "battle") if b["hex"] == land.at(4, 3))
        lucks.append((battle["luck"], battle["throw"], battle["attacker_losses"]))
    assert lucks[0] == lucks[1]


def test_another_seed_gives_other_luck() -> None:
    throws = set()
    for seed in range(12):
        world = start(Land(), [unit("jp_1", 3, 3), unit("cn_1", 4, 3)], rules(PINNED | {"combat.noise": 250}), seed=seed)
        engine.apply(world, Attack(Land().at(4, 3), (0,)))
        throws.add((events(world, "battle")[0]["luck"], events(world, "battle")[0]["throw"]))
    assert len(throws) == 12


def test_gas_serves_assaults_only_and_so_often_as_it_is_documented() -> None:
    land = Land()
    support = Gas(0, 1, 1, 0, ("K",))
    world = field([unit("jp_1", 3, 3, men=300)], [unit("cn_1", 4, 3, men=9000)], changes={"combat.gas": 1200}, gas=(support,))
    plain, strong = (Attack(land.at(4, 3), (0,), method=0, intensity=3, gas=g) for g in (False, True))
    assert combat.assess(world, strong).attack == combat.assess(world, plain).attack * 1200 // 1000
    assert engine.check(world, Attack(land.at(4, 3), (0,), method=0, intensity=2, gas=True)).code == "no-gas"
    engine.apply(world, strong)
    assert engine.check(world, strong).code == "no-gas" and engine.check(world, plain).ok
