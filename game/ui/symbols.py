"""NATO symbols on counters: the size mark above the box and the branch inside it."""

from __future__ import annotations

from game.model.units import CHINA
from game.ui.canvas import Canvas
from game.ui.style import Colour

Box = tuple[float, float, float, float]  # left, top, width, height [px]
# a Chinese army group (集团军) is what others call an army
SIZE_MARKS = {
    "front": "XXXXX", "army_group": "XXXXX", "army": "XXXX", "corps": "XXX", "division": "XX", "brigade": "X", "regiment": "III",
    "battalion": "II", "company": "I", "detachment": "⊓", "air": "",
}  # fmt: skip


def size_mark(echelon: str, side: int) -> str:
    """Return the size mark of an echelon: X for brigades upwards, strokes below, the bracket of a task force for detachments."""
    if side == CHINA and echelon == "army_group":
        return "XXXX"
    return SIZE_MARKS.get(echelon, "")


def draw_size(canvas: Canvas, mark: str, middle: float, top: float, height: float, colour: Colour, line: float) -> None:
    """Draw a size mark, its middle at `middle` [px]."""
    stroke = mark[:1] == "I"
    width = height * (0.22 if stroke else 0.86 if mark[:1] == "X" else 2.2)
    gap = height * (0.36 if stroke else 0.30)
    left = middle - (len(mark) * width + (len(mark) - 1) * gap) / 2
    for i, sign in enumerate(mark):
        x = left + i * (width + gap)
        if sign == "X":
            canvas.line([(x, top), (x + width, top + height)], colour, line)
            canvas.line([(x, top + height), (x + width, top)], colour, line)
        elif sign == "I":
            canvas.box(x, top, max(width, line), height, colour)
        else:
            low = top + 0.9 * height
            canvas.line([(x, low), (x, top + 0.2 * height), (x + width, top + 0.2 * height), (x + width, low)], colour, line)


def draw_branch(canvas: Canvas, kind: str, box: Box, ink: Colour, paper: Colour, line: float) -> None:
    """Draw the symbol box with the branch of a unit type."""
    x, y, w, h = box
    canvas.box(x, y, w, h, paper)
    canvas.only(x, y, w, h)
    _PARTS.get(kind, _infantry)(canvas, box, ink, line)
    canvas.only(0, 0, 0, 0)
    canvas.box(x, y, w, h, ink, 0, line)


def _infantry(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.line([(x, y), (x + w, y + h)], ink, line)
    canvas.line([(x, y + h), (x + w, y)], ink, line)


def _cavalry(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.line([(x, y + h), (x + w, y)], ink, line)


def _armor(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.oval(x + 0.15 * w, y + 0.22 * h, 0.70 * w, 0.56 * h, ink, line)


def _mechanized(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    _infantry(canvas, box, ink, line)
    _armor(canvas, box, ink, line)


def _artillery(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.disc(x + w / 2, y + h / 2, 0.22 * h, ink)


def _engineer(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    for k in (0.24, 0.5, 0.76):
        canvas.line([(x + k * w, y + 0.30 * h), (x + k * w, y + 0.74 * h)], ink, line)
    canvas.line([(x + 0.24 * w, y + 0.30 * h), (x + 0.76 * w, y + 0.30 * h)], ink, line)


def _hq(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.box(x, y, w, 0.46 * h, ink)
    canvas.disc(x + w / 2, y + 0.74 * h, 0.09 * h, ink)


def _garrison(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    _infantry(canvas, box, ink, line)
    canvas.polygon([(x, y + h), (x + w / 2, y + h / 2), (x + w, y + h)], ink)


def _dashed(canvas: Canvas, a: tuple[float, float], b: tuple[float, float], ink: Colour, line: float) -> None:
    for k in range(5):
        s, e = (k + 0.12) / 5, (k + 0.66) / 5
        ends = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for t in (s, e)]
        canvas.line(ends, ink, line)


def _militia(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    _dashed(canvas, (x, y), (x + w, y + h), ink, line)
    _dashed(canvas, (x, y + h), (x + w, y), ink, line)


def _guerrilla(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    _militia(canvas, box, ink, line)
    for side in (0.14, 0.86):
        canvas.disc(x + side * w, y + h / 2, 0.13 * h, ink)


def _services(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.line([(x, y + 0.70 * h), (x + w, y + 0.70 * h)], ink, line)


def _air(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    for s in (-1, 1):
        tip = x + w * (0.5 + 0.3 * s)
        canvas.polygon([(x + w / 2, y + h / 2), (tip, y + 0.28 * h), (tip, y + 0.72 * h)], ink)
        canvas.disc(tip, y + h / 2, 0.22 * h, ink)


def _antiaircraft(canvas: Canvas, box: Box, ink: Colour, line: float) -> None:
    x, y, w, h = box
    canvas.disc(x + w / 2, y + 1.35 * h, 0.95 * h, ink, line)


_PARTS = {
    "infantry": _infantry, "cavalry": _cavalry, "armor": _armor, "mechanized": _mechanized, "artillery": _artillery,
    "engineer": _engineer, "hq": _hq, "garrison": _garrison, "militia": _militia, "guerrilla": _guerrilla,
    "services": _services, "air": _air, "antiaircraft": _antiaircraft,
}  # fmt: skip
