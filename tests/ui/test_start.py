"""The start screen and what is reached from it: choosing, briefing, saved games, settings, hand-over, result."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from game.ai.registry import make_player
from game.play.replay import read_replay, write_replay
from game.play.session import Session
from game.scenario.load import load_scenario
from game.ui.app import App
from game.ui.briefing import BriefingScreen
from game.ui.desk import PERSON, Desk
from game.ui.gamescreen import GameScreen
from game.ui.ground import Ground
from game.ui.helpscreen import HelpScreen
from game.ui.library import CHANGED, UNKNOWN, newest_game, read_saved
from game.ui.loadscreen import LoadScreen
from game.ui.resultscreen import TABS, ResultScreen
from game.ui.screen import Choice
from game.ui.settings import load_settings
from game.ui.settingsscreen import SettingsScreen
from game.ui.startdraw import points_of
from game.ui.startscreen import StartScreen, players_of
from game.ui.texts import Texts
from game.ui.thumbnails import Pictures, file_of, make_thumbnail
from game.ui.tutorialscreen import TutorialScreen

SIZE = (1280, 760)


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """Return an open window at its start screen, without the second process that draws the ground."""
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    monkeypatch.setenv("ICHIGO_LOGS", str(tmp_path / "logs"))
    made = App("en", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    made.open()
    while made.screen.update(0):
        pass
    made.draw()
    yield made
    made.close()


def key(app: App, code: int, letter: str = "") -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=0, unicode=letter))
    app.frame(0.01)
    app.draw()


def press(app: App, name: str) -> None:
    app.draw()
    assert app.shell.brush.press(name), name
    app.frame(0.01)
    app.draw()


def go(app: App, name: str, what: object = None) -> object:
    app.go(name, what)
    app.frame(0.0)
    app.draw()
    return app.screen


def finished(seed: int = 3) -> Session:
    session = Session(load_scenario("first_steps"), seed)
    session.play((make_player("random"), make_player("random")))
    return session


def inside(app: App) -> None:
    """Assert that everything that answers to a click lies in the window."""
    wide, high = app.window.get_size()
    for hit in app.shell.brush.hits:
        x, y, w, h = hit.box
        assert x >= 0 and y >= 0 and x + w <= wide and y + h <= high, hit.name


def apart(app: App) -> None:
    """Assert that no two buttons of a screen overlap."""
    import pygame

    named = [h for h in app.shell.brush.hits if h.name not in ("panel", "list", "objectives", "help_list", "message")]
    for n, one in enumerate(named):
        for other in named[n + 1 :]:
            assert not pygame.Rect(one.box).colliderect(pygame.Rect(other.box)), (one.name, other.name)


def test_everything_is_chosen_by_keyboard(app: App) -> None:
    import pygame

    screen = app.screen
    assert isinstance(screen, StartScreen)
    first = screen.chosen
    key(app, pygame.K_DOWN)
    assert screen.chosen != first
    key(app, pygame.K_UP)
    assert screen.chosen == first
    key(app, pygame.K_RIGHT)
    assert screen.side == "china"
    key(app, pygame.K_o)
    assert screen.opponent == "random"
    key(app, pygame.K_n)
    for letter in "42":
        key(app, pygame.key.key_code(letter), letter)
    key(app, pygame.K_x, "x")
    key(app, pygame.K_RETURN)
    assert (screen.seed, screen.typing) == ("42", False)
    key(app, pygame.K_RETURN)
    briefing = app.screen
    assert isinstance(briefing, BriefingScreen)
    assert briefing.choice == Choice("first_steps", ("random", PERSON), 42)
    key(app, pygame.K_ESCAPE)
    assert isinstance(app.screen, StartScreen)


@pytest.mark.parametrize(
    ("letter", "kind"), [("t", TutorialScreen), ("l", LoadScreen), ("r", LoadScreen), ("s", SettingsScreen)]
)
def test_every_page_is_reached_by_its_key_and_left_by_escape(app: App, letter: str, kind: type) -> None:
    import pygame

    key(app, pygame.key.key_code(letter))
    assert isinstance(app.screen, kind)
    assert app.trouble == ""
    if kind is not TutorialScreen:
        key(app, pygame.K_ESCAPE)
        assert isinstance(app.screen, StartScreen)


def test_the_keys_are_listed(app: App) -> None:
    import pygame

    key(app, pygame.K_F1)
    assert isinstance(app.screen, HelpScreen) and app.trouble == ""
    press(app, "help_close")
    assert isinstance(app.screen, StartScreen)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(("size", "scale"), [((1280, 760), 1.3), ((1600, 900), 1.0), ((1000, 620), 1.0), ((1600, 900), 1.3)])
def test_menu_pages_fit_and_nothing_overlaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str, size: tuple[int, int], scale: float
) -> None:
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    session = finished()
    app = App(lang, size, tmp_path / "saves", tmp_path, config=tmp_path / "config", text_size=scale)
    (tmp_path / "saves").mkdir()
    write_replay(session, (PERSON, "random"), tmp_path / "saves" / "quick.ichigo")
    app.open()
    try:
        while app.screen.update(0):
            pass
        assert isinstance(app.screen, StartScreen)
        for entry in app.screen.entries:
            app.screen.choose(entry.id)
            app.draw()
            inside(app)
            apart(app)
        choice = Choice("henan", (PERSON, PERSON))
        desk = Desk(session, (PERSON, "random"))
        for name, what in (("briefing", choice), ("saves", None), ("replays", None), ("settings", None), ("result", desk)):
            screen = go(app, name, what)
            while app.screen.update(0):
                pass
            for tab in TABS if isinstance(screen, ResultScreen) else ("",):
                if isinstance(screen, ResultScreen):
                    screen.turn_to(tab)
                app.draw()
                assert app.trouble == ""
                inside(app)
                if not tab:
                    apart(app)
    finally:
        app.close()


def test_settings_are_kept(app: App, tmp_path: Path) -> None:
    import pygame

    go(app, "settings")
    press(app, "size_130")
    press(app, "lang_zh")
    press(app, "pace_4")
    press(app, "edges_off")
    key(app, pygame.K_UP)
    found, wrong = load_settings(tmp_path / "config")
    assert (found.text_size, found.lang, found.pace, found.edges, wrong) == (1.3, "zh", 4.0, False, "")
    again = App("", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    assert (again.shell.texts.lang, again.shell.brush.scale) == ("zh", 1.3)


def test_a_first_start_offers_the_tutorial_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)

    def start() -> App:
        app = App("en", SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config", offer=True)
        app.open()
        app.draw()
        return app

    app = start()
    try:
        press(app, "offer_tutorial")
        assert isinstance(app.screen, TutorialScreen)
        app.screen.save("quick")
    finally:
        app.close()
    app = start()
    try:
        assert app.dialogs.shown is None
    finally:
        app.close()


def test_continue_goes_on_with_the_newest_game_that_can_be_used(app: App) -> None:
    import pygame

    folder = app.shell.saves
    folder.mkdir(parents=True)
    scenario = load_scenario("first_steps")
    for n, name in enumerate(("auto", "quick", "auto-1")):
        session = Session(scenario, n + 1)
        write_replay(session, (PERSON, "random"), folder / f"{name}.ichigo")
        os.utime(folder / f"{name}.ichigo", (1_000_000 + n, 1_000_000 + n))
    (folder / "zz.ichigo").write_text("ichigo-replay 1\n")
    found = newest_game(folder)
    assert found is not None and found.path.name == "auto-1.ichigo"
    screen = go(app, "start")
    while app.screen.update(0):
        pass
    assert isinstance(screen, StartScreen) and screen.newest is not None
    key(app, pygame.K_c)
    assert isinstance(app.screen, GameScreen) and app.screen.desk.session.seed == 3


def test_a_damaged_save_is_listed_with_its_reason_and_the_others_load(app: App) -> None:
    folder = app.shell.saves
    folder.mkdir(parents=True)
    write_replay(Session(load_scenario("first_steps"), 5), (PERSON, "random"), folder / "good.ichigo")
    text = (folder / "good.ichigo").read_text()
    (folder / "bad.ichigo").write_text(text.replace("seed 5", "seed 6"))
    (folder / "other.ichigo").write_bytes(b"\x00\x01 nothing of ours")
    assert "checksum" in read_saved(folder / "bad.ichigo").trouble
    screen = go(app, "saves")
    while app.screen.update(0):
        pass
    assert isinstance(screen, LoadScreen)
    troubles = {row.path.name: bool(row.trouble) for row in screen.rows}
    assert troubles == {"good.ichigo": False, "bad.ichigo": True, "other.ichigo": True}
    bad = next(n for n, row in enumerate(screen.rows) if row.path.name == "bad.ichigo")
    screen.choose(bad)
    screen.open()
    app.frame(0.0)
    assert app.screen is screen and "bad.ichigo" in app.trouble and "line" in app.trouble
    press(app, "close")
    screen.choose(next(n for n, row in enumerate(screen.rows) if row.path.name == "good.ichigo"))
    press(app, "open")
    assert isinstance(app.screen, GameScreen) and app.screen.desk.session.seed == 5


def test_a_save_of_another_version_of_its_scenario_says_so(app: App) -> None:
    session = Session(load_scenario("first_steps"), 5)
    path = app.shell.saves / "old.ichigo"
    path.parent.mkdir(parents=True)
    write_replay(session, (PERSON, "random"), path)
    assert read_saved(path).trouble == ""
    changed = load_scenario("first_steps", {"combat.noise": 300})
    write_replay(Session(changed, 5), (PERSON, "random"), path)
    found = read_saved(path)
    assert found.trouble == "" and found.scenario is not None and found.scenario.digest == changed.digest
    session.scenario = replace(session.scenario, digest="0" * 32)
    write_replay(session, (PERSON, "random"), path)
    assert read_saved(path).trouble == CHANGED
    session.scenario = replace(session.scenario, id="elsewhere")
    write_replay(session, (PERSON, "random"), path)
    assert read_saved(path).trouble == UNKNOWN
    go(app, "saves")
    app.frame(0.0)
    app.draw()
    assert app.trouble == ""


def test_two_persons_are_asked_to_hand_over_and_the_map_is_hidden(app: App) -> None:
    import pygame

    screen = go(app, "game", Choice("first_steps", players_of("both", "staff")))
    assert isinstance(screen, GameScreen)
    assert app.dialogs.shown is None  # both have just read their briefings
    screen.end_turn()
    app.frame(0.01)
    shown = app.dialogs.shown
    assert shown is not None and shown.cover and "China" in shown.title
    app.draw()
    assert {h.name for h in app.shell.brush.hits} == {"panel", "handover"}
    key(app, pygame.K_RETURN)
    assert app.dialogs.shown is None and screen.viewer == 1
    app.frame(0.01)
    assert app.dialogs.shown is None


def test_a_briefing_shows_ones_own_side_and_two_persons_both(app: App) -> None:
    import pygame

    screen = go(app, "briefing", Choice("henan", ("staff", PERSON)))
    assert isinstance(screen, BriefingScreen) and screen.shown == [1] and screen.side == 1
    screen = go(app, "briefing", Choice("henan", (PERSON, PERSON)))
    assert isinstance(screen, BriefingScreen) and screen.shown == [0, 1]
    key(app, pygame.K_TAB)
    assert screen.side == 1
    for _ in range(200):
        key(app, pygame.K_DOWN)
    last = screen.top
    key(app, pygame.K_DOWN)
    assert screen.top == last  # the end is the end


def test_the_result_is_shown_after_loading_a_finished_game_and_can_be_kept(app: App) -> None:
    import pygame

    session = finished()
    path = app.shell.saves / "auto.ichigo"
    path.parent.mkdir(parents=True)
    write_replay(session, (PERSON, "random"), path)
    screen = go(app, "load", Choice("", (PERSON, PERSON), load=path))
    assert isinstance(screen, ResultScreen) and app.trouble == ""
    for n in range(len(TABS)):
        key(app, pygame.K_1 + n)
        assert screen.tab == TABS[n] and app.trouble == ""
    key(app, pygame.K_h)
    assert screen.report is not None and "<html" in screen.report.read_text(encoding="utf-8")
    assert str(screen.report) in screen.message
    key(app, pygame.K_s)
    assert screen.replay is not None and read_replay(screen.replay).seed == session.seed
    key(app, pygame.K_w)
    assert type(app.screen).__name__ == "ReplayScreen"


def test_the_report_says_when_it_cannot_be_written(app: App, tmp_path: Path) -> None:
    screen = go(app, "result", Desk(finished(), (PERSON, "random")))
    assert isinstance(screen, ResultScreen)
    (tmp_path / "replays").write_text("a file where the folder should be")
    screen.write_report()
    assert app.trouble and app.screen is screen


def test_points_are_the_most_that_can_be_scored() -> None:
    aims = {o.id: points_of(Texts("en"), o) for o in load_scenario("first_steps").objectives}
    assert aims["fs_obj_zhengzhou"] == "+40" and aims["fs_obj_c_towns"] == "+40" and aims["fs_obj_c_army"] == "+20"


def test_small_maps_are_made_once_and_kept(tmp_path: Path) -> None:
    import pygame

    pygame.display.init()
    pygame.display.set_mode((64, 64))
    make_thumbnail(tmp_path, "first_steps", "en")
    path = file_of(tmp_path, "first_steps", "en")
    assert path is not None and path.is_file()
    assert path != file_of(tmp_path, "first_steps", "zh")
    before = path.stat().st_mtime_ns
    make_thumbnail(tmp_path, "first_steps", "en")
    assert path.stat().st_mtime_ns == before
    pictures = Pictures(tmp_path)
    made = pictures.fitted("first_steps", "en", (200, 200))
    assert made is not None and max(made.get_size()) == 200
    assert pictures.get("first_steps", "zh") is None  # nobody draws where nobody looks
    path.write_bytes(b"rubbish")
    assert Pictures(tmp_path).get("first_steps", "en") is None and not path.exists()
