"""The panel at the right: a unit with all its values and their factors, its stack, its formation; or enemies that are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.model.events import Factor
from game.model.orders import STANCES
from game.model.rules import COMMAND
from game.model.state import LOSSES, PRESENT
from game.model.units import QUALITIES
from game.play.stats import number
from game.rules import command, power, supply
from game.rules.world import World
from game.ui import style
from game.ui.counters import sprite
from game.ui.rows import Row, draw_rows, plain, row_height, tone, where_text
from game.ui.stacks import counter_of
from game.ui.texts import Texts
from game.ui.treepanel import go_to, tree_of
from game.ui.widgets import ACCENT, ACTIVE, GOOD, LINE, NEUTRAL, PANEL, SECOND, SUPPLY, TEXT, WARN, Box, Scroll

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

MOST = 14  # members of a formation that are listed


def unit_rows(world: World, unit: int, texts: Texts) -> list[Row]:
    """Return an own unit's values with their factors."""
    state, spec = world.state, world.scenario.units[unit]
    ready, fed = power.readiness(world, unit), state.supply[unit]
    most = max(1, world.rules.movement.day_minutes * world.days)
    left = state.minutes[unit]
    days = texts("unit.days", food=f"{state.food[unit] / 10:.1f}", ammunition=f"{state.ammunition[unit] / 10:.1f}")
    here, combat = state.hex[unit], world.rules.combat
    works = (
        Factor(texts("unit.works_most"), world.rules.entrenchment.maximum // 1000, "="),
        Factor(texts("unit.works_power"), 1000 + combat.entrench * state.entrench[unit] // 1000),
        Factor(texts("unit.works_cover"), 1000 + combat.cover * state.entrench[unit] // 1000),
    )
    grade = Factor(texts("unit.quality_power"), combat.quality[spec.quality])
    rows = [
        Row("men", texts("unit.men"), texts("of", have=plain(state.men[unit]), full=plain(spec.establishment)),
            factors=men_factors(world, unit, texts)),
        Row("hours", texts("unit.hours"), texts("hours", hours=f"{left / 60:.1f}"), left * 1000 // most, NEUTRAL,
            command.explain_minutes(world, unit)),
        Row("ready", texts("unit.ready"), f"{ready / 10:.0f} %", ready, tone(ready), power.explain_readiness(world, unit)),
        Row("morale", texts("unit.morale"), f"{state.morale[unit] / 10:.0f}", state.morale[unit], GOOD,
            morale_factors(world, unit, texts)),
        Row("supply", texts("unit.supply"), f"{fed / 10:.0f} %", fed, SUPPLY, supply.explain_supply(world, unit)),
        Row("stock", texts("unit.stock"), days, note=stock_note(world, texts)),
        Row("works", texts("unit.works"), f"{state.entrench[unit] / 1000:.1f}", factors=works),
        Row("power", texts("unit.power"), plain(power.power(world, unit, here)), factors=power.explain_power(world, unit, here)),
        Row("quality", texts("unit.quality"), QUALITIES[spec.quality], factors=(grade,)),
        command_row(world, unit, texts),
    ]  # fmt: skip
    if state.guns[unit]:
        rows.insert(1, Row("guns", texts("unit.guns"), plain(state.guns[unit])))
    if state.tanks[unit]:
        rows.insert(1, Row("tanks", texts("unit.tanks"), plain(state.tanks[unit])))
    return rows


def stock_note(world: World, texts: Texts) -> str:
    """Return what a unit can carry and what the land gives."""
    r = world.rules.supply
    most, fight, land = f"{r.food_store / 10:.0f}", f"{r.ammunition_store / 10:.0f}", f"{r.forage / 10:.0f}"
    return texts("unit.stock_note", food=most, ammunition=fight, land=land)


def men_factors(world: World, unit: int, texts: Texts) -> tuple[Factor, ...]:
    """Return how a unit's men became as many as they are: those it began with, gains and losses by kind."""
    state, spec = world.state, world.scenario.units[unit]
    gains = [(texts("sheet.replaced"), state.replaced[unit]), (texts("sheet.returned"), state.returned[unit])]
    losses = [(texts(f"lost.{name}"), -getattr(state, name)[unit]) for name in LOSSES]
    changes = tuple(Factor(name, men, "+") for name, men in (*gains, *losses) if men)
    return (Factor(texts("sheet.start"), spec.men, "="), *changes, Factor(texts("unit.men"), state.men[unit], "="))


def morale_factors(world: World, unit: int, texts: Texts) -> tuple[Factor, ...]:
    """Return the changes of a unit's morale in this turn and the one before, the oldest first [permille]."""
    found = []
    for event in reversed(world.events):
        if event.turn < world.state.turn - 1:
            break
        if event.kind == "morale" and event.data["unit"] == unit:
            change = number(event, "now") - number(event, "was")
            found.append(Factor(f"{texts.factor(str(event.data['why']))}", change, "+"))
    if not found:
        return ()
    return (*reversed(found), Factor(texts("unit.morale"), world.state.morale[unit], "="))


def rows_of(screen: GameScreen, unit: int) -> list[Row]:
    """Return `unit_rows`, kept until the game or the language changes."""
    folds, texts = screen.folds, screen.shell.texts
    key = (unit, screen.ledger, texts.lang)
    if folds.unit_made is None or folds.unit_made[0] != key:
        folds.unit_made = (key, unit_rows(screen.desk.world, unit, texts))
    return folds.unit_made[1]


def command_row(world: World, unit: int, texts: Texts) -> Row:
    """Return how well a unit's orders reach it, and why."""
    chain = world.chain
    _, _, factors = command.chance_of_command(world, chain.rating[unit], chain.post[unit], unit)
    leader = world.scenario.formation_by_id[chain.leader[unit]]
    note = texts("sheet.command_by", leader=texts.name(leader.name))
    if world.side[unit] == world.state.side:
        note += texts("sheet.command_throw", throw=world.throw("command", chain.leader[unit]))
    word = texts.word("command", COMMAND[world.state.command[unit]])
    return Row("command", texts("unit.command"), word, factors=factors, note=note)


def draw(screen: GameScreen, box: Box) -> None:
    """Draw the panel."""
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    x, y, w, h = box
    brush.panel(box, PANEL)
    brush.target.fill(LINE, (x, y, 1, h))
    low = _footer_height(screen)
    inner = (x + 1, y, w - 1, h - low)
    chosen = [u for u in getattr(desk, "selection", ()) if desk.world.state.hex[u] >= 0]
    if len(chosen) > 1 and not screen.busy:
        _several(screen, chosen, inner)
    elif desk.selected >= 0 and not screen.busy:
        _unit(screen, desk.selected, inner)
    elif screen.scene.stacks.get(screen.inspected):
        _stack_of_others(screen, screen.inspected, inner)
    else:
        text = texts("phase.computer" if screen.busy else "unit.none")
        if screen.busy and screen.scene.sighted is None:
            text = texts("phase.moves", side=texts.name(desk.scenario.sides[screen.scene.side].name))
        brush.text(text, x + 14, y + 14, 14, ACCENT, True, room=w - 28)
        top = y + 14 + brush.px(28)
        if not screen.busy:
            top += brush.paragraph(texts("unit.hint"), x + 14, top, w - 28, 13, SECOND) + 12
        _army(screen, (x + 1, top, w - 1, y + h - low - top))
    _footer(screen, (x + 1, y + h - low, w - 1, low))


def _army(screen: GameScreen, box: Box) -> None:
    """Draw the strength and losses of the side whose ledger is open."""
    brush, texts, ledger, scenario, folds = (
        screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.scenario, screen.folds,
    )  # fmt: skip
    x, y, w, h = box
    units = [u for u, spec in enumerate(scenario.units) if spec.side == ledger.side and ledger.status[u] == PRESENT]
    lost = tuple(Factor(texts(f"lost.{name}"), men, "+") for name, men in zip(LOSSES, ledger.losses, strict=True) if men)
    rows = [
        Row("army_units", texts("army.units"), plain(len(units))),
        Row("army_men", texts("unit.men"), plain(sum(ledger.men[u] for u in units))),
        Row("army_lost", texts("sheet.losses"), plain(sum(ledger.losses)), factors=lost),
        Row("army_pool", texts("army.pool"), plain(ledger.pool)),
    ]
    brush.text(texts.name(scenario.sides[ledger.side].army), x + 13, y, 13, ACCENT, True, room=w - 26)
    top = y + brush.px(24)
    with brush.scrolling((x, top, w, max(1, y + h - top)), folds.unit, "army") as start:
        folds.unit.length = draw_rows(brush, texts, rows, (x, start, w, 0), screen.opened)


# -- one unit ----------------------------------------------------------------------------------------------------------


def heading(screen: GameScreen, unit: int, x: int, y: int, room: int) -> int:
    """Draw a unit's counter, name, parent and place; return the height used [px]."""
    brush, texts, scenario, scene = screen.shell.brush, screen.shell.texts, screen.desk.scenario, screen.scene
    spec = scenario.units[unit]
    made = sprite(counter_of(scenario, scene.picture, unit, 0), 66.0, 4)
    brush.target.blit(made.dark, (x + 36 + made.dark_left, y + 36 + made.dark_top))
    brush.target.blit(made.face, (x + 36 + made.left, y + 36 + made.top))
    left, top = x + 84, y - 2
    lines = brush.wrap(texts.name(spec.name), 16, room - 88, True)[:2]
    for line in lines:
        brush.text(line, left, top, 16, bold=True, room=room - 84)
        top += brush.px(21)
    above = [texts.name(scenario.formation_by_id[f].name) for f in chain(screen, spec.id)[:2]]
    brush.text(" · ".join(above), left, top + 1, 12, SECOND, room=room - 88)
    top += brush.px(18)
    where = scene.picture.hexes[unit]
    if where >= 0:
        number = scenario.map.label(where)
        place = where_text(texts, scenario.map, where)
        brush.text(place if place.endswith(number) else f"{place} · {number}", left, top, 12, SECOND, room=room - 88)
        top += brush.px(18)
    return max(78, top - y + 4)


def chain(screen: GameScreen, formation: str) -> list[str]:
    """Return the ids of the formations above one, the nearest first, as commands stand today."""
    parents, found = tree_of(screen).parents, []
    here = parents.get(formation, "")
    while here:
        found.append(here)
        here = parents[here]
    return found


def _unit(screen: GameScreen, unit: int, box: Box) -> None:
    brush, texts, folds, world = screen.shell.brush, screen.shell.texts, screen.folds, screen.desk.world
    x, y, w, h = box
    head = heading(screen, unit, x + 12, y + 12, w - 24) + 14
    brush.rule(x + 12, y + head, w - 24)
    if folds.unit_of != unit:
        folds.unit_of, folds.unit.at = unit, 0
    with brush.scrolling((x, y + head + 4, w, h - head - 4), folds.unit, "unit_panel") as start:
        top = start
        note = _note(screen, unit)
        if note:
            brush.text(note, x + 12, top + 1, 12, WARN, room=w - 24)
            top += brush.px(20)
        top += draw_rows(brush, texts, rows_of(screen, unit), (x, top, w, 0), screen.opened)
        units = [u for u in screen.scene.stacks.get(screen.scene.picture.hexes[unit], ()) if world.side[u] == world.side[unit]]
        if len(units) > 1:
            top = _list(screen, units, texts("unit.stack", count=len(units)), "", (x, top + 4, w, 0), unit, "pick")
        top = _formation(screen, unit, (x, top + 4, w, 0))
        folds.unit.length = top - start + 6


def _note(screen: GameScreen, unit: int) -> str:
    texts, world = screen.shell.texts, screen.desk.world
    if world.state.routed[unit]:
        return texts("unit.routed")
    return texts("unit.held") if screen.desk.view.held(unit) else ""


def _formation(screen: GameScreen, unit: int, box: Box) -> int:
    """List the other units of a unit's formation; return the height reached."""
    above = chain(screen, screen.desk.scenario.units[unit].id)
    if not above:
        return box[1]
    tree = tree_of(screen)
    members = [u for u in tree.below.get(above[0], ()) if screen.scene.picture.hexes[u] >= 0]
    if len(members) < 2:
        return box[1]
    texts = screen.shell.texts
    name = texts.name(screen.desk.scenario.formation_by_id[above[0]].name)
    total = texts("unit.total", men=plain(sum(screen.scene.picture.men[u] for u in members)))
    return _list(screen, members[:MOST], name, total, box, unit, "member")


def _list(screen: GameScreen, units: Sequence[int], title: str, total: str, box: Box, selected: int, name: str) -> int:
    """Draw units with their strength and place under a title; return the height reached."""
    brush, texts, scenario, picture = screen.shell.brush, screen.shell.texts, screen.desk.scenario, screen.scene.picture
    x, y, w, _ = box
    step = row_height(brush, texts, 21)
    wide = brush.measure(total, 12) if total else 0
    brush.text(title, x + 12, y, 13, ACCENT, True, room=w - 34 - wide)
    if total:
        brush.text(total, x + w - 12, y + 1, 12, SECOND, place=1)
    top = y + brush.px(23)
    for u in units:
        row = (x, top, w, step)
        spec = scenario.units[u]
        if u == selected or brush.over(row):
            brush.target.fill(ACTIVE, row)
        brush.target.fill(style.STRIPES[spec.stripe % len(style.STRIPES)], (x + 12, top + 4, 4, step - 8))
        own = screen.desk.world.side[u] == screen.ledger.side or screen.scene.sighted is None
        value = where_text(texts, scenario.map, picture.hexes[u]) if name == "member" else plain(picture.men[u])
        bar = brush.px(44)
        left = x + 22
        room = w * (0.44 if name == "member" else 0.52) - 10
        brush.text(texts.name(spec.name), left, top + 1, 12, TEXT, u == selected, room=room)
        if own:
            share = picture.men[u] * 1000 // max(1, spec.establishment)
            brush.bar((round(left + room + 6), top + step // 2 - 2, bar, 5), share, tone(picture.readiness[u]))
        brush.text(value, x + w - 12, top + 1, 12, SECOND, place=1, room=w - 22 - room - bar - 26)
        brush.area(row, f"{name}_{u}", lambda u=u: (open_sheet_of if name == "seen" else go_to)(screen, u))  # type: ignore[misc]
        top += step
    return top + 2


# -- several units, and others' ----------------------------------------------------------------------------------------


def _several(screen: GameScreen, units: Sequence[int], box: Box) -> None:
    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    x, y, w, h = box
    men = texts("unit.total", men=plain(sum(screen.scene.picture.men[u] for u in units)))
    with brush.scrolling((x, y + 12, w, h - 12), folds.unit, "unit_panel") as start:
        top = _list(screen, units, texts("unit.selected", count=len(units)), men, (x, start, w, 0), screen.desk.selected, "picked")
        folds.unit.length = top - start


def _stack_of_others(screen: GameScreen, where: int, box: Box) -> None:
    """Draw what is known of the units in a hex that one cannot command: enemies, or anybody while watching."""
    brush, texts, scene, folds = screen.shell.brush, screen.shell.texts, screen.scene, screen.folds
    x, y, w, h = box
    units = scene.stacks[where]
    head = heading(screen, units[0], x + 12, y + 12, w - 24) + 14
    brush.rule(x + 12, y + head, w - 24)
    enemy = scene.sighted is not None and screen.desk.world.side[units[0]] != scene.viewer
    men = plain(sum(scene.picture.men[u] for u in units))
    with brush.scrolling((x, y + head + 6, w, h - head - 6), folds.unit, "unit_panel") as start:
        top = start
        if enemy:
            brush.text(texts("unit.about", about=men), x + 12, top, 13, bold=True, room=w - 24)
            top += brush.px(24)
            top += brush.paragraph(texts("unit.enemy"), x + 12, top, w - 24, 12, SECOND) + 6
        title = texts("unit.stack", count=len(units))
        top = _list(screen, units, title, "" if enemy else texts("unit.total", men=men), (x, top, w, 0), -1, "seen")
        folds.unit.length = top - start


# -- buttons -----------------------------------------------------------------------------------------------------------


def _footer_height(screen: GameScreen) -> int:
    high = screen.shell.brush.px(28)
    return 2 * high + 22


def _footer(screen: GameScreen, box: Box) -> None:
    """Draw the buttons with their keys: stance, sheet, previous, next, trains."""
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    x, y, w, _ = box
    brush.rule(x + 8, y + 1, w - 16)
    high = brush.px(28)
    free = desk.persons_turn and not screen.busy
    unit = desk.selected if free else -1
    stance = desk.world.state.stance[unit] if unit >= 0 else -1
    wide = (w - 16) // 4
    top = y + 8
    for n, name in enumerate(STANCES):
        part = (x + 8 + n * wide, top, wide - 4, high)
        on = stance == n
        brush.button(part, texts.word("stance", name), f"stance_{n}", lambda n=n: screen.set_stance(n), on=on, enabled=unit >= 0)  # type: ignore[misc]
    train = bool(getattr(desk, "train", False))
    rail = (x + 8 + 3 * wide, top, wide - 4, high)
    brush.button(rail, texts("unit.rail"), "rail", lambda: _train(screen), on=train, enabled=unit >= 0)
    top += high + 6
    third = (w - 16) // 3
    def go(by: int) -> None:
        screen.select(desk.step(by))

    buttons: tuple[tuple[str, Callable[[], None], bool], ...] = (
        ("previous", lambda: go(-1), free),
        ("next", lambda: go(1), free),
        ("sheet", lambda: open_sheet(screen), unit >= 0 or screen.inspected >= 0),
    )
    for n, (name, action, enabled) in enumerate(buttons):
        key = screen.keys.shown(name)
        brush.button((x + 8 + n * third, top, third - 4, high), texts(f"unit.{name}"), name, action, enabled=enabled, key=key)


def _train(screen: GameScreen) -> None:
    """Let the next march go by rail, or not."""
    from game.ui.actions import ACTIONS

    ACTIONS["rail"](screen)


def open_sheet(screen: GameScreen) -> None:
    """Open the sheet of the selected unit, or of the first that is looked at; close it when it is open."""
    unit = screen.desk.selected
    if unit < 0:
        unit = next(iter(screen.scene.stacks.get(screen.inspected, ())), -1)
    open_sheet_of(screen, unit)


def open_sheet_of(screen: GameScreen, unit: int) -> None:
    """Open a unit's sheet, or close it when it is open."""
    folds = screen.folds
    folds.sheet, folds.over = -1 if folds.sheet == unit else unit, Scroll()
