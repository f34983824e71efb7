"""How the attack planner looks: participants, choices, odds, the forecast's bars, all factors."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.model.orders import INTENSITIES, METHODS
from game.play.forecast import HOLD, LOST, RETREAT, ROUT, TRAPPED, Forecast
from game.rules.combat import Assessment, minutes_needed
from game.rules.power import explain_power
from game.ui import style
from game.ui.counters import sprite
from game.ui.planarrows import AWAY
from game.ui.planner import Layout, Planner, covered, factor_text
from game.ui.shelf import state_of
from game.ui.spotname import spot_name
from game.ui.stacks import counter_of
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, HEADER, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, TROUGH, WARN, Box, Brush

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen
    from game.ui.scene import Scene
    from game.ui.texts import Texts

WIDTH = 460  # [px at text size 1]
HEAD, LABEL, UNIT, CHOICE, POWER, ROW, LOSS, FOOT = 34, 18, 40, 38, 46, 18, 21, 44  # heights [px at text size 1]
VALUE = 52  # room for a factor's value [px at text size 1]
MOST_ROWS = 6  # rows of two units that are shown at most; more scroll
LEAST_FACTORS = 3  # lines of factors that are shown at least
GOLD = style.rgb("#C9A24B")
SIGNED = str.maketrans("-", "−")


@dataclass
class Page:
    """Where the drawing has got to: inner left edge and width, and the top of the next row [px]."""

    brush: Brush
    planner: Planner
    scene: Scene
    texts: Texts
    x: int
    y: int
    w: int

    def px(self, length: float) -> int:
        """Return a length that grows with the text [px]."""
        return round(length * self.brush.scale)


def show_planner(screen: GameScreen, planner: Planner, area: Box, free: Box) -> None:
    """Draw the planner clear of the units that take part.

    Args:
        screen: the game.
        planner: what is planned.
        area: the map's part of the window.
        free: what the panels at its sides leave of it.
    """
    brush, texts, camera = screen.shell.brush, screen.shell.texts, screen.view.camera
    forecast = planner.forecast()
    now = (state_of(screen), planner.order(), planner.desk.progress, free)
    if planner.laid_out is None or planner.laid_out[0] != now:
        planner.laid_out = (now, layout_of(brush, planner, texts, free[3] - 16))
    layout = planner.laid_out[1]
    size, reach = (round(WIDTH * brush.scale), layout.height), 0.6 * camera.hex
    hexes = [planner.target, *sorted({planner.desk.world.state.hex[u] for u in planner.candidates})]
    points = [(x + area[0], y + area[1]) for x, y in map(camera.point, hexes)]
    room = (free[0], free[1], free[2], max(free[3], layout.height + 16))
    at = planner.place(room, size, points, reach, (free, camera.zoom, camera.left, camera.top, brush.scale))
    if not planner.made_room:
        planner.made_room = True
        if covered(at, size, points, reach):  # it cannot stand clear: the map moves so that the fight is seen beside it
            camera.pan(points[0][0] - free[0] - max(1.2 * camera.hex, (free[2] - size[0] - 16) / 2), 0)
    key = (now, forecast.samples if forecast else 0, planner.weighed, planner.units_scroll.at, planner.factors_scroll.at)
    page = Page(brush, planner, screen.scene, texts, at[0] + 14, at[1], size[0] - 28)
    screen.shelf.draw(brush, "planner", (*at, *size), key, lambda: draw_planner(page, layout, screen.attack, screen.cancel))
    _hover(page, at)


def layout_of(brush: Brush, planner: Planner, texts: Texts, room: int) -> Layout:
    """Return how many rows of units and lines of factors fit into a height [px]."""
    plan, s = planner.assessment(), brush.scale
    wanted = min(MOST_ROWS, max(1, -(-len(planner.candidates) // 2)))
    fixed = HEAD + LABEL + CHOICE + FOOT + len(_notes(brush, planner, texts)) * ROW
    if plan is None:
        return Layout(wanted, 0, round((fixed + wanted * UNIT) * s))
    fixed += POWER + 4 * ROW + LABEL + 2 * LOSS + 2 * ROW + LABEL + 20
    lines = max(len(_terms(brush, plan, group, texts)) for group in ("attack", "defence"))
    least = min(lines, LEAST_FACTORS)
    free = int(room / s) - fixed
    rows = max(1, min(wanted, (free - least * ROW) // UNIT))
    shown = max(least, min(lines, (free - rows * UNIT) // ROW))
    return Layout(rows, shown, round((fixed + rows * UNIT + shown * ROW) * s))


def draw_planner(page: Page, layout: Layout, attack: Callable[[], None], cancel: Callable[[], None]) -> None:
    """Draw the planner on a page that begins at its top."""
    brush, planner, top = page.brush, page.planner, page.y
    brush.panel((page.x - 14, top, page.w + 28, layout.height), PANEL, ACCENT)
    _title(page, cancel)
    _participants(page, layout.rows)
    _choices(page)
    plan, forecast = planner.assessment(), planner.forecast()
    if plan and forecast:
        _power(page, plan)
        _chances(page, plan, forecast)
        _losses(page, forecast)
        _cost(page, plan, forecast)
        _factors(page, plan, layout.factors)
    _foot(page, top + layout.height, attack)


def _hover(page: Page, at: tuple[int, int]) -> None:
    """Explain the power of the unit under the cursor."""
    under = [h.name for h in page.brush.hits if h.name.startswith("join_") and page.brush.over(h.box)]
    if under:
        _explain(page, int(under[-1].removeprefix("join_")), at)


def _title(page: Page, cancel: Callable[[], None]) -> None:
    """Draw the title, by which the planner is moved, and the button that closes it."""
    brush, planner, px = page.brush, page.planner, page.px
    grip = (page.x - 14, page.y, page.w + 28, px(HEAD - 4))
    brush.area(grip, "planner_title", lambda: None)  # held and moved: see fightpanels.event
    title = page.texts("attack", place=spot_name(page.texts, planner.desk.scenario.map, planner.target))
    brush.text(title, page.x, page.y + px(7), 14, ACCENT, True, room=page.w - px(70))
    close = (page.x + page.w - px(46), page.y + px(5), px(54), px(22))
    brush.text("Esc  ×", page.x + page.w, page.y + px(8), 12, TEXT if brush.over(close) else FAINT, place=1)
    brush.area(close, "attack_cancel", cancel)
    page.y += px(HEAD)


# -- who takes part ----------------------------------------------------------------------------------------------------
def _participants(page: Page, rows: int) -> None:
    """Draw the units that may take part, two a row, with what each adds to the chance."""
    brush, planner, px, texts = page.brush, page.planner, page.px, page.texts
    count = texts("plan.units", count=len(planner.chosen & set(planner.candidates)), all=len(planner.candidates))
    brush.text(count, page.x, page.y - px(2), 12, SECOND)
    brush.text(texts("plan.adds"), page.x + page.w, page.y - px(2), 11, FAINT, place=1)
    page.y += px(LABEL)
    box = (page.x - 4, page.y, page.w + 8, px(UNIT) * rows)
    wide = (page.w - 6) // 2
    with brush.scrolling(box, planner.units_scroll, "planner_units") as top:
        planner.units_scroll.length = px(UNIT) * -(-len(planner.candidates) // 2)
        for n, unit in enumerate(planner.candidates):
            cell = (page.x + (n % 2) * (wide + 6), top + (n // 2) * px(UNIT), wide, px(UNIT) - 2)
            if cell[1] + cell[3] > box[1] and cell[1] < box[1] + box[3]:
                _participant(page, unit, cell)
    page.y += px(UNIT) * rows


def _participant(page: Page, unit: int, cell: Box) -> None:
    import pygame

    brush, planner, px, texts = page.brush, page.planner, page.px, page.texts
    desk, (x, y, w, h) = planner.desk, cell
    state, on = desk.world.state, unit in planner.chosen
    if brush.over(cell):
        pygame.draw.rect(brush.target, HEADER, cell, border_radius=4)
    made = sprite(counter_of(desk.scenario, page.scene.picture, unit, 0), float(px(30)), 2)
    brush.target.blit(made.face, (x + px(18) + made.left, y + h // 2 + made.top))
    if not on:
        veil = pygame.Surface((px(34), px(34)), pygame.SRCALPHA)
        veil.fill((*PANEL, 130))
        brush.target.blit(veil, (x + px(1), y + h // 2 - px(17)))
    left = x + px(40)
    brush.text(texts.name(desk.scenario.units[unit].name), left, y + px(1), 12, TEXT if on else FAINT, on, room=w - px(62))
    need, have = minutes_needed(desk.world, planner.method), state.minutes[unit]
    short = have < desk.view.attack_minutes(planner.method)
    text = texts("plan.hours", men=f"{state.men[unit]:,}", have=f"{have / 60:.0f}", need=f"{need / 60:.0f}")
    brush.text(text, left, y + px(18), 11, BAD if short and on else SECOND, room=w - px(92))
    added = planner.adds(unit, wait=False)
    if added is not None:
        shown, colour = percent(added, True), (GOOD if added > 0 else BAD if added < 0 else FAINT) if on else FAINT
        brush.text(shown, x + w - px(6), y + px(18), 11, colour, on, 1)
    box = (x + w - px(18), y + px(3), px(12), px(12))
    pygame.draw.rect(brush.target, GOOD if on else LINE, box, 0 if on else 2, border_radius=2)
    brush.area(cell, f"join_{unit}", lambda: planner.toggle(unit))


def _explain(page: Page, unit: int, at: tuple[int, int]) -> None:
    """Show beside the planner why a unit is as strong as it is."""
    brush, texts, px, planner = page.brush, page.texts, page.px, page.planner
    planner.desk.view.own(unit)
    factors = explain_power(planner.desk.world, unit, planner.target)
    w, h = px(250), px(34) + px(ROW) * len(factors)
    left = at[0] + round(WIDTH * brush.scale) + 6
    if left + w > brush.target.get_width():
        left = at[0] - w - 6
    top = min(at[1], brush.target.get_height() - h - 4)
    brush.panel((left, top, w, h), PANEL, LINE, 5)
    brush.text(texts.name(planner.desk.scenario.units[unit].name), left + 12, top + px(7), 13, ACCENT, True, room=w - 24)
    for n, factor in enumerate(factors):
        y = top + px(30) + n * px(ROW)
        shown, colour = factor_text(factor.value, factor.act)
        brush.text(texts.factor(factor.name), left + 12, y, 12, SECOND, room=w - 24 - px(64))
        brush.text(shown, left + w - 12, y, 12, colour, factor.act == "=", 1)


# -- how ---------------------------------------------------------------------------------------------------------------
def _choices(page: Page) -> None:
    """Draw the buttons for method, gas and air points."""
    brush, planner, px, texts = page.brush, page.planner, page.px, page.texts
    x, high = page.x, px(28)
    wide = px(118)
    for n, name in enumerate(METHODS):
        hours = texts("hours", hours=f"{minutes_needed(planner.desk.world, n) / 60:.0f}")
        text = f"{texts.word('method', name)} {hours}"
        brush.button((x, page.y + 4, wide, high), text, f"method_{n}", lambda n=n: planner.set_method(n), on=planner.method == n)  # type: ignore[misc]
        x += wide + 6
    if planner.desk.view.gas:
        box = (x, page.y + 4, px(46), high)
        brush.button(box, texts("plan.gas"), "gas", planner.toggle_gas, on=planner.gas, enabled=planner.gas_allowed)
    air, right = planner.desk.view.air, page.x + page.w
    brush.button((right - px(28), page.y + 4, px(28), high), "+", "air_more", lambda: planner.add_air(1), enabled=planner.air < air)
    brush.button((right - px(60), page.y + 4, px(28), high), "−", "air_less", lambda: planner.add_air(-1), enabled=planner.air > 0)
    colour = TEXT if planner.air else SECOND
    brush.text(texts("plan.air", air=planner.air, all=air), right - px(66), page.y + 4 + px(5), 12, colour, place=1)
    page.y += px(CHOICE)


def _notes(brush: Brush, planner: Planner, texts: Texts) -> list[tuple[str, tuple[int, int, int]]]:
    """Return the lines above the buttons with their colours: the note on gas, and why the attack cannot be ordered."""
    room = round(WIDTH * brush.scale) - 28
    lines: list[tuple[str, tuple[int, int, int]]] = []
    if planner.gas:
        lines += [(line, SECOND) for line in brush.wrap(texts("plan.gas_note", left=planner.gas_left), 12, room)]
    problem = planner.problem(texts)
    if problem:
        lines += [(line, WARN) for line in brush.wrap(problem, 12, room)[:2]]
    return lines


def _foot(page: Page, bottom: int, attack: Callable[[], None]) -> None:
    """Draw the notes, the intensities and the button that orders the attack."""
    brush, planner, px, texts = page.brush, page.planner, page.px, page.texts
    notes = _notes(brush, planner, texts)
    for n, (line, colour) in enumerate(notes):
        brush.text(line, page.x, bottom - px(FOOT) + px(ROW) * (n - len(notes)) - px(2), 12, colour)
    order = px(112)
    wide, top = (page.w - order - 10) // len(INTENSITIES), bottom - px(FOOT) + px(4)
    for n, name in enumerate(INTENSITIES):
        box = (page.x + n * wide, top, wide - 4, px(30))
        on = planner.intensity == n
        brush.button(box, texts.word("intensity", name), f"intensity_{n}", lambda n=n: planner.set_intensity(n), on=on)  # type: ignore[misc]
    box = (page.x + page.w - order, top, order, px(30))
    brush.button(box, texts("attack.order"), "attack_order", attack, True, enabled=not planner.problem(texts))


# -- what comes of it --------------------------------------------------------------------------------------------------
def _power(page: Page, plan: Assessment) -> None:
    """Draw both powers, the enemy's counters and the odds."""
    brush, px, texts, planner = page.brush, page.px, page.texts, page.planner
    side = planner.desk.side
    brush.rule(page.x, page.y, page.w)
    brush.text(texts("attack.power"), page.x, page.y + px(4), 12, SECOND)
    used = brush.text(f"{plan.attack:,}", page.x, page.y + px(19), 18, SIDE_TEXT[side], True)
    used += brush.text(texts("attack.against"), page.x + used + 8, page.y + px(24), 12, SECOND) + 16
    used += brush.text(f"{plan.defence:,}", page.x + used, page.y + px(19), 18, SIDE_TEXT[1 - side], True)
    right = page.x + page.w
    ratio = texts("attack.odds", ratio=f"{plan.ratio / 1000:.2f}")
    odds = brush.text(ratio, right, page.y + px(2), 21, TEXT, place=1, font="serif_bold")
    half = texts("plan.half", ratio=f"{plan.half / 1000:.2f}")
    odds = max(odds, brush.text(half, right, page.y + px(28), 11, FAINT, place=1))
    contact = planner.desk.view.contact(planner.target)
    units = contact.units if contact else ()
    room = int((page.w - used - odds - px(20)) // px(36))
    for n, unit in enumerate(units[: max(0, room)]):
        made = sprite(counter_of(planner.desk.scenario, page.scene.picture, unit, 0), float(px(30)), 2)
        at = (page.x + used + px(28) + n * px(36), page.y + px(24))
        brush.target.blit(made.face, (round(at[0]) + made.left, at[1] + made.top))
    page.y += px(POWER)


def percent(permille: int, signed: bool = False) -> str:
    """Return a share as it is written."""
    value = round(permille / 10)
    return f"{value:+d} %".translate(SIGNED) if signed else f"{value} %"


def _chances(page: Page, plan: Assessment, forecast: Forecast) -> None:
    """Draw the bar of who has the hex in the end, what becomes of the defenders, and what luck does to the chance."""
    brush, px, texts, side = page.brush, page.px, page.texts, page.planner.desk.side
    taken, held = forecast.share(forecast.taken), forecast.share(forecast.fates[HOLD])
    brush.text(texts("plan.takes", share=percent(taken)), page.x, page.y, 13, GOLD, True)
    brush.text(texts("plan.holds", share=percent(held)), page.x + page.w, page.y, 13, SIDE_TEXT[1 - side], True, 1)
    top, wide = page.y + px(20), page.w
    left, right = wide * taken // 1000, wide * held // 1000
    brush.target.fill(LINE, (page.x, top, wide, px(12)))
    brush.target.fill(GOLD, (page.x, top, left, px(12)))
    brush.target.fill(style.SIDES[1 - side].light, (page.x + wide - right, top, right, px(12)))
    page.y += 2 * px(ROW)
    fates = [(f, forecast.fates[f]) for f in (RETREAT, ROUT, LOST, TRAPPED) if forecast.fates[f]]
    words = {RETREAT: "plan.retreat", ROUT: "plan.rout", LOST: "plan.lost", TRAPPED: "plan.trapped"}
    parts = [texts(words[f], share=percent(forecast.share(n))) for f, n in fates]
    line = texts("plan.of_these", parts=" · ".join(parts)) if parts else texts("plan.none")
    brush.text(line, page.x, page.y, 12, TEXT, room=page.w)
    page.y += px(ROW)
    low, high = (f"{forecast.luck[k] / 1000:.2f}" for k in (0, 2))
    luck = texts("plan.luck", before=percent(plan.give_way), low=low, high=high, after=percent(forecast.chance))
    brush.text(luck, page.x, page.y, 11, FAINT, room=page.w)
    page.y += px(ROW)


def _losses(page: Page, forecast: Forecast) -> None:
    """Draw both sides' losses: the range of most samples, the middle one, and the numbers."""
    import pygame

    brush, px, texts, desk = page.brush, page.px, page.texts, page.planner.desk
    brush.rule(page.x, page.y + 1, page.w)
    page.y += 3
    brush.text(texts("plan.losses"), page.x, page.y, 11, FAINT)
    page.y += px(LABEL)
    rows = ((desk.side, forecast.attackers_lost), (1 - desk.side, forecast.defenders_lost))
    most = max(1, *(lost[2] for _, lost in rows))
    for side, lost in rows:
        name = texts.name(desk.scenario.sides[side].name)
        brush.text(name, page.x, page.y, 12, TEXT, True, room=px(110))
        left, wide = page.x + px(120), page.w - px(120) - px(156)
        trough = (left, page.y + px(6), wide, px(7))
        pygame.draw.rect(brush.target, TROUGH, trough, border_radius=2)
        low, middle, high = (left + wide * v * 19 // (most * 20) for v in lost)
        bar = (low, page.y + px(5), max(3, high - low), px(9))
        pygame.draw.rect(brush.target, SIDE_TEXT[side], bar, border_radius=2)
        brush.target.fill(TEXT, (middle, page.y + px(2), 2, px(15)))
        about = "≈ " if side != desk.side else ""
        text = about + " – ".join(f"{v:,}" for v in (lost if lost[0] != lost[2] else lost[:1]))
        brush.text(text, page.x + page.w, page.y, 12, TEXT, True, 1, room=px(150))
        page.y += px(LOSS)


def _cost(page: Page, plan: Assessment, forecast: Forecast) -> None:
    """Write what the attack costs each attacker besides men, and where the losers would go."""
    brush, px, texts, desk = page.brush, page.px, page.texts, page.planner.desk
    ours = [forecast.outlook(u) for u in plan.attackers]
    left = min(desk.world.state.ammunition[o.unit] - o.ammunition for o in ours)
    spent = max(o.ammunition for o in ours)
    low, high = min(o.morale[0] for o in ours), max(o.morale[2] for o in ours)
    days = {"spent": f"{spent / 10:.1f}", "left": f"{max(0, left) / 10:.1f}"}
    fatigue = percent(max(o.fatigue for o in ours), True)
    morale = " … ".join(dict.fromkeys((percent(low, True), percent(high, True))))
    text = texts("plan.cost", **days, fatigue=fatigue, morale=morale)
    brush.text(text, page.x, page.y, 12, WARN if left <= 0 else SECOND, room=page.w)
    page.y += px(ROW)
    if not plan.way_out:
        brush.text(texts("attack.no_way_out"), page.x, page.y, 12, WARN, room=page.w)
    elif forecast.goes:
        map_ = desk.scenario.map
        goes = " · ".join(f"{texts.place(map_, h)} ({percent(share)})" for h, share in forecast.goes[:3])
        brush.text(texts("plan.goes", goes=goes), page.x, page.y, 12, AWAY, room=page.w)
    page.y += px(ROW)


def _terms(brush: Brush, plan: Assessment, group: str, texts: Texts) -> list[tuple[str, str, style.Colour, bool]]:
    """Return the lines of a side's terms: name, value, its colour, whether it is a result. Long names take several lines."""
    lines: list[tuple[str, str, style.Colour, bool]] = []
    room = _column(brush) - brush.px(VALUE)
    for _, name, value, act in (p for p in plan.parts if p[0] == group):
        first, *more = re.split(r"(?<=\D)[,，] ?(?=\D)", texts.factor(name))
        first, *rest = brush.wrap(first, 11, room) or [first]
        shown, colour = factor_text(value, act)
        lines.append((first, shown, colour, act == "="))
        lines += [(f"    {extra}", "", SECOND, False) for extra in (*rest, *more)]
    return lines


def _column(brush: Brush) -> int:
    """Return the width of a column of factors [px]."""
    return (round(WIDTH * brush.scale) - 28 - brush.px(18)) // 2


def _factors(page: Page, plan: Assessment, lines: int) -> None:
    """Write every term of both sides' power in two columns."""
    brush, px, texts, planner = page.brush, page.px, page.texts, page.planner
    brush.rule(page.x, page.y + 2, page.w)
    page.y += 6
    wide = _column(brush)
    for k, group in enumerate(("attack", "defence")):
        side = planner.desk.side if k == 0 else 1 - planner.desk.side
        brush.text(texts(f"attack.{group}"), page.x + k * (wide + px(18)), page.y, 12, SIDE_TEXT[side], True)
    page.y += px(LABEL)
    columns = [_terms(brush, plan, group, texts) for group in ("attack", "defence")]
    with brush.scrolling((page.x, page.y, page.w + 8, px(ROW) * lines), planner.factors_scroll, "planner_factors") as top:
        planner.factors_scroll.length = px(ROW) * max(map(len, columns))
        for k, terms in enumerate(columns):
            left = page.x + k * (wide + px(18))
            for n, (name, shown, colour, bold) in enumerate(terms):
                y = top + n * px(ROW)
                brush.text(name, left, y, 11, SECOND, room=wide - (px(VALUE) if shown else 0))
                brush.text(shown, left + wide, y, 11, colour, bold, 1)
    page.y += px(ROW) * lines
