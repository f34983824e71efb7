"""The forecast of an attack: the engine's own results, repeatable, blind to the game's dice and to unseen enemies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from game.core import dice
from game.core.errors import IllegalOrder
from game.model.orders import Attack
from game.model.state import PRESENT
from game.play import forecast as module
from game.play.forecast import HOLD, LOST, RETREAT, ROUT, TRAPPED, Forecast, bell_at, chance_with_luck, spread
from game.play.view import SideView
from game.rules import combat, engine
from game.rules.world import World
from tests.rules.worlds import Land, rules, start, unit

LAND = Land()
TARGET = LAND.at(4, 3)
EVEN = [unit("jp_1", 3, 3, men=4200), unit("jp_2", 4, 2, men=900), unit("cn_1", 4, 3, men=3600)]


def game(units: list[dict[str, Any]] | None = None, seed: int = 1, **given: Any) -> World:
    return start(Land(), units or EVEN, rules(), seed, **given)


def order(world: World, **given: Any) -> Attack:
    return Attack(TARGET, tuple(u for u in (0, 1) if world.side[u] == 0), **given)


def made(world: World, attack: Attack | None = None, samples: int = 200) -> Forecast:
    fighter = SideView(world, 0).forecaster(attack or order(world), samples)
    fighter.step(samples)
    return fighter.result()


def fingerprint(world: World) -> tuple[Any, ...]:
    arrays = (world.occupied, world.control_zone, world.sighted, world.extra, world.home)
    return (world.state.digest(), [list(s) for s in world.stacks], len(world.events), *(a.tobytes() for a in arrays))


def test_a_forecast_leaves_the_game_as_it_was() -> None:
    world = game()
    before = fingerprint(world)
    made(world)
    assert fingerprint(world) == before


def test_the_same_plan_gives_the_same_forecast_at_once_or_in_slices() -> None:
    world = game()
    whole = made(world)
    fighter = SideView(world, 0).forecaster(order(world))
    while not fighter.done:
        fighter.step(7)
    assert fighter.result() == whole == made(world)
    assert whole.samples == 200 and sum(whole.fates) == 200


def test_the_forecast_does_not_depend_on_the_games_dice() -> None:
    results = {made(game(seed=seed)) for seed in range(5)}
    assert len(results) == 1
    throws = set()
    for seed in range(5):
        world = game(seed=seed)
        engine.apply(world, order(world))
        throws.add(next(e.data["throw"] for e in world.events if e.kind == "battle"))
    assert len(throws) == 5


def test_no_sample_uses_a_key_that_the_game_would_use(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[tuple[int | str, ...]] = []
    throw = dice.throw

    def noted(*key: int) -> int:
        used.append(key)
        return throw(*key)

    monkeypatch.setattr(dice, "throw", noted)
    units = [*EVEN, unit("jp_div", 3, 3, type="hq", men=100, parent="jp_army")]
    world = game(units)
    used.clear()
    attack = Attack(TARGET, (0, 1, 3), 1, 3)
    made(world, attack)
    asked, used[:] = set(used), []
    engine.apply(world, attack)
    fought = set(used)
    assert {k[-1] for k in fought} >= {"luck", "ground"}
    assert not asked & fought
    assert all(k[1] == "forecast" for k in asked)


def test_unseen_enemies_do_not_change_the_forecast() -> None:
    behind = unit("cn_2", 8, 6, men=9000)
    plain, other, none = game([*EVEN, behind]), game([*EVEN, behind]), game(EVEN)
    hidden = 3
    assert not other.sighted[0, other.state.hex[hidden]]
    other.state.men[hidden], other.state.morale[hidden] = 500, 100
    assert made(plain) == made(other)
    # even where it would bar the way back, an enemy whom nobody has seen does not count
    for world in (plain, none):
        world.sighted[0] = 0
        world.sighted[0, TARGET] = 1
    plain.place(hidden, LAND.at(5, 3))
    assert made(plain).fates == made(none).fates
    assert made(plain).goes == made(none).goes


def test_seen_enemies_count_as_the_assessment_counts_them() -> None:
    world = game()
    assert made(world).plan == SideView(world, 0).assess(order(world)) == combat.assess(world, order(world))


def test_the_forecast_agrees_with_what_the_engine_does() -> None:
    found = made(game())
    beaten, entered, losses = 0, 0, []
    games = 400
    for seed in range(games):
        world = game(seed=seed)
        before = sum(world.state.men[u] for u in (0, 1))
        engine.apply(world, order(world))
        beaten += any(e.kind == "battle" and bool(e.data["beaten"]) for e in world.events)
        entered += any(e.kind == "advance" for e in world.events)
        losses.append(before - sum(world.state.men[u] for u in (0, 1)))
    assert 150 < found.chance < 850  # a fight that may go either way
    assert abs((1000 - found.share(found.fates[HOLD])) - beaten * 1000 // games) < 75
    assert abs(found.share(found.taken) - entered * 1000 // games) < 75
    assert found.attackers_lost == spread(losses)


def test_few_samples_already_give_the_chance_with_luck() -> None:
    world = game()
    plan = combat.assess(world, order(world))
    for samples in (50, 200):
        found = made(world, samples=samples)
        assert abs(found.share(samples - found.fates[HOLD]) - chance_with_luck(world, plan)) <= 25


def test_luck_moves_the_chance_and_the_factors_say_how() -> None:
    world = game()
    found = made(world)
    values = {f.name: f.value for f in found.factors()}
    assert values["chance to give ground before luck"] == found.plan.give_way
    assert values["chance to give ground with luck"] == found.chance
    assert found.luck[0] < 1000 < found.luck[2]
    certain = start(Land(), EVEN, rules({"combat.noise": 0}))
    still = made(certain)
    assert still.luck == (1000, 1000, 1000)
    assert still.chance == still.plan.give_way


def test_beaten_defenders_fall_back_to_where_the_engine_sends_them() -> None:
    found = made(game())
    assert found.goes and sum(share for _, share in found.goes) >= 990
    for seed in range(30):
        world = game(seed=seed)
        engine.apply(world, order(world))
        to = [e.data["to"] for e in world.events if e.kind == "retreat"]
        assert all(where in dict(found.goes) for where in to)


def test_who_cannot_leave_is_trapped_or_lays_down_arms() -> None:
    ring = [(5, 3), (4, 2), (5, 2), (4, 4), (5, 4)]
    units = [unit("jp_1", 3, 3, men=6000), unit("jp_0", 2, 3), unit("cn_1", 4, 3, men=2500), *(
        unit(f"jp_{n}x", c, r, men=1500) for n, (c, r) in enumerate(ring)
    )]  # fmt: skip
    found = made(game(units), Attack(TARGET, (0,)))
    assert not found.plan.way_out
    assert not found.goes and not found.fates[RETREAT] and not found.fates[ROUT]
    assert found.fates[TRAPPED]
    shaken = game(units)
    shaken.state.morale[2] = 120
    lost = made(shaken, Attack(TARGET, (0,)))
    assert lost.fates[LOST] and lost.outlook(2).gone > 0


def test_each_unit_is_told_what_it_pays() -> None:
    world = game()
    found, before = made(world), world.state.copy()
    engine.apply(world, order(world))
    for unit_ in (0, 1, 2):
        assert found.outlook(unit_).ammunition == before.ammunition[unit_] - world.state.ammunition[unit_] > 0
        assert found.outlook(unit_).fatigue == world.state.fatigue[unit_] - before.fatigue[unit_] > 0
        low, middle, high = found.outlook(unit_).lost
        assert 0 <= low <= middle <= high < 1000
    for one in (found.outlook(0), found.outlook(2)):  # the winner's spirits rise above the loser's
        assert one.morale[0] < 0 and one.morale[0] < one.morale[2]


def test_the_enemys_losses_go_by_the_strength_that_is_seen() -> None:
    world = game([unit("jp_1", 3, 3, men=9000), unit("jp_2", 4, 2), unit("cn_1", 4, 3, men=3700)])
    view = SideView(world, 0)
    contact = view.contact(TARGET)
    assert contact is not None and contact.men != 3700
    fighter = view.forecaster(order(world))
    fighter.step(200)
    true = spread([3700 * permille // 1000 for permille in fighter.result().outlook(2).lost])
    shown = fighter.result().defenders_lost
    assert shown[1] == pytest.approx(true[1] * contact.men / 3700, rel=0.02)


def test_nothing_is_forecast_of_what_the_side_cannot_know() -> None:
    world = game([*EVEN, unit("cn_2", 8, 6)])
    view = SideView(world, 0)
    with pytest.raises(IllegalOrder):
        view.forecaster(Attack(LAND.at(8, 6), (0,)))
    with pytest.raises(IllegalOrder):
        view.forecaster(Attack(TARGET, (2,)))
    with pytest.raises(IllegalOrder):
        view.forecaster(order(world, intensity=3, gas=True))


def test_the_bell_is_the_engines_turned_about() -> None:
    throws = sorted(dice.bell(dice.throw(4, n)) for n in range(20_000))
    for share in (0.02, 0.1, 0.3, 0.5, 0.77, 0.9, 0.99):
        assert bell_at(int(share * 2**64)) == pytest.approx(throws[int(share * 20_000)], abs=70)
    points = [bell_at(n << 54) for n in range(1 << 10)]
    assert points == sorted(points)


def test_the_points_fill_the_square_evenly() -> None:
    points = np.array([[module._point(n, axis) / 2**64 for axis in (0, 1)] for n in range(200)])
    for axis in (0, 1):
        counts, _ = np.histogram(points[:, axis], 10, (0, 1))
        assert counts.min() >= 18 and counts.max() <= 22
    boxes, _, _ = np.histogram2d(points[:, 0], points[:, 1], 4, [[0, 1], [0, 1]])
    assert boxes.min() >= 9 and boxes.max() <= 16


def test_a_broken_unit_stays_on_the_map_of_the_game() -> None:
    world = game()
    world.state.morale[2] = 60
    found = made(world)
    assert found.outlook(2).gone > 0
    assert world.state.status[2] == PRESENT and world.state.hex[2] == TARGET
