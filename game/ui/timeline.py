"""The replay's timeline: this game above, history below, and between them how many days apart the same captures lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from game.model.scenario import Calendar
from game.play.stats import number
from game.play.tape import Spot, Taken, Tape
from game.ui import style
from game.ui.charts import NOW, day_at, day_of, months, span
from game.ui.rows import short_day, where_text
from game.ui.scene import EVERYTHING
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, LINE, NEUTRAL, PRIMARY, SECOND, SIDE_TEXT, TEXT, TROUGH, Box, Brush

if TYPE_CHECKING:
    from game.ui.style import Colour

HIGH = 178  # height below the buttons [px at text size 1]


@dataclass(frozen=True)
class Pin:
    """A mark on one of the two lines: where, what it tells, and the moment that a click shows."""

    kind: str  # flag, cross, diamond or dot
    day: float  # since the start
    tip: tuple[str, ...]
    label: str
    sub: str  # second line of the label
    colour: Colour
    weight: tuple[int, ...]  # the least is the most important
    spot: Spot | None = None
    joined: float = -1.0  # the day of the same capture on the other line, -1 = none
    late: int = 0  # [days]


def pins_of(tape: Tape, viewer: int, texts: Texts) -> list[Pin]:
    """Return the marks of a tape as far as it has been wound: captures, destroyed units, and the record."""
    return [*_flags(tape, texts), *_crosses(tape, viewer, texts), *_diamonds(tape, texts), *_dots(tape, texts)]


def late_text(late: int, texts: Texts) -> str:
    """Return a difference in days in words, e.g. "2 days late"."""
    if not late:
        return texts("replay.days_same")
    if abs(late) == 1:
        return texts("replay.day_late" if late > 0 else "replay.day_early")
    return texts("replay.days_late" if late > 0 else "replay.days_early", days=abs(late))


def late_colour(late: int) -> Colour:
    """Return green for early, red for late, ivory for the same day."""
    return GOOD if late < 0 else BAD if late > 0 else NEUTRAL


def turn_dates(calendar: Calendar, turn: int, texts: Texts) -> str:
    """Return the days of a turn, e.g. "7–8 May 1944"."""
    first = calendar.date_of(turn)
    last = min(calendar.date_of(turn, calendar.days_per_turn - 1), calendar.end)
    if last <= first:
        return texts.day(first)
    if texts.lang == "zh":
        until = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
        return f"{texts.day(first)}–{until}"
    return f"{first.day}–{texts.day(last)}" if first.month == last.month else f"{short_day(texts, first)} – {texts.day(last)}"


def town_name(tape: Tape, place: str, texts: Texts) -> str:
    """Return a place's name in the language."""
    found = tape.scenario.map.place_by_id[place]
    return (found.name_zh or found.name_en) if texts.lang == "zh" else found.name_en


def _weight(tape: Tape, place: str, side: int) -> tuple[int, ...]:
    """Return how unimportant a capture is: what scores first, then cities, then the rest."""
    scoring = any(o.side == side and place in o.places for o in tape.scenario.objectives)
    return (not scoring, tape.scenario.map.place_by_id[place].rank)


def _flags(tape: Tape, texts: Texts) -> list[Pin]:
    calendar, watched = tape.scenario.calendar, set(tape.scenario.watched)
    found = []
    for n, chapter in enumerate(tuple(tape.chapters)):
        for t in chapter.taken:
            if t.recorded is None and (t.place not in watched or tape.scenario.map.place_by_id[t.place].rank > 1):
                continue
            town, side = town_name(tape, t.place, texts), texts.name(tape.scenario.sides[t.side].name)
            label = f"{town} {late_text(t.late, texts)}" if t.late is not None else town
            tip = [texts("replay.taken", town=town, side=side, date=texts.day(t.date)), *_beside(t, texts)]
            joined = day_of(calendar, t.recorded) if t.recorded else -1.0
            weight = (t.recorded is None, *_weight(tape, t.place, t.side))
            pin = Pin(
                "flag", day_of(calendar, t.date), tuple(tip), label, "", SIDE_TEXT[t.side], weight, tape.end_of(n), joined,
                t.late or 0,
            )  # fmt: skip
            found.append(pin)
    return found


def _beside(taken: Taken, texts: Texts) -> list[str]:
    if taken.recorded is None or taken.late is None:
        return [texts("replay.not_recorded")]
    key = "replay.early" if taken.late < 0 else "replay.late" if taken.late > 0 else "replay.same_day"
    return [texts(key, date=texts.day(taken.recorded), days=abs(taken.late))]


def _crosses(tape: Tape, viewer: int, texts: Texts) -> list[Pin]:
    scenario, found = tape.scenario, []
    for n, chapter in enumerate(tuple(tape.chapters)):
        for lost in chapter.lost:
            if viewer not in (EVERYTHING, lost.side):
                continue
            event = next(e for e in chapter.events if e.kind == lost.kind and e.data["unit"] == lost.unit)
            values = {k: f"{number(event, k):,}" for k in ("men", "captured") if k in event.data}
            unit, place = texts.name(scenario.units[lost.unit].name), where_text(texts, scenario.map, lost.hex)
            tip = (texts(f"event.{lost.kind}", unit=unit, place=place, **values), texts("replay.turn", turn=chapter.turn))
            day = day_at(tape, Spot(n, tape.orders(n) // 2))
            found.append(Pin("cross", day, tip, "", "", style.SIDES[lost.side].light, (9,), tape.end_of(n)))
    return found


def _diamonds(tape: Tape, texts: Texts) -> list[Pin]:
    scenario, found = tape.scenario, []
    told = {(e.date, e.place): texts.name(e.text) for e in scenario.events}
    for r in scenario.record:
        if not scenario.calendar.start <= r.date <= scenario.calendar.end:
            continue
        town, side = town_name(tape, r.place, texts), texts.name(scenario.sides[r.side].name)
        tip = [texts("replay.taken", town=town, side=side, date=texts.day(r.date))]
        tip += [told[r.date, r.place]] if (r.date, r.place) in told else []
        weight = (not r.scored, *_weight(tape, r.place, r.side))
        found.append(Pin("diamond", day_of(scenario.calendar, r.date), tuple(tip), town, short_day(texts, r.date), ACCENT, weight))
    return found


def _dots(tape: Tape, texts: Texts) -> list[Pin]:
    calendar, found = tape.scenario.calendar, []
    recorded = {(r.date, r.place) for r in tape.scenario.record}
    for e in tape.scenario.events:
        if calendar.start <= e.date <= calendar.end and (e.date, e.place) not in recorded:
            found.append(Pin("dot", day_of(calendar, e.date), (texts.day(e.date), texts.name(e.text)), "", "", FAINT, (9,)))
    return found


# -- choosing labels ---------------------------------------------------------------------------------------------------
Wanted = tuple[float, float, tuple[int, ...]]  # the middle where a label would stand, its width, its weight [px]


def place_labels(wanted: Sequence[Wanted], left: float, right: float, rows: int) -> dict[int, tuple[float, int]]:
    """Return (left edge, row) of the labels that find room between two edges, by number; the least weight chooses first."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    found: dict[int, tuple[float, int]] = {}
    for n in sorted(range(len(wanted)), key=lambda n: (wanted[n][2], n)):
        middle, width, _ = wanted[n]
        a = min(max(middle - width / 2, left), right - width)
        for row in range(rows):
            if all(a + width + 8 <= x0 or a >= x1 + 8 for x0, x1 in taken[row]):
                taken[row].append((a, a + width))
                found[n] = (a, row)
                break
    return found


# -- drawing -----------------------------------------------------------------------------------------------------------
class Lines:
    """Where the two lines lie in the window, and which day belongs to which place."""

    def __init__(self, box: Box, brush: Brush, calendar: Calendar) -> None:
        x, y, w, _ = box
        self.calendar = calendar
        self.left, self.right = x + brush.px(104), x + w - 28
        self.game, self.past = y + brush.px(58), y + brush.px(110)
        self.bottom = y + brush.px(HIGH)

    def x(self, day: float) -> float:
        """Return where a day lies [px]."""
        return self.left + (self.right - self.left) * day / span(self.calendar)

    def day(self, x: float) -> float:
        """Return the day at a place [days since the start]."""
        return min(max((x - self.left) / max(1, self.right - self.left), 0.0), 1.0) * span(self.calendar)


def spot_of_day(tape: Tape, day: float) -> Spot:
    """Return the moment whose day is the nearest: the end of a phase, or the start."""
    best = tape.start
    for n in range(len(tape.replay.phases)):
        if abs(day_at(tape, tape.end_of(n)) - day) <= abs(day_at(tape, best) - day):
            best = tape.end_of(n)
    return best


def draw_timeline(brush: Brush, texts: Texts, tape: Tape, pins: Sequence[Pin], spot: Spot, box: Box, lines: Lines) -> None:
    """Draw the timeline."""
    now = day_at(tape, spot)
    brush.text(texts("replay.this_game"), box[0] + 14, lines.game - brush.px(10), 13, TEXT, True, room=brush.px(86))
    brush.text(texts("replay.history"), box[0] + 14, lines.past - brush.px(10), 13, ACCENT, True, room=brush.px(86))
    _tracks(brush, texts, tape, lines, now)
    for pin in pins:
        if pin.kind == "flag" and pin.joined >= 0:
            _join(brush, lines, pin, pin.day <= now)
    for pin in sorted(pins, key=lambda p: p.weight, reverse=True):
        _pin(brush, lines, pin, pin.day <= now)
    _labels(brush, lines, pins, now)
    _knob(brush, texts, tape, lines, spot, now)


def _tracks(brush: Brush, texts: Texts, tape: Tape, lines: Lines, now: float) -> None:
    import pygame

    target, calendar = brush.target, tape.scenario.calendar
    left, wide = lines.left, lines.right - lines.left
    pygame.draw.rect(target, TROUGH, (left, lines.game - 3, wide, 6), border_radius=3)
    for day, colour in ((day_at(tape, tape.last), LINE), (now, PRIMARY)):
        if day > 0:
            pygame.draw.rect(target, colour, (left, lines.game - 3, lines.x(day) - left, 6), border_radius=3)
    every = next((k for k in (1, 2, 5, 10, 20, 50) if wide * k / max(1, calendar.turns) >= 9), 100)
    for turn in range(0, calendar.turns + 1, every):
        target.fill(LINE, (round(lines.x(min(turn * calendar.days_per_turn, span(calendar)))), lines.game + 7, 1, 4))
    target.fill(style.rgb("#6B5A2F"), (left, lines.past - 1, wide, 2))
    for day, label in months(calendar, texts):
        x = lines.x(day)
        if x + brush.measure(label, 11) < lines.right:
            target.fill(LINE, (round(x), lines.past - 4, 1, 9))
            brush.text(label, x + 3, lines.bottom - brush.px(18), 11, SECOND)


def _join(brush: Brush, lines: Lines, pin: Pin, reached: bool) -> None:
    import pygame

    colour = late_colour(pin.late)
    colour = colour if reached else (colour[0] // 2 + 20, colour[1] // 2 + 20, colour[2] // 2 + 20)
    a, b = (lines.x(pin.day), lines.game + 8), (lines.x(pin.joined), lines.past - 8)
    for shift in (0, 1) if reached else (0,):
        pygame.draw.aaline(brush.target, colour, (a[0] + shift, a[1]), (b[0] + shift, b[1]))


def _pin(brush: Brush, lines: Lines, pin: Pin, reached: bool) -> None:
    import pygame

    target, x = brush.target, round(lines.x(pin.day))
    colour = pin.colour if reached else (pin.colour[0] // 2 + 20, pin.colour[1] // 2 + 20, pin.colour[2] // 2 + 20)
    if pin.kind == "flag":
        y = lines.game - 4
        target.fill(NEUTRAL if reached else SECOND, (x, y - 15, 2, 15))
        pygame.draw.polygon(target, colour, [(x + 2, y - 15), (x + 13, y - 11), (x + 2, y - 7)])
    elif pin.kind == "cross":
        for dy in (-1, 1):
            pygame.draw.line(target, colour, (x - 4, lines.game - 4 * dy), (x + 4, lines.game + 4 * dy), 2)
    elif pin.kind == "diamond":
        y = lines.past
        pygame.draw.polygon(target, ACCENT, [(x - 5, y), (x, y - 5), (x + 5, y), (x, y + 5)])
    else:
        pygame.draw.circle(target, pin.colour, (x, lines.past), 3)


def _labels(brush: Brush, lines: Lines, pins: Sequence[Pin], now: float) -> None:
    """Write the labels that find room: flags in two rows above, diamonds in one below."""
    flags = [p for p in pins if p.kind == "flag"]
    placed = place_labels(
        [(lines.x(p.day), brush.measure(p.label, 12, True), p.weight) for p in flags], lines.left - 40, lines.right + 20, 2
    )
    for n, (x, row) in placed.items():
        colour = late_colour(flags[n].late) if flags[n].joined >= 0 else SECOND
        tone = colour if flags[n].day <= now else SECOND
        brush.text(flags[n].label, x, lines.game - 20 - brush.px(17) * (row + 1), 12, tone, flags[n].joined >= 0)
    past = [p for p in pins if p.kind == "diamond"]
    wide = [max(brush.measure(p.label, 12), brush.measure(p.sub, 11)) for p in past]
    placed = place_labels(
        [(lines.x(p.day), w, p.weight) for p, w in zip(past, wide, strict=True)], lines.left - 40, lines.right + 20, 1
    )
    for n, (x, _) in placed.items():
        middle = x + wide[n] / 2
        brush.text(past[n].sub, middle, lines.past + brush.px(8), 11, SECOND, place=0)
        brush.text(past[n].label, middle, lines.past + brush.px(23), 12, TEXT, place=0)


def _knob(brush: Brush, texts: Texts, tape: Tape, lines: Lines, spot: Spot, now: float) -> None:
    import pygame

    x = lines.x(now)
    pygame.draw.circle(brush.target, style.rgb("#201A10"), (x, lines.game), 9)
    pygame.draw.circle(brush.target, NOW, (x, lines.game), 7)
    turn = tape.replay.phases[spot.phase].turn if tape.replay.phases else 1
    label = texts("replay.turn", turn=turn)
    half = brush.measure(label, 12, True) / 2
    brush.text(label, min(max(x, lines.left + half), lines.right - half), lines.game + 11, 12, NOW, True, 0)


def pin_at(brush: Brush, lines: Lines, pins: Sequence[Pin]) -> Pin | None:
    """Return the mark nearest to the cursor, None when none is near."""
    x, y = brush.mouse
    above = lines.game - 22 <= y <= lines.game + 6
    below = lines.past - 8 <= y <= lines.past + brush.px(38)
    kinds = ("flag", "cross") if above else ("diamond", "dot") if below else ()
    near = [(abs(lines.x(p.day) - x), p.weight, n) for n, p in enumerate(pins) if p.kind in kinds and abs(lines.x(p.day) - x) <= 8]
    return pins[min(near)[2]] if near else None


def day_text(lines: Lines, x: float, texts: Texts) -> str:
    """Return the date and turn at a place of the timeline."""
    day = min(int(lines.day(x)), int(span(lines.calendar)) - 1)
    turn = texts("replay.turn", turn=day // lines.calendar.days_per_turn + 1)
    return f"{texts.day(lines.calendar.start + timedelta(days=day))} · {turn}"
