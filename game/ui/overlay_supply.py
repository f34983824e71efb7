"""The supply overlay: what would arrive in each hex, the sources with their use, a unit's line, and who goes short."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import style
from game.ui.camera import Camera
from game.ui.fonts import halo, write
from game.ui.overlay_fill import Ink, fill, pill, short_men
from game.ui.survey import BANDS, Survey

if TYPE_CHECKING:
    import pygame

    from game.ui.texts import Texts

INKS: tuple[Ink, ...] = tuple((*c, 110) for c in style.SHARES)
DAYS = 40  # stores below this are written beside a unit's share [1/10 day]


def draw_supply(layer: pygame.Surface, camera: Camera, survey: Survey) -> None:
    """Tint every hex by the share of supply that would arrive there, and show the sources."""
    fill(layer, camera, survey.bands, INKS)
    for source in survey.sources:
        if camera.shows(source.hex, -40):
            x, y = camera.point(source.hex)
            depot(layer, x, y, 9 if camera.zoom >= 3 else 6)


def draw_sources(target: pygame.Surface, camera: Camera, survey: Survey, texts: Texts) -> None:
    """Write above each source how many men it feeds of how many it can."""
    for source in survey.sources if camera.zoom >= 3 else ():
        if camera.shows(source.hex, -40):
            x, y = camera.point(source.hex)
            use = f"{short_men(source.feeds, texts)} / {short_men(source.men, texts)}"
            ink = style.WARN if source.feeds > source.men else style.SUPPLY_PATH
            up = max(17.0, 0.5 * camera.hex)
            pill(target, use, x, y - up, 10.5, ink, style.SUPPLY_CASING, style.SUPPLY_PATH)


def depot(layer: pygame.Surface, x: float, y: float, radius: float) -> None:
    """Draw the sign of a source of supply: a house on a disc."""
    import pygame

    r = radius / 9
    pygame.draw.circle(layer, (*style.SUPPLY_CASING, 255), (x, y), radius + 2)
    pygame.draw.circle(layer, (*style.SUPPLY_PATH, 255), (x, y), radius)
    house = [(-6, 0), (0, -6), (6, 0), (4, 0), (4, 5), (-4, 5), (-4, 0)]
    pygame.draw.polygon(layer, (*style.SUPPLY_CASING, 255), [(x + dx * r, y + dy * r) for dx, dy in house])


def draw_fed(layer: pygame.Surface, camera: Camera, survey: Survey, texts: Texts) -> None:
    """Write below the own counters what reaches the worst fed of the stack, and its days of food when they are few."""
    world, picture, units = survey.world, survey.scene.picture, survey.scenario.units
    if world is None or camera.zoom < 4:
        return
    state = world.state
    for where, stack in survey.scene.stacks.items():
        own = [u for u in stack if units[u].side == survey.side]
        if not own or not camera.shows(where, -camera.hex):
            continue
        worst = min(own, key=lambda u: picture.supply[u])
        share, food = picture.supply[worst], state.food[worst]
        text = f"{(share + 5) // 10}%" + (f" {texts('legend.days', count=food // 10)}" if food < DAYS else "")
        x, y = camera.point(where)
        ink = style.SHARES[min(share * BANDS // 1000, BANDS - 1)]
        light = (ink[0] + (255 - ink[0]) // 2, ink[1] + (255 - ink[1]) // 2, ink[2] + (255 - ink[2]) // 2)
        down = style.ZOOMS[camera.zoom].counter / 2 + 0.17 * camera.hex
        pill(layer, text, x, y + down, 11 * style.ZOOMS[camera.zoom].text, light, style.SUPPLY_CASING)


def draw_line_of(layer: pygame.Surface, camera: Camera, path: tuple[int, ...], label: str) -> None:
    """Draw a unit's line of communication and its length at the unit."""
    import pygame

    if len(path) < 2:
        return
    points = [camera.point(h) for h in path]
    for colour, width in ((style.SUPPLY_CASING, 7), (style.SUPPLY_PATH, 4)):
        pygame.draw.lines(layer, (*colour, 255), False, points, width)
        for p in points[1:-1]:
            pygame.draw.circle(layer, (*colour, 255), p, width / 2)
    for (ax, ay), (bx, by) in zip(points[1::3], points[2::3], strict=False):
        # supply comes from the source: arrows point back along the path
        mx, my, dx, dy = (ax + bx) / 2, (ay + by) / 2, (ax - bx) * 0.22, (ay - by) * 0.22
        pygame.draw.polygon(
            layer, (*style.SUPPLY_CASING, 255), [(mx + dx, my + dy), (mx - dx - dy, my - dy + dx), (mx - dx + dy, my - dy - dx)]
        )
    made = halo(write(label, "sans_bold", 12, style.SUPPLY_CASING), style.SUPPLY_PATH, 240, 2.4)
    x, y = points[len(points) // 2]
    layer.blit(made, (x + 8, y - made.get_height() / 2))
