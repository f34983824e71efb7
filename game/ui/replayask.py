"""Questions of the replay viewer (who plays on, how to export), and the factors of a battle."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.model.events import Event
from game.model.orders import INTENSITIES, METHODS
from game.play.stats import number
from game.play.tape import against_odds
from game.ui.desk import PERSON
from game.ui.planner import factor_text
from game.ui.rows import where_text
from game.ui.widgets import ACCENT, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, WARN, Box

if TYPE_CHECKING:
    from game.ui.replayscreen import ReplayScreen
    from game.ui.style import Colour

Row = tuple[str, str, "Colour", bool]  # text, value, colour of the value, whether it is bold


def draw_questions(screen: ReplayScreen, box: Box) -> None:
    """Draw the question that is open, or the battle that is looked at, over the map's box."""
    if screen.asking:
        _ask(screen, box)
    elif screen.detail is not None:
        _detail(screen, screen.detail, box)


def _ask(screen: ReplayScreen, box: Box) -> None:
    """Draw the question who plays on, or how to export."""
    brush, texts, sides = screen.shell.brush, screen.shell.texts, screen.scenario.sides
    if screen.asking == "play_on":
        names = [texts.name(s.name) for s in sides]
        choices: list[tuple[str, str, Callable[[], None]]] = [
            ("on_japan", texts("replay.as", side=names[0]), lambda: screen.play_on((PERSON, "staff"))),
            ("on_china", texts("replay.as", side=names[1]), lambda: screen.play_on(("staff", PERSON))),
            ("on_both", texts("start.both"), lambda: screen.play_on((PERSON, PERSON))),
        ]
        text = texts("replay.play_on_text", date=screen.dates)
    else:
        choices = [
            ("export_html", texts("replay.export_html"), lambda: screen.start_export("html")),
            ("export_gif", texts("replay.export_gif"), lambda: screen.start_export("gif")),
        ]
        text = texts("replay.export_text", folder=screen.path.resolve().parent)
    wide = min(brush.px(460), box[2] - 40)
    lines = brush.wrap(text, 13, wide - 40)
    high = brush.px(60) + brush.px(20) * len(lines) + brush.px(40) * (len(choices) + 1)
    x, y = box[0] + (box[2] - wide) // 2, max(48, box[1] + (box[3] - high) // 2)
    brush.panel((x, y, wide, high), PANEL, ACCENT, 5)
    brush.text(texts(f"replay.{screen.asking}"), x + 20, y + brush.px(12), 16, ACCENT, True)
    for n, line in enumerate(lines):
        brush.text(line, x + 20, y + brush.px(42) + n * brush.px(20), 13, SECOND)
    top = y + brush.px(54) + brush.px(20) * len(lines)
    for n, (name, text, action) in enumerate([*choices, ("ask_close", texts("replay.cancel"), lambda: screen.ask(""))]):
        brush.button((x + 20, top + n * brush.px(40), wide - 40, brush.px(32)), text, name, action, primary=n == 0)


def _detail(screen: ReplayScreen, e: Event, box: Box) -> None:
    """Draw every factor of a battle, as the event tells them."""
    brush, texts = screen.shell.brush, screen.shell.texts
    wide, high = min(brush.px(440), box[2] - brush.px(270)), min(box[3] - 28, brush.px(460))
    x, y = box[2] - wide - 14, box[1] + 14
    brush.panel((x, y, wide, high), PANEL, LINE, 5)
    title = texts("attack", place=where_text(texts, screen.scenario.map, number(e, "hex")))
    brush.text(title, x + 16, y + brush.px(10), 15, ACCENT, True, room=wide - brush.px(60))
    side = brush.px(26)
    brush.button((x + wide - side - 10, y + brush.px(8), side, side), "×", "detail_close", lambda: screen.show_detail(None))
    rows = detail_rows(screen, e, wide - 48)
    scroll, step = screen.scrolls["detail"], brush.px(19) + (2 if texts.lang == "zh" else 0)
    area = (x + 4, y + brush.px(42), wide - 8, high - brush.px(50))
    with brush.scrolling(area, scroll, "detail_list") as top:
        for n, (label, value, tone, bold) in enumerate(rows):
            room = wide - 40 - brush.measure(value, 12, bold)
            brush.text(label, x + 16, top + n * step, 12, tone if not value or bold else SECOND, bold, room=room)
            brush.text(value, x + wide - 20, top + n * step, 12, tone, bold, 1)
        scroll.length = len(rows) * step


def detail_rows(screen: ReplayScreen, e: Event, room: int) -> list[Row]:
    """Return what is told of a battle: how it was fought and ended, who took part and fell, and all factors."""
    brush, texts, units = screen.shell.brush, screen.shell.texts, screen.scenario.units
    method, intensity = METHODS[number(e, "method")], INTENSITIES[number(e, "intensity")]
    rows: list[Row] = [(f"{texts.word('method', method)} · {texts.word('intensity', intensity)}", "", TEXT, True)]
    values = {name: number(e, name) // 10 for name in ("expected", "chance", "throw")}
    verdict = texts("replay.outcome_won" if e.data["beaten"] else "replay.outcome_held", **values)
    rows += [(line, "", WARN if against_odds(e) else SECOND, False) for line in brush.wrap(verdict, 12, room)]
    for key, side, lost in (("attackers", e.side, "attacker_losses"), ("defenders", 1 - e.side, "defender_losses")):
        ids = e.data[key]
        assert isinstance(ids, tuple)
        names = texts("replay.and").join(texts.name(units[int(u)].name) for u in ids)
        rows.append((texts.name(screen.scenario.sides[side].name), f"−{number(e, lost):,}", SIDE_TEXT[side], True))
        rows += [(line, "", SECOND, False) for line in brush.wrap(names, 12, room)]
    for f in e.factors:
        value, tone = factor_text(f.value, f.act)
        rows.append((texts.factor(f.name), value, tone, f.act == "="))
    return rows
