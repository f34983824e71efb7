"""The end of a game: who won and why, the front, what it cost, and how all that compares with history."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.errors import GameError
from game.lab.report_story import stories
from game.play import stats
from game.play.replay import write_replay
from game.play.session import Session
from game.ui import resultpages
from game.ui.desk import Desk
from game.ui.ledger import Ledger, ledger_of
from game.ui.library import ENDING, replay_folder
from game.ui.mapview import MapView
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.screen import Shell
from game.ui.trouble import error_text
from game.ui.widgets import Scroll

if TYPE_CHECKING:
    import pygame

TABS = ("outcome", "front", "captures", "losses", "battles", "stories")
FEW = 8  # objectives up to which all of them show their factors at once


class ResultScreen:
    """Shows the after-action report of a finished game, page by page."""

    def __init__(self, shell: Shell, desk: Desk) -> None:
        self.shell = shell
        self.desk = desk
        shell.texts.scenario = desk.scenario
        self.tab = TABS[0]
        self.scroll = Scroll()
        few = len(desk.scenario.objectives) <= FEW
        self.opened = {f"objective_{n}" for n in range(len(desk.scenario.objectives)) if few}  # that show their factors
        self.message = ""
        self.report: Path | None = None  # the page that was written last
        self.replay: Path | None = None  # the replay that was written last
        self.at_start = False  # the map shows the start in place of the end
        self.ledger: Ledger = ledger_of(desk.world, EVERYTHING)
        self.captures = sorted(stats.compare(desk.world), key=lambda c: (c.recorded.date, c.recorded.place))
        self.stories = [s for s in stories(desk.session) if s.eventful]
        self.view = MapView(desk.scenario, desk.scenario.folder or desk.scenario.id, (640, 400), shell.cache)
        self.view.hurry = shell.hurry
        self._scenes: dict[bool, Scene] = {}
        self._fresh = -1
        self.show_front(False)

    # -- pages -----------------------------------------------------------------------------------------------------
    def turn_to(self, tab: str) -> None:
        """Show a page."""
        self.tab, self.scroll = tab, Scroll()

    def show_front(self, at_start: bool) -> None:
        """Show the map as it was at the start, or as it is at the end."""
        self.at_start = at_start
        if at_start not in self._scenes:
            world = Session(self.desk.scenario, self.desk.session.seed).world if at_start else self.desk.world
            self._scenes[at_start] = scene_of(world, EVERYTHING)
        self.view.show(self._scenes[at_start])

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        brush = self.shell.brush
        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            brush.click(*event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            if self.tab == "front":
                self.view.camera.zoom_by(1 if event.y > 0 else -1, (self.view.camera.width / 2, self.view.camera.height / 2))
            else:
                brush.wheel(*brush.mouse, event.y)
        elif event.type == pygame.MOUSEMOTION and event.buttons[0] and self.tab == "front":
            self.view.camera.pan(-event.rel[0], -event.rel[1])
        elif event.type == pygame.KEYDOWN:
            self._key(event.key)

    def _key(self, key: int) -> None:
        import pygame

        at = TABS.index(self.tab)
        if key in (pygame.K_LEFT, pygame.K_RIGHT, pygame.K_TAB):
            self.turn_to(TABS[(at + (-1 if key == pygame.K_LEFT else 1)) % len(TABS)])
        elif pygame.K_1 <= key < pygame.K_1 + len(TABS):
            self.turn_to(TABS[key - pygame.K_1])
        elif key in (pygame.K_UP, pygame.K_DOWN):
            self.scroll.at = max(0, self.scroll.at + (60 if key == pygame.K_DOWN else -60))
        elif key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE):
            self.menu()
        else:
            acts: dict[int, Callable[[], None]] = {
                pygame.K_h: self.write_report, pygame.K_o: self.open_report, pygame.K_s: self.save_replay,
                pygame.K_w: self.watch, pygame.K_g: self.shell.switch,
            }  # fmt: skip
            if key in acts:
                acts[key]()

    # -- what one can do -------------------------------------------------------------------------------------------
    def menu(self) -> None:
        """Return to the start screen."""
        self.shell.go("start", None)

    def _file(self, ending: str) -> Path:
        """Return a name for a file about this game that is not taken yet."""
        folder = replay_folder(self.shell.saves)
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{self.desk.scenario.id}-{self.desk.session.seed}"
        number = 1
        while (path := folder / f"{name}{'' if number == 1 else f'-{number}'}{ending}").exists():
            number += 1
        return path

    def write_report(self) -> None:
        """Write the after-action report as a page of HTML, and say where."""
        from game.lab.report import write_report

        def write() -> str:
            self.report = self.report or self._file(".html")
            write_report(self.desk.session, self.desk.players, self.report)
            return self.shell.texts("result.report_written", path=self.report)

        self._write(write)

    def open_report(self) -> None:
        """Open the report that was written in the player's browser."""
        if self.report is not None:
            webbrowser.open(self.report.as_uri())

    def save_replay(self) -> None:
        """Write the game as a replay, and say where."""

        def write() -> str:
            self.replay = self.replay or self._file(ENDING)
            write_replay(self.desk.session, self.desk.players, self.replay)
            return self.shell.texts("result.replay_saved", path=self.replay)

        self._write(write)

    def _write(self, write: Callable[[], str]) -> None:
        """Write a file; the player reads where it is, or why it could not be written."""
        try:
            self.message = write()
        except GameError as error:
            self.shell.tell(error_text(self.shell.texts, error))
        except OSError as error:
            self.shell.tell(error.strerror or str(error))

    def watch(self) -> None:
        """Watch the game again; it is saved as a replay first."""
        if self.replay is None:
            self.save_replay()
        if self.replay is not None and self.replay.is_file():
            self.shell.go("replay", self.replay)

    # -- drawing ---------------------------------------------------------------------------------------------------
    def update(self, seconds: float) -> bool:
        """Take new pieces of the map's ground."""
        if self.tab != "front":
            return False
        self.view.poll()
        fresh = self.view.fresh
        changed, self._fresh = fresh != self._fresh, fresh
        return changed

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        resultpages.draw(self, target)

    def close(self) -> None:
        """End what works in the background."""
        self.view.close()
