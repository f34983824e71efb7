"""The window on SDL's dummy driver, driven by events as a player would: select, march, attack, end the turn, undo, save."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.model.orders import Attack, Move
from game.model.scenario import Scenario
from game.ui.app import App
from game.ui.camera import Camera
from game.ui.desk import PERSON, Desk, load_desk
from game.ui.gamescreen import GameScreen
from game.ui.ground import Ground
from game.ui.panels import BOTTOM, RIGHT, TOP
from game.ui.planner import Planner
from game.ui.scene import EVERYTHING, scene_of
from game.ui.screen import Choice
from game.ui.startscreen import BriefingScreen, StartScreen, players_of
from game.ui.texts import LANGUAGES, Texts, catalogue

SIZE = (1280, 760)


def start(app: App, side: str = "japan", opponent: str = "random") -> GameScreen:
    app.go("game", Choice("first_steps", players_of(side, opponent)))
    app.frame(0.0)
    app.draw()
    assert isinstance(app.screen, GameScreen)
    return app.screen


def key(app: App, code: int, mod: int = 0) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))
    app.frame(0.01)


def click(app: App, pos: tuple[float, float], button: int = 1) -> None:
    import pygame

    at = (round(pos[0]), round(pos[1]))
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=at, button=button))
    app.frame(0.01)


def on_hex(screen: GameScreen, where: int) -> tuple[float, float]:
    if not screen.view.camera.shows(where, 40):
        screen.view.camera.centre_on(where)
    x, y = screen.view.camera.point(where)
    return x, y + TOP


def press(app: App, name: str) -> None:
    hit = next(h for h in reversed(app.shell.brush.hits) if h.name == name)
    click(app, (hit.box[0] + hit.box[2] / 2, hit.box[1] + hit.box[3] / 2))


def mover(screen: GameScreen) -> int:
    """Return an own unit that can march."""
    desk = screen.desk
    for unit in desk.idle():
        desk.select(unit)
        if (desk.reach() or (np.zeros(1),))[0].max() > 0:
            return unit
    raise AssertionError("nobody can march")


def quiet_goal(desk: Desk) -> int:
    """Return a hex the selected unit can march to where no enemy comes into sight."""
    found = desk.reach()
    assert found is not None
    for where in np.argsort(found[0], kind="stable"):
        path = desk.path_to(int(where))
        if found[0][where] > 0 and len(path) == 2 and desk.view.check(Move(desk.selected, path)).ok:
            return int(where)
    raise AssertionError("nowhere to go")


def finish_computer(app: App, screen: GameScreen) -> None:
    for _ in range(2000):
        if not screen.busy:
            return
        app.frame(1.0)
    raise AssertionError("the computer does not finish")


def test_from_the_start_screen_to_the_map(app: App) -> None:
    import pygame

    assert isinstance(app.screen, StartScreen)
    while app.screen.update(0):
        pass
    assert all(e.scenario and not e.trouble for e in app.screen.entries)
    assert app.screen.chosen == "first_steps"
    app.draw()
    press(app, "side_china")
    app.draw()
    press(app, "begin")
    assert isinstance(app.screen, BriefingScreen)
    assert app.screen.choice.players == ("staff", PERSON)
    app.draw()
    key(app, pygame.K_RETURN)
    assert isinstance(app.screen, GameScreen)


def test_a_click_selects_and_tab_goes_through_the_stack(app: App) -> None:
    import pygame

    screen = start(app)
    where, stack = next((h, us) for h, us in screen.scene.stacks.items() if len(us) > 1 and screen.desk.world.side[us[0]] == 0)
    click(app, on_hex(screen, where))
    assert screen.desk.selected == stack[0]
    seen = {screen.desk.selected}
    for _ in stack[1:]:
        key(app, pygame.K_TAB)
        seen.add(screen.desk.selected)
    assert seen == set(stack)
    key(app, pygame.K_ESCAPE)
    assert screen.desk.selected == -1


def test_next_and_previous_go_through_the_units_with_something_to_do(app: App) -> None:
    import pygame

    screen = start(app)
    idle = screen.desk.idle()
    key(app, pygame.K_n)
    assert screen.desk.selected == idle[0]
    key(app, pygame.K_n)
    assert screen.desk.selected == idle[1]
    key(app, pygame.K_p)
    assert screen.desk.selected == idle[0]


def test_a_right_click_marches_and_undo_restores_everything(app: App) -> None:
    import pygame

    screen = start(app)
    unit = mover(screen)
    world = screen.desk.world
    before, sighted, events = world.state.digest(), world.sighted.copy(), len(world.events)
    goal = quiet_goal(screen.desk)
    click(app, on_hex(screen, goal), 3)
    assert world.state.hex[unit] == goal
    assert screen.desk.can_undo
    assert [type(o) for o in screen.desk.session.phases[-1].orders] == [Move]
    key(app, pygame.K_z, pygame.KMOD_CTRL)
    assert world.state.digest() == before
    assert np.array_equal(world.sighted, sighted)
    assert len(world.events) == events
    assert screen.desk.session.phases[-1].orders == []
    assert not screen.desk.can_undo


def test_a_march_out_of_reach_says_why(app: App) -> None:
    screen = start(app)
    mover(screen)
    minutes = screen.desk.reach()
    assert minutes is not None
    far = next(h for h in range(screen.desk.world.map.size) if minutes[0][h] < 0 and h not in screen.scene.stacks)
    before = screen.desk.world.state.digest()
    screen.act_on(far)
    assert "Not possible" in screen.message
    assert screen.desk.world.state.digest() == before


def test_the_turn_ends_and_the_computer_plays(app: App) -> None:
    import pygame

    screen = start(app)
    key(app, pygame.K_RETURN, pygame.KMOD_CTRL)
    assert screen.asking
    app.draw()
    assert any(h.name.startswith("forgotten_") for h in app.shell.brush.hits)
    press(app, "end_yes")
    finish_computer(app, screen)
    assert [p.side for p in screen.desk.session.phases] == [0, 1, 0]
    assert (screen.desk.world.state.turn, screen.desk.side) == (2, 0)
    assert screen.desk.persons_turn
    assert screen.scene.turn == 2


def test_a_plain_return_does_not_end_the_turn(app: App) -> None:
    import pygame

    screen = start(app)
    key(app, pygame.K_RETURN)
    assert not screen.asking
    key(app, pygame.K_RETURN, pygame.KMOD_CTRL)
    key(app, pygame.K_ESCAPE)
    assert not screen.asking
    assert screen.desk.world.state.turn == 1


def advance_to_battle(app: App, screen: GameScreen) -> int:
    """March towards the enemy until somebody can attack; return the hex."""
    desk = screen.desk
    for _ in range(6):
        for unit in desk.view.units():
            desk.select(unit)
            found = desk.reach()
            contacts = [c.hex for c in desk.view.contacts()]
            if found is None or not contacts:
                continue
            near = lambda h, cs=tuple(contacts): min(desk.world.map.distance(int(h), c) for c in cs)  # noqa: E731
            for where in sorted(np.flatnonzero(found[0] > 0), key=near)[:3]:
                if near(where) < near(desk.world.state.hex[unit]) and desk.march(int(where))[0].ok:
                    break
            targets = [c.hex for c in desk.view.contacts() if desk.attackers(c.hex)]
            if targets:
                screen.refresh()
                return targets[0]
        screen.end_turn()
        finish_computer(app, screen)
    raise AssertionError("no battle to be had")


def test_a_right_click_on_an_enemy_plans_an_attack_and_orders_it(app: App) -> None:
    screen = start(app)
    target = advance_to_battle(app, screen)
    screen.desk.select(screen.desk.attackers(target)[0])
    click(app, on_hex(screen, target), 3)
    planner = screen.planner
    assert isinstance(planner, Planner)
    plan = planner.assessment()
    assert plan is not None and plan == screen.desk.view.assess(planner.order() or Attack(target, ()))
    app.draw()
    press(app, "intensity_3")
    assert planner.intensity == 3
    app.draw()
    battles = sum(e.kind == "battle" for e in screen.desk.world.events)
    press(app, "attack_order")
    assert screen.planner is None
    assert sum(e.kind == "battle" for e in screen.desk.world.events) == battles + 1
    assert not screen.desk.can_undo  # dice have been thrown


def test_nobody_chosen_cannot_attack(app: App) -> None:
    screen = start(app)
    planner = Planner(screen.desk, advance_to_battle(app, screen))
    for unit in sorted(planner.chosen):
        planner.toggle(unit)
    assert planner.order() is None and planner.assessment() is None
    assert planner.problem(app.shell.texts) == app.shell.texts("attack.nobody")


def test_quick_save_and_load_give_the_same_game(app: App) -> None:
    import pygame

    screen = start(app)
    mover(screen)
    screen.act_on(quiet_goal(screen.desk))
    digest = screen.desk.world.state.digest()
    key(app, pygame.K_F5)
    assert "quick.ichigo" in screen.message
    again = load_desk(app.shell.saves / "quick.ichigo")
    assert again.world.state.digest() == digest
    assert again.players == (PERSON, "random")
    screen.end_turn()
    finish_computer(app, screen)
    key(app, pygame.K_F9)
    assert app.screen is not screen
    assert isinstance(app.screen, GameScreen)
    assert app.screen.desk.world.state.digest() == digest


def test_a_damaged_save_shows_a_message_and_keeps_the_game(app: App) -> None:
    import pygame

    screen = start(app)
    path = app.shell.saves / "quick.ichigo"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("ichigo-replay 1\ngame x\n")
    key(app, pygame.K_F9)
    assert "damaged" in app.trouble
    assert app.screen is screen
    app.draw()
    key(app, pygame.K_ESCAPE)
    assert app.trouble == ""


def test_the_game_is_saved_at_the_beginning_of_each_turn(app: App) -> None:
    screen = start(app)
    screen.end_turn()
    finish_computer(app, screen)
    assert load_desk(app.shell.saves / "auto.ichigo").world.state.turn == 2


def test_the_language_changes_while_the_game_runs(app: App) -> None:
    screen = start(app)
    english = app.window.copy()
    press(app, "language")
    assert app.shell.texts.lang == "zh"
    app.draw()
    assert pixels(english)[:TOP].tobytes() != pixels(app.window)[:TOP].tobytes()
    press(app, "language")
    assert app.shell.texts.lang == "en"
    assert app.screen is screen


def pixels(surface: Any) -> np.ndarray[Any, Any]:
    import pygame

    return pygame.surfarray.array3d(surface).transpose(1, 0, 2)


def test_the_scene_hides_what_the_side_cannot_see(app: App) -> None:
    world = start(app).desk.world
    mine, every = scene_of(world, 0), scene_of(world, EVERYTHING)
    assert mine.sighted is not None
    shown = [u for u, h in enumerate(mine.picture.hexes) if h >= 0]
    assert all(world.side[u] == 0 or mine.sighted[world.state.hex[u]] for u in shown)
    hidden = [u for u, h in enumerate(every.picture.hexes) if h >= 0 and mine.picture.hexes[u] < 0]
    assert hidden and all(world.side[u] == 1 for u in hidden)
    assert not (mine.zones[1] > mine.sighted).any()


def test_watching_shows_both_sides_to_the_end(app: App) -> None:
    screen = start(app, "none")
    assert screen.viewer == EVERYTHING
    for _ in range(3000):
        if app.screen is not screen:
            break
        app.frame(1.0)
    assert type(app.screen).__name__ == "ResultScreen"
    assert screen.desk.session.over
    app.draw()


def test_two_persons_take_turns(app: App) -> None:
    screen = start(app, "both")
    assert screen.viewer == 0
    screen.end_turn()
    assert not screen.busy and screen.desk.side == 1 and screen.viewer == 1
    assert screen.scene.viewer == 1


def test_the_point_under_the_cursor_stays_when_zooming(tiny: Scenario) -> None:
    camera = Camera(tiny.map, 200, 150, 6)
    where = 2 * tiny.map.cols + 4
    camera.centre_on(where)
    x, y = camera.point(where)
    assert camera.hex_at(x, y) == where
    camera.zoom_by(-1, (x, y))
    assert camera.zoom == 5
    assert camera.point(where) == pytest.approx((x, y), abs=1e-6)


def test_the_farthest_zoom_is_the_one_that_shows_the_whole_map(tiny: Scenario) -> None:
    camera = Camera(tiny.map, 900, 700, 6)
    camera.zoom_by(-9, (0, 0))
    assert camera.zoom == camera.farthest == 6
    camera = Camera(tiny.map, 250, 250, 6)
    camera.zoom_by(-9, (0, 0))
    width, height = camera.extent()[2:]
    assert width <= 250 and height <= 250
    assert camera.extent(camera.zoom + 1)[2] > 250


def test_a_map_smaller_than_the_window_is_centred(tiny: Scenario) -> None:
    camera = Camera(tiny.map, 900, 700, 0)
    left, top, width, height = camera.extent()
    assert camera.left - left == pytest.approx((width - 900) / 2)
    camera.pan(500, -500)
    assert camera.top - top == pytest.approx((height - 700) / 2)


def test_every_hex_is_found_at_its_centre_at_every_zoom(app: App) -> None:
    camera = start(app).view.camera
    for zoom in range(7):
        camera.zoom = zoom
        camera.clamp()
        assert [camera.hex_at(*camera.point(h)) for h in range(camera.map.size)] == list(range(camera.map.size))


def test_the_map_fills_a_window_of_another_size(app: App) -> None:
    import pygame

    camera = start(app).view.camera
    app.window = pygame.display.set_mode((1500, 900))
    pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=(1500, 900), w=1500, h=900))
    app.frame(0.0)
    assert (camera.width, camera.height) == (1500 - RIGHT, 900 - TOP - BOTTOM)
    app.window = pygame.display.set_mode((300, 200))
    pygame.event.post(pygame.event.Event(pygame.VIDEORESIZE, size=(300, 200), w=300, h=200))
    app.frame(0.0)
    assert app.window.get_size() == (1000, 620)


def test_overlays_change_the_picture(app: App) -> None:
    import pygame

    screen = start(app)
    app.draw()
    for code in (pygame.K_1, pygame.K_2, pygame.K_3, pygame.K_4, pygame.K_5):
        before = pixels(app.window).tobytes()
        key(app, code)
        assert pixels(app.window).tobytes() != before
    assert screen.view.shown == {"supply", "zones", "sight", "threat"}


def test_the_second_process_draws_the_ground(tmp_path: Path) -> None:
    import time

    import pygame

    from game.scenario.load import load_scenario
    from game.ui.groundwork import WHOLE, file_of

    pygame.display.init()
    pygame.display.set_mode((64, 64))
    ground = Ground(load_scenario("first_steps"), "first_steps", tmp_path)
    target = pygame.Surface((300, 200))
    target.fill((255, 0, 255))
    try:
        for _ in range(600):
            ground.poll()
            if ground.draw(target, 3, 40, 30):
                break
            time.sleep(0.1)
    finally:
        ground.close()
    assert file_of(tmp_path, WHOLE).is_file()
    assert ground.draw(target, 3, 40, 30)
    assert not (pixels(target) == (255, 0, 255)).all(axis=2).any()


def test_a_damaged_piece_of_ground_is_made_again(tmp_path: Path) -> None:
    import pygame

    from game.scenario.load import load_scenario
    from game.ui.groundwork import WHOLE, file_of

    pygame.display.init()
    pygame.display.set_mode((64, 64))
    path = file_of(tmp_path, WHOLE)
    path.write_bytes(b"\x89PNG\r\n\x1a\nrubbish")
    ground = Ground(load_scenario("first_steps"), "first_steps", tmp_path)
    assert ground._load(WHOLE) is None
    assert not path.exists()


def test_both_languages_say_the_same_things() -> None:
    tables = [catalogue(lang) for lang in LANGUAGES]
    assert tables[0].keys() == tables[1].keys()
    for name, text in tables[0].items():
        fields = [{f for _, f, _, _ in string.Formatter().parse(t[name]) if f} for t in tables]
        assert fields[0] == fields[1], name
        assert text.strip()


def test_every_text_that_is_asked_for_exists() -> None:
    import re

    import game.ui.app

    folder = Path(game.ui.app.__file__).parent
    asked = {k for p in folder.glob("*.py") for k in re.findall(r"""texts\(["']([a-z_.]+)["']""", p.read_text(encoding="utf-8"))}
    assert len(asked) > 60
    assert asked <= catalogue("en").keys()


def test_factors_are_named_in_the_language() -> None:
    assert Texts("en").factor("readiness 750") == "readiness 75 %"
    assert Texts("zh").factor("readiness 750") == "战备状态 75 %"
    assert Texts("zh").factor("prepared defences x 1200") == "既设工事 × 1.20"
    assert Texts("zh").factor("regiment") == "regiment"


def test_without_a_display_the_message_names_the_way_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import sys

    from game.core.errors import DataError

    for name in ("SDL_VIDEODRIVER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    with pytest.raises(DataError, match="no display") as caught:
        App("en", SIZE, tmp_path).open()
    assert "ichigo run henan" in caught.value.problems[0].hint
