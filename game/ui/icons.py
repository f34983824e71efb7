"""Simple icons for counters: what a unit is at a glance, for those who do not read NATO symbols."""

from __future__ import annotations

from game.ui.canvas import Canvas, Point
from game.ui.style import Colour

Box = tuple[float, float, float, float]  # left, top, width, height [px]


def draw_icon(canvas: Canvas, kind: str, box: Box, ink: Colour) -> None:
    """Draw the silhouette of a unit type within a box."""
    _ICONS[kind](canvas, box, ink)


def _shape(canvas: Canvas, box: Box, ink: Colour, points: list[Point]) -> None:
    """Draw a filled outline given in shares of a box."""
    x, y, w, h = box
    canvas.polygon([(x + a * w, y + b * h) for a, b in points], ink)


def _disc(canvas: Canvas, box: Box, ink: Colour, at: Point, radius: float, line: float = 0.0) -> None:
    """Draw a disc or ring given in shares of a box's height."""
    x, y, w, h = box
    canvas.disc(x + at[0] * w, y + at[1] * h, radius * h, ink, line * h)


def _man(canvas: Canvas, box: Box, ink: Colour, middle: float = 0.5) -> None:
    _disc(canvas, box, ink, (middle, 0.24), 0.17)
    _shape(canvas, box, ink, [(middle - 0.17, 0.20), (middle + 0.17, 0.20), (middle + 0.13, 0.10), (middle - 0.13, 0.10)])
    _shape(canvas, box, ink, [(middle - 0.17, 0.98), (middle - 0.15, 0.48), (middle + 0.15, 0.48), (middle + 0.17, 0.98)])


def _infantry(canvas: Canvas, box: Box, ink: Colour) -> None:
    for middle in (0.26, 0.74):
        _man(canvas, box, ink, middle)


def _cavalry(canvas: Canvas, box: Box, ink: Colour) -> None:
    """Draw a horse's head and neck."""
    head = [(0.30, 0.98), (0.36, 0.55), (0.22, 0.62), (0.16, 0.48), (0.40, 0.18), (0.44, 0.02), (0.52, 0.16)]
    _shape(canvas, box, ink, [*head, (0.70, 0.30), (0.80, 0.60), (0.82, 0.98)])


def _tank(canvas: Canvas, box: Box, ink: Colour) -> None:
    _shape(canvas, box, ink, [(0.08, 0.62), (0.92, 0.62), (0.82, 0.92), (0.18, 0.92)])
    _shape(canvas, box, ink, [(0.12, 0.58), (0.22, 0.42), (0.86, 0.42), (0.90, 0.58)])
    _shape(canvas, box, ink, [(0.36, 0.40), (0.42, 0.18), (0.64, 0.18), (0.70, 0.40)])
    _shape(canvas, box, ink, [(0.64, 0.24), (1.0, 0.24), (1.0, 0.32), (0.66, 0.32)])


def _truck(canvas: Canvas, box: Box, ink: Colour) -> None:
    _shape(canvas, box, ink, [(0.04, 0.25), (0.62, 0.25), (0.62, 0.72), (0.04, 0.72)])
    _shape(canvas, box, ink, [(0.66, 0.40), (0.84, 0.40), (0.96, 0.56), (0.96, 0.72), (0.66, 0.72)])
    for at in (0.24, 0.78):
        _disc(canvas, box, ink, (at, 0.80), 0.16)


def _gun(canvas: Canvas, box: Box, ink: Colour) -> None:
    _disc(canvas, box, ink, (0.44, 0.70), 0.26, 0.09)
    _shape(canvas, box, ink, [(0.30, 0.60), (0.96, 0.12), (1.0, 0.24), (0.38, 0.72)])
    _shape(canvas, box, ink, [(0.44, 0.64), (0.0, 0.92), (0.06, 1.0), (0.50, 0.74)])


def _flak(canvas: Canvas, box: Box, ink: Colour) -> None:
    _shape(canvas, box, ink, [(0.20, 0.96), (0.80, 0.96), (0.60, 0.66), (0.40, 0.66)])
    for dx in (0.0, 0.20):
        _shape(canvas, box, ink, [(0.36 + dx, 0.66), (0.52 + dx, 0.04), (0.60 + dx, 0.06), (0.46 + dx, 0.68)])


def _engineer(canvas: Canvas, box: Box, ink: Colour) -> None:
    """Draw a spade and a pick, crossed."""
    for flip in (1, -1):
        points = [(0.5 + flip * dx, y) for dx, y in ((-0.34, 0.14), (-0.26, 0.06), (0.36, 0.86), (0.28, 0.94))]
        _shape(canvas, box, ink, points)
    _shape(canvas, box, ink, [(0.10, 0.02), (0.34, 0.02), (0.34, 0.26), (0.20, 0.34), (0.08, 0.20)])
    _shape(canvas, box, ink, [(0.62, 0.04), (0.80, 0.02), (0.98, 0.34), (0.92, 0.36), (0.78, 0.18)])


def _flag(canvas: Canvas, box: Box, ink: Colour) -> None:
    _shape(canvas, box, ink, [(0.24, 0.02), (0.32, 0.02), (0.32, 1.0), (0.24, 1.0)])
    _shape(canvas, box, ink, [(0.32, 0.06), (0.90, 0.06), (0.78, 0.29), (0.90, 0.52), (0.32, 0.52)])


def _garrison(canvas: Canvas, box: Box, ink: Colour) -> None:
    """Draw a gate tower."""
    teeth = [(0.14, 0.30), (0.14, 0.08), (0.28, 0.08), (0.28, 0.20), (0.43, 0.20), (0.43, 0.08), (0.57, 0.08), (0.57, 0.20)]
    _shape(canvas, box, ink, [*teeth, (0.72, 0.20), (0.72, 0.08), (0.86, 0.08), (0.86, 0.30)])
    gate = [(0.62, 0.98), (0.62, 0.62), (0.38, 0.62), (0.38, 0.98)]
    _shape(canvas, box, ink, [(0.20, 0.32), (0.80, 0.32), (0.80, 0.98), *gate, (0.20, 0.98)])


def _militia(canvas: Canvas, box: Box, ink: Colour) -> None:
    """Draw a man under a broad hat with a spear."""
    _man(canvas, box, ink, 0.42)
    _shape(canvas, box, ink, [(0.10, 0.26), (0.42, 0.0), (0.74, 0.26)])
    _shape(canvas, box, ink, [(0.80, 0.06), (0.86, 0.06), (0.86, 0.98), (0.80, 0.98)])


def _guerrilla(canvas: Canvas, box: Box, ink: Colour) -> None:
    """Draw a man with a rifle across."""
    _man(canvas, box, ink, 0.5)
    _shape(canvas, box, ink, [(0.06, 0.86), (0.90, 0.22), (0.96, 0.30), (0.12, 0.96)])


def _crate(canvas: Canvas, box: Box, ink: Colour) -> None:
    """Draw a cart."""
    _shape(canvas, box, ink, [(0.06, 0.24), (0.80, 0.24), (0.72, 0.58), (0.14, 0.58)])
    _disc(canvas, box, ink, (0.42, 0.74), 0.24, 0.08)
    _shape(canvas, box, ink, [(0.70, 0.48), (1.0, 0.58), (1.0, 0.66), (0.68, 0.58)])


def _aircraft(canvas: Canvas, box: Box, ink: Colour) -> None:
    _shape(canvas, box, ink, [(0.44, 0.06), (0.56, 0.06), (0.58, 0.92), (0.42, 0.92)])
    _shape(canvas, box, ink, [(0.02, 0.40), (0.98, 0.40), (0.90, 0.58), (0.10, 0.58)])
    _shape(canvas, box, ink, [(0.28, 0.84), (0.72, 0.84), (0.68, 0.96), (0.32, 0.96)])


_ICONS = {
    "infantry": _infantry, "cavalry": _cavalry, "armor": _tank, "mechanized": _truck, "artillery": _gun, "antiaircraft": _flak,
    "engineer": _engineer, "hq": _flag, "garrison": _garrison, "militia": _militia, "guerrilla": _guerrilla, "services": _crate,
    "air": _aircraft,
}  # fmt: skip
