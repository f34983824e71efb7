"""What is made once for a key and shown until the key changes: lists, and parts of the window as pictures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pygame

    from game.ui.widgets import Box


class Keep:
    """Things by name, each with the key it was made for."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[object, Any]] = {}

    def get(self, name: str, key: object, make: Callable[[], Any]) -> Any:
        """Return a thing, made anew when its key has changed."""
        if name not in self._made or self._made[name][0] != key:
            self._made[name] = (key, make())
        return self._made[name][1]

    def picture(self, name: str, key: object, target: pygame.Surface, box: Box, draw: Callable[[], None]) -> None:
        """Draw a part of the window, or show it as it was drawn for the same key."""

        def make() -> pygame.Surface:
            draw()
            return target.subsurface(box).copy()

        target.blit(self.get(name, key, make), box)
