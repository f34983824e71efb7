"""The replay viewer's right column: charts, and what happened in the turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from game.model.events import Event
from game.model.hexmap import HexMap
from game.play.replay import Replay
from game.play.stats import number
from game.play.tape import ENDS, Tape, against_odds, as_expected
from game.ui import timeline
from game.ui.charts import Chart, day_at, draw_chart, told_by
from game.ui.desk import PERSON
from game.ui.rows import where_text
from game.ui.scene import EVERYTHING
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, ACTIVE, FAINT, LINE, PANEL, SECOND, TEXT, WARN, Box

if TYPE_CHECKING:
    from game.ui.replayscreen import ReplayScreen


@dataclass(frozen=True)
class Line:
    """A line about the turn: whose (-1 = nobody's), what, a note at the right, and the battle behind it."""

    side: int
    text: str
    note: str
    tone: tuple[int, int, int]
    event: Event | None


def player_name(replay: Replay, side: int, texts: Texts) -> str:
    """Return who played a side."""
    name = replay.players[side]
    return texts("replay.person") if name == PERSON else texts.word("player", name)


def draw_column(screen: ReplayScreen, box: Box) -> list[str]:
    """Draw the charts that find room and the list of what happened; return what the cursor over a chart tells."""
    brush = screen.shell.brush
    x, y, w, h = box
    brush.panel(box, PANEL)
    brush.target.fill(LINE, (x, y, 1, h))
    charts, room = screen.charts(), h - brush.px(36) - brush.px(120)
    rooms = max(1, min(3, room // brush.px(112)))
    shown = chosen(charts, screen.tab, rooms)
    tall = min(brush.px(146), room // rooms)
    now, top = day_at(screen.tape, screen.spot), y + brush.px(8)
    told: list[str] = []
    for n, chart in enumerate(shown):
        if n == len(shown) - 1:
            top += _tabs(screen, [c.kind for c in charts if c not in shown[:-1]], chart.kind, (x + 12, top, w - 24, brush.px(26)))
        told = _chart(screen, chart, n, now, (x + 14, top, w - 24, tall - 6)) or told
        top += tall
    _turn(screen, (x, top, w, y + h - top))
    return [] if screen.asking else told


def _chart(screen: ReplayScreen, chart: Chart, n: int, now: float, box: Box) -> list[str]:
    """Draw a chart as the n-th; return what the cursor over it tells."""
    brush, texts, calendar = screen.shell.brush, screen.shell.texts, screen.scenario.calendar
    key = (chart.kind, box, screen.spot, len(screen.tape.chapters), screen.eyes, texts.lang, brush.scale)
    screen.keep.picture(f"chart_{n}", key, brush.target, box, lambda: draw_chart(brush, texts, chart, calendar, box, now))
    return told_by(brush, texts, chart, calendar, box)


def chosen(charts: list[Chart], tab: str, rooms: int) -> list[Chart]:
    """Return the charts that are shown: the first ones, and last the one that is chosen."""
    last = next((c for c in charts if c.kind == tab), charts[-1])
    others = [c for c in charts if c is not last]
    return [*others[: rooms - 1], last]


def _tabs(screen: ReplayScreen, kinds: list[str], on: str, box: Box) -> int:
    brush, texts = screen.shell.brush, screen.shell.texts
    if len(kinds) < 2:
        return 0
    x, y, w, h = box
    wide = (w - 4 * (len(kinds) - 1)) // len(kinds)
    for kind in kinds:
        text = texts(f"replay.tab.{kind}")
        brush.button((x, y, wide, h), text, f"chart_{kind}", partial(screen.choose_tab, kind), on=kind == on)
        x += wide + 4
    return h + brush.px(6)


def turn_lines(tape: Tape, events: Sequence[Event], texts: Texts) -> list[Line]:
    """Return what events are worth telling: captures and destroyed units first, then the battles."""
    scenario = tape.scenario
    recorded = {(t.place, t.side, t.turn): t for c in tape.chapters for t in c.taken}
    out = []
    for e in events:
        if e.kind == "capture":
            taken = recorded.get((str(e.data["place"]), number(e, "by"), e.turn))
            place = scenario.map.place_by_id[str(e.data["place"])]
            if taken is None or (taken.recorded is None and place.rank > 2):
                continue
            town = (place.name_zh or place.name_en) if texts.lang == "zh" else place.name_en
            note = timeline.late_text(taken.late, texts) if taken.late is not None else ""
            tone = timeline.late_colour(taken.late or 0)
            out.append(Line(number(e, "by"), texts("replay.falls", town=town), note, tone, None))
        elif e.kind in ENDS:
            unit = number(e, "unit")
            text = texts(f"replay.gone.{e.kind}", unit=texts.name(scenario.units[unit].name))
            out.append(Line(scenario.units[unit].side, text, where_text(texts, scenario.map, number(e, "hex")), SECOND, None))
    return out + [_battle_line(scenario.map, e, texts) for e in events if e.kind == "battle"]


def _battle_line(map_: HexMap, e: Event, texts: Texts) -> Line:
    place = where_text(texts, map_, number(e, "hex"))
    text = texts("replay.won" if e.data["beaten"] else "replay.held", place=place, odds=f"{number(e, 'ratio') / 1000:.1f}")
    lost, taken = number(e, "attacker_losses"), number(e, "defender_losses")
    note = f"−{lost:,} / −{taken:,}"
    return Line(e.side, text, note, WARN if against_odds(e) else SECOND, e)


def _turn(screen: ReplayScreen, box: Box) -> None:
    """Draw the list of what happened in this turn; a click on a battle shows its factors."""
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, h = box
    brush.rule(x + 12, y, w - 24)
    brush.text(texts("replay.this_turn"), x + 14, y + brush.px(6), 13, ACCENT, True)
    key = (screen.spot, screen.eyes, texts.lang, len(screen.tape.chapters) > screen.spot.phase)
    lines: list[Line] = screen.keep.get(
        "turn", key, lambda: [turn_summary(screen), *turn_lines(screen.tape, screen.turn_events(), texts)]
    )
    step = brush.px(21) + (2 if texts.lang == "zh" else 0)
    area = (x, y + brush.px(30), w, h - brush.px(32))
    scroll = screen.scrolls["turn"]
    with brush.scrolling(area, scroll, "turn_list") as top:
        for n, line in enumerate(lines):
            _turn_line(screen, line, n, (x, top + n * step, w, step))
        scroll.length = len(lines) * step + 4


def _turn_line(screen: ReplayScreen, line: Line, n: int, box: Box) -> None:
    brush = screen.shell.brush
    x, y, w, h = box
    if line.event is not None:
        if line.event is screen.detail or brush.over(box):
            brush.target.fill(ACTIVE, (x + 6, y, w - 14, h))
        brush.area(box, f"battle_{n}", lambda: screen.show_detail(line.event))
    if line.side >= 0:
        brush.bullet(x + 14, y + h // 2 - 5, line.side)
    note = brush.measure(line.note, 12)
    brush.text(
        line.text,
        x + 30,
        y + (h - brush.px(17)) // 2,
        12,
        TEXT if line.side >= 0 else SECOND,
        line.side >= 0 and line.event is None,
        room=w - note - 58,
    )
    brush.text(line.note, x + w - 16, y + (h - brush.px(17)) // 2, 12, line.tone, place=1)


def turn_summary(screen: ReplayScreen) -> Line:
    """Return the line on top: orders, attacks, how many went as expected, and how many against the odds."""
    texts, spot = screen.shell.texts, screen.spot
    battles = [e for e in screen.turn_events() if e.kind == "battle"]
    orders = 0
    for n, phase in enumerate(screen.replay.phases[: spot.phase + 1]):
        if phase.turn == screen.turn and screen.eyes in (EVERYTHING, phase.side):
            orders += spot.order if n == spot.phase else len(phase.orders)
    if not battles:
        return Line(-1, texts("replay.summary_quiet", orders=orders), "", SECOND, None)
    against = sum(against_odds(e) for e in battles)
    text = texts("replay.summary", orders=orders, attacks=len(battles), expected=sum(as_expected(e) for e in battles))
    return Line(-1, text, texts("replay.against", count=against), WARN if against else FAINT, None)
