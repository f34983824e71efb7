"""The pages over the map: victory, reinforcements and changes, weather with air and supply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import page_arrivals, page_staff, page_victory
from game.ui.logpanel import close_button
from game.ui.widgets import ACCENT, PANEL, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

BODIES = {"victory": page_victory.draw, "arrivals": page_arrivals.draw, "staff": page_staff.draw}


def draw(screen: GameScreen, area: Box) -> None:
    """Draw the page that is open."""
    brush, folds = screen.shell.brush, screen.folds
    body = BODIES.get(folds.page)
    if body is None:
        return
    w, h = min(brush.px(900), area[2] - 16), area[3] - 16
    if folds.over.length:  # as high as its text was when it was last drawn
        h = min(h, folds.over.length + brush.px(28) + 32)
    x, y = area[0] + (area[2] - w) // 2, area[1] + 8
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    close_button(screen, x + w - 12, y + 10, "page_close", lambda: setattr(folds, "page", ""))
    top = _tabs(screen, x + 14, y + 10)
    brush.rule(x + 14, top, w - 28)
    with brush.scrolling((x + 2, top + 2, w - 6, y + h - top - 8), folds.over, "page") as start:
        folds.over.length = body(screen, (x + 14, start + 8, w - 30, 0)) - start + 10


def _tabs(screen: GameScreen, x: int, y: int) -> int:
    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    high = brush.px(28)
    for name in BODIES:
        text = texts(f"page.{name}")
        wide = round(brush.measure(text, 13, True)) + 22
        on = folds.page == name
        brush.button((x, y, wide, high), text, f"page_{name}", lambda name=name: _turn(screen, name), on=on)  # type: ignore[misc]
        x += wide + 6
    return y + high + 8


def _turn(screen: GameScreen, name: str) -> None:
    screen.folds.page, screen.folds.over.at = name, 0
