"""The page of keys, reached from the start screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from game.ui.actions import CONTEXTS
from game.ui.backdrop import draw_backdrop
from game.ui.folds import Folds
from game.ui.helppage import draw_help
from game.ui.keys import load_keys
from game.ui.screen import Shell

if TYPE_CHECKING:
    import pygame


class HelpScreen:
    """Shows the same page of keys as the game does; it is drawn by the game's own code."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.folds = Folds(page="help")
        self.keys, _ = load_keys(CONTEXTS, shell.config)

    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            self.folds.page_scroll -= 40 * event.y
        elif event.type == pygame.KEYDOWN:
            if event.key in (pygame.K_UP, pygame.K_DOWN):
                self.folds.page_scroll += 40 if event.key == pygame.K_DOWN else -40
            elif event.key in (pygame.K_ESCAPE, pygame.K_F1, pygame.K_RETURN, pygame.K_KP_ENTER):
                self.folds.page = ""

    def update(self, seconds: float) -> bool:
        """Return to the start screen once the page has been closed."""
        if self.folds.page != "help":
            self.shell.go("start", None)
        return False

    def draw(self, target: pygame.Surface) -> None:
        """Draw the page."""
        draw_backdrop(self.shell, target)
        screen: Any = self
        w, h = target.get_size()
        draw_help(screen, (28, 16, w - 56, h - 32))

    def close(self) -> None:
        """Nothing works in the background."""
