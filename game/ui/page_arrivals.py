"""The page of what the calendar brings: arrivals, transfers, replacements, changes of command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ui import style
from game.ui.ledger import Due, due
from game.ui.pageparts import title
from game.ui.rows import plain, row_height, short_day, where_text
from game.ui.widgets import ACCENT, FAINT, SECOND, SIDE_TEXT, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

MOST_ROWS = 60


def draw(screen: GameScreen, box: Box) -> int:
    """Draw what the calendar brings; return the height reached."""
    brush, texts, ledger, world = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.world
    x, y, w, _ = box
    name = texts.name(screen.desk.scenario.sides[ledger.side].name)
    top = title(screen, name, x, y, w, colour=SIDE_TEXT[ledger.side])
    brush.text(texts("arrivals.waiting", men=plain(ledger.pool)), x, top, 13, room=w)
    top += brush.px(21)
    rules = world.rules.replacement
    pace, least = f"{rules.per_day * world.days / 10:.1f}", f"{rules.least_supply / 10:.0f}"
    top += brush.paragraph(texts("arrivals.pace", supply=least, pace=pace), x, top, w, 12, SECOND)
    top += 10
    rows = due(world, ledger)
    if not rows:
        brush.text(texts("arrivals.none"), x, top, 13, FAINT)
        return top + brush.px(22)
    for n, row in enumerate(rows[:MOST_ROWS]):
        top = _due(screen, row, n, (x, top, w, 0))
    return top


def _due(screen: GameScreen, row: Due, n: int, box: Box) -> int:
    brush, texts, scenario, folds = screen.shell.brush, screen.shell.texts, screen.desk.scenario, screen.folds
    x, y, w, _ = box
    step, key = row_height(brush, texts, 22), f"due_{row.kind}_{row.turn}_{n}"
    area = (x - 6, y, w + 12, step)
    if brush.over(area):
        brush.target.fill(style.rgb("#31373C"), area)
    day = row.units and row.kind == "arrive" and scenario.units[row.units[0]].arrives_on
    when = short_day(texts, day or scenario.calendar.date_of(row.turn))
    column = brush.px(70)
    brush.text(when, x, y + 1, 13, ACCENT, True, room=column - 6)
    brush.text(texts("arrivals.turn", turn=row.turn), x + column, y + 2, 12, FAINT, room=brush.px(78))
    left = x + column + brush.px(84)
    kind = texts(f"arrivals.{row.kind if row.kind != 'transfer' else 'leave'}")
    brush.text(kind, left, y + 1, 13, SECOND, room=brush.px(118))
    left += brush.px(124)
    text, units = _said(screen, row)
    room = x + w - left
    if not units:
        brush.text(text, left, y + 1, 13, room=room)
        return y + step
    brush.area(area, key, lambda: folds.toggle(key))
    brush.text("▼" if key in folds.opened else "▶", left, y + brush.px(6), 7.5, ACCENT)
    brush.text(text, left + brush.px(14), y + 1, 13, room=room - brush.px(14))
    top = y + step
    if key in folds.opened or len(units) == 1:
        for u in units if key in folds.opened else ():
            spec = scenario.units[u]
            brush.target.fill(style.STRIPES[spec.stripe % len(style.STRIPES)], (left + brush.px(14), top + 4, 4, brush.px(13)))
            brush.text(texts.name(spec.name), left + brush.px(24), top, 12, room=room - brush.px(110))
            brush.text(plain(spec.men), x + w, top, 12, SECOND, place=1)
            line = (left, top, room, brush.px(20))
            brush.area(line, f"due_unit_{u}", lambda u=u: _sheet(screen, u))  # type: ignore[misc]
            top += row_height(brush, texts, 19)
    return top


def _sheet(screen: GameScreen, unit: int) -> None:
    screen.folds.page, screen.folds.sheet = "", unit
    screen.folds.over.at = 0


def _said(screen: GameScreen, row: Due) -> tuple[str, tuple[int, ...]]:
    """Return what a row of the calendar says, and its units."""
    texts, scenario = screen.shell.texts, screen.desk.scenario
    if row.pool is not None:
        return texts("arrivals.pool_men", men=plain(row.pool.men)), ()
    if row.change is not None:
        name = texts.name(scenario.formation_by_id[row.change.formation].name)
        parts = []
        if row.change.parent:
            parent = texts.name(scenario.formation_by_id[row.change.parent].name)
            parts.append(texts("arrivals.change_parent", formation=name, parent=parent))
        if row.change.commander:
            parts.append(texts("arrivals.change_commander", formation=name, commander=texts.name(row.change.commander.name)))
        return "; ".join(parts), ()
    first = scenario.units[row.units[0]]
    men = plain(sum(scenario.units[u].men for u in row.units))
    who = texts.name(first.name) if len(row.units) == 1 else texts("arrivals.units", count=len(row.units), men=men)
    if row.transfer is not None:
        day = short_day(texts, scenario.calendar.date_of(row.transfer.arrives_turn))
        where = texts("arrivals.transfer", place=_town(screen, row.transfer.hex), day=day)
    elif row.kind == "arrive":
        where = texts("arrivals.arrive_at", place=_town(screen, first.hex))
    else:
        where = texts("arrivals.leave_note")
    return f"{who} · {where}", row.units


def _town(screen: GameScreen, where: int) -> str:
    texts = screen.shell.texts
    return where_text(texts, screen.desk.scenario.map, where) if where >= 0 else "–"
