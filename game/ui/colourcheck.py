"""How far apart the colours of the map and the panels stay for people who see colours differently.

Simulation: Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", IEEE
Transactions on Visualization and Computer Graphics 15 (2009), matrices for severity 1.0, applied to linear light. Distance:
CIE 1976, the straight line in L*a*b* under D65; about 2.3 can just be told apart side by side, from 15 or so at a glance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from game.ui import style
from game.ui.style import Colour

Triple = tuple[float, float, float]
Matrix = tuple[Triple, Triple, Triple]
SIGHTS: dict[str, Matrix] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ: Matrix = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
WHITE: Triple = (0.95047, 1.0, 1.08883)  # D65


def _times(matrix: Matrix, v: Triple) -> Triple:
    x, y, z = (sum(m * c for m, c in zip(row, v, strict=True)) for row in matrix)
    return x, y, z


def _linear(colour: Colour) -> Triple:
    """Return linear light 0..1 of an sRGB colour."""
    r, g, b = (c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return r, g, b


def lab(colour: Colour, sight: str = "normal") -> Triple:
    """Return L*a*b* of a colour as a kind of sight sees it."""
    r, g, b = (min(max(c, 0.0), 1.0) for c in _times(SIGHTS[sight], _linear(colour)))
    x, y, z = (
        (v / w) ** (1 / 3) if v / w > 0.008856 else 7.787 * v / w + 16 / 116
        for v, w in zip(_times(TO_XYZ, (r, g, b)), WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def difference(a: Colour, b: Colour, sight: str = "normal") -> float:
    """Return the CIE 1976 distance of two colours for a kind of sight."""
    return float(sum((p - q) ** 2 for p, q in zip(lab(a, sight), lab(b, sight), strict=True)) ** 0.5)


def grey_difference(a: Colour, b: Colour) -> float:
    """Return how far the lightness of two colours differs (L* 0..100), as in a print without colours."""
    return abs(lab(a)[0] - lab(b)[0])


def laid_over(colour: Colour, alpha: int, ground: Colour) -> Colour:
    """Return a colour of some opacity (0..255) laid over a ground."""
    r, g, b = (round(p + (c - p) * alpha / 255) for p, c in zip(ground, colour, strict=True))
    return r, g, b


@dataclass(frozen=True, slots=True)
class Group:
    """Colours that must be told apart: every pair, or (steps) only neighbours of a scale. least: smallest distance allowed."""

    name: str
    colours: tuple[Colour, ...]
    least: float
    steps: bool = False

    def nearest(self, sight: str) -> float:
        """Return the smallest distance that matters for a kind of sight."""
        pairs: Sequence[tuple[Colour, Colour]] = list(pairwise(self.colours) if self.steps else combinations(self.colours, 2))
        return min(difference(a, b, sight) for a, b in pairs)


def groups() -> tuple[Group, ...]:
    """Return the groups of colours that the window relies on; tints as they look on the pale and on the green flat land."""
    from game.ui import widgets
    from game.ui.overlay_sight import THREAT
    from game.ui.overlay_supply import INKS

    found = [
        Group("counters of the sides", tuple(s.body for s in style.SIDES), 30),
        Group("side names on panels", widgets.SIDE_TEXT, 30),
        Group("good, warning, bad", (widgets.GOOD, widgets.WARN, widgets.BAD), 14),
        Group("readiness bar", style.BAR, 14),
        Group("railway: own, enemy, cut", (style.TRAINS, style.SIDES[0].light, style.CUT), 14),
    ]
    for land in (style.NORTH[2], style.SOUTH[2]):
        ground = style.rgb(land)
        found.append(Group(f"supply on {land}", tuple(laid_over((r, g, b), a, ground) for r, g, b, a in INKS), 9, True))
        found.append(Group(f"threat on {land}", tuple(laid_over((r, g, b), a, ground) for r, g, b, a in THREAT), 9, True))
        found.append(Group(f"held ground on {land}", tuple(laid_over(c, 58, ground) for c in style.WASH), 9))
    return tuple(found)


def table() -> list[tuple[str, float, dict[str, float]]]:
    """Return each group's name, the smallest distance allowed, and the smallest found for each kind of sight."""
    return [(g.name, g.least, {s: g.nearest(s) for s in SIGHTS}) for g in groups()]
