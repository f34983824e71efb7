"""Panels, text, buttons and bars of the window. What can be clicked is noted while it is drawn and found again on a click."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
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
STOPS, QUOTES, OPENERS = "，。、；：？！）》」", "”’", "（《“‘「"  # signs of Chinese text; English has the quotes as well


@dataclass(frozen=True)
class Hit:
    """An area that answers to a click."""

    box: Box
    action: Callable[[], None]
    name: str
    wheel: Callable[[int], None] | None = None  # takes the steps of the mouse wheel, 1 = up


@dataclass
class Scroll:
    """How far a list is scrolled, and how long it was when it was last drawn [px]."""

    at: int = 0
    length: int = 0

    def by(self, steps: int, step: int, room: int) -> None:
        """Move by steps of the wheel (1 = up) within a list's room [px]."""
        self.at = min(max(0, self.at - steps * step), max(0, self.length - room))


class Brush:
    """Draws widgets onto the window. Begin every frame with `begin`; later areas lie above earlier ones."""

    def __init__(self, scale: float = 1.0) -> None:
        self.scale = scale
        self.hits: list[Hit] = []
        self.mouse = (-1, -1)
        self.target: pygame.Surface
        self._clip: Box | None = None

    def px(self, length: float) -> int:
        """Return a length that grows with the text [px]."""
        return round(length * self.scale)

    def begin(self, target: pygame.Surface, mouse: tuple[int, int]) -> None:
        """Start a frame."""
        self.target, self.mouse = target, mouse
        self.hits.clear()

    def over(self, box: Box) -> bool:
        """Return whether the cursor is over a box, as far as it is shown."""
        x, y = self.mouse
        if self._clip is not None:
            box = _common(box, self._clip)
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

    def wheel(self, x: int, y: int, steps: int) -> bool:
        """Turn the wheel over a point; return whether a panel lies there, whether it scrolls or not."""
        found = [h for h in self.hits if h.box[0] <= x < h.box[0] + h.box[2] and h.box[1] <= y < h.box[1] + h.box[3]]
        scrolls = [h.wheel for h in found if h.wheel is not None]
        if scrolls:
            scrolls[-1](steps)
        return bool(found)

    def area(self, box: Box, name: str, action: Callable[[], None]) -> None:
        """Note an area that answers to a click."""
        if self._clip is not None:
            box = _common(box, self._clip)
            if not box[2] or not box[3]:
                return
        self.hits.append(Hit(box, action, name))

    @contextmanager
    def scrolling(self, box: Box, scroll: Scroll, name: str) -> Iterator[int]:
        """Draw a list that may be longer than its box: yields where it begins [px]; set scroll.length before the end.

        Nothing is drawn, and nothing answers, outside the box. The wheel scrolls; a bar shows how far.
        """
        import pygame

        x, y, w, h = box
        self.hits.append(Hit(box, _nothing, name, lambda steps: scroll.by(steps, self.px(44), h)))
        scroll.by(0, 0, h)
        before, self._clip = self._clip, box
        self.target.set_clip(box)
        try:
            yield y - scroll.at
        finally:
            self._clip = before
            self.target.set_clip(before)
        if scroll.length > h:
            high = max(16, h * h // scroll.length)
            top = y + (h - high) * scroll.at // max(1, scroll.length - h)
            pygame.draw.rect(self.target, LINE, (x + w - 5, top, 4, high), border_radius=2)

    def scroller(self, box: Box, name: str, wheel: Callable[[int], None]) -> None:
        """Keep clicks on a list from what lies below it, and note what the mouse wheel does there."""
        self.hits.append(Hit(box, _nothing, name, wheel))

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
        width = width_of(text, font, size)
        left = x if place < 0 else x - width if place > 0 else x - width / 2
        self.target.blit(write(text, font, size, colour), (round(left), round(y)))
        return width

    @staticmethod
    def fitted(text: str, font: str, size: float, room: float) -> str:
        """Return a text cut to a width."""
        return _fitted(text, font, size, room)

    def measure(self, text: str, size: float = 13, bold: bool = False, font: str = "") -> float:
        """Return how wide a text will be [px]."""
        return width_of(text, font or ("sans_bold" if bold else "sans"), size * self.scale)

    def wrap(self, text: str, size: float, room: float, bold: bool = False) -> list[str]:
        """Return a text in lines of at most a width; Chinese text may break anywhere."""
        return list(_wrapped(text, "sans_bold" if bold else "sans", size * self.scale, room))

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
        if key and self.measure(text, 13, primary or on) + self.measure(key, 11) + 26 > box[2]:
            key = ""  # the key is told by the help page too
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


@lru_cache(maxsize=8192)
def width_of(text: str, font: str, size: float) -> float:
    """Return the width of a text, remembered [px]."""
    return text_width(text, font, size)


@lru_cache(maxsize=4096)
def _fitted(text: str, font: str, size: float, room: float) -> str:
    if text_width(text, font, size) <= room:
        return text
    while text and text_width(text + "…", font, size) > room:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=1024)
def _wrapped(text: str, font: str, size: float, room: float) -> tuple[str, ...]:
    lines, line = [], ""
    for word in _words(text):
        if line and text_width(line + word.rstrip(), font, size) > room:
            lines.append(line.rstrip())
            line = word.lstrip()
        else:
            line += word
    return (*lines, line.rstrip()) if line.strip() else tuple(lines)


def _common(a: Box, b: Box) -> Box:
    """Return the part that two boxes share; its size is 0 when there is none."""
    left, top = max(a[0], b[0]), max(a[1], b[1])
    return left, top, max(0, min(a[0] + a[2], b[0] + b[2]) - left), max(0, min(a[1] + a[3], b[1] + b[3]) - top)


def _nothing() -> None:
    """Do nothing."""


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break, each with the space after it.

    Chinese text may break between any two letters, but no line begins with a stop or ends with an opening bracket.
    """
    found: list[str] = []
    word = ""
    for letter in text:
        if letter in QUOTES and word:
            word += letter
        elif letter in STOPS + QUOTES and (word or found):
            found += [word] if word else []
            found[-1] += letter
            word = ""
        elif letter in OPENERS:
            found += [word] if word else []
            word = letter
        elif ord(letter) >= 0x2E80:
            bracket = word if word and word[-1] in OPENERS else ""
            found += [word] if word and not bracket else []
            found.append(bracket + letter)
            word = ""
        elif letter.isspace():
            found.append(word + " ")
            word = ""
        else:
            word += letter
    return [*found, word] if word else found
