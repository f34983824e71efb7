"""The bar along the top: date, phase, weather, air, points, and buttons. What does not fit is left out, the least first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from game.model.rules import WEATHERS
from game.ui import style
from game.ui.barsigns import draw_cog, draw_plane, draw_sky, draw_star
from game.ui.rows import signed
from game.ui.widgets import ACCENT, SECOND, SIDE_TEXT, TEXT, WINDOW, Box, Brush

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

Writer = tuple[float, Callable[[float], None]]  # width of a text [px], and what writes it at a place
GAP = 18  # between the parts [px]


@dataclass(frozen=True)
class Part:
    """Something in the bar. rank: the highest is left out first when room is short."""

    rank: int
    width: float
    draw: Callable[[float], None]
    name: str = ""
    action: Callable[[], None] | None = None


def span(screen: GameScreen, first: date, last: date) -> str:
    """Return the days of a turn as a title."""
    texts = screen.shell.texts
    begin, end = texts.day(first), texts.day(last)
    if first == last:
        return begin
    same = first.month == last.month
    if texts.lang == "zh":
        return f"{begin[:-1]}–{last.day}日" if same else f"{begin}–{last.month}月{last.day}日"
    return f"{first.day}–{end}" if same else f"{begin.rsplit(' ', 1)[0]} – {end}"


def draw(screen: GameScreen, box: Box) -> None:
    """Draw the bar."""
    brush = screen.shell.brush
    x, y, w, h = box
    brush.panel(box, WINDOW)
    brush.rule(x, y + h - 1, w)
    right = _buttons(screen, x + w - 10, y, h)
    parts = _parts(screen, h)
    room = right - x - 16
    while len(parts) > 1 and sum(p.width + GAP for p in parts) > room:
        parts.remove(max(parts, key=lambda p: p.rank))
    at = x + 14.0
    for part in parts:
        if part.action is not None:
            area = (round(at) - 6, y + 4, round(part.width) + 12, h - 8)
            if brush.over(area):
                brush.target.fill(style.rgb("#31373C"), area)
            brush.area(area, part.name, part.action)
        part.draw(at)
        at += part.width + GAP


def _middle(brush: Brush, height: int, size: float) -> float:
    """Return where a line of text begins that stands in the middle of the bar [px]."""
    return (height - size * brush.scale * 1.45) / 2


def _parts(screen: GameScreen, h: int) -> list[Part]:
    brush, texts, desk, ledger = screen.shell.brush, screen.shell.texts, screen.desk, screen.ledger
    calendar, scene, folds = desk.scenario.calendar, screen.scene, screen.folds

    def words(text: str, size: float, colour: style.Colour = TEXT, bold: bool = False, font: str = "") -> Writer:
        def write(at: float) -> None:
            brush.text(text, at, _middle(brush, h, size), size, colour, bold, font=font)

        return brush.measure(text, size, bold, font), write

    def signed_words(sign: Callable[[float], None], room: float, text: Writer) -> Writer:
        def write(at: float) -> None:
            sign(at)
            text[1](at + room)

        return text[0] + room, write

    first = calendar.date_of(scene.turn)
    last = min(first + timedelta(days=calendar.days_per_turn - 1), calendar.end)
    side = desk.scenario.sides[scene.side]
    parts = [
        Part(0, *words(span(screen, first, last), 17, font="serif_bold")),
        Part(5, *words(texts("turn", turn=scene.turn, turns=calendar.turns), 13, SECOND)),
        _phase(screen, h),
    ]
    own = signed_words(lambda at: brush.bullet(int(at), h // 2 - 5, scene.side), 16, words(texts.name(side.name), 14, bold=True))
    parts += [Part(6, *own), Part(9, *words(texts.name(side.army), 13, SECOND))]
    staff = lambda: folds.show_page("staff")  # noqa: E731
    north, south = (texts.word("weather", WEATHERS[k]) for k in ledger.weather)
    sky = north if north == south else texts("weather", north=north, south=south)
    weather = signed_words(lambda at: draw_sky(brush.target, at + 8, h / 2, ledger.weather[0]), 24, words(sky, 13))
    parts.append(Part(4, *weather, "weather", staff))
    left = desk.world.state.air[ledger.side] if not screen.busy else ledger.air_left
    if ledger.fields and (ledger.air_total or left):
        planes = words(texts("bar.air", left=left, total=max(ledger.air_total, left)), 13)
        parts.append(Part(7, *signed_words(lambda at: draw_plane(brush.target, at + 8, h / 2), 24, planes), "air", staff))
    page = lambda: folds.show_page("victory")  # noqa: E731
    net = words(texts("points", net=signed(ledger.net)), 14, ACCENT, True)
    parts.append(Part(1, *signed_words(lambda at: draw_star(brush.target, at + 8, h / 2), 22, net), "points", page))
    parts.append(Part(8, *words(texts.name(ledger.level.name), 13, SECOND), "level", page))
    return parts


def _phase(screen: GameScreen, h: int) -> Part:
    import pygame

    brush, texts = screen.shell.brush, screen.shell.texts
    text = texts("phase.over" if screen.desk.session.over else "phase.computer" if screen.busy else "phase.operations")
    if screen.busy and screen.scene.sighted is None:
        text = texts("phase.moves", side=texts.name(screen.desk.scenario.sides[screen.scene.side].name))
    wide, high = brush.measure(text, 12.5, True) + 22, brush.px(25)

    def chip(at: float) -> None:
        box = (round(at), (h - high) // 2, round(wide), high)
        pygame.draw.rect(brush.target, SIDE_TEXT[screen.scene.side], box, border_radius=4)
        brush.text(text, at + wide / 2, _middle(brush, h, 12.5), 12.5, TEXT, True, 0)

    return Part(3, wide, chip)


def _buttons(screen: GameScreen, right: int, y: int, h: int) -> int:
    """Draw the buttons from the right; return where they begin."""
    brush, texts, folds, desk = screen.shell.brush, screen.shell.texts, screen.folds, screen.desk
    free = desk.persons_turn and not screen.busy
    high = min(brush.px(29), h - 8)
    top = y + (h - high) // 2

    def place(text: str, least: int, key: str = "") -> Box:
        nonlocal right
        wide = max(brush.px(least), round(brush.measure(text, 13, True)) + 18 + (round(brush.measure(key, 11)) + 8 if key else 0))
        right -= wide + 6
        return right + 6, top, wide, high

    if screen.busy:
        text = texts("log.skip")
        brush.button(place(text, 100), text, "skip", lambda: setattr(screen, "fast", True))
    else:
        text = texts("end_turn")
        brush.button(place(text, 100), text, "end_turn", screen.ask_end, True, enabled=free)
    text = texts("undo")
    brush.button(place(text, 52), text, "undo", screen.undo, enabled=free and desk.can_undo)
    text = texts("bar.find")
    key = screen.keys.shown("find")
    brush.button(place(text, 48, key), text, "find", lambda: find(screen), on=folds.searching, key=key)
    text = texts("bar.overlays")
    box = place(text, 70)
    brush.button(box, text, "overlays", lambda: folds.open_list("overlays"), on=folds.overlays)
    folds.overlays_at = (box[0], y + h)
    box = place("", 30)
    brush.button(box, "", "gear", lambda: folds.open_list("gear"), on=folds.gear)
    draw_cog(brush.target, box[0] + box[2] / 2, box[1] + box[3] / 2, TEXT if brush.over(box) else SECOND)
    folds.gear_at = (box[0], y + h)
    brush.button(place("?", 26), "?", "help", lambda: folds.show_page("help"), on=folds.page == "help")
    text = texts("start.language")
    brush.button(place(text, 40), text, "language", texts.switch)
    text = texts("menu")
    brush.button(place(text, 50), text, "menu", lambda: screen.shell.go("start", None))
    return right


def find(screen: GameScreen) -> None:
    """Open the order of battle with the cursor in its search."""
    from game.ui.treepanel import open_tree

    open_tree(screen, True)
