"""How the game screen looks: map, top bar, right panel, lower panels and dialogs, from the back to the front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import (
    barlists,
    fightpanels,
    handsdraw,
    historyline,
    logpanel,
    overlays,
    pages,
    topbar,
    treepanel,
    unitpanel,
    unitsheet,
)  # fmt: skip
from game.ui.overlay_legend import draw_legend
from game.ui.panels import BOTTOM, HISTORY, RIGHT, TOP, draw_hex, draw_minimap
from game.ui.shelf import state_of
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, HEADER, PANEL, SECOND, TEXT, WARN, Box

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen

MOST_FORGOTTEN = 6  # units that each list of the question at the end of a turn names

def draw(screen: GameScreen, target: pygame.Surface) -> None:
    """Draw the game screen."""
    camera = screen.view.camera
    screen.fit(target.get_size())
    left, _, history, _ = _places(screen, target.get_size())
    camera.cover(left[2])
    area = (0, TOP, camera.width, camera.height)
    free = (left[2], TOP, max(200, camera.width - left[2]), camera.height)  # of the map, beside the panel at the left
    _map(screen, target.subsurface(area))
    draw_legend(screen.shell.brush, screen.shell.texts, screen.view.shown, screen.view.survey, free, screen.view.folded_keys)
    _panels(screen, target.get_size())
    historyline.draw_today(screen, free)
    handsdraw.draw(screen, area)
    if screen.message:
        _message(screen, free)
    unitsheet.draw(screen, free)
    pages.draw(screen, free)
    logpanel.draw_battle(screen, free)
    fightpanels.draw(screen, area, free)
    if screen.asking:
        _question(screen, free)
    barlists.draw(screen)
    treepanel.draw_chip_name(screen)
    historyline.draw_hover(screen, history)


def _map(screen: GameScreen, part: pygame.Surface) -> None:
    desk = screen.desk
    idle = not screen.busy
    selected = desk.selected if idle else -1
    hover = screen.hover if idle and screen.planner is None else -1
    target = screen.planner.target if screen.planner else -1

    def extra(layer: pygame.Surface) -> None:
        overlays.draw_extra(screen, layer, screen.view.camera)

    def cursor(layer: pygame.Surface) -> None:
        overlays.draw_cursor(screen, layer, screen.view.camera, hover, target)

    lang = screen.shell.texts.lang
    screen.view.draw(part, lang, selected, extra if selected >= 0 else None, (selected, idle, desk.train), cursor)
    overlays.draw_above(screen, part, screen.view.camera)


def _panels(screen: GameScreen, size: tuple[int, int]) -> None:
    """Draw the panels around the map, or their pictures where nothing has changed."""
    brush, shelf, state = screen.shell.brush, screen.shelf, state_of(screen)
    left, right, history, low = _places(screen, size)
    top = (0, 0, size[0], TOP)
    shelf.draw(brush, "left", left, state, lambda: treepanel.draw(screen, left))
    shelf.draw(brush, "right", right, state, lambda: unitpanel.draw(screen, right))
    shelf.draw(brush, "history", history, state, lambda: historyline.draw(screen, history))
    shelf.draw(brush, "top", top, state, lambda: topbar.draw(screen, top))
    x, y, w, h = low
    wide = min(brush.px(356), (w - RIGHT) * 45 // 100)
    hexes, log, small = (x, y, wide, h), (x + wide, y, w - RIGHT - wide, h), (w - RIGHT, y, RIGHT, h)
    shelf.draw(brush, "hex", hexes, (state, screen.hover), lambda: _hex(screen, hexes))
    shelf.draw(brush, "log", log, state, lambda: logpanel.draw(screen, log))
    draw_minimap(brush, screen.view, screen.scene, screen.desk.world.side, small, shelf)


def _places(screen: GameScreen, size: tuple[int, int]) -> tuple[Box, Box, Box, Box]:
    """Return where the panel at the left, the one at the right, the history line and the lower panels lie."""
    w, h = size
    low = h - BOTTOM
    left = (0, TOP, treepanel.width(screen), low - TOP)
    return left, (w - RIGHT, TOP, RIGHT, low - TOP), (0, low, w, HISTORY), (0, low + HISTORY, w, BOTTOM - HISTORY)


def _hex(screen: GameScreen, box: Box) -> None:
    brush, desk = screen.shell.brush, screen.desk
    x, y, w, _ = box
    brush.panel(box, PANEL)
    brush.rule(x, y, w)
    minutes = -1
    if not screen.busy and desk.selected >= 0 and screen.hover >= 0 and (found := desk.reach()) is not None:
        minutes = int(found[0][screen.hover])
    shown = screen.hover
    if shown < 0 and desk.selected >= 0:
        shown = screen.scene.picture.hexes[desk.selected]
    draw_hex(brush, desk.world, screen.scene, shown, screen.shell.texts, box, minutes)


def _message(screen: GameScreen, area: Box) -> None:
    import pygame

    brush = screen.shell.brush
    room = min(700, area[2] - 80)
    lines = brush.wrap(screen.message, 13, room - 28)
    step = brush.px(20)
    box = (area[0] + (area[2] - room) // 2, area[1] + 10, room, 14 + step * len(lines))
    pygame.draw.rect(brush.target, HEADER, box, border_radius=4)
    pygame.draw.rect(brush.target, WARN, box, 1, border_radius=4)
    for n, line in enumerate(lines):
        brush.text(line, box[0] + 14, box[1] + 6 + n * step, 13)
    brush.area(box, "message", lambda: setattr(screen, "message", ""))


def _question(screen: GameScreen, area: Box) -> None:
    """Draw the list of what may have been forgotten before the turn ends."""
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    idle, hungry = desk.idle(), desk.unsupplied()
    row, head = brush.px(20), brush.px(24)
    groups = [g for g in (("end.idle", idle, TEXT), ("end.hungry", hungry, BAD)) if g[1]]
    w, h = min(brush.px(420), area[2] - 16), brush.px(110)
    h += sum(head + row * min(MOST_FORGOTTEN, len(units)) + 4 for _, units, _ in groups) or head
    x, y = area[0] + (area[2] - w) // 2, area[1] + max(0, area[3] - h) // 2
    brush.shield(area)
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    brush.text(texts("end.title"), x + 16, y + 12, 16, ACCENT, True)
    top = y + brush.px(44)
    for key, units, colour in groups:
        brush.text(texts(key, count=len(units)), x + 16, top, 13, colour, True)
        top += head
        for u in units[:MOST_FORGOTTEN]:
            brush.text(texts.name(desk.scenario.units[u].name), x + 28, top, 12, SECOND, room=w - 60)
            brush.area((x + 8, top, w - 16, row), f"forgotten_{u}", lambda u=u: _go_to(screen, u))  # type: ignore[misc]
            top += row
        top += 4
    if not groups:
        brush.text(texts("end.fine"), x + 16, top, 13, GOOD)
    high = brush.px(30)
    low = y + h - high - 14
    wide = max(brush.px(130), round(brush.measure(texts("end.yes"), 13, True)) + 24)
    brush.button((x + w - wide - 16, low, wide, high), texts("end.yes"), "end_yes", screen.end_turn, True)
    brush.button((x + 16, low, brush.px(110), high), texts("end.no"), "end_no", screen.cancel)
    brush.text("Enter", x + w - wide - 26, low + brush.px(6), 11, FAINT, place=1)


def _go_to(screen: GameScreen, unit: int) -> None:
    screen.asking = False
    screen.select(unit)
