"""The victory page: points of both sides with their factors, levels, and what history would score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.model.events import Factor
from game.model.scenario import Objective
from game.ui import style
from game.ui.ledger import Score
from game.ui.pageparts import leave, title, two_columns
from game.ui.rows import Row, draw_factors, draw_rows, plain, row_height, signed, where_text
from game.ui.widgets import ACCENT, ACTIVE, GOOD, NEUTRAL, SECOND, SIDE_TEXT, TEXT, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen


def draw(screen: GameScreen, box: Box) -> int:
    """Draw the net points and level, then the objectives of both sides; return the height reached."""
    x, y, w, _ = box
    if not two_columns(screen, w):
        top = _levels(screen, (x, _net(screen, (x, y, w, 0)) + 8, w, 0)) + 10
        for side in (0, 1):
            top = _objectives(screen, side, (x, top, w, 0)) + 8
        return top
    half = (w - 28) // 2
    top = max(_net(screen, (x, y, half, 0)), _levels(screen, (x + half + 28, y, half, 0))) + 10
    ends = [_objectives(screen, side, (x + side * (half + 28), top, half, 0)) for side in (0, 1)]
    return max(ends)


def _net(screen: GameScreen, box: Box) -> int:
    brush, texts, ledger, scenario = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.scenario
    x, y, w, _ = box
    top = title(screen, texts("victory.level"), x, y, w)
    brush.text(texts.name(ledger.level.name), x, top - 2, 18, _winner(ledger.level.winner), font="serif_bold", room=w)
    top += brush.px(30)
    names = [texts.name(s.name) for s in scenario.sides]
    parts: list[Factor] = []
    for side in (0, 1):
        weight = f"{scenario.weights[side] / 1000:g}".replace("-", "−")
        weighed = scenario.weights[side] * ledger.totals[side] // 1000
        parts.append(Factor(f"{names[side]} {plain(ledger.totals[side])} × {weight}", weighed, "+"))
    parts.append(Factor(texts("victory.net"), ledger.net, "="))
    top += draw_factors(brush, texts, parts, (x - brush.px(40), top, w + brush.px(52), 0), lambda name: name) + 6
    rows = [Row("history", texts("victory.history"), signed(scenario.historical[0]))]
    top += draw_rows(brush, texts, rows, (x - brush.px(26), top, w + brush.px(38), 0), screen.folds.opened, "victory")
    top += brush.paragraph(texts.name(scenario.historical[1]), x, top, w, 12, SECOND) + 4
    left = scenario.calendar.turns - ledger.turn
    brush.text(texts("victory.turns", turns=max(0, left)), x, top, 12, SECOND)
    return top + brush.px(20)


def _winner(side: int) -> style.Colour:
    return SIDE_TEXT[side] if side in (0, 1) else TEXT


def _levels(screen: GameScreen, box: Box) -> int:
    brush, texts, ledger, scenario = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.scenario
    x, y, w, _ = box
    top, step = title(screen, texts("victory.levels"), x, y, w), row_height(brush, texts, 20)
    for n, level in enumerate(scenario.levels):
        on = level is ledger.level
        if on:
            brush.target.fill(ACTIVE, (x - 6, top - 1, w + 12, step))
        last = n == len(scenario.levels) - 1
        value = texts("victory.below") if last else texts("victory.from", least=plain(level.least))
        brush.text(value, x + w, top, 12, SECOND, place=1)
        name = texts.name(level.name)
        brush.text(name, x + 2, top, 12.5, _winner(level.winner), on, room=w - brush.measure(value, 12) - 14)
        top += step
    better = [lv for lv in scenario.levels if lv.least > ledger.net]
    if better:
        text = texts("victory.next", points=plain(better[-1].least - ledger.net), level=texts.name(better[-1].name))
        brush.text(text, x, top + 4, 12, SECOND, room=w)
        top += brush.px(22)
    return top


def _objectives(screen: GameScreen, side: int, box: Box) -> int:
    texts, ledger, scenario = screen.shell.texts, screen.ledger, screen.desk.scenario
    x, y, w, _ = box
    name = texts.name(scenario.sides[side].name)
    scores = [s for s in ledger.scores if scenario.objectives[s.number].side == side]
    total = texts("victory.count", points=plain(ledger.totals[side]), most=plain(sum(s.most for s in scores)))
    top = title(screen, texts("victory.objectives", side=name), x, y, w, total, SIDE_TEXT[side])
    for score in scores:
        objective = scenario.objectives[score.number]
        value = texts("victory.count", points=plain(score.points), most=plain(score.most))
        colour = GOOD if score.points else NEUTRAL
        key = f"objective_{score.number}"
        row = Row(key, texts.name(objective.title), value)
        top += _objective(screen, score, objective, row, colour, (x, top, w, 0))
    return top


def _objective(screen: GameScreen, score: Score, objective: Objective, row: Row, colour: style.Colour, box: Box) -> int:
    """Draw an objective, open or not; return the height used. Its places jump on a click."""
    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    x, y, w, _ = box
    step = row_height(brush, texts, 22)
    area = (x - 6, y, w + 12, step)
    if brush.over(area):
        brush.target.fill(style.rgb("#31373C"), area)
    brush.area(area, row.key, lambda: folds.toggle(row.key))
    brush.text("▼" if row.key in folds.opened else "▶", x, y + brush.px(6), 7.5, ACCENT)
    wide = brush.measure(row.value, 13, True)
    brush.text(row.label, x + brush.px(14), y + 1, 13, TEXT if score.points else SECOND, room=w - wide - brush.px(24))
    brush.text(row.value, x + w, y + 1, 13, colour, True, 1)
    if row.key not in folds.opened:
        return step
    top = y + step
    top += draw_factors(brush, texts, score.factors, (x - 14, top, w + 26, 0), lambda name: _factor(screen, objective, name))
    hexes = [h for h in dict.fromkeys(objective.hexes) if h >= 0]
    left = float(x + brush.px(26))
    for h in hexes[:8]:
        name = where_text(texts, screen.desk.scenario.map, h)
        wide = brush.measure(name, 11) + 12
        if left + wide > x + w:
            break
        spot = (round(left) - 4, top, round(wide), brush.px(18))
        brush.text(name, left, top, 11, TEXT if brush.over(spot) else ACCENT)
        brush.area(spot, f"go_{h}", lambda h=h: leave(screen, h))  # type: ignore[misc]
        left += wide
    return top + (brush.px(20) if hexes else 4) - y


def _factor(screen: GameScreen, objective: Objective, name: str) -> str:
    """Return a factor of an objective in words; how much of an enemy's formation is left stays hidden."""
    texts, scenario = screen.shell.texts, screen.desk.scenario
    first, colon, rest = name.partition(": ")
    formation = scenario.formation_by_id.get(first)
    if colon and formation is not None:
        title = texts.name(formation.name)
        share = rest.split(" ")[0]
        hidden = screen.scene.sighted is not None and formation.side != screen.scene.viewer
        if hidden or not share.isdigit():
            return title
        return texts("victory.left", formation=title, share=f"{int(share) / 10:.0f}")
    place = scenario.map.place_by_id.get(name)
    if place is not None:
        return place.name_zh if texts.lang == "zh" else place.name_en
    return texts.factor(name)
