"""What the pages over the map share: titles, and leaving a page for a place on the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import style
from game.ui.widgets import ACCENT, TEXT

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen


def title(screen: GameScreen, text: str, x: int, y: int, w: int, value: str = "", colour: style.Colour = ACCENT) -> int:
    """Write a heading with a value at the right; return the height reached."""
    brush = screen.shell.brush
    wide = brush.measure(value, 14, True) if value else 0
    brush.text(text, x, y, 14, colour, True, room=w - wide - 12)
    if value:
        brush.text(value, x + w, y, 14, TEXT, True, 1)
    return y + brush.px(25)


def leave(screen: GameScreen, where: int) -> None:
    """Close the page and go to a hex."""
    screen.folds.page = ""
    screen.jump(where)


def two_columns(screen: GameScreen, width: int) -> bool:
    """Return whether a page is wide enough for two columns, given the size of the text."""
    return width >= screen.shell.brush.px(580)
