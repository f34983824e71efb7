"""Numbers on a picture of the game screen, for the manual: each stands at the corner of a part and the manual says what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.fonts import text_width, write
from game.ui.widgets import Brush

if TYPE_CHECKING:
    import pygame

# where the numbers 1, 2, … of the manual stand: a clickable area, the share of its width and height, and an offset [px]
Spot = tuple[str, float, float, int, int]
PARTS: tuple[Spot, ...] = (
    ("tree", 1, 0, 34, 34),  # the map
    ("weather", 0, 1, 10, 6),  # date, turn, phase, weather
    ("points", 0, 1, 10, 6),
    ("end_turn", 0, 1, 0, 4),
    ("tree", 1, 1, 0, 6),
    ("row_hours", 0, 0.5, -4, 0),
    ("stance_0", 0, 0, -2, 0),
    ("log", 0, 0, -34, -14),  # the hex
    ("minimap", 0, 0, -26, -22),  # the history line
    ("minimap", 0, 0, 4, 20),
    ("log", 1, 0, -30, -14),
)
RADIUS = 13  # of a badge [px]
INK, PAPER = (28, 26, 22), (246, 214, 96)


def mark_parts(window: pygame.Surface, brush: Brush) -> None:
    """Draw the numbers of the parts that the screen shows."""
    boxes = {hit.name: hit.box for hit in reversed(brush.hits)}
    for number, (name, across, down, dx, dy) in enumerate(PARTS, 1):
        if name in boxes:
            x, y, w, h = boxes[name]
            _badge(window, number, (round(x + across * w) + dx, round(y + down * h) + dy))


def _badge(window: pygame.Surface, number: int, at: tuple[int, int]) -> None:
    import pygame

    x, y = max(RADIUS + 2, at[0]), max(RADIUS + 2, at[1])
    pygame.draw.circle(window, INK, (x, y), RADIUS + 2)
    pygame.draw.circle(window, PAPER, (x, y), RADIUS)
    text = str(number)
    face = write(text, "sans_bold", 15, INK)
    window.blit(face, (round(x - text_width(text, "sans_bold", 15) / 2), y - face.get_height() // 2))
