"""Small sprites with clean edges: shapes are drawn large and reduced, and transparency is kept exact."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pygame

    from game.ui.style import Colour

SCALE = 5  # how many times larger shapes are drawn
Point = tuple[float, float]


class Canvas:
    """A transparent drawing of some pixels that measures in final pixels and draws in larger ones."""

    def __init__(self, width: int, height: int) -> None:
        import pygame

        self.width, self.height = width, height
        self.large = pygame.Surface((width * SCALE, height * SCALE), pygame.SRCALPHA)
        self._draw: Any = pygame.draw
        self._rect: Any = pygame.Rect

    def box(self, x: float, y: float, w: float, h: float, colour: Colour, radius: float = 0.0, line: float = 0.0) -> None:
        """Draw a rectangle, filled or (line > 0) as a frame of that width."""
        rect = self._rect(round(x * SCALE), round(y * SCALE), max(round(w * SCALE), 1), max(round(h * SCALE), 1))
        self._draw.rect(self.large, (*colour, 255), rect, round(line * SCALE), border_radius=round(radius * SCALE))

    def polygon(self, points: list[Point], colour: Colour) -> None:
        """Draw a filled polygon."""
        self._draw.polygon(self.large, (*colour, 255), [(round(x * SCALE), round(y * SCALE)) for x, y in points])

    def line(self, points: list[Point], colour: Colour, width: float) -> None:
        """Draw a line with round ends and joints."""
        half = width * SCALE / 2
        scaled = [np.array((x * SCALE, y * SCALE)) for x, y in points]
        for a, b in pairwise(scaled):
            along = b - a
            far = float(np.hypot(*along))
            if far:
                side = np.array((-along[1], along[0])) / far * half
                self._draw.polygon(self.large, (*colour, 255), [tuple(p) for p in (a + side, b + side, b - side, a - side)])
        for p in scaled:
            self._draw.circle(self.large, (*colour, 255), tuple(p), half)

    def disc(self, x: float, y: float, radius: float, colour: Colour, line: float = 0.0) -> None:
        """Draw a disc, or (line > 0) a ring of that width."""
        width = max(round(line * SCALE), 1) if line else 0
        self._draw.circle(self.large, (*colour, 255), (x * SCALE, y * SCALE), radius * SCALE, width)

    def oval(self, x: float, y: float, w: float, h: float, colour: Colour, line: float) -> None:
        """Draw a racetrack shape (a tank's symbol) as a frame."""
        self.box(x, y, w, h, colour, min(w, h) / 2, line)

    def only(self, x: float, y: float, w: float, h: float) -> None:
        """Limit what follows to a rectangle; a rectangle of no width lifts the limit."""
        rect = self._rect(round(x * SCALE), round(y * SCALE), round(w * SCALE), round(h * SCALE)) if w else None
        self.large.set_clip(rect)

    def finish(self) -> pygame.Surface:
        """Return the drawing reduced to its final size."""
        import pygame

        small = pygame.transform.smoothscale(self.large.premul_alpha(), (self.width, self.height))
        alpha = pygame.surfarray.array_alpha(small).astype(np.float32)
        colours = pygame.surfarray.array3d(small).astype(np.float32)
        return surface_of(colours * (255 / np.maximum(alpha, 1))[..., None], alpha)


def surface_of(colours: npt.NDArray[Any], alpha: npt.NDArray[Any]) -> pygame.Surface:
    """Return a surface from (w, h, 3) colours and (w, h) opacity, both 0..255."""
    import pygame

    out = pygame.Surface(alpha.shape, pygame.SRCALPHA)
    pygame.surfarray.blit_array(out, np.clip(colours + 0.5, 0, 255).astype(np.uint8))
    pixels = pygame.surfarray.pixels_alpha(out)
    pixels[:] = np.clip(alpha + 0.5, 0, 255).astype(np.uint8)
    del pixels
    return out


def shadow(surface: pygame.Surface, alpha: int, soft: float) -> pygame.Surface:
    """Return the soft dark shadow of a sprite: its shape blurred by `soft` pixels, larger by twice that on every side."""
    import pygame

    from game.ui.fields import blur

    pad = int(2 * soft + 1)
    shape = np.pad(pygame.surfarray.array_alpha(surface).astype(np.float32), pad)
    out = blur(shape, soft) * (alpha / 255)
    return surface_of(np.zeros((*out.shape, 3)) + np.array((26, 20, 14)), out)
