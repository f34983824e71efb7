"""The attack planner in the window: choices, forecast, keys, moving it, the card after the battle; and sending aircraft."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from game.model.orders import Attack, Interdict
from game.model.scenario import Gas
from game.play.forecast import SAMPLES
from game.play.view import SideView
from game.ui import airdialog, fightpanels
from game.ui.app import App
from game.ui.desk import PERSON, Desk
from game.ui.gamescreen import GameScreen
from game.ui.planner import Planner, best_place, covered
from game.ui.plannerdraw import layout_of
from tests.rules.worlds import Land, rules, scenario, unit
from tests.ui.test_window import advance_to_battle, key, pixels, press, start

LAND = Land()
TARGET = LAND.at(4, 3)


def desk_of(**given: Any) -> Desk:
    """Return a desk at which two regiments can attack a division, 900 men of another stand by."""
    from game.play.session import Session

    units = [unit("jp_1", 3, 3, men=3600), unit("jp_2", 4, 2, men=3000), unit("jp_3", 3, 3, men=900), unit("cn_1", 4, 3, men=4500)]
    return Desk(Session(scenario(LAND, units, rules(), **given), 1), (PERSON, "random"))


@pytest.fixture
def fight(app: App) -> tuple[App, GameScreen, Planner]:
    """Return a game with the planner open on an enemy."""
    screen = start(app)
    target = advance_to_battle(app, screen)
    screen.planner = Planner(screen.desk, target)
    app.draw()
    return app, screen, screen.planner


def test_the_planner_asks_the_rules_and_the_forecast_is_of_its_order() -> None:
    planner = Planner(desk_of(), TARGET)
    order = planner.order()
    assert order is not None and set(order.units) == {0, 1, 2}
    assert order == Attack(TARGET, order.units, 1, 2)
    assert planner.assessment() == planner.desk.view.assess(order)
    forecast = planner.finish()
    assert forecast is not None and forecast.samples == SAMPLES
    assert forecast.plan == planner.assessment()


def test_the_forecast_grows_in_slices_and_starts_anew_with_another_plan() -> None:
    planner = Planner(desk_of(), TARGET)
    first = planner.forecast()
    assert first is not None and 0 < first.samples < SAMPLES
    assert planner.work()
    second = planner.forecast()
    assert second is not None and second.samples > first.samples
    planner.finish()
    assert not planner.work()
    planner.next_intensity()
    changed = planner.forecast()
    assert changed is not None and changed.samples == first.samples
    assert changed.plan == planner.assessment() != first.plan


def test_what_a_unit_adds_is_the_change_of_the_chance() -> None:
    planner = Planner(desk_of(), TARGET)
    view, order = planner.desk.view, planner.order()
    assert order is not None
    alone = view.likely(replace(order, units=(0, 2)))
    assert planner.adds(1) == view.likely(order) - alone > 0
    planner.toggle(1)
    assert planner.adds(1) == view.likely(order) - alone
    planner.chosen = {0}
    assert planner.adds(0) is None


def test_what_units_add_is_worked_out_between_frames() -> None:
    planner = Planner(desk_of(), TARGET)
    planner.forecast()
    assert any(planner.adds(u, wait=False) is None for u in planner.candidates)
    planner.finish()
    assert [planner.adds(u, wait=False) for u in planner.candidates] == [planner.adds(u) for u in planner.candidates]
    assert None not in [planner.adds(u, wait=False) for u in planner.candidates]


def test_the_keyboards_methods_change_the_plan() -> None:
    planner = Planner(desk_of(), TARGET)
    planner.toggle_nth(2)
    order = planner.order()
    assert order is not None and order.units == (planner.candidates[0], planner.candidates[2])
    planner.toggle_nth(9)
    assert planner.order() == order
    seen = set()
    for _ in range(4):
        planner.next_intensity()
        seen.add(planner.intensity)
    assert seen == {0, 1, 2, 3} and planner.intensity == 2
    planner.next_method()
    assert planner.method == 0
    planner.next_method()
    assert planner.method == 1
    planner.add_air(1)
    assert planner.air == 0  # there are none


def test_gas_needs_a_documented_use_and_an_assault() -> None:
    without = Planner(desk_of(), TARGET)
    without.set_intensity(3)
    without.toggle_gas()
    assert not without.gas
    planner = Planner(desk_of(gas=(Gas(0, 2, 1, 0, ("K",)),)), TARGET)
    planner.toggle_gas()
    assert not planner.gas and planner.gas_left == 2
    planner.set_intensity(3)
    plain = planner.assessment()
    planner.toggle_gas()
    strong = planner.assessment()
    assert plain and strong and strong.attack > plain.attack
    planner.next_intensity()
    assert not planner.gas


def test_another_order_meanwhile_renews_the_plan() -> None:
    desk = desk_of()
    planner = Planner(desk, TARGET)
    planner.finish()
    desk.give(Attack(TARGET, (0,), 0, 0))
    order = planner.order()
    assert order is not None
    assert planner.candidates == desk.attackers(TARGET)
    assert planner.assessment() == desk.view.assess(order)
    forecast = planner.forecast()
    assert forecast is not None and forecast.samples < SAMPLES


def test_a_unit_without_time_is_named_as_the_reason(fight: tuple[App, GameScreen, Planner]) -> None:
    app, _, planner = fight
    planner.desk.world.state.minutes[planner.candidates[0]] = 0
    planner.chosen = {planner.candidates[0]}
    assert planner.problem(app.shell.texts)
    app.draw()
    before = len(planner.desk.world.events)
    press(app, "attack_order")
    assert len(planner.desk.world.events) == before


def test_buttons_change_the_plan(fight: tuple[App, GameScreen, Planner]) -> None:
    app, _, planner = fight
    unit_ = planner.candidates[0]
    was = unit_ in planner.chosen
    press(app, f"join_{unit_}")
    assert (unit_ in planner.chosen) is not was
    app.draw()
    press(app, "method_0")
    assert planner.method == 0
    app.draw()
    press(app, "intensity_1")
    assert planner.intensity == 1


def test_dragging_its_title_moves_the_planner(fight: tuple[App, GameScreen, Planner]) -> None:
    import pygame

    app, screen, planner = fight
    title = next(h for h in app.shell.brush.hits if h.name == "planner_title").box
    assert planner.at is not None
    x, y = title[0] + 20, title[1] + 10
    left = planner.at[0]
    goal = (x - 60 if left > 120 else x + 60, y + 5)
    for kind, pos in ((pygame.MOUSEBUTTONDOWN, (x, y)), (pygame.MOUSEMOTION, goal), (pygame.MOUSEBUTTONUP, goal)):
        more = {"rel": (0, 0), "buttons": (1, 0, 0)} if kind == pygame.MOUSEMOTION else {"button": 1}
        screen.event(pygame.event.Event(kind, pos=pos, **more))
    app.draw()
    moved = planner.at
    assert abs(moved[0] - left) == 60
    screen.view.camera.zoom_by(1, (10, 10))
    app.draw()
    assert planner.at == moved  # where a person has put it, it stays


def test_it_stands_clear_of_the_units_that_take_part() -> None:
    area, size = (0, 44, 1230, 700), (460, 600)
    for x in (80, 400, 615, 900, 1180):
        points = [(x, 390.0), (x - 48, 350.0), (x + 48, 430.0)]
        at = best_place(area, size, points, 34.0)
        assert covered(at, size, points, 34.0) == 0
        assert area[0] <= at[0] and at[0] + size[0] <= area[2]


@pytest.mark.parametrize("scale", [1.0, 1.15, 1.3])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_at_any_text_size_buttons_do_not_overlap(fight: tuple[App, GameScreen, Planner], scale: float, lang: str) -> None:
    app, _, planner = fight
    if app.shell.texts.lang != lang:
        app.shell.texts.switch()
    app.shell.brush.scale = scale
    planner.add_air(2)
    app.draw()
    names = ("join_", "method_", "intensity_", "attack_order", "air_", "gas")
    boxes = [h.box for h in app.shell.brush.hits if h.name.startswith(names)]
    assert len(boxes) >= 9
    for n, (x, y, w, h) in enumerate(boxes):
        for x2, y2, w2, h2 in boxes[n + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y
    layout = layout_of(app.shell.brush, planner, app.shell.texts, 500)
    assert layout.rows >= 1 and layout.factors >= 3
    low = max(y + h for _, y, _, h in boxes)
    assert low <= app.window.get_height()


def test_many_units_scroll(app: App) -> None:
    screen = start(app)
    planner = Planner(screen.desk, advance_to_battle(app, screen))
    own = screen.desk.view.units()
    planner.candidates = (planner.candidates + [u for u in own if u not in planner.candidates])[:14]
    many = layout_of(app.shell.brush, planner, app.shell.texts, 10_000)
    assert many.rows == min(6, -(-len(planner.candidates) // 2))


def test_the_plan_is_drawn_over_the_map(fight: tuple[App, GameScreen, Planner]) -> None:
    app, screen, planner = fight
    planner.finish()
    app.draw()
    x, y = screen.view.camera.point(screen.desk.world.state.hex[planner.candidates[0]])
    tx, ty = screen.view.camera.point(planner.target)
    at = (round(x + (tx - x) * 0.5), round(y + (ty - y) * 0.5) + 44)
    assert tuple(pixels(app.window)[at[1], at[0]]) == (255, 255, 255)


def test_after_the_battle_a_card_tells_what_came_of_it(fight: tuple[App, GameScreen, Planner]) -> None:
    import pygame

    app, screen, planner = fight
    order = planner.order()
    assert order is not None
    men = {u: screen.desk.world.state.men[u] for u in order.units}
    press(app, "attack_order")
    card = screen.card
    assert card is not None and card.number("hex") == order.target
    assert card.lost[0] == sum(m - screen.desk.world.state.men[u] for u, m in men.items())
    assert card.forecast is not None and card.forecast.samples == SAMPLES
    low, _, high = card.forecast.attackers_lost
    assert low <= card.lost[0] <= high
    app.draw()
    assert any(h.name == "card" for h in app.shell.brush.hits)
    key(app, pygame.K_ESCAPE)
    assert screen.card is None


def test_a_key_that_closes_the_card_keeps_its_meaning(fight: tuple[App, GameScreen, Planner]) -> None:
    import pygame

    app, screen, _ = fight
    press(app, "attack_order")
    assert screen.card is not None
    key(app, pygame.K_RETURN, pygame.KMOD_CTRL)
    assert screen.card is None and screen.asking


def test_the_window_works_on_the_forecast_between_frames(fight: tuple[App, GameScreen, Planner]) -> None:
    _, screen, planner = fight
    for _ in range(20):
        fightpanels.work(screen)
    forecast = planner.forecast()
    assert forecast is not None and forecast.samples == SAMPLES
    assert not fightpanels.work(screen)


# -- aircraft ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def flying(app: App) -> tuple[App, GameScreen]:
    """Return a game in which the side to move has aircraft that reach the whole map."""
    from game.model.scenario import AirBase
    from game.model.units import Name

    screen = start(app)
    world = screen.desk.world
    world.scenario = replace(world.scenario, air=(AirBase("b", 0, Name("Base", "基地"), -1, 9, 0, 1, 0, ("K",)),))
    world.state.air[0] = 9
    return app, screen


def test_aircraft_are_sent_from_the_dialog(flying: tuple[App, GameScreen]) -> None:
    app, screen = flying
    where = screen.desk.view.contacts()[0].hex if screen.desk.view.contacts() else 20
    airdialog.open_interdiction(screen, where)
    assert screen.strike is not None and screen.strike.points == 4
    app.draw()
    press(app, "strike_more")
    assert screen.strike.points == 5
    app.draw()
    press(app, "strike_order")
    assert screen.strike is None
    assert screen.desk.session.phases[-1].orders[-1] == Interdict(where, 5)
    assert screen.desk.world.state.air[0] == 4
    assert screen.desk.world.state.interdicted[1, where] == 5


def test_escape_closes_the_dialog_and_sends_nothing(flying: tuple[App, GameScreen]) -> None:
    import pygame

    app, screen = flying
    airdialog.open_interdiction(screen, 20)
    key(app, pygame.K_ESCAPE)
    assert screen.strike is None and screen.desk.world.state.air[0] == 9


def test_without_a_base_the_dialog_says_why_not(app: App) -> None:
    screen = start(app)
    screen.desk.world.scenario = replace(screen.desk.world.scenario, air=())
    airdialog.open_interdiction(screen, 20)
    assert screen.strike is not None
    assert screen.strike.problem(app.shell.texts)
    app.draw()
    press(app, "strike_order")
    assert screen.strike is not None


def test_what_interdiction_does_is_what_the_rules_then_do(flying: tuple[App, GameScreen]) -> None:
    from game.rules.air import explain_interdict
    from game.rules.supply import supply_costs

    _, screen = flying
    world, where = screen.desk.world, 20
    said = {f.name: f.value for f in explain_interdict(world, Interdict(where, 3), 0)}
    before = supply_costs(world, 1).copy()
    SideView(world, 0).check(Interdict(where, 3))
    screen.desk.give(Interdict(where, 3))
    into = [(h, d) for h in range(world.map.size) for d, n in enumerate(world.near[h]) if n == where]
    grown = {int(supply_costs(world, 1)[h, d] - before[h, d]) for h, d in into if before[h, d] < 20_000}
    assert grown == {said["longer line of communication in each hex [min]"]}
    assert int(world.extra[1, where]) == said["march time lost on entering a hex [min]"]
