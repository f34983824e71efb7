"""The staff's page: weather and what it does, aircraft and their bases, supply sources and who draws on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.model.events import Factor
from game.model.rules import WEATHERS
from game.model.units import MOBILITIES
from game.ui.ledger import Store
from game.ui.pageparts import leave, title, two_columns
from game.ui.rows import Row, draw_rows, nearest, plain, row_height, short_day, where_text
from game.ui.widgets import ACTIVE, BAD, FAINT, SECOND, SUPPLY, TEXT, WARN, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen


def draw(screen: GameScreen, box: Box) -> int:
    """Draw weather with its odds and effects, aircraft and bases, supply sources; return the height reached."""
    x, y, w, _ = box
    if not two_columns(screen, w):
        y = _weather(screen, (x, y, w, 0)) + 10
        y = _air(screen, (x, y, w, 0)) + 10
        return _supply(screen, (x, y, w, 0))
    half = (w - 28) // 2
    left = _weather(screen, (x, y, half, 0)) + 10
    left = _air(screen, (x, left, half, 0))
    return max(left, _supply(screen, (x + half + 28, y, half, 0)))


def _weather(screen: GameScreen, box: Box) -> int:
    brush, texts, ledger, world = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.world
    x, y, w, _ = box
    rules, calendar = world.rules.weather, screen.desk.scenario.calendar
    month = calendar.date_of(min(ledger.turn + 1, calendar.turns)).month
    top = title(screen, texts("staff.weather"), x, y, w)
    for zone, name, table in ((0, "north", rules.north), (1, "south", rules.south)):
        today = ledger.weather[zone]
        word = texts.word("weather", WEATHERS[today])
        rows = [Row(f"weather_{name}", texts(f"staff.{name}"), word, factors=_effects(screen, today))]
        top += draw_rows(brush, texts, rows, (x - 12, top, w + 24, 0), screen.folds.opened, "staff")
        odds = " · ".join(
            f"{texts.word('weather', WEATHERS[k])} {chance / 10:.0f} %" for k, chance in enumerate(table[month - 1]) if chance
        )
        label = texts("staff.tomorrow", month=texts(f"month.{month}"))
        top += brush.paragraph(texts("staff.odds", label=label, odds=odds), x + brush.px(14), top, w - 20, 12, SECOND) + 4
    return top


def _effects(screen: GameScreen, weather: int) -> tuple[Factor, ...]:
    """Return what a weather does as factors: marching speed by mobility, and air points."""
    texts, rules = screen.shell.texts, screen.desk.world.rules.weather
    kinds = zip(MOBILITIES, rules.speed[weather], strict=False)
    parts = [Factor(texts("staff.march", kind=texts.word("moves", kind)), value) for kind, value in kinds if kind != "static"]
    return (*parts, Factor(texts("staff.flying"), rules.air[weather]))


def _air(screen: GameScreen, box: Box) -> int:
    brush, texts, ledger, scenario = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.scenario
    x, y, w, _ = box
    left = screen.desk.world.state.air[ledger.side] if not screen.busy else ledger.air_left
    total = max(ledger.air_total, left)
    top = title(screen, texts("staff.air"), x, y, w, texts("victory.count", points=plain(left), most=plain(total)))
    if not ledger.fields:
        brush.text(texts("staff.no_air"), x, top, 12, FAINT)
        return top + brush.px(20)
    step = row_height(brush, texts, 20)
    for field in ledger.fields:
        base = scenario.air[field.number]
        if base.until_turn and base.until_turn < ledger.turn:
            continue
        area = (x - 6, top, w + 12, step)
        works = field.in_time and field.works
        note = texts("staff.points", points=base.points) + " · " + (
            texts("staff.range", km=plain(base.range_km)) if base.range_km and base.hex >= 0 else texts("staff.anywhere"))
        if not field.in_time:
            note = texts("staff.later", day=short_day(texts, scenario.calendar.date_of(base.from_turn)))
        elif not field.works:
            note = texts("staff.closed")
        if base.hex >= 0:
            if brush.over(area):
                brush.target.fill(ACTIVE, area)
            brush.area(area, f"base_{field.number}", lambda h=base.hex: leave(screen, h))  # type: ignore[misc]
        wide = brush.measure(note, 12)
        brush.text(texts.name(base.name), x, top, 12, TEXT if works else FAINT, room=w - min(wide, w * 0.55) - 10)
        brush.text(note, x + w, top, 12, SECOND if works else WARN, place=1, room=w * 0.55)
        top += step
    return top


def _supply(screen: GameScreen, box: Box) -> int:
    x, y, w, _ = box
    top = title(screen, screen.shell.texts("staff.sources"), x, y, w)
    for store in sorted(screen.ledger.stores, key=lambda s: (not s.works, -s.fed)):
        top = _store(screen, store, (x, top, w, 0))
    return top


def _store(screen: GameScreen, store: Store, box: Box) -> int:
    brush, texts, scenario, ledger = screen.shell.brush, screen.shell.texts, screen.desk.scenario, screen.ledger
    x, y, w, _ = box
    source = scenario.sources[store.number]
    step = row_height(brush, texts, 36)
    area = (x - 6, y, w + 12, step)
    if brush.over(area):
        brush.target.fill(ACTIVE, area)
    found = nearest(scenario.map, source.hex)
    place = where_text(texts, scenario.map, source.hex) if found else source.place
    over = store.fed > source.men
    stock = texts("staff.endless") if store.stock < 0 else texts("staff.stock", days=plain(store.stock))
    if source.from_turn > ledger.turn:
        stock = texts("staff.later", day=short_day(texts, scenario.calendar.date_of(source.from_turn)))
    elif not store.works:
        stock = texts("staff.off")
    colour = TEXT if store.works else FAINT
    feeds = texts("staff.feeds", fed=plain(store.fed), men=plain(source.men))
    wide = brush.text(feeds, x + w, y, 12, BAD if over else colour, place=1)
    brush.text(f"{place} · {texts.word('store', source.kind)}", x, y, 12.5, colour, room=w - wide - 8)
    low = y + brush.px(19)
    brush.bar((x, low + brush.px(5), w - brush.px(120), 5), store.fed * 1000 // max(1, source.men), BAD if over else SUPPLY)
    note = texts("staff.over") if over and store.works else stock
    brush.text(note, x + w, low, 11, BAD if over else SECOND, place=1, room=brush.px(114))
    brush.area(area, f"store_{store.number}", lambda: leave(screen, source.hex))
    return y + step
