"""How the game screen looks: map, top bar, right panel, lower panels and dialogs, from the back to the front."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from game.model.rules import WEATHERS
from game.rules import victory
from game.ui import news, overlays, style
from game.ui.panels import BOTTOM, RIGHT, TOP, draw_enemies, draw_hex, draw_log, draw_minimap, draw_unit
from game.ui.planner import draw_planner, place_of, planner_height
from game.ui.scene import EVERYTHING
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, HEADER, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, WARN, WINDOW, Box

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen


def draw(screen: GameScreen, target: pygame.Surface) -> None:
    """Draw the game screen."""
    camera = screen.view.camera
    screen.fit(target.get_size())
    area = (0, TOP, camera.width, camera.height)
    _map(screen, target.subsurface(area))
    w, h = target.get_size()
    _top_bar(screen, w)
    _right(screen, (camera.width, TOP, w - camera.width, h - TOP - BOTTOM))
    _bottom(screen, (0, TOP + camera.height, w, BOTTOM))
    if screen.message:
        _message(screen, area)
    if screen.planner is not None:
        point = camera.point(screen.planner.target)
        at = place_of(area, (point[0], point[1] + TOP), planner_height(screen.planner))
        draw_planner(screen.shell.brush, screen.planner, screen.scene, screen.shell.texts, at, screen.attack, screen.cancel)
    if screen.asking:
        _question(screen, area)


def _map(screen: GameScreen, part: pygame.Surface) -> None:
    desk = screen.desk
    idle = not screen.busy
    selected = desk.selected if idle else -1
    hover = screen.hover if idle and screen.planner is None else -1
    target = screen.planner.target if screen.planner else -1

    def extra(layer: pygame.Surface) -> None:
        if "supply" in screen.view.shown and idle:
            _supply(screen, layer)
        if idle and selected >= 0:
            _march(screen, layer, hover)
        if target >= 0:
            overlays.draw_hex_edge(layer, screen.view.camera, target, style.rgb("#FFFFFF"), 3)
        if hover >= 0:
            overlays.draw_hex_edge(layer, screen.view.camera, hover, style.rgb("#FFF9E6"), 1)

    screen.view.draw(part, screen.shell.texts.lang, selected, extra, (selected, hover, target, idle))


def _march(screen: GameScreen, layer: pygame.Surface, hover: int) -> None:
    desk, camera = screen.desk, screen.view.camera
    found = desk.reach()
    if found is None:
        return
    have, day = desk.world.state.minutes[desk.selected], desk.world.rules.movement.day_minutes
    used = day * desk.world.days - have
    overlays.draw_reach(layer, camera, found[0], have, max(0, day - used % day if used >= 0 else day))
    path = desk.path_to(hover) if hover >= 0 else ()
    if path:
        overlays.draw_path(layer, camera, path, screen.shell.texts("hours", hours=f"{int(found[0][hover]) / 60:.1f}"))


def _supply(screen: GameScreen, layer: pygame.Surface) -> None:
    world = screen.desk.world
    side = screen.viewer if screen.viewer != EVERYTHING else screen.desk.side
    lines = world.lines[side]
    if lines is None:
        return
    unit = screen.desk.selected
    path = lines.path(world, world.state.hex[unit]) if unit >= 0 else ()
    overlays.draw_supply(layer, screen.view.camera, world.scenario, lines, side, path)


def _top_bar(screen: GameScreen, width: int) -> None:
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    world, calendar = desk.world, desk.scenario.calendar
    brush.panel((0, 0, width, TOP), WINDOW)
    brush.rule(0, TOP - 1, width)
    turn = screen.scene.turn
    first = calendar.date_of(turn)
    last = min(first + timedelta(days=calendar.days_per_turn - 1), calendar.end)
    x = 16.0
    x += brush.text(_span(screen, first, last), x, 9, 18, font="serif_bold") + 20
    x += brush.text(texts("turn", turn=turn, turns=calendar.turns), x, 13, 13, SECOND) + 20
    phase = "phase.over" if desk.session.over else "phase.computer" if screen.busy else "phase.operations"
    box = (int(x), 9, 128, 26)
    brush.target.fill(SIDE_TEXT[screen.scene.side], box)
    brush.text(texts(phase), x + 64, 12, 13, TEXT, True, 0, room=124)
    x += 144
    side = desk.scenario.sides[screen.scene.side]
    brush.bullet(int(x), 17, screen.scene.side)
    x += 16 + brush.text(f"{texts.name(side.name)} · {texts.name(side.army)}", x + 16, 12, 14, bold=True, room=230) + 20
    north, south = (texts.word("weather", WEATHERS[w]) for w in world.state.weather)
    x += brush.text(north if north == south else texts("weather", north=north, south=south), x, 13, 13) + 20
    if desk.persons_turn and not screen.busy:
        x += brush.text(texts("air", points=desk.view.air), x, 13, 13, SECOND) + 20
    if not screen.busy:
        brush.text(texts("points", net=f"{victory.net(world):+,}".replace("-", "−")), x, 12, 14, ACCENT, True)
    _top_buttons(screen, width)


def _span(screen: GameScreen, first: date, last: date) -> str:
    """Return the days of a turn as a title."""
    texts = screen.shell.texts
    begin, end = texts.day(first), texts.day(last)
    if first == last:
        return begin
    same = first.month == last.month
    if texts.lang == "zh":
        return f"{begin[:-1]}–{last.day}日" if same else f"{begin}–{last.month}月{last.day}日"
    return f"{first.day}–{end}" if same else f"{begin.rsplit(' ', 1)[0]} – {end}"


def _top_buttons(screen: GameScreen, width: int) -> None:
    brush, texts = screen.shell.brush, screen.shell.texts
    free = screen.desk.persons_turn and not screen.busy
    x = width - 124
    if screen.busy:
        brush.button((x, 7, 112, 30), texts("log.skip"), "skip", lambda: setattr(screen, "fast", True))
    else:
        brush.button((x, 7, 112, 30), texts("end_turn"), "end_turn", screen.ask_end, True, enabled=free)
    brush.button((x - 84, 7, 78, 30), texts("undo"), "undo", screen.undo, enabled=free and screen.desk.can_undo)
    brush.button((x - 166, 7, 76, 30), texts("start.language"), "language", texts.switch)
    brush.button((x - 242, 7, 70, 30), texts("menu"), "menu", lambda: screen.shell.go("start", None))


def _overlay_buttons(screen: GameScreen, box: Box) -> None:
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, _ = box
    wide = (w - 16) // len(overlays.NAMES)
    for n, name in enumerate(overlays.NAMES):
        on = name in screen.view.shown
        part = (x + 8 + n * wide, y, wide - 4, 26)
        brush.button(part, texts(f"overlay.{name}"), f"overlay_{name}", lambda name=name: screen.toggle(name), on=on)  # type: ignore[misc]


def _right(screen: GameScreen, box: Box) -> None:
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    x, y, w, h = box
    brush.panel(box, PANEL)
    brush.target.fill(LINE, (x, y, 1, h))
    inner = (x, y, w, h - 84)
    if screen.busy:
        brush.text(texts("phase.computer"), x + 14, y + 14, 14, ACCENT, True)
    elif desk.selected >= 0:
        unit = desk.selected
        draw_unit(
            brush, desk.world, screen.scene, unit, texts, inner, screen.opened, screen.select,
            screen.set_stance if desk.persons_turn else None, desk.view.held(unit),
        )  # fmt: skip
    elif screen.scene.stacks.get(screen.inspected):
        draw_enemies(brush, desk.world, screen.scene, screen.inspected, texts, inner)
    else:
        brush.text(texts("unit.none"), x + 14, y + 14, 14, ACCENT, True)
        brush.paragraph(texts("unit.hint"), x + 14, y + 42, w - 28, 13, SECOND)
    _overlay_buttons(screen, (x, y + h - 76, w, 26))
    free = desk.persons_turn and not screen.busy
    half = (w - 24) // 2
    buttons = (("previous", "P", -1, x + 8), ("next", "N", 1, x + 16 + half))
    for name, key, by, left in buttons:
        go = lambda by=by: screen.select(desk.step(by))  # noqa: E731
        brush.button((left, y + h - 42, half, 32), texts(f"unit.{name}"), name, go, enabled=free, key=key)


def _bottom(screen: GameScreen, box: Box) -> None:
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    x, y, w, h = box
    brush.panel(box, PANEL)
    brush.rule(x, y, w)
    minutes = -1
    if not screen.busy and desk.selected >= 0 and screen.hover >= 0 and (found := desk.reach()) is not None:
        minutes = int(found[0][screen.hover])
    draw_hex(brush, desk.world, screen.scene, screen.hover, texts, (x, y, 356, h), minutes)
    lines: list[tuple[int, str, int]] = []
    for _, event in reversed(screen.news):
        if len(lines) >= (h - 38) // 18:
            break
        text = news.line_of(event, desk.scenario, texts)
        if text:
            calendar = event.kind in ("turn", "weather", "score")
            lines.append((-1 if calendar else event.side, text, -1 if calendar else news.hex_of(event)))
    draw_log(brush, lines, texts, (x + 356, y, w - RIGHT - 356, h), screen.jump, desk.scenario.map)
    draw_minimap(brush, screen.view, screen.scene, desk.world.side, (w - RIGHT, y + 1, RIGHT, h - 1))


def _message(screen: GameScreen, area: Box) -> None:
    import pygame

    brush = screen.shell.brush
    room = min(700, area[2] - 80)
    lines = brush.wrap(screen.message, 13, room - 28)
    box = (area[0] + (area[2] - room) // 2, area[1] + 10, room, 14 + 20 * len(lines))
    pygame.draw.rect(brush.target, HEADER, box, border_radius=4)
    pygame.draw.rect(brush.target, WARN, box, 1, border_radius=4)
    for n, line in enumerate(lines):
        brush.text(line, box[0] + 14, box[1] + 6 + n * 20, 13)
    brush.area(box, "message", lambda: setattr(screen, "message", ""))


def _question(screen: GameScreen, area: Box) -> None:
    """Draw the list of what may have been forgotten before the turn ends."""
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    idle, hungry = desk.idle(), desk.unsupplied()
    count = min(6, len(idle)) + min(6, len(hungry))
    w, h = 420, 150 + 20 * count + (28 if idle and hungry else 0)
    x, y = area[0] + (area[2] - w) // 2, area[1] + max(0, area[3] - h) // 2
    brush.shield(area)
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    brush.text(texts("end.title"), x + 16, y + 12, 16, ACCENT, True)
    top = y + 44
    for key, units, colour in (("end.idle", idle, TEXT), ("end.hungry", hungry, BAD)):
        if not units:
            continue
        brush.text(texts(key, count=len(units)), x + 16, top, 13, colour, True)
        top += 24
        for u in units[:6]:
            row = (x + 8, top, w - 16, 20)
            brush.text(texts.name(desk.scenario.units[u].name), x + 28, top, 12, SECOND, room=w - 60)
            brush.area(row, f"forgotten_{u}", lambda u=u: _go_to(screen, u))  # type: ignore[misc]
            top += 20
        top += 4
    if not idle and not hungry:
        brush.text(texts("end.fine"), x + 16, top, 13, GOOD)
    brush.button((x + w - 146, y + h - 44, 130, 30), texts("end.yes"), "end_yes", screen.end_turn, True)
    brush.button((x + 16, y + h - 44, 110, 30), texts("end.no"), "end_no", screen.cancel)
    brush.text("Enter", x + w - 156, y + h - 38, 11, FAINT, place=1)


def _go_to(screen: GameScreen, unit: int) -> None:
    screen.asking = False
    screen.select(unit)
