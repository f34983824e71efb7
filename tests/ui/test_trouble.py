"""When something fails: the player reads what happened, the story is logged, the game is kept, and the window stays usable."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest

from game.core.errors import DataError, GameError
from game.core.paths import data_folder
from game.play.replay import read_replay
from game.play.rerun import verify
from game.rules import engine
from game.scenario.load import load_scenario
from game.ui import crash, fonts, texts, widgets
from game.ui.app import App
from game.ui.crash import KEPT, LOG
from game.ui.desk import PERSON, Desk, load_desk
from game.ui.gamescreen import GameScreen
from game.ui.ground import Ground
from game.ui.library import Entry
from game.ui.screen import Choice
from game.ui.settings import load_settings
from game.ui.startscreen import StartScreen
from game.ui.texts import Texts
from game.ui.trouble import told_text

SIZE = (1280, 760)


def start(app: App, players: tuple[str, str] = (PERSON, "random")) -> GameScreen:
    app.go("game", Choice("first_steps", players))
    app.frame(0.0)
    app.draw()
    assert isinstance(app.screen, GameScreen)
    return app.screen


def log_of(app: App) -> str:
    return (app.shell.saves.parent / "logs" / LOG).read_text(encoding="utf-8")


def press(app: App, name: str) -> None:
    app.draw()
    assert app.shell.brush.press(name), name
    app.frame(0.01)


def key(app: App, code: int) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=""))
    app.frame(0.01)


def fail_with(error: Exception) -> Any:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


def march(screen: GameScreen) -> None:
    """Carry out one order."""
    for unit in screen.desk.idle():
        screen.select(unit)
        found = screen.desk.reach()
        if found is not None and found[0].max() > 0:
            screen.act_on(int(found[0].argmax()))
            return
    raise AssertionError("nobody can march")


@pytest.mark.parametrize("where", ["event", "update", "draw"])
def test_an_unexpected_error_is_logged_and_the_game_saved(app: App, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    import pygame

    screen = start(app)
    march(screen)
    digest = screen.desk.world.state.digest()
    monkeypatch.setattr(screen, where, fail_with(ZeroDivisionError("a bug")))
    key(app, pygame.K_c)
    app.draw()
    assert "ZeroDivisionError: a bug" in app.trouble
    assert str(app.shell.saves.parent / "logs" / LOG) in app.trouble and KEPT in app.trouble
    log = log_of(app)
    assert "Traceback" in log and "a bug" in log and "ichigo" in log and "arguments:" in log and "pygame" in log
    assert load_desk(app.shell.saves / KEPT).world.state.digest() == digest
    for _ in range(20):  # the screen that failed is not asked again
        app.frame(0.01)
        app.draw()
    assert log_of(app).count("Traceback") == 1
    press(app, "crash_menu")
    assert isinstance(app.screen, StartScreen) and app.trouble == "" and app.running


def test_one_can_quit_after_an_error_by_keyboard(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    import pygame

    screen = start(app)
    monkeypatch.setattr(screen, "update", fail_with(KeyError("x")))
    app.frame(0.01)
    assert app.trouble
    key(app, pygame.K_RIGHT)
    key(app, pygame.K_RETURN)
    assert not app.running


def test_an_error_in_the_rules_keeps_every_order_before_it(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = start(app)
    march(screen)
    digest = screen.desk.world.state.digest()
    given = [list(p.orders) for p in screen.desk.session.phases]

    # an error from inside game/rules, after the state has been half changed
    source = "def broken(world, order):\n    world.state.men[0] -= 1\n    raise ZeroDivisionError('in the rules')\n"
    space: dict[str, Any] = {}
    exec(compile(source, str(Path(engine.__file__).parent / "broken.py"), "exec"), space)
    again = crash._again

    def repaired(desk: Desk) -> Desk:  # the order failed because of the state it met; the ones before it do not
        monkeypatch.setattr(engine, "apply", real)
        return again(desk)

    real = engine.apply
    monkeypatch.setattr(crash, "_again", repaired)
    monkeypatch.setattr(engine, "apply", space["broken"])
    app._try("test", screen.end_turn)
    assert "in the rules" in app.trouble
    kept = load_desk(app.shell.saves / KEPT)
    assert kept.world.state.digest() == digest
    assert [list(p.orders) for p in kept.session.phases] == given
    replay = read_replay(app.shell.saves / KEPT)
    assert verify(replay, load_scenario(replay.scenario)) is None


def test_an_error_of_the_computer_player_is_caught_and_the_game_is_kept(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.ai.random_player import RandomPlayer

    screen = start(app)
    monkeypatch.setattr(RandomPlayer, "orders", fail_with(RuntimeError("lost the map")))
    screen.end_turn()
    for _ in range(500):
        app.frame(1.0)
        if app.trouble:
            break
    assert "lost the map" in app.trouble and "lost the map" in log_of(app)
    assert load_desk(app.shell.saves / KEPT).side == 1


def test_a_refused_order_of_the_computer_player_does_not_leave_the_game_stuck(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.ai.random_player import RandomPlayer

    screen = start(app)
    monkeypatch.setattr(RandomPlayer, "orders", fail_with(DataError([])))
    screen.end_turn()
    for _ in range(500):
        app.frame(1.0)
        if app.trouble:
            break
    press(app, "crash_menu")
    assert isinstance(app.screen, StartScreen)


def test_an_error_in_a_thread_is_told_and_the_game_goes_on(app: App) -> None:
    screen = start(app)
    thread = threading.Thread(target=fail_with(OSError("no more disk")))
    thread.start()
    thread.join()
    app.frame(0.01)
    assert "no more disk" in app.trouble and "no more disk" in log_of(app)
    press(app, "go_on")
    assert app.trouble == "" and app.screen is screen
    march(screen)


def test_when_neither_log_nor_game_can_be_written_the_message_says_so(
    app: App, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    screen = start(app)
    monkeypatch.setenv("ICHIGO_LOGS", str(tmp_path / "file" / "logs"))
    (tmp_path / "file").write_text("")
    shutil.rmtree(app.shell.saves)
    app.shell.saves.write_text("")
    monkeypatch.setattr(screen, "update", fail_with(ValueError("boom")))
    app.frame(0.01)
    assert "boom" in app.trouble and "could not be written" in app.trouble and "could not be saved" in app.trouble
    app.shell.saves.unlink()


def test_a_folder_for_saves_that_cannot_be_written_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pygame

    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    (tmp_path / "saves").write_text("a file where the folder should be")
    app = App("en", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    app.open()
    try:
        screen = start(app)
        march(screen)
        key(app, pygame.K_F5)
        assert screen.message and app.trouble == ""
        march(screen)
        screen.end_turn()
        assert screen.busy
    finally:
        app.close()


def test_a_scenario_that_is_wrong_is_explained_with_file_and_line(app: App, tmp_path: Path) -> None:
    shutil.copytree(data_folder("scenarios") / "first_steps", tmp_path / "broken")
    path = tmp_path / "broken" / "scenario.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("days_per_turn: 1", "days_per_turn: one"), encoding="utf-8")
    with pytest.raises(GameError) as caught:
        load_scenario(tmp_path / "broken")
    screen = app.screen
    assert isinstance(screen, StartScreen)
    while screen.update(0):
        pass
    screen.entries.append(Entry("broken", None, caught.value))
    screen.choose("broken")
    app.draw()
    screen.begin()
    assert "scenario.yaml, line" in app.trouble and app.screen is screen
    press(app, "close")
    assert app.trouble == ""


def test_broken_settings_and_keys_are_told_and_the_usual_ones_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    config = tmp_path / "config"
    config.mkdir()
    (config / "settings.yaml").write_text("text_size: huge\nlang: [")
    (config / "keys.yaml").write_text("nexxt: [n]\n")
    app = App("", SIZE, tmp_path / "saves", tmp_path, config=config)
    app.open()
    try:
        app.frame(0.0)
        assert "settings.yaml" in app.trouble
        assert app.shell.texts.lang == "en" and app.shell.brush.scale == 1.0
        press(app, "close")
        screen = start(app)
        assert "nexxt" in screen.message or "nexxt" in app.trouble
    finally:
        app.close()


def test_a_missing_font_is_replaced_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    real = fonts.font_path

    def path_of(style: str) -> Path:
        if style == "serif_bold":
            raise DataError([])
        if style == "sans_bold":
            broken = tmp_path / "broken.ttf"
            broken.write_bytes(b"no font at all")
            return broken
        return real(style)

    monkeypatch.setattr(fonts, "font_path", path_of)
    monkeypatch.setattr(fonts, "PROBLEMS", [])
    fonts.font.cache_clear()
    fonts.write.cache_clear()
    app = App("en", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    app.open()
    try:
        app.draw()
        app.frame(0.0)
        assert "serif_bold" in " ".join(d.text for d in app.dialogs.waiting)
        assert "sans_bold" in " ".join(d.text for d in app.dialogs.waiting)
        assert app.running
    finally:
        app.close()
        fonts.font.cache_clear()
        fonts.write.cache_clear()


def test_without_any_font_pygames_own_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "font_path", fail_with(DataError([])))
    monkeypatch.setattr(fonts, "PROBLEMS", [])
    fonts.font.cache_clear()
    try:
        assert fonts.font("sans").get_metrics("a", 12.0)[0]
        assert len(fonts.PROBLEMS) == 1
    finally:
        fonts.font.cache_clear()


def test_a_broken_language_file_is_told_and_the_other_language_helps_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    shutil.copytree(data_folder("assets") / "text", tmp_path / "text")
    (tmp_path / "text" / "zh" / "start.yaml").write_text("game: [", encoding="utf-8")
    monkeypatch.setattr(texts, "text_folder", lambda: tmp_path / "text")
    app = App("zh", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    app.open()
    try:
        app.frame(0.0)
        assert "start.yaml" in app.trouble
        press(app, "close")
        assert app.shell.texts("start.begin") == "Begin"
        while app.screen.update(0):
            pass
        app.draw()
        assert app.trouble == ""
    finally:
        app.close()


def test_closing_in_the_middle_of_a_turn_keeps_the_game(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pygame

    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    app = App("en", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    app.open()
    screen = start(app)
    march(screen)
    digest = screen.desk.world.state.digest()
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    app.frame(0.01)
    assert not app.running
    app.close()
    assert load_desk(tmp_path / "saves" / "auto.ichigo").world.state.digest() == digest


def test_when_not_even_a_message_can_be_drawn_the_program_ends_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    monkeypatch.setenv("ICHIGO_LOGS", str(tmp_path / "logs"))
    app = App("en", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    monkeypatch.setattr(widgets.Brush, "text", fail_with(RuntimeError("no letters")))
    with pytest.raises(DataError, match="no letters"):
        app.run()
    assert "no letters" in (tmp_path / "logs" / LOG).read_text()


def test_messages_about_files_are_said_in_the_players_language(tmp_path: Path) -> None:
    (tmp_path / "settings.yaml").write_text("lang: zh\npace: 3\nlanguage: en\n", encoding="utf-8")
    found, message = load_settings(tmp_path)
    assert "pace cannot be" in message and found.lang == "zh"
    told = told_text(Texts("zh"), message)
    assert "设置 pace 不能是" in told and "没有名为 'language' 的设置" in told and "第 2 行" in told
    assert "cannot" not in told and "known" not in told
    assert "the setting pace cannot be" in told_text(Texts("en"), message).lower()
    assert told_text(Texts("zh"), "as it is") == "as it is"
