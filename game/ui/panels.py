"""The panels below the map: the hex under the cursor and the small map; and the sizes of all panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from game.core.hexgrid import DIRECTIONS
from game.model.hexmap import RIVER, TERRAIN
from game.model.rules import WEATHERS
from game.model.scenario import NOBODY
from game.rules.world import World
from game.ui import style
from game.ui.rows import row_height, where_text
from game.ui.scene import EVERYTHING, Scene
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, FAINT, HEADER, Box, Brush

if TYPE_CHECKING:
    from game.rules.supply import Lines
    from game.ui.mapview import MapView
    from game.ui.shelf import Shelf

TOP, RIGHT, HISTORY = 44, 330, 44  # sizes of the panels [px]
BOTTOM = HISTORY + 150  # history line and lower panels


def hex_rows(world: World, scene: Scene, where: int, texts: Texts, minutes: int) -> list[tuple[str, str]]:
    """Return what the panel says of a hex; minutes: march of the selected unit to it, -1 = none."""
    m = world.map
    holder = int(scene.picture.control[where])
    rivers = [
        f"{texts.word('direction', DIRECTIONS[d])} {texts.word('river', RIVER[int(r)])}" for d, r in enumerate(m.river[where]) if r
    ]
    zone = int(world.costs.zone[where])
    weather = texts.word("weather", WEATHERS[scene.weather[zone]])
    rows = [
        (texts("hex.terrain"), f"{texts.word('terrain', TERRAIN[int(m.terrain[where])])} · {int(m.height[where])} m · {weather}"),
        (texts("hex.held"), texts.name(world.scenario.sides[holder].name) if holder != NOBODY else texts("hex.nobody")),
    ]
    if rivers:
        rows.append((texts("hex.rivers"), ", ".join(rivers)))
    if scene.fort[where]:
        rows.append((texts("hex.fort"), f"{scene.fort[where] / 1000:.1f}"))
    if minutes >= 0:
        rows.append((texts("hex.enter"), texts("hours", hours=f"{minutes / 60:.1f}")))
    if m.rail[where].any():
        cut = scene.picture.broken_rail is not None and scene.picture.broken_rail[where]
        rows.append((texts("hex.rail"), texts("hex.rail_cut" if cut else "hex.rail_open")))
    if scene.lines is not None:
        rows.append((texts("hex.supply"), _line(world, scene.lines, where, texts)))
    enemy = sum(scene.picture.men[u] for u in scene.stacks.get(where, ()) if world.side[u] != scene.viewer)
    if scene.viewer != EVERYTHING and enemy:
        rows.append(("", texts("hex.seen", men=f"{enemy:,}")))
    elif scene.sighted is not None and not scene.sighted[where]:
        rows.append(("", texts("hex.unseen")))
    return rows


def _line(world: World, lines: Lines, where: int, texts: Texts) -> str:
    """Return the length of the line of communication to a hex as last traced, and where it begins."""
    source = lines.source_of(where)
    if source < 0:
        return texts("hex.no_supply")
    hours = f"{max(0, int(lines.dist[where])) / 60:.1f}"
    return texts("hex.line", hours=hours, place=where_text(texts, world.map, world.scenario.sources[source].hex))


def draw_hex(brush: Brush, world: World, scene: Scene, where: int, texts: Texts, box: Box, minutes: int) -> None:
    """Draw the panel of the hex under the cursor."""
    x, y, w, _ = box
    if where < 0:
        brush.text(texts("hex.none"), x + 14, y + 12, 13, FAINT, room=w - 28)
        return
    brush.text(texts.place(world.map, where), x + 14, y + 6, 14, ACCENT, True, room=w - 28)
    top, step = y + brush.px(29), row_height(brush, texts, 18)
    rows = hex_rows(world, scene, where, texts, minutes)
    step = min(step, (y + box[3] - top - 4) // max(1, len(rows)))
    brush.rows(rows, x + 14, top, w - 24, max(step, brush.px(15)), brush.px(96))


def draw_minimap(brush: Brush, view: MapView, scene: Scene, sides: Sequence[int], box: Box, shelf: Shelf) -> None:
    """Draw the whole map small, the counters as dots and the frame of what the window shows."""
    import pygame

    x, y, w, h = box
    left, top, wide, high = view.camera.extent()
    k = min(w / wide, (h - 1) / high)
    ox, oy = x + (w - wide * k) / 2, y + 1 + (h - 1 - high * k) / 2
    small = view.minimap((max(1, round(wide * k)), max(1, round(high * k))))

    def ground() -> None:
        brush.target.fill(HEADER, box)
        if small is not None:
            brush.target.blit(small, (round(ox), round(oy)))
        for where, units in scene.stacks.items():
            px, py = view.camera.point(where)
            dot = (ox + (px + view.camera.left - left) * k - 2, oy + (py + view.camera.top - top) * k - 2, 4, 4)
            brush.target.fill(style.SIDES[sides[units[0]]].body, dot)
        brush.rule(x, y, w)

    def go() -> None:
        mx, my = brush.mouse
        view.camera.left = left + (mx - ox) / k - (view.camera.width + view.camera.inset) / 2
        view.camera.top = top + (my - oy) / k - view.camera.height / 2
        view.camera.clamp()

    shelf.draw(brush, "minimap", box, (scene, small), ground)
    rect = pygame.Rect(
        round(ox + (view.camera.left + view.camera.inset - left) * k), round(oy + (view.camera.top - top) * k),
        round((view.camera.width - view.camera.inset) * k), round(view.camera.height * k),
    ).clip(pygame.Rect(box))  # fmt: skip
    for colour, grow in ((style.INK, 2), (style.rgb("#FFF9E6"), 0)):
        pygame.draw.rect(brush.target, colour, rect.inflate(grow, grow), 1)
    brush.area(box, "minimap", go)
