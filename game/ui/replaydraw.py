"""Drawing of the replay viewer: bars, timeline, and the map with its card and messages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from game.ui import replayask, replayturn, timeline
from game.ui.replaymarks import draw_deed, draw_fight, draw_flags, draw_heat, fallen_until, taken_until
from game.ui.replayturn import player_name
from game.ui.scene import EVERYTHING
from game.ui.widgets import ACCENT, BAD, FAINT, LINE, PANEL, SECOND, TEXT, WARN, WINDOW, Box, Brush

if TYPE_CHECKING:
    import pygame

    from game.ui.replayscreen import ReplayScreen

TOP = 44  # height of the top bar [px]
SPEEDS = (0.5, 1.0, 2.0, 4.0, 8.0, 0.0)  # factors on the pace, 0 = as fast as it goes
STEPS = ("order", "phase", "turn")
OVERLAYS = ("control", "front", "captures", "losses")
Button = tuple[str, str, Callable[[], None], bool]  # name, text, action, whether it is on


def sizes(brush: Brush, size: tuple[int, int]) -> tuple[int, int]:
    """Return width of the right column and height of the lower part [px]."""
    return min(brush.px(470), int(size[0] * 0.36)), brush.px(54) + brush.px(timeline.HIGH)


def map_box(brush: Brush, size: tuple[int, int]) -> Box:
    """Return where the map lies in a window."""
    right, low = sizes(brush, size)
    return 0, TOP, size[0] - right, size[1] - TOP - low


def draw(screen: ReplayScreen, target: pygame.Surface) -> None:
    """Draw the viewer."""
    brush, size = screen.shell.brush, target.get_size()
    right, low = sizes(brush, size)
    _map(screen, target, map_box(brush, size))
    brush.panel((0, size[1] - low, size[0], low), PANEL)
    brush.rule(0, size[1] - low, size[0])
    tip = _timeline(screen, (0, size[1] - low + brush.px(54), size[0], low - brush.px(54)))
    _transport(screen, (0, size[1] - low, size[0], brush.px(54)))
    told = replayturn.draw_column(screen, (size[0] - right, TOP, right, size[1] - TOP - low))
    _top(screen, size[0])
    replayask.draw_questions(screen, map_box(brush, size))
    if told or tip:
        draw_tip(brush, told or tip, size)


def draw_tip(brush: Brush, lines: list[str], size: tuple[int, int]) -> None:
    """Draw a small note beside the cursor, kept within the window."""
    import pygame

    wrapped = [(n == 0, part) for n, line in enumerate(lines) for part in brush.wrap(line, 12, brush.px(360), n == 0)]
    wide = round(max(brush.measure(t, 12, b) for b, t in wrapped)) + 20
    high = brush.px(18) * len(wrapped) + 12
    x, y = min(brush.mouse[0] + 14, size[0] - wide - 4), brush.mouse[1] - high - 8
    y = y if y > 4 else brush.mouse[1] + 18
    pygame.draw.rect(brush.target, WINDOW, (x, y, wide, high), border_radius=4)
    pygame.draw.rect(brush.target, LINE, (x, y, wide, high), 1, border_radius=4)
    for n, (bold, text) in enumerate(wrapped):
        brush.text(text, x + 10, y + 6 + n * brush.px(18), 12, TEXT if bold else SECOND, bold)


# -- the map -----------------------------------------------------------------------------------------------------------
def _map(screen: ReplayScreen, target: pygame.Surface, box: Box) -> None:
    view, brush = screen.view, screen.shell.brush
    x, y, w, h = box
    if (view.camera.width, view.camera.height) != (w, h):
        view.camera.resize(w, h)
    view.shown = {"control"} if "control" in screen.overlays else set()
    view.shown |= {"sight"} if screen.eyes != EVERYTHING else set()
    heat = "losses" in screen.overlays

    def extra(layer: pygame.Surface) -> None:
        if "front" in screen.overlays and "control" not in screen.overlays:
            view.washes.draw(layer, view.camera, screen.scene.picture.control, False)
        if heat:
            draw_heat(layer, view.camera, fallen_until(screen.tape, screen.spot))
        if screen.deed is not None:
            draw_deed(layer, view.camera, screen.deed)

    part = target.subsurface((x, y, w, h))
    view.draw(part, screen.shell.texts.lang, -1, extra, (screen.spot, screen.eyes, tuple(sorted(screen.overlays))))
    if "captures" in screen.overlays and view.camera.zoom >= 2:
        draw_flags(part, view.camera, taken_until(screen.tape, screen.spot))
    if screen.deed is not None:
        draw_fight(part, view.camera, screen.deed)
    _card(screen, box)
    notes = [(screen.trouble, BAD), (screen.message, WARN), (_export_note(screen), ACCENT)]
    bottom = y + h - brush.px(30)
    for text, tone in notes:
        if text:
            lines = brush.wrap(text, 13, w - 60, True)
            high = brush.px(20) * len(lines) + 10
            brush.panel((14, bottom - high + brush.px(20), w - 28, high), WINDOW, tone, 4)
            for n, line in enumerate(lines):
                brush.text(line, 26, bottom - high + brush.px(20) + 4 + n * brush.px(20), 13, tone, True)
            if text is notes[2][0]:
                brush.area((14, bottom - high + brush.px(20), w - 28, high), "export_note", screen.dismiss)
            bottom -= high + 6


def _export_note(screen: ReplayScreen) -> str:
    texts, export = screen.shell.texts, screen.export
    if export is None:
        return ""
    if export.busy:
        return texts("replay.exporting", name=export.out.name, progress=export.progress)
    return texts("replay.export_failed", why=export.failed) if export.failed else texts("replay.exported", path=export.out)


def _card(screen: ReplayScreen, box: Box) -> None:
    """Draw the card with the dates of the turn and whose phase it is."""
    brush, texts, calendar = screen.shell.brush, screen.shell.texts, screen.scenario.calendar
    dates = screen.dates
    mover = texts("replay.before") if screen.spot == screen.tape.start else texts(
        "replay.over" if screen.scene.turn > 0 and screen.spot == screen.end and _over(screen) else "replay.moves",
        side=texts.name(screen.scenario.sides[screen.side].name),
    )  # fmt: skip
    line = f"{texts('replay.turn_of', turn=screen.turn, turns=calendar.turns)}  ·  {mover}"
    wide = round(max(brush.measure(dates, 18, font="serif_bold"), brush.measure(line, 13))) + 32
    brush.panel((14, box[1] + 14, wide, brush.px(62)), WINDOW, None, 5)
    brush.text(dates, 30, box[1] + 14 + brush.px(8), 18, font="serif_bold")
    brush.text(line, 30, box[1] + 14 + brush.px(36), 13, SECOND)


def _over(screen: ReplayScreen) -> bool:
    phases = screen.replay.phases
    return bool(phases) and phases[-1].closed and phases[-1].turn == screen.scenario.calendar.turns


# -- bars --------------------------------------------------------------------------------------------------------------
def _top(screen: ReplayScreen, width: int) -> None:
    brush, texts, sides = screen.shell.brush, screen.shell.texts, screen.scenario.sides
    brush.panel((0, 0, width, TOP), WINDOW)
    x = float(width - 12)
    groups: list[list[Button]] = [
        [("close", texts("close"), screen.leave, False), ("language", texts("start.language"), screen.shell.switch, False)],
        [(f"overlay_{n}", texts(f"replay.overlay.{n}"), partial(screen.toggle, n), n in screen.overlays)
         for n in reversed(OVERLAYS)],
        [(f"eyes_{n}", texts("replay.both") if n == 0 else texts.name(sides[n - 1].name),
          partial(screen.look, n), screen.viewer == n) for n in (2, 1, 0)],
    ]  # fmt: skip
    for group in groups:
        for name, text, action, on in group:
            wide = round(brush.measure(text, 13, True)) + 22
            x -= wide
            brush.button((int(x), 7, wide, 30), text, name, action, on=on)
            x -= 6
        x -= 12
    label = texts("replay.sight")
    x -= brush.measure(label, 13) - 8
    brush.text(label, x, 22 - brush.px(10), 13, SECOND)
    left = 14 + brush.text(texts("replay.title"), 14, 22 - brush.px(13), 18, ACCENT, font="serif_bold") + 14
    players = texts("replay.players", japan=player_name(screen.replay, 0, texts), china=player_name(screen.replay, 1, texts))
    points = texts("points", net=f"{screen.tape.figures_at(screen.spot).net:+,}".replace("-", "−"))
    info = "  ·  ".join([texts.name(screen.scenario.title), points, texts("replay.seed", seed=screen.replay.seed), players])
    brush.text(info, left, 22 - brush.px(10), 13, room=max(10.0, x - left - 12))


def _transport(screen: ReplayScreen, box: Box) -> None:
    """Draw the buttons for playing: go, speed, step; exports and playing on at the right."""
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, high = 14, box[1] + (box[3] - brush.px(32)) // 2, brush.px(32)
    signs: tuple[tuple[str, str, Callable[[], None]], ...] = (
        ("home", "first", lambda: screen.jump(screen.tape.start)), ("back", "back", partial(screen.nudge, -1)),
        ("play", "pause" if screen.playing else "play", screen.play), ("next", "next", partial(screen.nudge, 1)),
        ("end", "last", lambda: screen.jump(screen.end)),
    )  # fmt: skip
    for name, sign, action in signs:
        wide = brush.px(38)
        brush.button((x, y, wide, high), "", f"replay_{name}", action, primary=name == "play")
        _sign(brush, sign, (x, y, wide, high))
        x += wide + 6
    edge = _asks(screen, (0, y, box[2] - 14, high))
    names = [_speed(s, texts("replay.at_once")) for s in SPEEDS]
    speeds: list[Button] = [
        (f"speed_{n}", name, partial(screen.set_speed, n), n == screen.speed) for n, name in enumerate(names)
    ]  # fmt: skip
    steps: list[Button] = [
        (f"step_{s}", texts(f"replay.step.{s}"), partial(screen.set_step, s), s == screen.step) for s in STEPS
    ]  # fmt: skip
    rows = [(texts("replay.speed"), speeds), (texts("replay.step"), steps)]
    if x + sum(_wide(brush, label, row) for label, row in rows) > edge:
        turn = (screen.speed + 1) % len(SPEEDS)
        rows[0] = (rows[0][0], [("speed", names[screen.speed], partial(screen.set_speed, turn), True)])
    for label, row in rows:
        x += 14 + round(brush.text(label, x + 14, y + high / 2 - brush.px(10), 13, SECOND)) + 8
        for name, text, action, on in row:
            wide = round(brush.measure(text, 13, True)) + 20
            brush.button((x, y, wide, high), text, name, action, on=on)
            x += wide + 4
    legend = texts("replay.legend")
    if x + brush.measure(legend, 11) + 40 < edge:
        brush.text(legend, (x + edge) / 2, y + high / 2 - brush.px(8), 11, FAINT, place=0)


def _asks(screen: ReplayScreen, box: Box) -> int:
    """Draw the buttons that ask something, from a box's right edge; return where they begin [px]."""
    brush, texts = screen.shell.brush, screen.shell.texts
    edge = box[0] + box[2]
    for name, enabled in (("play_on", screen.spot != screen.end or not _over(screen)), ("export", True)):
        text = texts(f"replay.{name}")
        wide = round(brush.measure(text, 13, True)) + 28
        place = (edge - wide, box[1], wide, box[3])
        brush.button(place, text, f"ask_{name}", partial(screen.ask, name), on=screen.asking == name, enabled=enabled)
        edge -= wide + 8
    return edge


def _speed(speed: float, at_once: str) -> str:
    return at_once if not speed else "½×" if speed == 0.5 else f"{speed:g}×"


def _wide(brush: Brush, label: str, row: list[Button]) -> int:
    return 26 + round(brush.measure(label, 13) + sum(brush.measure(text, 13, True) + 24 for _, text, _, _ in row))


def _sign(brush: Brush, sign: str, box: Box) -> None:
    """Draw the sign of a button: triangles and bars."""
    import pygame

    cx, cy, r = box[0] + box[2] / 2, box[1] + box[3] / 2, brush.px(7)
    if sign == "pause":
        for dx in (-0.75, 0.15):
            pygame.draw.rect(brush.target, TEXT, (cx + dx * r, cy - r, 0.6 * r, 2 * r))
        return
    way = -1 if sign in ("first", "back") else 1
    pygame.draw.polygon(brush.target, TEXT, [(cx - way * 0.6 * r, cy - r), (cx + way * 0.8 * r, cy), (cx - way * 0.6 * r, cy + r)])
    if sign in ("first", "last"):
        pygame.draw.rect(brush.target, TEXT, (cx + way * r - 1.5, cy - r, 3, 2 * r))


def _timeline(screen: ReplayScreen, box: Box) -> list[str]:
    """Draw the timeline; return what the cursor over it tells."""
    brush, texts = screen.shell.brush, screen.shell.texts
    tape, pins = screen.tape, screen.pins()
    lines = screen.lines = timeline.Lines(box, brush, screen.scenario.calendar)
    key = (box, screen.spot, len(tape.chapters), screen.eyes, texts.lang, brush.scale)
    screen.keep.picture(
        "timeline", key, brush.target, box, lambda: timeline.draw_timeline(brush, texts, tape, pins, screen.spot, box, lines)
    )
    pin = timeline.pin_at(brush, lines, pins)
    area = (lines.left - 10, box[1], lines.right - lines.left + 20, box[3])

    def click() -> None:
        if pin is not None and pin.spot is not None:
            screen.jump(pin.spot)
        else:
            screen.scrub(brush.mouse[0])

    brush.area(area, "timeline", click)
    if not brush.over(area) or screen.asking:
        return []
    if pin is not None:
        return list(pin.tip)
    near = lines.game - 26 <= brush.mouse[1] <= lines.past + 12
    return [timeline.day_text(lines, brush.mouse[0], texts)] if near else []
