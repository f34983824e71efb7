"""The window: opens it, shows one screen after another, and keeps errors readable."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.core.errors import GameError, fail
from game.ui.desk import save_folder
from game.ui.gamescreen import GameScreen
from game.ui.replayscreen import ReplayScreen
from game.ui.resultscreen import ResultScreen
from game.ui.screen import Choice, Screen, Shell
from game.ui.startscreen import BriefingScreen, StartScreen
from game.ui.texts import Texts
from game.ui.widgets import BAD, PANEL, WINDOW, Brush

if TYPE_CHECKING:
    import pygame

SIZE = (1600, 900)
LEAST = (1000, 620)
RATE = 60  # frames a second at most
WITHOUT_PICTURE = ("dummy", "offscreen", "evdev")  # drivers that SDL falls back to when no display answers


def display_usable() -> bool:
    """Return whether a window would be seen here; SDL's drivers without a picture do not count.

    A display that is named but does not answer is found out by asking SDL, which then falls back to such a driver.
    """
    import sys

    import pygame

    named = os.environ.get("SDL_VIDEODRIVER") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not named and sys.platform not in ("win32", "darwin"):
        return False
    try:
        pygame.display.init()
        return pygame.display.get_driver() not in WITHOUT_PICTURE
    except pygame.error:
        return False
    finally:
        pygame.display.quit()


class App:
    """The window and the screen it shows. Use `run`, or `open`, `frame` and `close` step by step."""

    def __init__(
        self, lang: str = "en", size: tuple[int, int] = SIZE, saves: Path | None = None, cache: Path | None = None,
        hurry: bool = False,
    ) -> None:  # fmt: skip
        self.shell = Shell(Texts(lang), Brush(), saves or save_folder(), cache, self.go, hurry)
        self.size = size
        self.running = False
        self.window: pygame.Surface
        self.screen: Screen
        self.trouble = ""
        self._next: tuple[str, Any] | None = None
        self._clock: pygame.time.Clock

    def open(self) -> None:
        """Open the window at the start screen; raises DataError when there is no display."""
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        import pygame

        hint = "play without a window: ichigo run henan"
        if not display_usable() and not os.environ.get("SDL_VIDEODRIVER"):
            raise fail("display", "no display to open a window on", hint=hint)
        try:
            pygame.display.init()
            pygame.font.init()
            desktop = pygame.display.get_desktop_sizes()[0]
            if os.environ.get("SDL_VIDEODRIVER") != "dummy":
                self.size = min(self.size[0], max(desktop[0], LEAST[0])), min(self.size[1], max(desktop[1] - 40, LEAST[1]))
            self.window = pygame.display.set_mode(self.size, pygame.RESIZABLE)
        except pygame.error as error:
            raise fail("display", f"the window cannot be opened: {error}", hint=hint) from error
        pygame.display.set_caption(self.shell.texts("game"))
        pygame.key.set_repeat()
        self._clock = pygame.time.Clock()
        self.screen = StartScreen(self.shell)
        self.running = True

    def go(self, name: str, what: object) -> None:
        """Change the screen once the present event is done: start, briefing, game, load, replay, result or quit."""
        self._next = (name, what)

    def _change(self) -> None:
        while self._next is not None and self.running:
            (name, what), self._next = self._next, None
            if name == "quit":
                self.running = False
                return
            try:
                made = self._make(name, what)
            except GameError as error:
                self.trouble = str(error)
                return
            if name != "result":
                self.screen.close()
            self.screen = made

    def _make(self, name: str, what: Any) -> Screen:
        if name == "briefing":
            return BriefingScreen(self.shell, what)
        if name in ("game", "load"):
            return GameScreen(self.shell, what, self.window.get_size())
        if name == "replay":
            return ReplayScreen(self.shell, what, self.window.get_size())
        if name == "result":
            self.screen.close()
            return ResultScreen(self.shell, what)
        return StartScreen(self.shell)

    def frame(self, seconds: float | None = None) -> None:
        """Handle what has happened, go on, and draw; seconds: time passed, None = as the clock says."""
        import pygame

        passed = self._clock.tick(RATE) / 1000 if seconds is None else seconds
        dirty = self.shell.hurry
        for event in pygame.event.get():
            dirty = True
            if event.type == pygame.QUIT:
                self.running = False
                return
            self._event(event)
        self._change()
        if not self.running:
            return
        dirty = self.screen.update(passed) or dirty
        self._change()
        if dirty and self.running:
            self.draw()

    def _event(self, event: pygame.event.Event) -> None:
        import pygame

        if event.type == pygame.MOUSEMOTION:
            self.shell.brush.mouse = event.pos
        elif event.type == pygame.VIDEORESIZE:
            self.window = pygame.display.get_surface() or self.window
            wide, high = self.window.get_size()
            if wide < LEAST[0] or high < LEAST[1]:
                self.window = pygame.display.set_mode((max(wide, LEAST[0]), max(high, LEAST[1])), pygame.RESIZABLE)
        elif event.type == pygame.KEYDOWN and event.key == pygame.K_q and event.mod & (pygame.KMOD_CTRL | pygame.KMOD_META):
            self.go("quit", None)
            return
        if self.trouble:
            if event.type in (pygame.KEYDOWN, pygame.MOUSEBUTTONDOWN):
                self.trouble = ""
            return
        self.screen.event(event)

    def draw(self) -> None:
        """Draw the screen and show it."""
        import pygame

        self.shell.brush.begin(self.window, self.shell.brush.mouse)
        self.screen.draw(self.window)
        if self.trouble:
            self._draw_trouble()
        pygame.display.flip()

    def _draw_trouble(self) -> None:
        brush, texts = self.shell.brush, self.shell.texts
        w, h = self.window.get_size()
        room = min(760, w - 80)
        lines = [part for line in self.trouble.splitlines()[:12] for part in brush.wrap(line, 13, room - 40)]
        high = 100 + 20 * len(lines)
        x, y = (w - room) // 2, (h - high) // 2
        brush.panel((0, 0, w, h), WINDOW)
        brush.panel((x, y, room, high), PANEL, BAD, 5)
        brush.text(texts("error"), x + 20, y + 14, 16, BAD, True)
        for n, line in enumerate(lines):
            brush.text(line, x + 20, y + 46 + 20 * n, 13)
        brush.text(f"{texts('close')}: Esc", x + room - 20, y + high - 32, 12, place=1)

    def run(self, choice: Choice | None = None, replay: Path | None = None) -> None:
        """Open the window and play until it is closed; choice, replay: go straight to a game or a recorded one."""
        self.open()
        try:
            if choice is not None:
                self.go("load" if choice.load else "game", choice)
            elif replay is not None:
                self.go("replay", replay)
            self._change()
            if (choice or replay) and self.trouble:
                raise fail("game", self.trouble)
            self.draw()
            while self.running:
                self.frame()
        finally:
            self.close()

    def close(self) -> None:
        """Save what is under way and close the window."""
        import pygame

        if isinstance(self.screen, GameScreen) and self.screen.desk.persons_turn:
            self.screen.save("auto", quiet=True)
        self.screen.close()
        pygame.display.quit()
