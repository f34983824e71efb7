"""What every screen of the window answers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from game.ui.texts import Texts
from game.ui.widgets import Brush

if TYPE_CHECKING:
    import pygame


@dataclass(frozen=True)
class Choice:
    """What is to be played: scenario (id or path), who plays each side, and the seed."""

    scenario: str
    players: tuple[str, str]  # desk.PERSON or a computer player, Japan first
    seed: int = 1
    load: Path | None = None


@dataclass
class Shell:
    """What screens share: words, brush, and where to go next."""

    texts: Texts
    brush: Brush
    saves: Path
    cache: Path | None = None  # folder of the ground's pieces, None = the user's cache
    go: Callable[[str, object], None] = field(default=lambda name, what: None)  # to start, briefing, game, result or quit
    hurry: bool = False  # finish every picture before it is shown


class Screen(Protocol):
    """One screen of the window."""

    def event(self, event: pygame.event.Event) -> None:
        """Answer to a key, a click or a movement."""
        ...

    def update(self, seconds: float) -> bool:
        """Go on with what moves by itself; return whether the picture has changed."""
        ...

    def draw(self, target: pygame.Surface) -> None:
        """Draw everything."""
        ...

    def close(self) -> None:
        """End what works in the background."""
        ...
