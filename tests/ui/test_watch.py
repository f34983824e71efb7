"""Hot reload: a changed file begins the game again, a wrong one is told and the old game goes on."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.cli import play
from game.core.errors import DataError
from game.scenario.rulesfile import rules_path
from game.ui.app import App
from game.ui.desk import PERSON, load_desk
from game.ui.gamescreen import GameScreen
from game.ui.ground import Ground
from game.ui.screen import Choice
from game.ui.texts import Texts
from game.ui.watchfiles import PAUSE, Files, Reloader

MINI = Path(__file__).parent.parent / "fixtures" / "mini"
SIZE = (1280, 760)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the folder of a scenario of one's own, with rules beside it."""
    folder = tmp_path / "my" / "mini"
    shutil.copytree(MINI, folder)
    (tmp_path / "my" / "rules").mkdir()
    shutil.copy(rules_path("standard"), tmp_path / "my" / "rules" / "standard.yaml")
    return folder


@pytest.fixture
def app(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[App]:
    """Return a window in which Japan is played in a watched scenario."""
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    made = App("en", SIZE, tmp_path / "saves", tmp_path / "cache")
    made.open()
    made.reloader = Reloader(made.shell, made.dialogs, str(own))
    made.go("game", Choice(str(own), (PERSON, "random"), 7))
    made.frame(0.0)
    yield made
    made.close()


def change(path: Path, old: str, new: str) -> None:
    """Put other words into a file; its time is surely another one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    later = path.stat().st_mtime_ns + 5_000_000
    path.write_text(text.replace(old, new), encoding="utf-8")
    os.utime(path, ns=(later, later))


def looks(app: App, count: int = 2) -> None:
    """Let the window look at the files some times."""
    for _ in range(count):
        app.frame(PAUSE)
    app.frame(0.0)


def game(app: App) -> GameScreen:
    """Return the game that is shown."""
    assert isinstance(app.screen, GameScreen)
    return app.screen


def test_a_changed_file_begins_the_game_again(app: App, own: Path) -> None:
    """First turn, new values, the same side, seed, overlays and place of the map; the player is told."""
    before = game(app)
    before.end_turn()
    while before.busy:
        app.frame(5.0)
    assert before.desk.world.state.turn == 2
    before.view.camera.zoom_by(1, (200.0, 200.0))
    before.view.camera.pan(31, 17)
    before.toggle("supply")
    men = sum(before.desk.world.state.men)
    first = next(u for u in before.desk.scenario.units if u.side == 0 and u.men)
    change(own / "japan.yaml", f"men: {first.men}", f"men: {first.men + 100}")
    looks(app)
    after = game(app)
    assert after is not before and after.desk.world.state.turn == 1
    assert sum(after.desk.world.state.men) != men
    assert (after.desk.players, after.desk.session.seed) == ((PERSON, "random"), 7)
    old, new = before.view.camera, after.view.camera
    assert (old.zoom, old.left, old.top) == (new.zoom, new.left, new.top) and "supply" in after.view.shown
    assert "begins again" in after.message and app.trouble == ""


def test_the_last_save_is_of_the_new_game(app: App, own: Path) -> None:
    """A game on files that are no more is not kept in place of one that can be loaded; saves remember where the scenario lies."""
    screen = game(app)
    screen.desk.give_stance(1)
    unit = screen.desk.idle()[0]
    screen.desk.select(unit)
    screen.set_stance(1 - screen.desk.world.state.stance[unit])
    change(own / "scenario.yaml", "format: 1", "format: 1  # looked at again")
    looks(app)
    desk = load_desk(app.shell.saves / "auto.ichigo")
    assert desk.scenario.digest == game(app).desk.scenario.digest
    assert desk.scenario.folder == str(own.resolve())
    app.go("load", Choice("", (PERSON, "random"), load=app.shell.saves / "auto.ichigo"))
    app.frame(0.0)
    assert game(app).view.ground.source == str(own.resolve())


def test_the_rules_beside_it_are_watched(app: App, own: Path) -> None:
    """A value of the rules changes the game like any other."""
    old = game(app).desk.scenario.rules.combat.noise
    text = (own.parent / "rules" / "standard.yaml").read_text(encoding="utf-8")
    line = next(x for x in text[text.index("\n  noise:") :].splitlines() if "value:" in x)
    change(own.parent / "rules" / "standard.yaml", line, line.replace(f"value: {old}", f"value: {old + 1}"))
    looks(app)
    assert game(app).desk.scenario.rules.combat.noise == old + 1


def test_a_wrong_file_is_told_and_the_game_goes_on(app: App, own: Path) -> None:
    """File and line in a message, the same game below it; putting the file right closes the message."""
    before = game(app)
    change(own / "scenario.yaml", "days_per_turn:", "days_per_trun:")
    lines = (own / "scenario.yaml").read_text(encoding="utf-8").splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "trun" in text)
    looks(app)
    assert game(app) is before
    assert "scenario.yaml" in app.trouble and f"line {line}" in app.trouble and "goes on" in app.trouble
    app.draw()
    looks(app, 4)
    assert len(app.dialogs.waiting) == 1
    change(own / "scenario.yaml", "days_per_trun:", "days_per_turn:  ")
    looks(app)
    assert app.trouble == "" and game(app) is not before


def test_the_old_files_again_close_the_message(app: App, own: Path) -> None:
    """Taking a mistake back leaves the game where it was."""
    before, text = game(app), (own / "plans.yaml").read_bytes()
    (own / "plans.yaml").write_bytes(b"}{")
    looks(app)
    assert app.trouble
    (own / "plans.yaml").write_bytes(text)
    looks(app)
    assert app.trouble == "" and game(app) is before


def test_a_half_written_file_is_waited_for(app: App, own: Path) -> None:
    """As long as a file grows from look to look nothing is read."""
    before, text = game(app), (own / "plans.yaml").read_text(encoding="utf-8") + "# more\n"
    for size in (0, 40, 90):
        (own / "plans.yaml").write_text(text[:size], encoding="utf-8")
        looks(app, 1)
        assert app.trouble == "" and game(app) is before
    (own / "plans.yaml").write_text(text, encoding="utf-8")
    looks(app)
    assert app.trouble == "" and game(app) is not before


def test_a_file_that_goes_away_is_told(app: App, own: Path) -> None:
    """And its return is noticed."""
    before = game(app)
    (own / "plans.yaml").rename(own / "plans.old")
    looks(app)
    assert game(app) is before and "plans.yaml" in app.trouble
    (own / "plans.old").rename(own / "plans.yaml")
    looks(app)
    assert app.trouble == "" and game(app) is before


def test_other_screens_are_left_alone(app: App, own: Path) -> None:
    """At the start screen nothing happens, whatever the files say."""
    app.go("start", None)
    app.frame(0.0)
    screen = app.screen
    (own / "plans.yaml").write_bytes(b"}{")
    looks(app)
    assert app.screen is screen and app.trouble == ""


def test_the_files_are_not_looked_at_in_every_frame(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty frames of a second ask the disk twice at most."""
    files = Files(str(own))
    asked: list[int] = []
    real = files.stamp
    monkeypatch.setattr(files, "stamp", lambda: asked.append(1) or real())
    assert not any(files.changed(1 / 60) for _ in range(60))
    assert 1 <= len(asked) <= 2


def test_watch_needs_a_scenario() -> None:
    """One sentence with an example."""
    with pytest.raises(DataError, match="--watch needs the SCENARIO"):
        play.execute(play.parser().parse_args(["--watch"]))


def test_the_command_watches(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`play SCENARIO --watch` opens a window that looks at that scenario."""
    opened: list[App] = []
    monkeypatch.setattr(App, "run", lambda self, choice: opened.append(self))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert play.execute(play.parser().parse_args([str(own), "--watch"])) == 0
    assert opened[0].reloader is not None and opened[0].reloader.source == str(own)
    assert play.execute(play.parser().parse_args([str(own)])) == 0
    assert opened[1].reloader is None


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("unknown key 'qualty' in formations[1]", "formations[1] 中有未知的键 'qualty'"),
        ("formations[1].men: expected a whole number, found the text '36OO'", "formations[1].men：应为整数，却是文本 '36OO'"),
        ("combat.noise: 9999 lies outside its bounds 0 to 500", "combat.noise：9999 超出范围 0 至 500"),
        ("no such file; expected a file of plans", "没有这个文件；应为计划文件"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_in_chinese(said: str, text: str) -> None:
    """Those who write scenarios meet these most."""
    assert Texts("zh").problem(said) == text
