"""The window: opens it, shows one screen after another, and keeps errors readable."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.core.errors import DataError, GameError, fail
from game.ui.calm import share_time, spare_memory, warm_up
from game.ui.crash import Net
from game.ui.desk import PERSON, save_folder
from game.ui.dialogs import Answer, Dialog, Dialogs, say
from game.ui.screen import Choice, Screen, Shell
from game.ui.settings import load_settings
from game.ui.startscreen import tutorial_offer
from game.ui.texts import Texts
from game.ui.theme import load_theme
from game.ui.thumbnails import Pictures
from game.ui.trouble import crash_text, error_text, told_text
from game.ui.visits import is_first_start, make_screen, notices
from game.ui.watchfiles import Reloader
from game.ui.widgets import WINDOW, Brush

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen

SIZE = (1600, 900)
LEAST = (1000, 620)
RATE = 60  # frames a second at most
PATIENCE = (0.0, 0.3, 1.0)  # before each time that a display is asked for [s]
WITHOUT_PICTURE = ("dummy", "offscreen", "evdev")  # drivers that SDL falls back to when no display answers


def display_usable() -> bool:
    """Return whether a window would be seen here; SDL's drivers without a picture do not count.

    A display that is named but does not answer is found out by asking SDL, which then falls back to such a driver. One that answers
    stays open for the window: an X server without other programs starts anew when its last one leaves, and refuses meanwhile.
    """
    import sys
    import time

    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    import pygame

    named = os.environ.get("SDL_VIDEODRIVER") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if not named and sys.platform not in ("win32", "darwin"):
        return False
    for patience in PATIENCE:
        time.sleep(patience)
        try:
            pygame.display.init()
            if pygame.display.get_driver() not in WITHOUT_PICTURE:
                return True
        except pygame.error:
            pass  # asked again, then told by the caller
        pygame.display.quit()
        if os.environ.get("SDL_VIDEODRIVER") in WITHOUT_PICTURE:
            return False
    return False


def game_of(screen: Screen) -> GameScreen | None:
    """Return a screen if a game is played on it. The game's screen is loaded only when there is one: the menu is there sooner."""
    if not hasattr(screen, "view"):
        return None
    from game.ui.gamescreen import GameScreen

    return screen if isinstance(screen, GameScreen) else None


class App:
    """The window and the screen it shows. Use `run`, or `open`, `frame` and `close` step by step."""

    def __init__(
        self, lang: str = "", size: tuple[int, int] = SIZE, saves: Path | None = None, cache: Path | None = None,
        hurry: bool = False, config: Path | None = None, text_size: float = 0.0, offer: bool = False,
    ) -> None:  # fmt: skip
        """Prepare the window.

        Args:
            lang: language, "" = as in the settings.
            size: of the window [px].
            saves: folder of saved games, None = the player's own.
            cache: folder of the ground's pieces, None = the player's own.
            hurry: finish every picture before it is shown.
            config: folder of the settings and keys, None = the player's own.
            text_size: factor on the size of text, 0 = as in the settings.
            offer: offer the tutorial when this is the player's first start.
        """
        settings, wrong = load_settings(config)
        self._first = not wrong and offer and is_first_start(config, saves or save_folder())
        texts = Texts(lang or settings.lang or "en")
        brush = Brush(text_size or settings.text_size)
        self.pictures = Pictures(cache / "pictures" if cache else None, hurry)
        self.shell = Shell(
            texts, brush, saves or save_folder(), cache, self.go, hurry, settings, config, self.pictures, self.tell
        )  # fmt: skip
        self.size = size
        self.running = False
        self.window: pygame.Surface
        self.screen: Screen
        self.dialogs = Dialogs()
        self.net = Net()
        self._told: list[str] = [wrong] if wrong else []
        self._said: set[str] = set()  # notices that the player has been shown
        self.reloader: Reloader | None = None  # looks at the files of the scenario that is being played
        self._broken = False  # the screen has failed and is not drawn or asked any more
        self._fatal: Exception | None = None
        self._eyes: tuple[object, int] | None = None  # whose map two persons at one window saw last
        self._next: tuple[str, Any] | None = None
        self._clock: pygame.time.Clock

    @property
    def trouble(self) -> str:
        """Return the message of the error that is shown, "" = none is."""
        shown = self.dialogs.shown
        return shown.text if shown is not None and shown.bad else ""

    def open(self) -> None:
        """Open the window at the start screen; raises DataError when there is no display."""
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        import pygame

        hint = "play without a window: ichigo run henan"
        if not display_usable() and not os.environ.get("SDL_VIDEODRIVER"):
            raise fail("display", "no display to open a window on", hint=hint)
        try:
            pygame.display.init()
            desktop = pygame.display.get_desktop_sizes()[0]
            if os.environ.get("SDL_VIDEODRIVER") != "dummy":
                self.size = min(self.size[0], max(desktop[0], LEAST[0])), min(self.size[1], max(desktop[1] - 40, LEAST[1]))
            self.window = pygame.display.set_mode(self.size, pygame.RESIZABLE)
        except pygame.error as error:
            raise fail("display", f"the window cannot be opened: {error}", hint=hint) from error
        pygame.display.set_caption(say(self.shell.texts, "game"))
        pygame.key.set_repeat()
        share_time()
        self._clock = pygame.time.Clock()
        load_theme(self.shell.config)
        self.net.open()
        self.screen = make_screen(self.shell, "start", None, self.size)
        self.running = True
        if self._first and not self.shell.hurry:
            self._offer()

    # -- messages --------------------------------------------------------------------------------------------------
    def tell(self, message: str) -> None:
        """Show a message that waits until the player has read it."""
        texts = self.shell.texts
        text = told_text(texts, message)
        self.dialogs.show(Dialog(say(texts, "error"), text, (self._answer("close", "dialog.close"),), bad=True))

    def _offer(self) -> None:
        """Offer the tutorial."""
        self.dialogs.show(tutorial_offer(self.shell, self._offer))

    def _answer(self, name: str, key: str, action: Callable[[], None] = lambda: None) -> Answer:
        return Answer(name, say(self.shell.texts, key), action)

    def _notices(self) -> None:
        """Tell what was found wrong with settings, language files, fonts and the like."""
        for message in self._told:
            self.tell(message)
        self._told.clear()
        for message in notices(self.shell):
            if message not in self._said:
                self._said.add(message)
                self.tell(message)
        while self.net.caught:
            error = self.net.caught.popleft()
            text = crash_text(self.shell.texts, error, "in the background", None, self.shell.saves, behind=True)
            title = say(self.shell.texts, "crash.title")
            self.dialogs.show(Dialog(title, text, (self._answer("go_on", "dialog.go_on"),), bad=True))

    def _crash(self, error: Exception, doing: str) -> None:
        """Log an unexpected error, keep the game, and say so; the screen that failed is not asked any more."""
        self._broken = True
        game = game_of(self.screen)
        if game is not None and game.opponent is not None:
            game.opponent.abandon()
        desk = getattr(self.screen, "desk", None)
        texts = self.shell.texts
        text = crash_text(texts, error, doing, desk, self.shell.saves)
        answers = (
            self._answer("crash_menu", "dialog.menu", lambda: self.go("start", None)),
            self._answer("crash_quit", "start.quit", lambda: self.go("quit", None)),
        )
        self.dialogs.waiting.clear()
        self.dialogs.show(Dialog(say(texts, "crash.title"), text, answers, bad=True), first=True)

    def _try(self, doing: str, work: Callable[[], bool | None], asked: bool = True) -> bool:
        """Do something; an error becomes a dialog. Return what the work returned, or True when it failed.

        asked: the player has just asked for it, so that a `GameError` is an answer to him; else it is a failure like any other.
        """
        try:
            return bool(work())
        except GameError as error:
            if asked:
                self.tell(error_text(self.shell.texts, error))
            else:
                self._crash(error, doing)
        except Exception as error:  # whatever fails, the player reads what to do, and the game is kept
            self._crash(error, doing)
        return True

    # -- screens ---------------------------------------------------------------------------------------------------
    def go(self, name: str, what: object) -> None:
        """Change the screen once the present event is done; the names are those of `visits.make_screen`, and quit."""
        self._next = (name, what)

    def _change(self) -> bool:
        changed = False
        while self._next is not None and self.running:
            (name, what), self._next = self._next, None
            changed = True
            if name == "quit":
                self.running = False
                return True
            before = self.screen
            made = make_screen(self.shell, name, what, self.window.get_size())
            self._leave(before)
            self.screen, self._broken = made, False
            spare_memory(name in ("game", "load", "replay"))
            self._eyes = None if name == "load" else (made, getattr(getattr(made, "desk", None), "side", -1))
        return changed

    def _hand_over(self) -> None:
        """Hide the map when two persons play at one window and the other one's turn has come."""
        screen = game_of(self.screen)
        if screen is None or screen.desk.players != (PERSON, PERSON) or screen.desk.session.over:
            return
        now = (screen, screen.desk.side)
        if now == self._eyes:
            return
        self._eyes = now
        texts, calendar = self.shell.texts, screen.desk.scenario.calendar
        turn = screen.desk.world.state.turn
        side = texts.name(screen.desk.scenario.sides[screen.desk.side].name)
        text = texts("handover.text", side=side, turn=turn, date=texts.day(calendar.date_of(turn)))
        answer = self._answer("handover", "handover.ready")
        self.dialogs.show(Dialog(texts("handover.title", side=side), text, (answer,), cover=True), first=True)

    # -- frames ----------------------------------------------------------------------------------------------------
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
            self._try("answering to a key or a click", lambda event=event: self._event(event))  # type: ignore[misc]
        dirty = self._try("changing the screen", self._change) or dirty
        if not self.running:
            return
        if not self._broken:
            dirty = self._try("going on", lambda: self.screen.update(passed), asked=False) or dirty
        if self.reloader is not None and not self._broken:
            look = self.reloader.update
            dirty = self._try("looking at the scenario's files", lambda: look(self.screen, passed), asked=False) or dirty
        dirty = self._try("changing the screen", self._change) or dirty
        if not self._broken:
            self._hand_over()
        waiting = len(self.dialogs.waiting)
        self._notices()
        if (dirty or len(self.dialogs.waiting) != waiting) and self.running:
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
        if self.dialogs.shown is not None:
            self.dialogs.event(event, self.shell.brush)
        elif not self._broken:
            self.screen.event(event)

    def draw(self) -> None:
        """Draw the screen and show it."""
        import pygame

        brush = self.shell.brush
        brush.begin(self.window, brush.mouse)
        shown = self.dialogs.shown
        if not self._broken and not (shown and shown.cover):
            self._try("drawing", lambda: self.screen.draw(self.window), asked=False)
        if self._broken:
            self.window.fill(WINDOW)
            brush.hits.clear()
        try:
            self.dialogs.draw(brush, self.window.get_size())
        except Exception as error:  # not even a message can be drawn: end, and say so on the terminal
            self._fatal, self.running = error, False
        pygame.display.flip()

    def run(self, choice: Choice | None = None, replay: Path | None = None) -> None:
        """Open the window and play until it is closed; choice, replay: go straight to a game or a recorded one."""
        self.open()
        try:
            if choice is not None:
                self.go("load" if choice.load else "game", choice)
            elif replay is not None:
                self.go("replay", replay)
            self._change()
            self.draw()
            threading.Thread(target=warm_up, daemon=True).start()
            while self.running:
                self.frame()
        finally:
            self.close()
        if self._fatal is not None:
            text = crash_text(self.shell.texts, self._fatal, "drawing a message", None, self.shell.saves)
            raise DataError(fail("window", " ".join(text.split())).problems) from self._fatal

    def _leave(self, screen: Screen) -> None:
        """Close a screen; a game is kept, but not one that has failed: what could be saved of it has been saved."""
        if not self._broken:
            screen.close()
        elif (game := game_of(screen)) is not None:
            game.view.close()

    def close(self) -> None:
        """Save what is under way and close the window."""
        import pygame

        try:
            self._leave(self.screen)
        finally:
            self.pictures.close()
            self.net.close()
            pygame.display.quit()
