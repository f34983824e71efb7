"""What every screen of the window answers to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from game.core.errors import GameError
from game.ui.messages import Message
from game.ui.settings import SIZES, Settings, save_settings
from game.ui.texts import LANGUAGES, Texts
from game.ui.thumbnails import Pictures
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
    settle: Callable[[Any], None] | None = field(default=None, compare=False)  # done to the game's screen once it is there


@dataclass
class Shell:
    """What screens share: words, brush, and where to go next."""

    texts: Texts
    brush: Brush
    saves: Path
    cache: Path | None = None  # folder of the ground's pieces, None = the user's cache
    go: Callable[[str, object], None] = field(default=lambda name, what: None)  # to start, briefing, game, result or quit
    hurry: bool = False  # finish every picture before it is shown
    settings: Settings = field(default_factory=Settings)  # as loaded; `settings.save_settings` keeps a change
    config: Path | None = None  # folder of the settings and keys, None = the player's own
    pictures: Pictures | None = None  # small maps for the menu
    tell: Callable[[str], None] = field(default=lambda message: None)  # shows a message that waits for the player

    def speak(self, lang: str) -> None:
        """Change the language and keep it for the next time."""
        if lang != self.texts.lang:
            self.texts.switch()
        self.settings.lang = self.texts.lang
        self.keep_settings()

    def switch(self) -> None:
        """Change to the other language and keep it."""
        self.speak(LANGUAGES[1 - LANGUAGES.index(self.texts.lang)])

    def size_text(self, size: float) -> None:
        """Change the size of text (1.0, 1.15, 1.3) and keep it."""
        self.settings.text_size = self.brush.scale = size
        self.keep_settings()

    def larger_text(self) -> None:
        """Change to the next size of text, after the largest to the smallest."""
        at = SIZES.index(self.brush.scale) if self.brush.scale in SIZES else -1
        self.size_text(SIZES[(at + 1) % len(SIZES)])

    def keep_settings(self) -> None:
        """Write the settings; the player is told when that cannot be done."""
        try:
            save_settings(self.settings, self.config)
        except GameError as error:
            self.tell(Message(error.problems))


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
