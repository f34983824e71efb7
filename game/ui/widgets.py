"""Panels, text, buttons and bars of the window. What can be clicked is noted while it is drawn and found again on a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.ui import style
from game.ui.fonts import text_width, write

if TYPE_CHECKING:
    import pygame

    from game.ui.style import Colour

Box = tuple[int, int, int, int]  # left, top, width, height [px]
WINDOW, PANEL, HEADER, ACTIVE, LINE = map(style.rgb, ("#1E2225", "#282D31", "#31373C", "#3C444A", "#444C52"))
TEXT, SECOND, FAINT, ACCENT, PRIMARY = map(style.rgb, ("#ECE6D8", "#A9A797", "#7E8078", "#D9B25F", "#8A6A26"))
GOOD, WARN, BAD, TROUGH, NEUTRAL = map(style.rgb, ("#7FBF9A", "#F0B43C", "#E8694A", "#15181A", "#E9DFC4"))
SIDE_TEXT = (style.rgb("#E0694E"), style.rgb("#5B97CF"))
SUPPLY = style.rgb("#6FB7D6")


@dataclass(frozen=True)
class Hit:
    """An area that answers to a click."""

    box: Box
    action: Callable[[], None]
    name: str


class Brush:
    """Draws widgets onto the window. Begin every frame with `begin`; later areas lie above earlier ones."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.hits: list[Hit] = []
        self.mouse = (-1, -1)
        self.target: pygame.Surface

    def begin(self, target: pygame.Surface, mouse: tuple[int, int]) -> None:
        """Start a frame."""
        self.target, self.mouse = target, mouse
        self.hits.clear()

    def over(self, box: Box) -> bool:
        """Return whether the cursor is over a box."""
        x, y = self.mouse
        return box[0] <= x < box[0] + box[2] and box[1] <= y < box[1] + box[3]

    def click(self, x: int, y: int) -> str:
        """Run the topmost action under a point; return its name, "" = there was none."""
        for hit in reversed(self.hits):
            left, top, width, height = hit.box
            if left <= x < left + width and top <= y < top + height:
                hit.action()
                return hit.name
        return ""

    def press(self, name: str) -> bool:
        """Run the action of a name, as its key does; return whether it was there."""
        for hit in reversed(self.hits):
            if hit.name == name:
                hit.action()
                return True
        return False

    def area(self, box: Box, name: str, action: Callable[[], None]) -> None:
        """Note an area that answers to a click."""
        self.hits.append(Hit(box, action, name))

    def shield(self, box: Box) -> None:
        """Keep clicks on a panel from what lies below it."""
        self.area(box, "panel", lambda: None)

    def panel(self, box: Box, colour: Colour = PANEL, edge: Colour | None = None, radius: int = 0) -> None:
        """Draw a panel and keep clicks from what lies below."""
        import pygame

        pygame.draw.rect(self.target, colour, box, border_radius=radius)
        if edge is not None:
            pygame.draw.rect(self.target, edge, box, 1, border_radius=radius)
        self.shield(box)

    def rule(self, x: int, y: int, width: int) -> None:
        """Draw a thin line."""
        self.target.fill(LINE, (x, y, width, 1))

    def text(
        self, text: str, x: float, y: float, size: float = 13, colour: Colour = TEXT, bold: bool = False, place: int = -1,
        font: str = "", room: float = 0.0,
    ) -> float:  # fmt: skip
        """Write a line at a left (-1), middle (0) or right (1) edge, its top at y; return its width [px].

        room: width to which it is cut, with an ellipsis [px]; 0 = none.
        """
        size *= self.scale
        font = font or ("sans_bold" if bold else "sans")
        if room:
            text = self.fitted(text, font, size, room)
        width = text_width(text, font, size)
        left = x if place < 0 else x - width if place > 0 else x - width / 2
        self.target.blit(write(text, font, size, colour), (round(left), round(y)))
        return width

    @staticmethod
    def fitted(text: str, font: str, size: float, room: float) -> str:
        """Return a text cut to a width."""
        if text_width(text, font, size) <= room:
            return text
        while text and text_width(text + "…", font, size) > room:
            text = text[:-1]
        return text + "…"

    def wrap(self, text: str, size: float, room: float, bold: bool = False) -> list[str]:
        """Return a text in lines of at most a width; Chinese text may break anywhere."""
        font = "sans_bold" if bold else "sans"
        lines, line = [], ""
        for word in _words(text):
            if line and text_width(line + word.rstrip(), font, size * self.scale) > room:
                lines.append(line.rstrip())
                line = word.lstrip()
            else:
                line += word
        return [*lines, line.rstrip()] if line.strip() else lines

    def paragraph(self, text: str, x: int, y: int, room: int, size: float = 13, colour: Colour = TEXT) -> int:
        """Write a text in lines; return the height used [px]."""
        step = round(size * self.scale * 1.5)
        lines = self.wrap(text, size, room)
        for n, line in enumerate(lines):
            self.text(line, x, y + n * step, size, colour)
        return len(lines) * step

    def button(
        self, box: Box, text: str, name: str, action: Callable[[], None], primary: bool = False, on: bool = False,
        enabled: bool = True, key: str = "",
    ) -> None:  # fmt: skip
        """Draw a button; a disabled one takes clicks and does nothing."""
        import pygame

        face = PRIMARY if primary and enabled else ACTIVE if on or (enabled and self.over(box)) else HEADER
        if primary and enabled and self.over(box):
            face = style.rgb("#A37E30")
        pygame.draw.rect(self.target, face, box, border_radius=4)
        pygame.draw.rect(self.target, ACCENT if on or primary else LINE, box, 1, border_radius=4)
        colour = TEXT if enabled else FAINT
        middle = box[0] + box[2] / 2 - (9 if key else 0)
        self.text(text, middle, box[1] + (box[3] - 20 * self.scale) / 2, 13, colour, primary or on, 0, room=box[2] - 8)
        if key:
            self.text(key, box[0] + box[2] - 8, box[1] + (box[3] - 16 * self.scale) / 2, 11, FAINT, place=1)
        self.area(box, name, action if enabled else _nothing)

    def bar(self, box: Box, share: int, colour: Colour) -> None:
        """Draw a bar filled by a share [permille]."""
        import pygame

        x, y, w, h = box
        pygame.draw.rect(self.target, TROUGH, box, border_radius=2)
        filled = w * min(max(share, 0), 1000) // 1000
        if filled:
            pygame.draw.rect(self.target, colour, (x, y, filled, h), border_radius=2)

    def bullet(self, x: int, y: int, side: int) -> None:
        """Draw a side's bullet: a square for Japan, a round one for China."""
        import pygame

        if side == 0:
            pygame.draw.rect(self.target, style.SIDES[0].body, (x, y, 9, 9))
        else:
            pygame.draw.circle(self.target, style.SIDES[1].light, (x + 4.5, y + 4.5), 5)

    def rows(self, rows: Sequence[tuple[str, str]], x: int, y: int, width: int, step: int = 18, label: int = 0) -> int:
        """Write labels and values: values in a column `label` px in, or at the right edge when it is 0. Return the height."""
        for n, (name, value) in enumerate(rows):
            self.text(name, x, y + n * step, 12, SECOND, room=(label or width) - 4)
            if label:
                self.text(value, x + label, y + n * step, 12, room=width - label)
            else:
                self.text(value, x + width, y + n * step, 12, bold=True, place=1)
        return len(rows) * step


def _nothing() -> None:
    """Do nothing."""


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break, each with the space after it."""
    found: list[str] = []
    word = ""
    for letter in text:
        if ord(letter) >= 0x2E80:
            stop = letter in "，。、；：？！）》”’"
            if stop and not word and found:
                found[-1] += letter
                continue
            found += [word] if word else []
            found.append(letter)
            word = ""
        elif letter.isspace():
            found.append(word + " ")
            word = ""
        else:
            word += letter
    return [*found, word] if word else found
