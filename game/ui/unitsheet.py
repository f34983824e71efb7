"""The unit sheet: everything about one formation on one page over the map, with factors, losses, story and sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from game.model.events import Event
from game.model.orders import STANCES
from game.model.state import LOSSES, PRESENT, WAITING
from game.model.units import MOBILITIES, QUALITIES, UnitSpec
from game.play.explain import concerns, path_text
from game.ui import news
from game.ui.counters import sprite
from game.ui.logpanel import close_button, known_news
from game.ui.rows import Row, draw_rows, plain, row_height, short_day, tone, where_text
from game.ui.scene import EVERYTHING
from game.ui.stacks import counter_of
from game.ui.treepanel import tree_of
from game.ui.unitpanel import chain, rows_of
from game.ui.widgets import ACCENT, ACTIVE, FAINT, PANEL, SECOND, SUPPLY, TEXT, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

COUNTER = 92.0  # side of the counter [px]
TOLD = ("move", "battle", "retreat", "rout", "surrender", "dispersed", "captured", "advance", "arrive", "leave", "leader", "desert",
        "replaced")  # fmt: skip
MOST_EVENTS = 60


def draw(screen: GameScreen, area: Box) -> None:
    """Draw the sheet of the unit that is open."""
    brush, folds = screen.shell.brush, screen.folds
    unit = folds.sheet
    if unit < 0 or unit >= len(screen.desk.scenario.units):
        return
    w, h = min(brush.px(860), area[2] - 16), area[3] - 16
    if folds.over.length:  # as high as its text was when it was last drawn
        h = min(h, folds.over.length + max(104, brush.px(102)) + 40)
    x, y = area[0] + (area[2] - w) // 2, area[1] + 8
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    close_button(screen, x + w - 12, y + 10, "sheet_close", lambda: setattr(folds, "sheet", -1))
    top = _heading(screen, unit, (x + 16, y + 12, w - 32, 0))
    brush.rule(x + 16, top, w - 32)
    box = (x + 2, top + 2, w - 6, y + h - top - 8)
    with brush.scrolling(box, folds.over, "sheet") as start:
        half = (w - 44) // 2
        left, right = x + 6, x + 22 + half
        bottom = _left(screen, unit, (left, start + 6, half, 0))
        other = _right(screen, unit, (right, start + 6, half, 0))
        bottom = max(bottom, other) + 8
        bottom = _story(screen, unit, (x + 18, bottom, w - 40, 0))
        folds.over.length = bottom - start + 8


def _heading(screen: GameScreen, unit: int, box: Box) -> int:
    brush, texts, scenario, scene = screen.shell.brush, screen.shell.texts, screen.desk.scenario, screen.scene
    x, y, w, _ = box
    spec = scenario.units[unit]
    made = sprite(counter_of(scenario, scene.picture, unit, 0), COUNTER, 4)
    brush.target.blit(made.dark, (x + 50 + made.dark_left, y + 50 + made.dark_top))
    brush.target.blit(made.face, (x + 50 + made.left, y + 50 + made.top))
    left, room = x + 112, w - 112 - brush.px(70)
    first, second = (spec.name.zh, spec.name.en) if texts.lang == "zh" else (spec.name.en, spec.name.zh)
    brush.text(first, left, y - 2, 19, bold=True, room=room)
    top = y + brush.px(26)
    brush.text(second, left, top, 13, SECOND, room=room)
    top += brush.px(20)
    above = " › ".join(texts.name(scenario.formation_by_id[f].name) for f in reversed(chain(screen, spec.id)))
    if above:
        brush.text(texts("sheet.under", names=above), left, top, 12, SECOND, room=w - 116)
    top += brush.px(18)
    kind = f"{texts.word('arm', spec.type)} · {texts.word('size', spec.echelon)} · {texts.word('moves', MOBILITIES[spec.mobility])}"
    brush.text(kind, left, top, 12, SECOND, room=w - 116)
    top += brush.px(18)
    brush.text(_where(screen, spec), left, top, 12, TEXT, room=w - 116)
    return max(y + 104, top + brush.px(20))


def _mine(screen: GameScreen, unit: int) -> bool:
    return screen.scene.viewer in (EVERYTHING, screen.desk.world.side[unit])


def _where(screen: GameScreen, spec: UnitSpec) -> str:
    texts, where = screen.shell.texts, screen.scene.picture.hexes[spec.index]
    map_ = screen.desk.scenario.map
    if where >= 0:
        place = where_text(texts, map_, where)
        text = place if place.endswith(map_.label(where)) else f"{place} · {map_.label(where)}"
        return text if _mine(screen, spec.index) else texts("sheet.seen", place=text)
    if not _mine(screen, spec.index):
        return texts("sheet.unseen")
    return tree_of_side(screen, spec.side, spec)


def tree_of_side(screen: GameScreen, side: int, spec: UnitSpec) -> str:
    """Return why a unit is not on the map."""
    tree = tree_of(screen)
    if tree.side == side:
        return tree.fate(spec, screen.shell.texts)
    from game.ui.treerows import Tree

    return Tree(screen.desk.scenario, screen.scene, screen.ledger, side, frozenset()).fate(spec, screen.shell.texts)


def _left(screen: GameScreen, unit: int, box: Box) -> int:
    """Draw force and state with their factors; return the height reached."""
    brush, texts, world = screen.shell.brush, screen.shell.texts, screen.desk.world
    x, y, w, _ = box
    spec, state = world.scenario.units[unit], world.state
    top = _title(screen, texts("sheet.state"), x + 12, y, w)
    if not _mine(screen, unit):
        return top + draw_rows(brush, texts, _known_rows(screen, unit), (x, top, w, 0), screen.folds.opened, "sheet")
    if screen.busy:
        return top + draw_rows(brush, texts, shown_rows(screen, unit), (x, top, w, 0), screen.folds.opened, "sheet")
    if state.status[unit] != PRESENT:
        rows = [Row("men", texts("unit.men"), plain(state.men[unit] if state.status[unit] != WAITING else spec.men))]
        return top + draw_rows(brush, texts, rows, (x, top, w, 0), screen.folds.opened, "sheet")
    rows = rows_of(screen, unit)
    lines = world.lines[spec.side]
    path = lines.path(world, state.hex[unit]) if lines is not None else ()
    if path:
        way = _path(screen, path)
        rows = [replace(r, note=texts("sheet.line", path=way)) if r.key == "supply" else r for r in rows]
    return top + draw_rows(brush, texts, rows, (x, top, w, 0), screen.folds.opened, "sheet")


def _path(screen: GameScreen, path: tuple[int, ...]) -> str:
    """Return the places of a line of communication."""
    texts, map_ = screen.shell.texts, screen.desk.scenario.map
    if texts.lang == "en":
        return path_text(screen.desk.world, path)
    return "—".join(where_text(texts, map_, h) if h in map_.places_by_hex else map_.label(h) for h in path)


def shown_rows(screen: GameScreen, unit: int) -> list[Row]:
    """Return an own unit's values at the move that is shown; the game itself may be some moves further on."""
    texts, picture, spec = screen.shell.texts, screen.scene.picture, screen.desk.scenario.units[unit]
    rows = [Row("quality", texts("unit.quality"), QUALITIES[spec.quality])]
    if picture.hexes[unit] < 0:
        return rows
    ready, fed = picture.readiness[unit], picture.supply[unit]
    return [
        Row("men", texts("unit.men"), texts("of", have=plain(picture.men[unit]), full=plain(spec.establishment))),
        Row("ready", texts("unit.ready"), f"{ready / 10:.0f} %", ready, tone(ready)),
        Row("supply", texts("unit.supply"), f"{fed / 10:.0f} %", fed, SUPPLY),
        Row("works", texts("unit.works"), str(picture.entrenched[unit])),
        *rows,
    ]


def _known_rows(screen: GameScreen, unit: int) -> list[Row]:
    """Return what is known of an enemy's unit: the order of battle, and an estimate when it is seen."""
    texts, picture, spec = screen.shell.texts, screen.scene.picture, screen.desk.scenario.units[unit]
    rows = [Row("quality", texts("unit.quality"), QUALITIES[spec.quality])]
    if picture.hexes[unit] >= 0:
        rows.insert(0, Row("men", texts("unit.men"), texts("unit.about", about=plain(picture.men[unit]))))
        rows.append(Row("works", texts("unit.works"), str(picture.entrenched[unit])))
    return rows


def _right(screen: GameScreen, unit: int, box: Box) -> int:
    """Draw commander, losses and sources; return the height reached."""
    brush, texts, world = screen.shell.brush, screen.shell.texts, screen.desk.world
    x, y, w, _ = box
    spec = world.scenario.units[unit]
    top = _title(screen, texts("sheet.force"), x + 12, y, w)
    top += draw_rows(brush, texts, _force_rows(screen, spec), (x, top, w, 0), screen.folds.opened, "sheet")
    if _mine(screen, unit) and not screen.busy:
        state = world.state
        lost = [(name, getattr(state, name)[unit]) for name in LOSSES]
        top = _title(screen, texts("sheet.losses"), x + 12, top + 6, w, plain(sum(n for _, n in lost)))
        rows = [Row(name, texts(f"lost.{name}"), plain(n)) for name, n in lost if n]
        rows += [Row("hospital", texts("sheet.hospital"), plain(state.hospital[unit]))] if state.hospital[unit] else []
        gained = state.replaced[unit] + state.returned[unit]
        both = f"{plain(state.replaced[unit])} · {plain(state.returned[unit])}"
        rows += [Row("gained", texts("sheet.gained"), both)] if gained else []
        top += draw_rows(brush, texts, rows, (x, top, w, 0), screen.folds.opened, "sheet")
    top = _title(screen, texts("sheet.sources"), x + 12, top + 6, w)
    room = w - 36
    mark = "；" if texts.lang == "zh" else "; "
    names = mark.join(texts.word("document", tag) for tag in spec.source) or "–"
    top += brush.paragraph(texts("sheet.source_names", names=names), x + 24, top, room, 12, SECOND)
    if spec.strength_source and _mine(screen, unit):
        top += brush.paragraph(texts("sheet.strength_source", text=spec.strength_source), x + 24, top, room, 12, SECOND)
    level = texts.word("sure", spec.certainty)
    return top + brush.paragraph(texts("sheet.certainty", level=level), x + 24, top, room, 12, SECOND)


def _force_rows(screen: GameScreen, spec: UnitSpec) -> list[Row]:
    texts, scenario = screen.shell.texts, screen.desk.scenario
    unit, state = spec.index, screen.desk.world.state
    leaders = [spec.id, *chain(screen, spec.id)]
    commander = next((c for f in leaders if (c := tree_of(screen).leaders.get(f) or scenario.formation_by_id[f].commander)), None)
    rows = []
    if commander:
        value = texts("sheet.rated", name=texts.name(commander.name), rating=commander.rating)
        rows.append(Row("commander", texts("sheet.commander"), value))
    if _mine(screen, unit):
        rows.append(Row("start", texts("sheet.start"), texts("of", have=plain(spec.men), full=plain(spec.establishment))))
    if _mine(screen, unit) and spec.paper != spec.men:
        rows.append(Row("paper", texts("sheet.paper"), plain(spec.paper)))
    if _mine(screen, unit) and not screen.busy and state.status[unit] == PRESENT:
        rows.append(Row("fatigue", texts("sheet.fatigue"), f"{state.fatigue[unit] / 10:.0f} %"))
        rows.append(Row("stance", texts("sheet.stance"), texts.word("stance", STANCES[state.stance[unit]])))
        if state.streak[unit]:
            rows.append(Row("streak", texts("sheet.streak"), f"{state.streak[unit] / 1000:.1f}"))
        if state.isolated[unit]:
            rows.append(Row("isolated", texts("sheet.isolated"), str(state.isolated[unit])))
    if _mine(screen, unit):
        for key, turn in (("held", spec.held_until), ("crossing", spec.crossing_until), ("leaves", spec.leaves)):
            if turn >= screen.scene.turn:
                rows.append(Row(key, texts(f"sheet.{key}"), short_day(texts, scenario.calendar.date_of(turn))))
    return rows


def _title(screen: GameScreen, text: str, x: int, y: int, w: int, value: str = "") -> int:
    brush = screen.shell.brush
    brush.text(text, x, y, 13.5, ACCENT, True, room=w - 90)
    if value:
        brush.text(value, x + w - 24, y, 13, TEXT, True, 1)
    return y + brush.px(23)


def story(screen: GameScreen, unit: int) -> list[Event]:
    """Return the events of this game that the viewer knows of a unit, the newest first; marches only where they ended."""
    found: list[Event] = []
    for event in reversed(known_news(screen)):
        if event.kind not in TOLD or not concerns(event, unit):
            continue
        later = found[-1] if found else None
        if event.kind == "move" and later is not None and later.kind == "move" and later.turn == event.turn:
            continue
        found.append(event)
        if len(found) >= MOST_EVENTS:
            break
    return found


def _story(screen: GameScreen, unit: int, box: Box) -> int:
    brush, texts, scenario = screen.shell.brush, screen.shell.texts, screen.desk.scenario
    x, y, w, _ = box
    top = _title(screen, texts("sheet.history"), x, y, w)
    found = story(screen, unit)
    if not found:
        brush.text(texts("sheet.no_history"), x + 12, top, 12, FAINT)
        return top + brush.px(20)
    step = row_height(brush, texts, 18)
    for n, event in enumerate(found):
        text = news.line_of(event, scenario, texts)
        if not text:
            continue
        row = (x, top, w, step)
        where = news.hex_of(event)
        if where >= 0 and brush.over(row):
            brush.target.fill(ACTIVE, row)
        brush.text(short_day(texts, scenario.calendar.date_of(event.turn)), x + 12, top, 12, FAINT, room=brush.px(60))
        brush.text(text, x + 16 + brush.px(62), top, 12, room=w - 30 - brush.px(62))
        if where >= 0:
            brush.area(row, f"story_{n}", lambda where=where: _leave(screen, where))  # type: ignore[misc]
        top += step
    return top


def _leave(screen: GameScreen, where: int) -> None:
    screen.folds.sheet = -1
    screen.jump(where)
