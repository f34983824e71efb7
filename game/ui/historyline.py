"""The history line: the calendar with what happened in 1944 above it and this game's captures below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from game.ui import style
from game.ui.rows import short_day
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, HEADER, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, Box, Brush

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

CLOSE = 7  # marks nearer than this answer together [px]


@dataclass(frozen=True)
class Mark:
    """A capture on the line."""

    day: date
    place: str
    side: int
    late: int | None  # this game's days behind the record (negative: ahead); None = the other has no such capture
    played: bool  # below the line: of this game


def marks_of(screen: GameScreen) -> tuple[list[Mark], list[Mark]]:
    """Return the record's captures and this game's, each by importance of the place."""
    ledger, map_ = screen.ledger, screen.desk.scenario.map
    record = [Mark(c.recorded.date, c.recorded.place, c.recorded.side, c.days, False) for c in ledger.compared]
    left: dict[tuple[str, int], list[int]] = {}
    for row in ledger.compared:
        if row.played is not None and row.days is not None:
            left.setdefault((row.recorded.place, row.recorded.side), []).append(row.days)
    played = []
    for taken in ledger.captures:
        days = left.get((taken.place, taken.side), [])
        played.append(Mark(taken.date, taken.place, taken.side, days.pop(0) if days else None, True))

    def weight(mark: Mark) -> tuple[int, date, str]:
        return map_.place_by_id[mark.place].rank, mark.day, mark.place

    return sorted(record, key=weight), sorted(played, key=weight)


class Line:
    """Where days lie on the line [px]."""

    def __init__(self, start: date, end: date, left: float, right: float) -> None:
        self.start, self.days, self.left, self.right = start, max(1, (end - start).days), left, right

    def x(self, day: date) -> float:
        """Return where a day lies."""
        share = (day - self.start).days / self.days
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def draw(screen: GameScreen, box: Box) -> None:
    """Draw the line; call `draw_hover` when everything else is drawn."""
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, h = box
    calendar = screen.desk.scenario.calendar
    brush.panel(box, PANEL)
    brush.rule(x, y, w)
    label = brush.px(92)
    brush.text(texts("history.record"), x + 14, y + 1, 11.5, ACCENT, True, room=label - 8)
    brush.text(texts("history.game"), x + 14, y + h / 2, 11.5, SECOND, room=label - 8)
    line = Line(calendar.start, calendar.end, x + 14 + label, x + w - 26)
    middle = y + h // 2
    brush.target.fill(LINE, (round(line.left), middle, round(line.right - line.left), 1))
    months = _ticks(brush, screen, line, middle)
    record, played = marks_of(screen)
    _labels(screen, line, record, y, middle, [])
    _labels(screen, line, played, middle + 4, middle, months)
    today = calendar.date_of(screen.scene.turn)
    _today(brush, line.x(min(today, calendar.end)), y, h)
    _areas(screen, line, [*record, *played], box)


def _ticks(brush: Brush, screen: GameScreen, line: Line, middle: int) -> list[tuple[float, float]]:
    """Draw days, weeks and months; return what the names of the months cover."""
    texts, covered = screen.shell.texts, []
    day, step = line.start, 1 if line.days <= 70 else 5
    while (day - line.start).days <= line.days:
        x = round(line.x(day))
        if day.day == 1 or day == line.start:
            brush.target.fill(FAINT, (x, middle, 1, 20))
            name = texts(f"month.{day.month}")
            covered.append((x + 0.0, x + 6 + brush.text(name, x + 5, middle + 4, 11, FAINT)))
        elif (day - line.start).days % step == 0:
            brush.target.fill(LINE, (x, middle - 2, 1, 5))
        day += timedelta(days=1)
    return covered


def _labels(
    screen: GameScreen, line: Line, marks: list[Mark], top: int, middle: int, covered: list[tuple[float, float]]
) -> None:
    """Draw marks, and the names of as many as there is room for, the most important first."""
    brush, texts = screen.shell.brush, screen.shell.texts
    map_ = screen.desk.scenario.map
    taken = list(covered)
    for mark in marks:
        x = line.x(mark.day)
        if mark.played:
            _played_mark(brush, round(x), middle, mark)
        else:
            _diamond(brush, x, middle)
        place = map_.place_by_id[mark.place]
        name = place.name_zh if texts.lang == "zh" else place.name_en
        late = "" if mark.late is None else f" {mark.late:+d}".replace("-", "−") if mark.late else " ±0"
        text = f"{name}{late}" if mark.played else f"{mark.day.day} · {name}"
        wide = brush.measure(text, 11)
        left = x - 2
        if left + wide > line.right + 20:
            left = x - wide + 4
        if any(left < b + 6 and left + wide > a - 6 for a, b in taken):
            continue
        taken.append((left, left + wide))
        brush.text(text, left, top, 11, _colour(mark))


def _diamond(brush: Brush, x: float, y: float) -> None:
    import pygame

    pygame.draw.polygon(brush.target, style.STRIPES[0], [(x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)])


def _colour(mark: Mark) -> style.Colour:
    if not mark.played:
        return TEXT
    return SECOND if mark.late is None else BAD if mark.late > 0 else GOOD


def _played_mark(brush: Brush, x: int, middle: int, mark: Mark) -> None:
    import pygame

    if mark.side == 0:
        pygame.draw.rect(brush.target, SIDE_TEXT[0], (x - 2, middle + 2, 5, 5))
    else:
        pygame.draw.circle(brush.target, SIDE_TEXT[1], (x, middle + 5), 3)


def _today(brush: Brush, x: float, y: int, h: int) -> None:
    import pygame

    yellow = style.rgb("#FFE066")
    brush.target.fill(yellow, (round(x), y + 2, 2, h - 3))
    pygame.draw.polygon(brush.target, yellow, [(x - 5, y + h - 1), (x + 6, y + h - 1), (x + 0.5, y + h - 9)])


def _areas(screen: GameScreen, line: Line, marks: list[Mark], box: Box) -> None:
    brush, map_ = screen.shell.brush, screen.desk.scenario.map
    _, y, _, h = box
    for n, mark in enumerate(marks):
        where = map_.place_by_id[mark.place].hex
        half = (y + h // 2, h // 2) if mark.played else (y, h // 2)
        area = (round(line.x(mark.day)) - CLOSE, half[0], 2 * CLOSE, half[1])
        if where >= 0:
            brush.area(area, f"history_{n}", lambda where=where: screen.jump(where))  # type: ignore[misc]


def sentences(screen: GameScreen, box: Box) -> list[str]:
    """Return what the marks under the cursor tell, the record's events of that day included; [] = none is there."""
    brush, texts = screen.shell.brush, screen.shell.texts
    if not brush.over(box):
        return []
    x, y, w, h = box
    scenario = screen.desk.scenario
    line = Line(scenario.calendar.start, scenario.calendar.end, x + 14 + brush.px(92), x + w - 26)
    mx, my = brush.mouse
    record, played = marks_of(screen)
    here = [m for m in (played if my >= y + h // 2 else record) if abs(line.x(m.day) - mx) <= CLOSE]
    found = []
    for mark in sorted(here, key=lambda m: (m.day, m.place)):
        place = scenario.map.place_by_id[mark.place]
        town = place.name_zh if texts.lang == "zh" else place.name_en
        text = texts("history.taken", day=short_day(texts, mark.day), side=texts.name(scenario.sides[mark.side].name), town=town)
        found.append(f"{text} ({_compared(screen, mark)})")
    days = {m.day for m in here if not m.played}
    found += [texts("history.record_note", text=texts.name(e.text)) for e in scenario.events if e.date in days]
    return found


def _compared(screen: GameScreen, mark: Mark) -> str:
    texts = screen.shell.texts
    if mark.late is None:
        return texts("history.only" if mark.played else "history.not_yet")
    if mark.late == 0:
        return texts("history.same")
    return texts("history.late" if mark.late > 0 else "history.early", days=abs(mark.late))


def draw_hover(screen: GameScreen, box: Box) -> None:
    """Draw what the marks under the cursor tell, above the line."""
    import pygame

    brush = screen.shell.brush
    found = sentences(screen, box)
    if not found:
        return
    wide = min(460, box[2] - 40)
    lines = [part for one in found[:8] for part in brush.wrap(one, 12, wide - 24)]
    step = brush.px(18)
    high = step * len(lines) + 12
    left = min(max(brush.mouse[0] - wide // 2, box[0] + 8), box[0] + box[2] - wide - 8)
    tip = (left, box[1] - high - 6, wide, high)
    pygame.draw.rect(brush.target, HEADER, tip, border_radius=4)
    pygame.draw.rect(brush.target, ACCENT, tip, 1, border_radius=4)
    for n, text in enumerate(lines):
        brush.text(text, left + 12, tip[1] + 5 + n * step, 12)


def draw_today(screen: GameScreen, area: Box) -> None:
    """Draw, at the lower edge of the map, what happened on this turn's days in 1944; a click goes there."""
    import pygame

    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    scenario, turn = screen.desk.scenario, screen.scene.turn
    calendar = scenario.calendar
    first = calendar.date_of(turn)
    days = {first + timedelta(days=n) for n in range(calendar.days_per_turn)}
    found = [e for e in scenario.events if e.date in days]
    if folds.told_turn != turn:
        folds.told_turn, folds.told = turn, 0
    if not found or folds.told < 0:
        return
    event = found[folds.told % len(found)]
    count = f"{folds.told % len(found) + 1}/{len(found)} ▶" if len(found) > 1 else ""
    text = f"{short_day(texts, event.date)} 1944: {texts.name(event.text)}"
    if texts.lang == "zh":
        text = f"1944年{short_day(texts, event.date)}：{texts.name(event.text)}"
    high, close, more = brush.px(24), brush.px(24), brush.px(48) if count else 0
    wide = round(min(brush.measure(text, 12) + 30 + close + more, area[2] - 24))
    x, y = area[0] + 12, area[1] + area[3] - high - 8
    pygame.draw.rect(brush.target, PANEL, (x, y, wide, high), border_radius=4)
    pygame.draw.rect(brush.target, LINE, (x, y, wide, high), 1, border_radius=4)
    _diamond(brush, x + 13, y + high / 2)
    at = y + (high - brush.px(18)) // 2
    brush.text(text, x + 24, at, 12, room=wide - 28 - close - more)
    place = scenario.map.place_by_id.get(event.place)
    brush.area((x, y, wide, high), "told", lambda: screen.jump(place.hex) if place and place.hex >= 0 else None)
    if count:
        box = (x + wide - close - more, y, more, high)
        brush.text(count, box[0] + more / 2, at, 11, ACCENT, place=0)
        brush.area(box, "told_next", lambda: setattr(folds, "told", folds.told + 1))
    brush.text("×", x + wide - close / 2, at - 1, 13, SECOND, place=0)
    brush.area((x + wide - close, y, close, high), "told_close", lambda: setattr(folds, "told", -1))
