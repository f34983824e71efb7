"""The tutorial, played through the window by a player's actions in both languages; it is never stuck; bad files are explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.ui.app import App
from game.ui.ground import Ground
from game.ui.panels import TOP
from game.ui.tutorialfile import Step, lesson_file, load_lesson
from game.ui.tutorialscreen import TutorialScreen

SIZE = (1280, 760)


@pytest.fixture(params=["en", "zh"])
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[App]:
    """Return an open window in a language, without the second process that draws the ground."""
    monkeypatch.setattr(Ground, "_ask", lambda self, key: None)
    made = App(request.param, SIZE, tmp_path / "saves", tmp_path, config=tmp_path / "config")
    made.open()
    yield made
    made.close()


def begin(app: App) -> TutorialScreen:
    app.go("tutorial", None)
    app.frame(0.0)
    app.draw()
    assert isinstance(app.screen, TutorialScreen)
    return app.screen


def key(app: App, code: int, mod: int = 0) -> None:
    import pygame

    pygame.event.post(pygame.event.Event(pygame.KEYDOWN, key=code, mod=mod, unicode=""))
    pygame.event.post(pygame.event.Event(pygame.KEYUP, key=code, mod=mod, unicode=""))
    app.frame(0.01)


def right_click(app: App, screen: TutorialScreen, where: int) -> None:
    import pygame

    if not screen.view.camera.shows(where, 40):
        screen.view.camera.centre_on(where)
    app.draw()
    x, y = screen.view.camera.point(where)
    area = screen._map_area(app.window)
    at = (round(x) + area[0], round(y) + TOP)
    pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=at, rel=(0, 0), buttons=(0, 0, 0)))
    for kind in (pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP):
        pygame.event.post(pygame.event.Event(kind, pos=at, button=3))
    app.frame(0.01)


def press(app: App, name: str) -> None:
    app.draw()
    assert app.shell.brush.press(name), name
    app.frame(0.01)


def choose(app: App, screen: TutorialScreen, unit: int) -> None:
    """Press N until a unit is selected, as the hint says."""
    import pygame

    for _ in range(40):
        if screen.desk.selected == unit:
            return
        key(app, pygame.K_n)
    screen.select(unit)  # a unit that has nothing to do is found by a click only
    app.frame(0.01)


def do(app: App, screen: TutorialScreen, step: Step) -> None:
    """Do what a step asks for, as a player would."""
    import pygame

    def march() -> None:
        marks = [spot.hex for spot in step.show if spot.hex >= 0]
        for unit in step.units:
            if screen.coach.step is step:
                screen.select(unit)
                right_click(app, screen, marks[-1])

    def attack() -> None:
        if screen.planner is None:
            right_click(app, screen, step.hex)
        press(app, "attack_order")

    def stance() -> None:
        screen.select(step.units[0])
        key(app, pygame.K_1 + step.number, pygame.KMOD_CTRL)

    def end() -> None:
        if not screen.asking:
            for _ in range(4):
                key(app, pygame.K_ESCAPE)
            key(app, pygame.K_RETURN, pygame.KMOD_CTRL)
        press(app, "end_yes")
        for _ in range(3000):
            if not screen.busy:
                break
            app.frame(1.0)

    def ask() -> None:
        key(app, pygame.K_ESCAPE)
        key(app, pygame.K_RETURN, pygame.KMOD_CTRL)

    simple: dict[str, Callable[[], None]] = {
        "read": lambda: press(app, "tutorial_next"),
        "zoomed": lambda: key(app, pygame.K_PLUS),
        "selected": lambda: choose(app, screen, step.units[0]),
        "crossed": march, "at": march,
        "undone": lambda: key(app, pygame.K_z, pygame.KMOD_CTRL),
        "overlay": lambda: key(app, pygame.K_2),
        "page": lambda: key(app, pygame.K_v),
        "planner": lambda: right_click(app, screen, step.hex),
        "attacked": attack,
        "stance": stance,
        "sheet": lambda: key(app, pygame.K_u),
        "tree": lambda: key(app, pygame.K_o),
        "saved": lambda: key(app, pygame.K_F5),
        "asked": ask,
        "turn": end,
    }  # fmt: skip
    simple[step.kind]()


def test_it_is_played_to_its_end_by_doing_what_it_says(app: App) -> None:
    import pygame

    screen = begin(app)
    lesson = screen.coach.lesson
    visited = []
    for _ in range(len(lesson.steps)):
        if screen.coach.ended:
            break
        step = screen.coach.step
        visited.append(step.id)
        if step.kind in ("selected", "crossed"):
            key(app, pygame.K_ESCAPE)
        do(app, screen, step)
        app.draw()
        assert app.trouble == ""
        assert screen.coach.ended or screen.coach.step is not step, f"{step.id} is not completed"
    assert visited == [s.id for s in lesson.steps]
    assert screen.coach.ended
    assert screen.desk.world.state.turn == 3 and screen.desk.persons_turn
    app.draw()
    assert not any(h.name.startswith("tutorial") for h in app.shell.brush.hits)


def test_it_has_enough_to_teach() -> None:
    steps = load_lesson().steps
    assert len(steps) >= 18
    assert {s.number for s in steps if s.kind == "turn"} == {2, 3}
    assert sum(s.kind != "read" for s in steps) >= 15


def test_a_step_waits_for_its_action_and_gives_a_hint(app: App) -> None:
    import pygame

    screen = begin(app)
    while screen.coach.step.id != "select":
        press(app, "tutorial_next")
    for _ in range(5):
        app.frame(0.5)
    assert screen.coach.step.id == "select" and not screen.coach.hinting
    key(app, pygame.K_c)
    key(app, pygame.K_c)
    assert screen.coach.step.id == "select" and screen.coach.hinting


def test_one_can_go_back_and_forth_and_leave(app: App) -> None:
    import pygame

    screen = begin(app)
    press(app, "tutorial_next")
    key(app, pygame.K_F2)
    assert screen.coach.at == 2
    key(app, pygame.K_F3)
    press(app, "tutorial_back")
    assert screen.coach.at == 0
    app.frame(0.1)
    assert screen.coach.at == 0
    press(app, "tutorial_leave")
    assert screen.coach.ended and app.screen is screen


def test_it_is_never_stuck_when_the_player_goes_his_own_way(app: App) -> None:
    screen = begin(app)
    while screen.coach.step.id != "select":
        press(app, "tutorial_next")
    for turn in (2, 3, 4):  # he ends one turn after the other without doing anything that is asked for
        screen.end_turn()
        for _ in range(3000):
            if not screen.busy:
                break
            app.frame(1.0)
        for _ in range(60):
            app.frame(0.01)
        step = screen.coach.step
        assert not step.turn or step.turn >= turn, step.id
    while not screen.desk.session.over:
        screen.end_turn()
        for _ in range(3000):
            if not screen.busy:
                break
            app.frame(1.0)
    app.frame(0.1)
    assert screen.coach.ended


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("selected: jp_225_inf_regt", "selected: jp_225_inf_reg", "jp_225_inf_regt"),
        ("side: japan", "side: japann", "did you mean japan"),
        ("done: {zoomed: true}", "done: {zoomd: true}", "what completes the step"),
        ("- id: map", "- id: welcome", "two steps are called"),
        ("turn: 1", "turn: 99", "expected a turn of the scenario"),
        ("place: zhongmu_bank", "place: nowhere", "no place and no hex"),
        ("seed: 1", "seed: [", "not readable as YAML"),
    ],
)
def test_a_wrong_file_is_explained_with_its_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = lesson_file().read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "tutorial.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_lesson(path)
    assert words in str(caught.value)
    assert all(p.line > 0 and p.file for p in caught.value.problems)
