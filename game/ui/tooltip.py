"""What pointing at a hex tells while a unit is selected: its way there, hour by hour, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from game.model.hexmap import RIVER, ROAD, TERRAIN
from game.model.orders import Verdict
from game.model.rules import WEATHERS
from game.rules.itinerary import Itinerary, Leg
from game.ui.widgets import ACCENT, FAINT, LINE, PANEL, SECOND, TEXT, WARN, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen
    from game.ui.style import Colour

WIDTH = 352  # of the tooltip at the usual size of text [px]
MOST = 9  # legs that are listed; of longer ways the first and the last


@dataclass
class Tip:
    """A tooltip's words."""

    title: str
    right: str = ""
    rows: list[tuple[str, str, str, Colour]] = field(default_factory=list)  # hex, what it costs, hours, colour
    notes: list[tuple[str, Colour]] = field(default_factory=list)


def tip_of(screen: GameScreen, where: int) -> Tip | None:
    """Return what is told of a hex, None = nothing."""
    desk, texts = screen.desk, screen.shell.texts
    if where < 0 or not screen.free or desk.selected < 0 or where == desk.world.state.hex[desk.selected]:
        return None
    tip = Tip(texts.place(desk.world.map, where))
    contact = desk.view.contact(where)
    if contact is not None:
        tip.notes.append((texts("tip.enemy", men=f"{contact.men:,}"), TEXT))
        count = len(desk.attackers(where))
        told = texts("tip.attack", count=count) if count else texts("tip.no_attack")
        tip.notes.append((told, SECOND if count else WARN))
    elif desk.train:
        _train(screen, where, tip)
    else:
        _march(screen, where, desk.itinerary(where), tip)
    return tip


def _train(screen: GameScreen, where: int, tip: Tip) -> None:
    desk, texts = screen.desk, screen.shell.texts
    found = desk.reach()
    if found is None or found[0][where] < 0:
        tip.notes.append((_refused(screen, desk.why_not(desk.selected, where)), WARN))
        return
    loading = desk.world.rules.movement.rail_loading
    minutes = int(found[0][where])
    tip.right = texts("tip.hours", hours=_hours(minutes), have=_hours(desk.world.state.minutes[desk.selected]))
    tip.notes.append((texts("tip.train", loading=_hours(loading), journey=_hours(minutes - loading)), TEXT))
    tip.notes.append((texts("tip.ride"), FAINT))


def _march(screen: GameScreen, where: int, plan: Itinerary, tip: Tip) -> None:
    desk, texts = screen.desk, screen.shell.texts
    have = desk.world.state.minutes[desk.selected]
    for n, leg in enumerate(plan.legs):
        if len(plan.legs) > MOST and 4 <= n < len(plan.legs) - 4:
            if n == 4:
                tip.rows.append(("", texts("tip.more", count=len(plan.legs) - 8), "", FAINT))
            continue
        tip.rows.append(_row(screen, plan.path[n], leg, TEXT if leg.total <= have else FAINT))
    if plan.legs:
        tip.right = texts("tip.hours", hours=_hours(plan.legs[-1].total), have=_hours(have))
    weather = _weather(screen, plan)
    if weather:
        tip.notes.append((weather, SECOND))
    if plan.verdict.ok:
        tip.notes.append((texts("tip.march"), FAINT))
    else:
        tip.notes.append((_refused(screen, plan.verdict), WARN))
        if plan.verdict.code == "too-far" and plan.walked:
            tip.notes.append((texts("tip.as_far", place=texts.place(desk.world.map, plan.path[plan.walked])), SECOND))
    if len(desk.selection) > 1:
        can = sum(desk.itinerary(where, u).verdict.ok or desk.world.state.hex[u] == where for u in desk.selection)
        tip.notes.append((texts("tip.group", can=can, count=len(desk.selection)), SECOND))


def _row(screen: GameScreen, here: int, leg: Leg, colour: Colour) -> tuple[str, str, str, Colour]:
    """Return the words for one step: the hex, its land or road and what is added to it, the hours."""
    m, texts = screen.desk.world.map, screen.shell.texts
    side = list(m.neighbours[here]).index(leg.where)
    road = ROAD[int(m.road[here, side])]
    parts = [texts.word("terrain", TERRAIN[int(m.terrain[leg.where])]) if road == "none" else texts.word("road", road)]
    added = {note: sum(f.value for f in leg.factors if f.act == "+" and f.note == note) for note in ("", "zone", "air")}
    if added[""]:  # nothing but rivers is added without a note
        key = "tip.bridge" if m.bridge[here, side] else "tip.river"
        parts.append(texts(key, river=texts.word("river", RIVER[int(m.river[here, side])]), hours=_hours(added[""])))
    parts += [texts(f"tip.{note}", hours=_hours(added[note])) for note in ("zone", "air") if added[note]]
    return m.label(leg.where), " · ".join(parts), texts("tip.leg", hours=_hours(leg.minutes)), colour


def _weather(screen: GameScreen, plan: Itinerary) -> str:
    """Return a line about weather that slows the march, "" = it is clear."""
    world, texts = screen.desk.world, screen.shell.texts
    kinds = {world.state.weather[int(world.costs.zone[h])] for h in plan.path}
    words = [texts.word("weather", WEATHERS[k]) for k in sorted(kinds) if WEATHERS[k] != "clear"]
    return texts("tip.weather", weather=", ".join(words)) if words else ""


def _refused(screen: GameScreen, verdict: Verdict) -> str:
    texts = screen.shell.texts
    return texts("refused", why=texts.refusal(verdict))


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.1f}"


def draw_tip(screen: GameScreen, tip: Tip, point: tuple[float, float], area: Box, taken: Box | None = None) -> None:
    """Draw a tooltip beside a point, inside an area of the window and beside what is taken already; it takes no clicks."""
    import pygame

    brush = screen.shell.brush
    room, row, line = brush.px(WIDTH), brush.px(17), brush.px(18)
    notes = [(part, colour) for text, colour in tip.notes for part in brush.wrap(text, 12, room - brush.px(24))]
    rows = [
        (label if not n else "", part, hours if not n else "", colour)
        for label, what, hours, colour in tip.rows
        for n, part in enumerate(brush.wrap(what, 12, room - brush.px(58 + 76)))
    ]
    height = brush.px(34) + row * len(rows) + line * len(notes) + brush.px(8) + (brush.px(8) if tip.rows and notes else 0)
    at = _spot(point, (room, height), area, taken)
    if at is None:
        return
    x, y = at
    pygame.draw.rect(brush.target, PANEL, (x, y, room, height), border_radius=5)
    pygame.draw.rect(brush.target, LINE, (x, y, room, height), 1, border_radius=5)
    used = brush.text(tip.right, x + room - brush.px(12), y + brush.px(8), 12, TEXT, True, 1) if tip.right else 0
    brush.text(tip.title, x + brush.px(12), y + brush.px(7), 13, ACCENT, True, room=room - used - brush.px(36))
    top = y + brush.px(32)
    for label, what, hours, colour in rows:
        brush.text(label, x + brush.px(12), top, 11, FAINT)
        brush.text(what, x + brush.px(58), top, 12, colour)
        brush.text(hours, x + room - brush.px(12), top, 12, colour, place=1)
        top += row
    if tip.rows and notes:
        brush.target.fill(LINE, (x + brush.px(12), top + brush.px(3), room - brush.px(24), 1))
        top += brush.px(8)
    for text, colour in notes:
        brush.text(text, x + brush.px(12), top, 12, colour)
        top += line


def _spot(point: tuple[float, float], size: tuple[int, int], area: Box, taken: Box | None) -> tuple[int, int] | None:
    """Return where a tooltip of a size lies: right of the point if there is room, clear of a box; None = nowhere."""
    w, h = size
    left, top, right, bottom = area[0] + 6, area[1] + 6, area[0] + area[2] - w - 6, area[1] + area[3] - h - 6
    x = point[0] + 22 if point[0] + 22 <= right else point[0] - 22 - w
    x, y = max(int(x), left), max(top, min(int(point[1] + 18), bottom))
    if taken is None:
        return x, y
    tries = ((x, y), (x, taken[1] + taken[3] + 4), (x, taken[1] - h - 4), (taken[0] + taken[2] + 4, y), (taken[0] - w - 4, y))
    for a, b in tries:
        apart = a >= taken[0] + taken[2] or a + w <= taken[0] or b >= taken[1] + taken[3] or b + h <= taken[1]
        if apart and left <= a <= right and top <= b <= bottom:
            return a, b
    return None
