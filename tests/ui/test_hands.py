"""Orders by mouse and by keyboard alone, taking them back, automatic saves, and the computer's moves shown at a speed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.model.events import Event
from game.model.orders import End, Move, Stance
from game.play.replay import read_replay
from game.play.rerun import verify
from game.play.session import Session
from game.rules import movement
from game.scenario.load import load_scenario
from game.ui import handsdraw
from game.ui.actions import ACTIONS
from game.ui.app import App
from game.ui.autosave import write_autosave
from game.ui.desk import PERSON, Desk, load_desk
from game.ui.gamescreen import GameScreen
from game.ui.helppage import help_lines
from game.ui.keys import NAME, key_codes
from game.ui.opponent import Rerun, Step, Watch
from game.ui.panels import TOP
from game.ui.screen import Choice
from game.ui.settings import AT_ONCE
from game.ui.startscreen import players_of
from game.ui.tooltip import tip_of


def start(app: App, side: str = "japan", opponent: str = "random", scenario: str = "first_steps") -> GameScreen:
    app.go("game", Choice(scenario, players_of(side, opponent)))
    app.frame(0.0)
    app.draw()
    assert isinstance(app.screen, GameScreen)
    return app.screen


def key(app: App, name: str, mod: int = 0) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=key_codes()[name], mod=mod, unicode=""))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=key_codes()[name], mod=mod))
    app.frame(0.01)


def move_mouse(app: App, pos: tuple[int, int]) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=pos, rel=(1, 0), buttons=(0, 0, 0)))
    app.frame(0.01)


def click(app: App, pos: tuple[int, int], button: int = 1) -> None:
    import pygame

    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=pos, button=button))
    app.frame(0.01)


def on_hex(screen: GameScreen, where: int) -> tuple[int, int]:
    screen.view.camera.centre_on(where)
    x, y = screen.view.camera.point(where)
    return round(x), round(y + TOP)


def quiet_goals(desk: Desk) -> list[int]:
    """Return hexes next to the leading unit that it can march to."""
    found = desk.reach()
    if found is None:
        return []
    here = desk.world.state.hex[desk.selected]
    near = [h for h in desk.world.near[here] if h >= 0 and found[0][h] > 0]
    return [h for h in near if desk.view.check(Move(desk.selected, (here, h))).ok]


def unseen_march(desk: Desk) -> tuple[int, int]:
    """Return a unit and a hex to which it can march without seeing anything new; it is selected."""
    for unit in desk.idle():
        desk.select(unit)
        for goal in quiet_goals(desk):
            if desk.march_all(goal).contact:
                raise AssertionError("an enemy came into sight")
            desk.undo()
            return unit, goal
    raise AssertionError("nobody can march")


def pair(desk: Desk) -> tuple[list[int], int]:
    """Return two units that stand together and a hex next to them to which both can march."""
    for where in sorted({desk.world.state.hex[u] for u in desk.idle()}):
        units = [u for u in desk.view.stack(where) if u in desk.idle()][:2]
        for goal in desk.world.near[where]:
            if len(units) == 2 and goal >= 0 and all(desk.view.check(Move(u, (where, goal))).ok for u in units):
                return units, goal
    raise AssertionError("no two stand together")


def finish_computer(app: App, screen: GameScreen) -> None:
    for _ in range(2000):
        if not screen.busy:
            return
        app.frame(1.0)
    raise AssertionError("the computer does not finish")


def shift(on: bool) -> None:
    import pygame

    pygame.key.set_mods(pygame.KMOD_SHIFT if on else 0)


# -- the mouse ---------------------------------------------------------------------------------------------------------
def test_shift_adds_to_the_selection_and_takes_away(app: App) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    stacks = [h for h, us in screen.scene.stacks.items() if desk.mine(us[0])]
    click(app, on_hex(screen, stacks[0]))
    first = desk.selected
    shift(True)
    click(app, on_hex(screen, stacks[1]))
    shift(False)
    assert desk.selection[0] == first and len(desk.selection) == 2
    desk.add(first)
    assert first not in desk.selection


def test_a_double_click_takes_the_formation(app: App) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    units, state = desk.scenario.units, desk.world.state
    kin: dict[tuple[str, int], list[int]] = {}
    for u in desk.view.units():
        kin.setdefault((units[u].parent, state.hex[u]), []).append(u)
    where = next(h for (_, h), us in kin.items() if len(us) > 1 and screen.scene.stacks[h][0] in us)
    pos = on_hex(screen, where)
    app.frame(1.0)
    click(app, pos)
    lead = desk.selected
    click(app, pos)
    assert desk.selected == lead
    assert len(desk.selection) > 1
    assert {units[u].parent for u in desk.selection} == {units[lead].parent}


def test_slow_clicks_go_through_the_stack(app: App) -> None:
    screen = start(app)
    where, stack = next((h, us) for h, us in screen.scene.stacks.items() if len(us) > 1 and screen.desk.mine(us[0]))
    pos = on_hex(screen, where)
    chosen = []
    for _ in stack:
        app.frame(1.0)
        click(app, pos)
        chosen.append(screen.desk.selected)
    assert chosen == list(stack)


def test_a_stack_fans_out_and_its_counters_can_be_clicked(app: App) -> None:
    screen = start(app)
    where, stack = next((h, us) for h, us in screen.scene.stacks.items() if len(us) > 1 and screen.desk.mine(us[0]))
    pos = on_hex(screen, where)
    app.draw()
    move_mouse(app, (pos[0] + 1, pos[1]))
    app.frame(0.3)
    assert screen.hands.fan is None
    app.frame(0.3)
    assert screen.hands.fan is not None and screen.hands.fan.units == stack
    app.draw()
    hit = next(h for h in app.shell.brush.hits if h.name == f"fan_{stack[1]}")
    click(app, (hit.box[0] + 5, hit.box[1] + 5))
    assert screen.desk.selected == stack[1]
    far = on_hex(screen, where)
    move_mouse(app, (far[0] - 200, far[1] + 200))
    assert screen.hands.fan is None


def test_the_tooltip_has_the_engines_hours(app: App) -> None:
    screen = start(app)
    desk = screen.desk
    unit = next(u for u in desk.idle())
    desk.select(unit)
    found = desk.reach()
    assert found is not None
    for goal in np.flatnonzero(found[0] > 0):
        plan = desk.itinerary(int(goal))
        assert plan.legs[-1].total == found[0][goal]
        for leg in plan.legs:
            assert leg.factors[-1].value == leg.minutes
        if plan.verdict.ok:
            tip = tip_of(screen, int(goal))
            assert tip is not None and f"{found[0][goal] / 60:.1f}" in tip.right
    beyond = [h for h in range(desk.world.map.size) if found[0][h] < 0]
    reasons = {desk.itinerary(h).verdict.code for h in beyond}
    assert "too-far" in reasons and "ok" not in reasons
    far = next(h for h in beyond if desk.itinerary(h).verdict.code == "too-far")
    tip = tip_of(screen, far)
    assert tip is not None and any("Not possible" in text for text, _ in tip.notes)


# -- several units, trains, stances ------------------------------------------------------------------------------------
def test_a_group_marches_and_is_taken_back_in_one_step(app: App, tmp_path: Path) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    units, goal = pair(desk)
    before = desk.world.state.digest()
    desk.select_all(units)
    screen.act_on(goal)
    assert [desk.world.state.hex[u] for u in units] == [goal, goal]
    assert desk.can_undo
    screen.undo()
    assert desk.world.state.digest() == before
    assert desk.selection == units
    assert desk.session.phases[-1].orders == []
    assert not desk.can_undo


def test_a_stance_for_several_is_taken_back_and_the_replay_stays_right(app: App, tmp_path: Path) -> None:
    screen = start(app)
    desk = screen.desk
    _, goal = unseen_march(desk)
    screen.act_on(goal)
    desk.select_all(desk.view.units()[:3])
    screen.set_stance(2)
    assert sum(isinstance(o, Stance) for o in desk.session.phases[-1].orders) == 3
    screen.set_stance(2)  # nothing changes, so nothing is ordered
    assert len(desk.session.phases[-1].orders) == 4
    screen.undo()
    assert [type(o) for o in desk.session.phases[-1].orders] == [Move]
    screen.set_stance(0)
    screen.undo()
    screen.undo()
    assert desk.session.phases[-1].orders == []
    screen.act_on(goal)
    screen.end_turn()
    finish_computer(app, screen)
    desk.save(tmp_path / "game.ichigo")
    assert verify(read_replay(tmp_path / "game.ichigo"), desk.scenario) is None


def hide_an_enemy(desk: Desk) -> tuple[list[int], int]:
    """Put an enemy where nobody sees him, so that the first of two units that march to a hex finds him; return both."""
    world = desk.world
    foe = next(u for u in world.present(1 - desk.side) if not world.soft[u])
    for where in sorted({world.state.hex[u] for u in desk.idle()}):
        units = [u for u in desk.view.stack(where) if u in desk.idle()][:2]
        minutes, came = desk.view.reach(units[0])
        for goal in np.flatnonzero(minutes > 0):
            path = desk.view.path(units[0], int(goal), came)
            dark = [n for n in world.near[int(goal)] if n >= 0 and not world.sighted[desk.side, n] and not world.stacks[n]]
            if len(units) == 2 and dark and desk.view.check(Move(units[0], path)).ok:
                world.place(foe, dark[0])
                return units, int(goal)
    raise AssertionError("everything is seen")


def test_a_march_that_shows_an_enemy_ends_the_taking_back() -> None:
    desk = Desk(Session(load_scenario("henan"), 1), (PERSON, "random"))
    _, goal = unseen_march(desk)
    assert desk.march(goal)[0].ok and desk.can_undo
    units, goal = hide_an_enemy(desk)
    seen = desk._seen()
    desk.select_all(units)
    found = desk.march_all(goal)
    assert found.contact and found.done == (units[0],)  # the other one waits
    assert len(desk._seen()) > len(seen)
    assert not desk.can_undo and desk.undo() == -1
    assert len(desk.session.phases[-1].orders) == 2


def test_the_player_is_told_why_the_rest_of_a_group_waits(app: App) -> None:
    screen = start(app, scenario="henan")
    units, goal = hide_an_enemy(screen.desk)
    screen.desk.select_all(units)
    screen.act_on(goal)
    assert screen.message == "1 of 2 units have marched. An enemy has come into sight; the others wait."


def train_unit(screen: GameScreen) -> int:
    desk = screen.desk
    for unit in desk.view.units():
        if desk.view.can_march(unit) and not desk.view.held(unit) and (desk.view.rail_reach(unit)[0] > 0).any():
            return unit
    raise AssertionError("nobody can go by train")


def test_a_unit_goes_by_train_and_back(app: App) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    unit = train_unit(screen)
    screen.select(unit)
    ACTIONS["rail"](screen)
    assert desk.train
    minutes, came = desk.view.rail_reach(unit)
    found = desk.reach()
    assert found is not None and np.array_equal(found[0], minutes)
    goals = [int(h) for h in np.flatnonzero(minutes > 0) if desk.view.fits(unit, int(h))]
    for goal in goals:
        path = desk.view.path(unit, goal, came)
        assert minutes[goal] == movement.rail_minutes(desk.world, path)
        assert desk.view.check(Move(unit, path, rail=True)).ok
    before, goal = desk.world.state.digest(), max(goals, key=lambda h: minutes[h])
    app.draw()
    screen.act_on(goal)
    assert desk.world.state.hex[unit] == goal
    order = desk.session.phases[-1].orders[-1]
    assert isinstance(order, Move) and order.rail
    screen.undo()
    assert desk.world.state.digest() == before
    screen.cancel()
    assert not desk.train


def test_no_train_goes_where_there_is_no_line(app: App) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    screen.select(train_unit(screen))
    screen.set_train(True)
    off = next(h for h in range(desk.world.map.size) if not desk.world.state.rail[h] and h not in screen.scene.stacks)
    screen.act_on(off)
    assert "no working railway" in screen.message
    assert desk.session.phases[-1].orders == []


def test_units_that_stay_are_passed_over(app: App) -> None:
    screen = start(app)
    key(app, "n")
    unit = screen.desk.selected
    key(app, "z")
    assert unit in screen.desk.staying and unit not in screen.desk.idle()
    key(app, "z")
    assert unit in screen.desk.idle()
    key(app, "z")
    screen.end_turn()
    assert not screen.desk.staying


# -- the keyboard alone ------------------------------------------------------------------------------------------------
def test_a_turn_is_played_by_keyboard_alone(app: App) -> None:
    import pygame

    screen = start(app)
    desk = screen.desk
    unit, goal = unseen_march(desk)
    desk.select(-1)
    for _ in range(60):
        key(app, "n")
        if desk.selected == unit:
            break
    assert desk.selected == unit
    here = desk.world.state.hex[unit]
    key(app, "kp6")  # the cursor appears on the unit
    assert screen.hands.cursor == here
    way = list(desk.world.near[here]).index(goal)
    key(app, ("kp6", "kp9", "kp7", "kp4", "kp1", "kp3")[way])
    assert screen.hands.cursor == screen.hover == goal
    app.draw()
    key(app, "return")
    assert desk.world.state.hex[unit] == goal
    key(app, "escape")
    key(app, "escape")
    assert desk.selected == -1
    screen.hands.put_cursor(goal)
    key(app, "insert")
    assert desk.world.state.hex[desk.selected] == goal
    key(app, "1", pygame.KMOD_CTRL)
    assert desk.world.state.stance[desk.selected] == 0
    key(app, "z", pygame.KMOD_CTRL)
    key(app, "z", pygame.KMOD_CTRL)
    assert desk.world.state.hex[unit] == here
    key(app, "return", pygame.KMOD_CTRL)
    assert screen.asking
    key(app, "return", pygame.KMOD_CTRL)  # only Return alone confirms
    assert screen.asking
    key(app, "return")
    finish_computer(app, screen)
    assert desk.world.state.turn == 2


def test_an_attack_is_planned_and_ordered_by_keyboard_alone(app: App) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    target = next(c.hex for c in desk.view.contacts() if len(desk.attackers(c.hex)) > 1)
    key(app, "n")
    screen.hands.put_cursor(target)
    key(app, "return")
    planner = screen.planner
    assert planner is not None and planner.target == target
    app.draw()
    chosen = set(planner.chosen)
    key(app, "1")
    assert len(planner.chosen ^ chosen) == 1
    key(app, "1")
    assert planner.chosen == chosen
    method, hard = planner.method, planner.intensity
    key(app, "m")
    assert planner.method != method
    key(app, "m")
    key(app, "k")
    assert planner.intensity != hard
    before = planner.air
    key(app, "plus")
    assert planner.air == min(before + 1, desk.view.air)
    assert screen.view.shown == {"control"}  # the figures are not those of the overlays now
    battles = sum(e.kind == "battle" for e in desk.world.events)
    key(app, "return")
    assert screen.planner is None and sum(e.kind == "battle" for e in desk.world.events) == battles + 1
    assert not desk.can_undo


def test_aircraft_are_sent_by_keyboard_alone(app: App) -> None:
    screen = start(app, scenario="henan")
    desk = screen.desk
    screen.hands.put_cursor(next(c.hex for c in desk.view.contacts()))
    key(app, "b")
    strike = screen.strike
    assert strike is not None
    points, air = strike.points, desk.view.air
    key(app, "plus")
    assert strike.points == points + 1
    app.draw()
    key(app, "return")
    assert screen.strike is None and desk.view.air == air - points - 1
    key(app, "b")
    assert screen.strike is not None
    key(app, "escape")
    assert screen.strike is None


def test_the_cursor_walks_straight_up_and_down(app: App) -> None:
    screen = start(app)
    cols = screen.desk.world.map.cols
    where = 5 * cols + 5
    screen.hands.put_cursor(where)
    for _ in range(4):
        ACTIONS["cursor_up"](screen)
    assert screen.hands.cursor == where - 4 * cols
    for _ in range(4):
        ACTIONS["cursor_down"](screen)
    assert screen.hands.cursor == where
    ACTIONS["cursor_w"](screen)
    assert screen.hands.cursor == where - 1


def test_every_action_is_safe_at_any_time(app: App) -> None:
    screen = start(app)
    quiet = {"quickload", "language", "again"}
    for state in range(3):
        for name, act in ACTIONS.items():
            if name in quiet:
                continue
            act(screen)
            app.draw()
        assert not app.trouble
        screen.asking, screen.folds.page, screen.folds.searching = False, "", False
        screen.desk.select(screen.desk.view.units()[0] if state == 0 else -1)
    screen.end_turn()
    for name, act in ACTIONS.items():
        if name not in quiet:
            act(screen)
    finish_computer(app, screen)


def test_a_wrong_key_file_is_told_and_the_usual_keys_work(app: App, tmp_path: Path) -> None:
    folder = tmp_path / "config"
    folder.mkdir(exist_ok=True)
    (folder / NAME).write_text("next: [nn]\n")
    screen = start(app)
    assert "keys.yaml, line 1" in app.trouble and "nn" in app.trouble
    app.dialogs.waiting.clear()
    assert screen.keys.names["next"] == ("n",)


def test_the_help_page_lists_the_keys_as_they_are(app: App, tmp_path: Path) -> None:
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / NAME).write_text("undo: [ctrl+u]\n")
    screen = start(app)
    key(app, "f1")
    assert screen.folds.page == "help"
    app.draw()
    lines = dict((what, keys) for what, keys, heading in help_lines(app.shell.texts, screen.keys) if not heading)
    texts = app.shell.texts
    assert lines[texts("action.undo")] == "Ctrl+U"
    assert lines[texts("action.overlays")] == "1–9"
    assert any(h.name == "help_close" for h in app.shell.brush.hits)
    key(app, "f1")
    assert screen.folds.page == ""


def test_scroll_keys_scroll_what_lies_over_the_map(app: App) -> None:
    screen = start(app)
    camera = screen.view.camera
    app.shell.brush.scale = 1.3
    key(app, "f1")
    app.draw()
    before = (camera.left, camera.top)
    key(app, "down")
    app.draw()
    assert screen.folds.page_scroll > 0
    key(app, "up")
    assert screen.folds.page_scroll == 0
    assert (camera.left, camera.top) == before
    key(app, "escape")
    assert not screen.hands.covered


# -- the computer's moves ----------------------------------------------------------------------------------------------
def test_the_computers_turn_can_be_paused_stepped_and_seen_again(app: App) -> None:
    screen = start(app, opponent="staff")
    screen.end_turn()
    screen.watch.paused = True
    for _ in range(20):
        app.frame(1.0)
    assert screen.busy and screen.watch.shown == 0
    key(app, "period")
    for _ in range(2000):
        app.frame(0.01)
        if screen.watch.shown:
            break
    assert screen.watch.paused and screen.watch.shown >= 1
    app.draw()
    key(app, "space")
    finish_computer(app, screen)
    after = screen.desk.world.state.digest()
    assert screen.watch.tape
    scene = screen.scene
    screen.watch_again()
    assert isinstance(screen.opponent, Rerun) and screen.busy
    app.frame(0.01)
    assert screen.scene is not scene
    finish_computer(app, screen)
    assert screen.desk.world.state.digest() == after
    assert screen.scene.turn == screen.desk.world.state.turn and screen.free


def test_a_battle_is_brought_into_view_and_the_view_returns(app: App) -> None:
    screen = start(app, scenario="henan")
    camera, size = screen.view.camera, screen.desk.world.map.size
    camera.centre_on(0)
    home = (camera.left, camera.top)
    for where in (size - 1, size // 2):
        battle = Event(1, 1, "battle", {"hex": where})
        screen.hands.follow(Step(End(), (battle,), screen.scene))
        assert camera.shows(where)
    screen.hands.return_home()
    assert (camera.left, camera.top) == home
    screen.hands.follow(Step(End(), (battle,), screen.scene))
    camera.pan(-50, 0)  # the player looks elsewhere
    there = (camera.left, camera.top)
    screen.hands.return_home()
    assert (camera.left, camera.top) == there


def test_speed_decides_how_many_moves_a_moment_shows() -> None:
    from collections import deque

    class Seen:
        visible = True

    def shown(pace: float) -> int:
        watch = Watch(pace)
        steps: Any = deque(Seen() for _ in range(100))
        return sum(len(watch.take(steps, 0.1)) for _ in range(20))

    assert shown(0.5) < shown(1.0) < shown(4.0) < shown(AT_ONCE) == 100


def test_watching_two_computers_can_be_paused(app: App) -> None:
    screen = start(app, "none")
    key(app, "space")
    assert screen.watch.paused
    turn = screen.scene.turn
    for _ in range(30):
        app.frame(1.0)
    assert screen.busy and screen.scene.turn == turn
    key(app, "space")
    for _ in range(300):
        app.frame(1.0)
        if screen.scene.turn > turn or app.screen is not screen:
            return
    raise AssertionError("it does not go on")


# -- automatic saves ---------------------------------------------------------------------------------------------------
def test_the_game_is_saved_before_the_computer_moves(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = start(app)
    _, goal = unseen_march(screen.desk)
    screen.act_on(goal)
    path = app.shell.saves / "auto.ichigo"
    assert "turn 1 japan" in path.read_text()
    saved: list[tuple[int, int]] = []

    def opponent(*args: object) -> Rerun:
        saved.append(place(path))
        return Rerun(())

    monkeypatch.setattr("game.ui.gamescreen.Opponent", opponent)
    screen.end_turn()
    assert saved == [(1, 1)]  # it is the enemy's phase, and he has given no order
    assert load_desk(path).session.phases[-1].orders == []
    assert len(load_desk(path).session.phases[0].orders) == 2


def place(path: Path) -> tuple[int, int]:
    desk = load_desk(path)
    return desk.world.state.turn, desk.side


def test_older_saves_are_kept_in_order(tmp_path: Path) -> None:
    desk = Desk(Session(load_scenario("first_steps"), 1), (PERSON, PERSON))
    for _ in range(6):
        write_autosave(desk, tmp_path, turn=True)
        write_autosave(desk, tmp_path, turn=True)  # nothing has happened: nothing is pushed out
        desk.end_turn()
    names = ["auto", "auto-1", "auto-2", "auto-3"]
    assert [place(tmp_path / f"{n}.ichigo") for n in names] == [(3, 1), (3, 0), (2, 1), (2, 0)]
    assert len(list(tmp_path.iterdir())) == 4


def test_leaving_in_the_middle_of_a_turn_keeps_the_orders(app: App) -> None:
    screen = start(app)
    _, goal = unseen_march(screen.desk)
    screen.act_on(goal)
    digest = screen.desk.world.state.digest()
    app.go("start", None)
    app.frame(0.0)
    assert app.screen is not screen
    assert load_desk(app.shell.saves / "auto.ichigo").world.state.digest() == digest


def test_leaving_during_the_computers_turn_loses_nothing(app: App) -> None:
    screen = start(app, opponent="staff")
    screen.end_turn()
    assert screen.busy
    app.go("start", None)
    app.frame(0.0)
    again = load_desk(app.shell.saves / "auto.ichigo")
    assert (again.world.state.turn, again.side) == (1, 1)
    app.go("load", Choice("", again.players, load=app.shell.saves / "auto.ichigo"))
    app.frame(0.0)
    assert isinstance(app.screen, GameScreen)
    finish_computer(app, app.screen)
    assert (app.screen.desk.world.state.turn, app.screen.desk.side) == (2, 0)


def test_a_folder_that_cannot_be_written_is_told_and_the_game_goes_on(app: App, tmp_path: Path) -> None:
    screen = start(app)
    (tmp_path / "file").write_text("")
    app.shell.saves = tmp_path / "file" / "below"
    screen.save("quick")
    assert "file" in screen.message
    screen.end_turn()
    assert "file" in screen.message
    finish_computer(app, screen)
    assert screen.desk.world.state.turn == 2


def test_moves_that_were_not_seen_leave_no_arrow(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = start(app, opponent="staff")
    drawn: list[list[int]] = []
    monkeypatch.setattr(handsdraw, "draw_move_arrow", lambda part, camera, path, side: drawn.append(list(path)))
    screen.end_turn()
    finish_computer(app, screen)
    for step in screen.watch.tape:
        handsdraw.draw_step(app.window, screen, step)
        seen = step.scene.sighted
        assert seen is not None
        assert all(seen[h] for path in drawn for h in path)
        drawn.clear()
