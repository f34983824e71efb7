"""Overlays of what the campaign is about: the places that score, the railways and who can run trains, the prepared works."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.ui import style
from game.ui.camera import Camera
from game.ui.fonts import text_width, write
from game.ui.frame import Frame
from game.ui.hexsides import edge_piece, lay
from game.ui.overlay_fill import Point, dashes
from game.ui.railtrack import stretches, tracks
from game.ui.routes import path_curves
from game.ui.survey import APART, CUT, ENEMY, OWN, Goal, Survey

if TYPE_CHECKING:
    import pygame

GOLD = style.rgb("#EBBB4A")


def draw_objectives(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Edge every place that scores in its holder's colour; at far zooms a mark, full when who wants the place holds it."""
    chains = tuple(dict.fromkeys(chain for _, chain in survey.links))
    for line in path_curves(frame_of(camera), chains) if chains else ():
        for points in _seen_parts(camera, line.points[::3]):
            dashes(layer, points, (*style.OVERLAY_DARK, 255), 7, 10, 7)
            dashes(layer, points, (*GOLD, 255), 4, 10, 7)
    for where, sides in _by_hex(survey).items():
        if not camera.shows(where, -camera.hex):
            continue
        if camera.zoom < 3:
            x, y = camera.point(where)
            for k, (side, goals) in enumerate(sorted(sides.items())):
                flag(layer, x + 5 - 7 * k, y, 5, side, goals[0].held)
        else:
            _edge(layer, camera, where, int(survey.scene.picture.control[where]))


def draw_worth(target: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Write at every place that scores what it is worth to each side."""
    for where, sides in _by_hex(survey).items() if camera.zoom >= 3 else ():
        if camera.shows(where, -camera.hex):
            x, y = camera.point(where)
            top = y - 0.56 * camera.hex
            for side, goals in sorted(sides.items()):
                _points(target, x, top, side, goals)
                top -= 17


def _by_hex(survey: Survey) -> dict[int, dict[int, list[Goal]]]:
    """Return the goals of each side at each hex."""
    found: dict[int, dict[int, list[Goal]]] = {}
    for goal in survey.goals:
        found.setdefault(goal.hex, {}).setdefault(goal.side, []).append(goal)
    return found


def _edge(layer: pygame.Surface, camera: Camera, where: int, holder: int) -> None:
    """Edge a hex in its holder's colour."""
    colour = style.SIDES[holder].light if holder < 2 else style.HALO
    for tone, width in ((style.OVERLAY_DARK, 4.6), (colour, 2.6)):
        lay(layer, camera, where, edge_piece(camera.hex, tone, width))


def flag(layer: pygame.Surface, x: float, y: float, r: float, side: int, held: bool) -> None:
    """Draw a side's mark: square for Japan, round for China; full when it holds the place."""
    import pygame

    look = style.SIDES[side]
    if side == 0:
        pygame.draw.rect(layer, (*style.OVERLAY_DARK, 255), (x - r - 1, y - r - 1, 2 * r + 2, 2 * r + 2))
        pygame.draw.rect(layer, (*(look.light if held else style.HALO), 255), (x - r, y - r, 2 * r, 2 * r))
        if not held:
            pygame.draw.rect(layer, (*look.body, 255), (x - r, y - r, 2 * r, 2 * r), 2)
    else:
        pygame.draw.circle(layer, (*style.OVERLAY_DARK, 255), (x, y), r + 1.5)
        pygame.draw.circle(layer, (*(look.light if held else style.HALO), 255), (x, y), r + 0.5)
        if not held:
            pygame.draw.circle(layer, (*look.body, 255), (x, y), r + 0.5, 2)


def worth(goals: list[Goal]) -> str:
    """Return what a side can win at a place: points, and points for each turn it is held."""
    once = sum(g.points for g in goals if g.kind != "per_turn")
    each = sum(g.points for g in goals if g.kind == "per_turn")
    return " ".join(([f"{once}"] if once or not each else []) + ([f"+{each}/t"] if each else []))


def _points(layer: pygame.Surface, x: float, y: float, side: int, goals: list[Goal]) -> None:
    import pygame

    text, size = worth(goals), 11.0
    look = style.SIDES[side]
    w = round(text_width(text, "sans_bold", size)) + 24
    box = (round(x - w / 2), round(y - 8), w, 16)
    pygame.draw.rect(layer, (*style.PANEL_INK, 255), box, border_radius=4)
    pygame.draw.rect(layer, (*look.light, 255), box, 1, border_radius=4)
    flag(layer, box[0] + 9, box[1] + 8, 4, side, goals[0].held)
    made = write(text, "sans_bold", size, look.text)
    layer.blit(made, (box[0] + 18, box[1] + (16 - made.get_height()) / 2))


def draw_works(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Show over which railways trains can run and whose, and where the track is cut."""
    width = 5 if camera.zoom >= 3 else 3
    parts = [p for t in tracks(camera.map, camera.hex) for p in stretches(t, survey.rails, camera)]
    # the cut and the foreign track first, so that what carries own trains lies on top
    for state in (APART, CUT, ENEMY, OWN):
        for _, points in (p for p in parts if p[0] == state):
            track(layer, points.tolist(), state, survey.side, width)
    if camera.zoom < 4:
        draw_levels(layer, camera, survey)


def draw_levels(target: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Show the prepared works: their level on a battlement, at far zooms the battlement alone."""
    near = camera.zoom >= 4
    for where, level in survey.works.items():
        if camera.shows(where, -camera.hex):
            x, y = camera.point(where)
            works(target, x, y + (0.5 * camera.hex if near else 0), level, near)


def frame_of(camera: Camera) -> Frame:
    """Return the part of the map that a camera shows, for the lines of the land."""
    return Frame(camera.map, camera.hex, camera.left, camera.top, camera.width, camera.height)


def _seen_parts(camera: Camera, points: npt.NDArray[np.float64]) -> list[list[Point]]:
    """Return the stretches of a line that lie in the window."""
    x, y = points[:, 0], points[:, 1]
    inside = (x > -30) & (x < camera.width + 30) & (y > -30) & (y < camera.height + 30)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    return [points[max(0, a - 1) : b + 1].tolist() for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]


def track(layer: pygame.Surface, points: Sequence[Point], state: int, side: int, width: int) -> None:
    """Draw a stretch of railway: a full line carries trains, dashes none, crosses are cuts. side: the viewer's."""
    import pygame

    if state in (OWN, ENEMY):
        colour = style.TRAINS if state == OWN else style.SIDES[1 - side].light
        for tone, grow in ((style.HALO, 3), (colour, 0)):
            pygame.draw.lines(layer, (*tone, 255), False, points, width + grow)
        return
    dashes(layer, points, (*style.HALO, 255), width, 5, 4)
    dashes(layer, points, (*(style.CUT if state == CUT else style.INK2), 255), width - 2, 5, 4)
    if state == CUT and width >= 5:
        for x, y in points[len(points) // 2 :: 14] if len(points) < 14 else points[7::14]:
            for tone, thick in ((style.HALO, 5), (style.CUT, 2)):
                pygame.draw.line(layer, (*tone, 255), (x - 4, y - 4), (x + 4, y + 4), thick)
                pygame.draw.line(layer, (*tone, 255), (x - 4, y + 4), (x + 4, y - 4), thick)


def works(layer: pygame.Surface, x: float, y: float, level: int, lettered: bool) -> None:
    """Draw the sign of prepared works, a battlement, with their level."""
    import pygame

    text = f"{level / 1000:.1f}" if lettered else ""
    w = round(text_width(text, "sans_bold", 11)) + 10 if lettered else 10
    h = 14 if lettered else 7
    left, top = round(x - w / 2), round(y - h / 2)
    for tone, grow in ((style.OVERLAY_DARK, 1), (style.WORKS, 0)):
        pygame.draw.rect(layer, (*tone, 255), (left - grow, top - grow, w + 2 * grow, h + 2 * grow))
        for k in range(3):
            tooth = left + k * (w - 4) / 2
            pygame.draw.rect(layer, (*tone, 255), (tooth - grow, top - 4 - grow, 4 + 2 * grow, 4 + grow))
    pygame.draw.rect(layer, (*style.WORKS, 255), (left, top, w, h))
    if lettered:
        made = write(text, "sans_bold", 11, style.OVERLAY_DARK)
        layer.blit(made, (left + 5, top + (h - made.get_height()) / 2))
