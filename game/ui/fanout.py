"""A stack laid out side by side over the map, so that each of its counters can be seen and clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui.counters import sprite
from game.ui.stacks import counter_of
from game.ui.widgets import ACCENT, ACTIVE, LINE, PANEL, SECOND, TEXT, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen
    from game.ui.hands import Fan

COUNTER, CELL, HEAD, FOOT = 52.0, 70, 28, 20  # sizes of a counter, its cell, the title and the line under a counter [px]
MOST = 8  # counters in a row


def fan_box(screen: GameScreen, fan: Fan, area: Box) -> Box:
    """Return where the fan lies: over its hex, whose lower part stays free, inside an area of the window."""
    brush, camera = screen.shell.brush, screen.view.camera
    count = len(fan.units)
    columns = min(count, MOST, max(1, (area[2] - 24) // CELL))
    rows = -(-count // columns)
    width = max(columns * CELL + 12, brush.px(260))
    height = brush.px(HEAD) + rows * (CELL + brush.px(FOOT) - 6) + 8
    x, y = camera.point(fan.hex)
    left = min(max(int(x + area[0] - width / 2), area[0] + 6), area[0] + area[2] - width - 6)
    top = int(y + area[1] - 0.22 * camera.hex - height)
    if top < area[1] + 4:
        top = int(y + area[1] + 0.22 * camera.hex)
    return left, min(top, area[1] + area[3] - height - 4), width, height


def draw_fan(screen: GameScreen, fan: Fan, area: Box) -> None:
    """Draw the fan; a click on a counter selects its unit."""
    import pygame

    brush, texts, desk, scene = screen.shell.brush, screen.shell.texts, screen.desk, screen.scene
    x, y, w, _ = box = fan_box(screen, fan, area)
    pygame.draw.rect(brush.target, PANEL, box, border_radius=6)
    pygame.draw.rect(brush.target, ACCENT if fan.pinned else LINE, box, 1, border_radius=6)
    brush.area(box, "fan", lambda: None)
    mine = desk.mine(fan.units[0]) or screen.watching
    men = sum(scene.picture.men[u] for u in fan.units)
    title = texts("fan.men", men=f"{men:,}", count=len(fan.units)) if mine else texts("fan.about", men=f"{men:,}")
    columns = max(1, (w - 12) // CELL) if len(fan.units) > 1 else 1
    first = x + (w - min(columns, len(fan.units)) * CELL) // 2
    for n, unit in enumerate(fan.units):
        left = first + n % columns * CELL
        top = y + brush.px(HEAD) + n // columns * (CELL + brush.px(FOOT) - 6)
        cell = (left + 2, top, CELL - 4, CELL + brush.px(FOOT) - 8)
        if brush.over(cell) or unit in desk.selection:
            pygame.draw.rect(brush.target, ACTIVE, cell, border_radius=4)
        if unit in desk.selection:
            pygame.draw.rect(brush.target, ACCENT, cell, 1, border_radius=4)
        if brush.over(cell):
            title = texts.name(desk.scenario.units[unit].name)
        made = sprite(counter_of(desk.scenario, scene.picture, unit, 0, screen.simple), COUNTER, 4)
        middle = (left + CELL // 2, top + CELL // 2 - 4)
        brush.target.blit(made.dark, (middle[0] + made.dark_left, middle[1] + made.dark_top))
        brush.target.blit(made.face, (middle[0] + made.left, middle[1] + made.top))
        foot = f"{scene.picture.men[unit]:,}"
        if desk.mine(unit) and screen.free:
            foot = texts("hours", hours=f"{desk.world.state.minutes[unit] / 60:.0f}")
        brush.text(foot, left + CELL // 2, top + CELL - 8, 11, SECOND, place=0, room=CELL - 4)
        brush.area(cell, f"fan_{unit}", lambda u=unit: screen.hands.take_from_fan(u))  # type: ignore[misc]
    brush.text(title, x + 10, y + brush.px(6), 12, TEXT, True, room=w - 20)
