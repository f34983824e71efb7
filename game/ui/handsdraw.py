"""What the hands show over the map: cursor, other selected units, tooltip, fan of a stack, the computer's moves, help."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from game.model.orders import Attack
from game.ui import style, treepanel
from game.ui.actions import ACTIONS, set_pace
from game.ui.fanout import draw_fan, fan_box
from game.ui.helppage import draw_help
from game.ui.opponent import Rerun, Step
from game.ui.overlays_marks import draw_battle_flash, draw_hex_edge, draw_move_arrow, draw_retreat
from game.ui.settings import AT_ONCE, PACES
from game.ui.tooltip import draw_tip, tip_of
from game.ui.widgets import ACCENT, LINE, PANEL, SECOND, TEXT, Box

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen

ABOVE = 46  # how far badges and bars lie above the foot of the map, where the history has its line [px]
CURSOR, ALSO = style.rgb("#FFFFFF"), style.rgb("#FFE066")


def draw(screen: GameScreen, area: Box) -> None:
    """Draw all of it into the map's part of the window; `area` is that part."""
    brush = screen.shell.brush
    part = brush.target.subsurface(area)
    _marks(screen, part)
    left = min(treepanel.width(screen), area[2] // 2)
    inner = (area[0] + left, area[1], area[2] - left, area[3])
    if screen.folds.page == "help":
        draw_help(screen, inner)
        return
    if screen.busy:
        _watch_bar(screen, inner)
        return
    if screen.planner is None and not screen.asking and not screen.folds.page and screen.folds.sheet < 0:
        if screen.hands.fan is not None:
            draw_fan(screen, screen.hands.fan, inner)
        _badges(screen, inner)
        _tip(screen, area, inner)


def _marks(screen: GameScreen, part: pygame.Surface) -> None:
    """Draw what lies on the map itself."""
    camera, hands, desk = screen.view.camera, screen.hands, screen.desk
    if screen.busy:
        if screen.watch.last is not None:
            draw_step(part, screen, screen.watch.last)
        return
    state = desk.world.state
    for where in dict.fromkeys(state.hex[u] for u in desk.selection[1:]):
        if camera.shows(where, -40):
            draw_hex_edge(part, camera, where, ALSO, 2)
    if hands.cursor >= 0 and camera.shows(hands.cursor, -40):
        draw_hex_edge(part, camera, hands.cursor, CURSOR, 3)


def draw_step(part: pygame.Surface, screen: GameScreen, step: Step) -> None:
    """Draw the march or the battle of a step, as far as it was seen."""
    camera, seen = screen.view.camera, step.scene.sighted
    for event in step.events:
        data = event.data
        path = data.get("path")
        if event.kind == "move" and isinstance(path, tuple):
            shown = [h for h in path if isinstance(h, int) and (seen is None or screen.viewer == event.side or seen[h])]
            draw_move_arrow(part, camera, shown, event.side)
        elif event.kind == "retreat":
            ends = [h for h in (data.get("from"), data.get("to")) if isinstance(h, int) and h >= 0]
            if len(ends) == 2:
                draw_retreat(part, camera, ends)
        elif event.kind == "battle" and isinstance(step.order, Attack):
            hexes = step.scene.picture.hexes
            origins = {hexes[u] for u in step.order.units} - {-1, step.order.target}
            near = [h for h in sorted(origins) if screen.desk.world.map.distance(h, step.order.target) == 1]
            draw_battle_flash(part, camera, step.order.target, near, bool(data.get("beaten")))


def _tip(screen: GameScreen, area: Box, inner: Box) -> None:
    hands, camera = screen.hands, screen.view.camera
    if not hands.pointing or hands.target < 0:
        return
    if hands.cursor >= 0:
        x, y = camera.point(hands.cursor)
        point = (x + area[0] + 0.3 * camera.hex, y + area[1] + 0.3 * camera.hex)
    else:
        point = (float(screen.shell.brush.mouse[0]), float(screen.shell.brush.mouse[1]))
    tip = tip_of(screen, hands.target)
    if tip is not None:
        taken = fan_box(screen, hands.fan, inner) if hands.fan is not None else None
        draw_tip(screen, tip, point, inner, taken)


def _badges(screen: GameScreen, inner: Box) -> None:
    """Draw at the foot of the map what mode the hands are in."""
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    x, y, _, h = inner
    if desk.train and screen.free:
        found = desk.reach()
        key = "rail.badge" if found is not None and (found[0] > 0).any() else "rail.nowhere"
        _badge(screen, inner, texts(key, press=screen.keys.shown("rail")))
    if screen.free and screen.watch.tape and not desk.session.phases[-1].orders:
        text, key = texts("watch.again"), screen.keys.shown("again")
        wide = round(brush.measure(text, 13) + brush.measure(key, 11)) + brush.px(40)
        high = brush.px(28)
        brush.button((x + 12, y + h - high - brush.px(ABOVE), wide, high), text, "watch_again", screen.watch_again, key=key)


def _badge(screen: GameScreen, inner: Box, text: str) -> None:
    import pygame

    brush = screen.shell.brush
    lines = brush.wrap(text, 13, min(inner[2] - 320, brush.px(620)))
    wide = round(max(brush.measure(line, 13) for line in lines)) + 28
    high = brush.px(20) * len(lines) + 12
    box = (inner[0] + (inner[2] - wide) // 2, inner[1] + inner[3] - high - brush.px(ABOVE), wide, high)
    pygame.draw.rect(brush.target, PANEL, box, border_radius=4)
    pygame.draw.rect(brush.target, ACCENT, box, 1, border_radius=4)
    for n, line in enumerate(lines):
        brush.text(line, box[0] + 14, box[1] + 5 + n * brush.px(20), 13, TEXT)


def _watch_bar(screen: GameScreen, inner: Box) -> None:
    """Draw the bar that rules how the computer's moves are shown."""
    import pygame

    brush, texts, watch = screen.shell.brush, screen.shell.texts, screen.watch
    again = isinstance(screen.opponent, Rerun)
    buttons: list[tuple[str, str, bool]] = [("watch_pause", texts("watch.go_on" if watch.paused else "watch.pause"), watch.paused)]
    buttons.append(("watch_step", texts("watch.step"), False))
    speeds = [(f"pace_{p:g}", texts("watch.at_once") if p == AT_ONCE else f"{p:g}×", watch.pace == p) for p in PACES]
    buttons += [*speeds, ("watch_skip", texts("watch.stop" if again else "watch.skip"), False)]
    acts: dict[str, Callable[[], None]] = {f"pace_{p:g}": partial(set_pace, screen, p) for p in PACES}
    acts["watch_pause"], acts["watch_step"] = partial(ACTIONS["pause"], screen), watch.single
    acts["watch_skip"] = partial(setattr, screen, "fast", True)
    wides = [round(brush.measure(text, 13, True)) + brush.px(18) for _, text, _ in buttons]
    wide, high = sum(wides) + 6 * len(wides) + brush.px(14), brush.px(66)
    x, y = inner[0] + max(0, inner[2] - wide) // 2, inner[1] + inner[3] - high - brush.px(ABOVE)
    pygame.draw.rect(brush.target, PANEL, (x, y, wide, high), border_radius=6)
    pygame.draw.rect(brush.target, LINE, (x, y, wide, high), 1, border_radius=6)
    brush.shield((x, y, wide, high))
    brush.text(_progress(screen, again), x + brush.px(12), y + brush.px(6), 12, SECOND, room=wide - brush.px(24))
    left = x + brush.px(10)
    for (name, text, on), one in zip(buttons, wides, strict=True):
        brush.button((left, y + brush.px(30), one, brush.px(28)), text, name, acts[name], on=on)
        left += one + 6


def _progress(screen: GameScreen, again: bool) -> str:
    texts, watch = screen.shell.texts, screen.watch
    if again:
        return texts("watch.rerun", shown=watch.shown, count=len(watch.tape))
    side = texts.name(screen.desk.scenario.sides[screen.scene.side].name)
    waiting = screen.opponent is not None and screen.opponent.thinking and not screen.opponent.steps
    if waiting and not watch.shown:
        return texts("watch.thinks", side=side)
    return texts("watch.moves", side=side, shown=watch.shown)
