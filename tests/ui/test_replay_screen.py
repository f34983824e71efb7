"""The replay viewer on SDL's dummy driver: moving through a game, what is told about it, and leaving it with a new game."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from game.ai.registry import make_player
from game.play import stats
from game.play.replay import read_replay, write_replay
from game.play.session import Session
from game.play.tape import Spot
from game.scenario.load import load_scenario
from game.ui import charts, timeline
from game.ui.app import App
from game.ui.desk import PERSON
from game.ui.exportwork import free_name
from game.ui.gamescreen import GameScreen
from game.ui.replaydraw import OVERLAYS, SPEEDS, map_box
from game.ui.replaymarks import fallen_until, taken_until
from game.ui.replayscreen import ReplayScreen
from game.ui.replayturn import chosen, turn_lines
from game.ui.scene import EVERYTHING

SIZE = (1280, 760)


@pytest.fixture(scope="session")
def played() -> Session:
    session = Session(load_scenario("first_steps"), 3)
    session.play((make_player("staff"), make_player("staff")))
    return session


@pytest.fixture
def screen(app: App, played: Session, tmp_path: Path) -> ReplayScreen:
    write_replay(played, ("staff", "staff"), tmp_path / "game.ichigo")
    app.go("replay", tmp_path / "game.ichigo")
    app.frame(0.0)
    assert isinstance(app.screen, ReplayScreen)
    app.screen._thread.join()
    app.frame(0.0)
    app.draw()
    return app.screen


def key(app: App, code: int) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=""))
    app.frame(0.01)


def press(app: App, name: str) -> None:
    app.draw()
    assert app.shell.brush.press(name), name
    app.frame(0.0)


def point(app: App, x: float, y: float) -> None:
    app.shell.brush.mouse = (round(x), round(y))
    app.draw()


def test_home_end_and_arrows_go_through_the_phases(app: App, screen: ReplayScreen, played: Session) -> None:
    import pygame

    assert screen.spot == Spot(0, 0)
    key(app, pygame.K_END)
    assert screen.spot == screen.end == screen.tape.last
    assert screen.scene.picture.hexes == played.world.state.hex
    key(app, pygame.K_LEFT)
    assert screen.spot == screen.tape.end_of(len(played.phases) - 2)
    key(app, pygame.K_HOME)
    key(app, pygame.K_LEFT)
    assert screen.spot == Spot(0, 0)
    key(app, pygame.K_RIGHT)
    assert screen.spot == screen.tape.end_of(0)


def test_a_step_of_a_turn_ends_with_its_second_phase(app: App, screen: ReplayScreen) -> None:
    press(app, "step_turn")
    ends = []
    while screen.spot != screen.end:
        screen.go(1)
        ends.append(screen.spot.phase)
    assert ends == list(range(1, len(screen.replay.phases), 2))
    screen.go(-1)
    assert screen.spot.phase == ends[-2]


def test_steps_of_an_order_show_every_march_and_battle(app: App, screen: ReplayScreen, played: Session) -> None:
    press(app, "step_order")
    marches = battles = 0
    for _ in range(3000):
        screen.go(1)
        if screen.deed is not None:
            marches += len(screen.deed.marches)
            if screen.deed.battle is not None:
                battles += 1
                assert screen.deed.origins and screen.deed.where == screen.deed.battle.data["hex"]
                app.draw()
        if screen.spot == screen.end:
            break
    assert screen.spot == screen.end
    ordered = [e for e in played.world.events if e.kind in ("move", "battle")]
    assert battles == sum(e.kind == "battle" for e in ordered) > 0
    assert marches == sum(e.kind == "move" for e in ordered) > 0
    screen.jump(Spot(0, 5))
    screen.go(-1)
    assert screen.spot == Spot(0, 4)


def test_marches_out_of_sight_are_not_shown_to_the_other_side(app: App, screen: ReplayScreen) -> None:
    screen.set_step("order")
    seen: dict[int, set[Spot]] = {}
    for viewer in (0, 1, 2):
        screen.jump(screen.tape.start)
        screen.look(viewer)
        seen[viewer] = set()
        while screen.spot != screen.end:
            screen.go(1)
            if screen.deed is not None:
                seen[viewer].add(screen.spot)
                hidden = screen.eyes != screen.deed.side and screen.deed.battle is None and viewer > 0
                assert not hidden or (screen.scene.sighted is not None and screen.scene.sighted[screen.deed.where])
    assert seen[1] < seen[0] and seen[2] <= seen[0]
    assert seen[1] | seen[2] == seen[0]


@pytest.mark.parametrize("step", ["order", "phase", "turn"])
def test_playing_reaches_the_end_and_stops(app: App, screen: ReplayScreen, step: str) -> None:
    import pygame

    screen.set_step(step)
    screen.set_speed(SPEEDS.index(0.0))
    key(app, pygame.K_SPACE)
    assert screen.playing
    for _ in range(3000):
        if not screen.playing:
            break
        screen.update(0.02)
    assert screen.spot == screen.end and not screen.playing
    key(app, pygame.K_SPACE)
    assert screen.playing and screen.spot < screen.end
    key(app, pygame.K_SPACE)
    assert not screen.playing


def test_the_speed_decides_how_long_a_step_is_shown(app: App, screen: ReplayScreen) -> None:
    screen.set_speed(SPEEDS.index(0.5))
    screen.play()
    screen.update(1.0)
    assert screen.spot == Spot(0, 0)
    screen.update(1.1)
    assert screen.spot == screen.tape.end_of(0)
    screen.set_speed(SPEEDS.index(4.0))
    screen.update(0.3)
    assert screen.spot == screen.tape.end_of(1)


def test_a_click_on_the_timeline_jumps_to_that_day(app: App, screen: ReplayScreen) -> None:
    import pygame

    assert screen.lines is not None
    area = next(h.box for h in app.shell.brush.hits if h.name == "timeline")
    for n in (3, 8):
        spot = screen.tape.end_of(n)
        at = (round(screen.lines.x(charts.day_at(screen.tape, spot))), area[1] + area[3] - 4)
        for kind in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
            more: dict[str, Any] = {"rel": (0, 0), "buttons": (0, 0, 0)} if kind == pygame.MOUSEMOTION else {"button": 1}
            pygame.event.post(pygame.event.Event(kind, pos=at, **more))
            app.frame(0.0)
        assert screen.spot == spot


def test_flags_stand_for_the_captures_with_their_distance_to_the_record(app: App, screen: ReplayScreen, played: Session) -> None:
    flags = [p for p in screen.pins() if p.kind == "flag" and p.joined >= 0]
    rows = [r for r in stats.compare(played.world) if r.played]
    assert sorted(p.late for p in flags) == sorted(r.days or 0 for r in rows)
    for p in flags:
        assert p.joined == pytest.approx(p.day - p.late)
        assert timeline.late_text(p.late, app.shell.texts) in p.label
    assert screen.lines is not None
    pin = flags[0]
    point(app, screen.lines.x(pin.day), screen.lines.game - 8)
    assert timeline.pin_at(app.shell.brush, screen.lines, screen.pins()) is not None
    press(app, "timeline")
    assert screen.spot == pin.spot


def test_crosses_stand_for_destroyed_units_and_fog_hides_the_enemys(app: App, screen: ReplayScreen, played: Session) -> None:
    lost = [played.world.side[u] for u, s in enumerate(played.world.state.status) if s == 2]
    assert len([p for p in screen.pins() if p.kind == "cross"]) == len(lost)
    for viewer in (0, 1):
        screen.look(viewer + 1)
        assert len([p for p in screen.pins() if p.kind == "cross"]) == lost.count(viewer)


def test_labels_that_find_room_do_not_overlap_and_the_important_come_first() -> None:
    wanted = [(100.0, 60.0, (2,)), (110.0, 60.0, (0,)), (120.0, 60.0, (1,)), (300.0, 80.0, (5,)), (395.0, 60.0, (5,))]
    placed = timeline.place_labels(wanted, 0.0, 400.0, 1)
    assert set(placed) == {1, 3}
    placed = timeline.place_labels(wanted, 0.0, 400.0, 2)
    assert set(placed) == {1, 2, 3, 4} and placed[2][1] == 1
    for n, (a, row) in placed.items():
        assert a >= 0 and a + wanted[n][1] <= 400
        assert all(m == n or r != row or a + wanted[n][1] <= b or b + wanted[m][1] <= a for m, (b, r) in placed.items())


def test_charts_tell_the_figures_of_the_game(app: App, screen: ReplayScreen, played: Session) -> None:
    found = {c.kind: c for c in screen.charts()}
    assert {"strength", "losses", "supply", "places"} <= set(found)
    last = [c.points[-1][1] for c in found["losses"].curves]
    assert last == [sum(stats.losses(played.world, side).values()) / 1000 for side in (0, 1)]
    past = next(c for c in found["places"].curves if c.dashed)
    assert past.points[-1][1] == len({r.place for r in played.scenario.record})
    screen.look(1)
    assert [c.name for c in screen.charts()[0].curves] == ["Japan"]


def test_documented_losses_stand_beside_the_same_kinds_of_loss(app: App, screen: ReplayScreen) -> None:
    from dataclasses import replace

    from game.model.scenario import RecordedLoss

    row = RecordedLoss("x", 1, ("killed", "wounded"), 20_000, 30_000, "high", True, ("S0",), "")
    screen.tape.scenario = replace(screen.tape.scenario, recorded_losses=(row, replace(row, scored=False)))
    chart = charts.chart_of(screen.tape, "losses", EVERYTHING, app.shell.texts)
    last = screen.tape.chapters[-1].figures.losses[1]
    assert [(m.low, m.high) for m in chart.marks] == [(20.0, 30.0)]
    assert f"{last[0] + last[1]:,}" in chart.marks[0].note
    assert not charts.chart_of(screen.tape, "losses", 0, app.shell.texts).marks


@pytest.mark.parametrize(("value", "end", "step"), [(7.0, 8.0, 2.0), (100.0, 100.0, 25.0), (310.0, 400.0, 100.0), (0.3, 0.3, 0.1)])
def test_scales_end_in_round_numbers(value: float, end: float, step: float) -> None:
    assert charts.nice_most(value) == (pytest.approx(end), pytest.approx(step))


def test_a_curve_is_read_between_its_points() -> None:
    line = charts.Curve("", (0, 0, 0), ((0.0, 10.0), (4.0, 30.0)))
    steps = charts.Curve("", (0, 0, 0), ((0.0, 10.0), (4.0, 30.0)), stepped=True)
    assert charts.value_at(line, 1.0) == 15.0
    assert charts.value_at(steps, 3.9) == 10.0 and charts.value_at(steps, 4.0) == 30.0
    assert charts.value_at(line, 5.0) is None


def test_the_chosen_chart_stands_last(screen: ReplayScreen) -> None:
    all_ = screen.charts()
    for rooms in (1, 2, 3):
        for c in all_:
            shown = chosen(all_, c.kind, rooms)
            assert shown[-1] is c and len(shown) == min(rooms, len(all_)) == len(set(map(id, shown)))


def test_the_list_of_the_turn_opens_the_factors_of_a_battle(app: App, screen: ReplayScreen) -> None:
    n = next(n for n, c in enumerate(screen.tape.chapters) if any(e.kind == "battle" for e in c.events))
    screen.jump(screen.tape.end_of(n))
    lines = turn_lines(screen.tape, screen.turn_events(), app.shell.texts)
    battles = [line for line in lines if line.event is not None]
    told = [e for e in screen.turn_events() if e.kind == "battle"]
    assert [line.event for line in battles] == told
    row = 1 + lines.index(battles[0])  # below the summary
    press(app, f"battle_{row}")
    assert screen.detail is told[0]
    press(app, "detail_close")
    assert screen.detail is None


def test_marks_on_the_map_grow_with_the_game(app: App, screen: ReplayScreen, played: Session) -> None:
    end = screen.end
    assert fallen_until(screen.tape, Spot(0, 0)) == {} and taken_until(screen.tape, Spot(0, 0)) == []
    assert len(taken_until(screen.tape, end)) == len(stats.captures(played.world))
    battles = stats.battles(played.world)
    assert sum(fallen_until(screen.tape, end).values()) == sum(b["attacker_losses"] + b["defender_losses"] for b in battles)


def test_overlays_and_sight_change_the_picture(app: App, screen: ReplayScreen) -> None:
    import pygame

    screen.jump(screen.end)

    def map_now() -> bytes:
        app.draw()
        x, y, w, h = map_box(app.shell.brush, SIZE)
        return pygame.image.tobytes(app.window.subsurface((x, y + 100, w, h - 100)), "RGB")

    screen.toggle("losses")
    seen = {map_now()}
    for name in OVERLAYS:
        screen.toggle(name)
        seen.add(map_now())
    for viewer in (1, 2):
        screen.look(viewer)
        seen.add(map_now())
    assert len(seen) >= len(OVERLAYS) + 2


def test_playing_on_starts_a_game_and_leaves_the_replay_alone(app: App, screen: ReplayScreen) -> None:
    before = screen.path.read_bytes()
    spot = screen.tape.end_of(3)
    screen.jump(spot)
    digest = screen.tape.world_at(spot).state.digest()
    press(app, "ask_play_on")
    press(app, "on_china")
    game = app.screen
    assert isinstance(game, GameScreen)
    assert game.desk.players == ("staff", PERSON)
    assert [p.orders for p in game.desk.session.phases[:4]] and len(game.desk.session.phases) >= 5
    assert game.desk.session.phases[3].digest == screen.replay.phases[3].state == digest
    assert screen.path.read_bytes() == before


def test_nothing_can_be_played_on_after_the_end(app: App, screen: ReplayScreen) -> None:
    screen.jump(screen.end)
    press(app, "ask_play_on")
    assert screen.asking == ""
    screen.play_on((PERSON, "staff"))
    app.frame(0.0)
    assert app.screen is screen


def test_a_moment_that_is_not_played_yet_is_said_to_be(app: App, played: Session, tmp_path: Path) -> None:
    import threading

    go, real = threading.Event(), ReplayScreen._work

    def slowly(self: ReplayScreen) -> None:
        go.wait(30)
        real(self)

    write_replay(played, ("staff", "staff"), tmp_path / "game.ichigo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ReplayScreen, "_work", slowly)
        made = ReplayScreen(app.shell, tmp_path / "game.ichigo", SIZE)
    made.jump(made.end)
    assert made.spot == Spot(0, 0) and "turn 1" in made.message
    go.set()
    made._thread.join()
    made.jump(made.end)
    assert made.spot == made.end and made.message == ""
    made.close()


def test_a_difference_is_told_and_the_game_up_to_there_shown(
    app: App, screen: ReplayScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    import game.ui.replayscreen as module

    good = read_replay(screen.path)
    phases = list(good.phases)
    phases[4] = replace(phases[4], state="0" * 32)
    monkeypatch.setattr(module, "read_replay", lambda path: replace(good, phases=tuple(phases)))
    app.go("replay", screen.path)
    app.frame(0.0)
    again = app.screen
    assert isinstance(again, ReplayScreen) and again is not screen
    again._thread.join()
    again.jump(again.end)
    assert again.spot == again.tape.end_of(3)
    assert f":{phases[4].line}:" in again.trouble and "turn 3, japan" in again.trouble
    again.set_speed(SPEEDS.index(0.0))
    again.play()
    for _ in range(50):
        again.update(0.1)
    assert not again.playing
    app.draw()


def test_a_damaged_replay_and_one_of_another_scenario_are_refused(app: App, screen: ReplayScreen, tmp_path: Path) -> None:
    text = screen.path.read_text()
    (tmp_path / "cut.ichigo").write_text(text[: len(text) // 2])
    app.go("replay", tmp_path / "cut.ichigo")
    app.frame(0.0)
    assert "damaged" in app.trouble and app.screen is screen
    key(app, 27)
    other = Session(load_scenario("first_steps"), 1)
    from dataclasses import replace

    other.scenario = replace(other.scenario, digest="0" * 32)
    write_replay(other, ("staff", "staff"), tmp_path / "other.ichigo")
    app.go("replay", tmp_path / "other.ichigo")
    app.frame(0.0)
    assert "the scenario installed is" in app.trouble and app.screen is screen


def test_a_replay_without_a_phase_can_be_looked_at(app: App, tmp_path: Path) -> None:
    session = Session(load_scenario("first_steps"), 1)
    write_replay(session, ("staff", "staff"), tmp_path / "empty.ichigo")
    app.go("replay", tmp_path / "empty.ichigo")
    app.frame(0.0)
    screen = app.screen
    assert isinstance(screen, ReplayScreen)
    screen._thread.join()
    for step in ("order", "phase", "turn"):
        screen.set_step(step)
        screen.go(1)
        screen.go(-1)
    screen.play()
    screen.update(5.0)
    app.draw()
    assert screen.spot <= screen.end


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("scale", [1.0, 1.3])
def test_the_buttons_of_a_row_do_not_overlap(app: App, screen: ReplayScreen, lang: str, scale: float) -> None:
    if app.shell.texts.lang != lang:
        app.shell.texts.switch()
    app.shell.brush.scale = scale
    app.draw()
    names = ("replay_", "speed", "step_", "ask_", "eyes_", "overlay_", "close", "language", "chart_")
    boxes = [h.box for h in app.shell.brush.hits if h.name.startswith(names)]
    assert len(boxes) > 15
    for n, a in enumerate(boxes):
        assert a[0] >= 0 and a[0] + a[2] <= SIZE[0]
        for b in boxes[n + 1 :]:
            assert a[0] + a[2] <= b[0] or b[0] + b[2] <= a[0] or a[1] + a[3] <= b[1] or b[1] + b[3] <= a[1]


def test_days_are_counted_from_the_scenarios_start(screen: ReplayScreen) -> None:
    calendar = screen.scenario.calendar
    assert charts.day_at(screen.tape, Spot(0, 0)) == 0.0
    assert charts.day_at(screen.tape, screen.tape.end_of(1)) == calendar.days_per_turn
    assert charts.day_at(screen.tape, screen.end) == charts.span(calendar)
    assert charts.day_of(calendar, calendar.start) == 0.5
    assert charts.day_of(calendar, date(1900, 1, 1)) == 0.0


def test_an_export_never_takes_the_name_of_a_file_that_is_there(tmp_path: Path) -> None:
    replay = tmp_path / "game.ichigo"
    assert free_name(replay, "html") == tmp_path / "game.html"
    (tmp_path / "game.html").touch()
    assert free_name(replay, "html") == tmp_path / "game-2.html"


def test_a_replay_of_other_rules_is_shown_with_them(app: App, tmp_path: Path) -> None:
    scenario = load_scenario("first_steps", {"supply.forage": 0})
    session = Session(scenario, 2)
    session.play((make_player("random"), make_player("random")))
    write_replay(session, ("random", "random"), tmp_path / "other.ichigo")
    app.go("replay", tmp_path / "other.ichigo")
    app.frame(0.0)
    assert isinstance(app.screen, ReplayScreen), app.trouble
    app.screen._thread.join()
    assert app.screen.whole and not app.screen.trouble
    app.screen.jump(app.screen.tape.end_of(2))
    press(app, "ask_play_on")
    press(app, "on_japan")
    assert isinstance(app.screen, GameScreen) and app.screen.desk.scenario.digest == scenario.digest
