"""How the after-action report looks in the window: a head, and one page for each question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.lab.report_story import Story, losses, men_begun, men_left
from game.model.state import LOSSES, PRESENT
from game.play import stats
from game.ui.backdrop import draw_backdrop
from game.ui.rows import Row, draw_rows, plain, row_height, signed
from game.ui.widgets import ACCENT, ACTIVE, BAD, FAINT, GOOD, HEADER, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, WARN, Box

if TYPE_CHECKING:
    import pygame

    from game.model.events import Event
    from game.ui.resultscreen import ResultScreen
    from game.ui.style import Colour

MARGIN = 40
BATTLES = 40  # rows of the page of battles


def draw(screen: ResultScreen, target: pygame.Surface) -> None:
    """Draw the screen."""
    from game.ui.resultscreen import TABS

    brush, texts = screen.shell.brush, screen.shell.texts
    px = brush.px
    w, h = target.get_size()
    draw_backdrop(screen.shell, target)
    ledger = screen.ledger
    brush.text(f"{texts('result')} · {texts.name(screen.desk.scenario.title)}", MARGIN + 2, 16, 13, ACCENT, True, room=w - 400)
    colour = SIDE_TEXT[ledger.level.winner] if ledger.level.winner >= 0 else TEXT
    brush.text(texts.name(ledger.level.name), MARGIN, 14 + px(20), 32, colour, font="serif_bold", room=w - 2 * MARGIN)
    points = texts("result.points", japan=plain(ledger.totals[0]), china=plain(ledger.totals[1]), net=signed(ledger.net))
    history = texts("result.against", net=signed(screen.desk.scenario.historical[0]))
    brush.text(f"{points} · {history}", MARGIN + 2, 18 + px(66), 14, TEXT, room=w - 2 * MARGIN)
    top = 26 + px(92)
    wide = min(px(160), (w - 2 * MARGIN) // len(TABS) - 6)
    for n, tab in enumerate(TABS):
        act = lambda tab=tab: screen.turn_to(tab)  # noqa: E731
        box = (MARGIN + n * (wide + 6), top, wide, px(32))
        brush.button(box, texts(f"result_tab.{tab}"), f"tab_{tab}", act, on=screen.tab == tab, key=str(n + 1))
    top += px(40)
    foot = px(62)
    page = (MARGIN, top, w - 2 * MARGIN, h - top - foot - 8)
    brush.panel(page, PANEL, LINE, 5)
    PAGES[screen.tab](screen, page)
    _foot(screen, (MARGIN, h - foot + 2, w - 2 * MARGIN, px(36)))


def _foot(screen: ResultScreen, box: Box) -> None:
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, high = box
    wide = min(brush.px(180), w // 5 - 8)
    left = x
    buttons = [
        ("report", texts("result.write_report"), screen.write_report, "H"),
        ("replay", texts("result.save_replay"), screen.save_replay, "S"),
        ("watch", texts("result.watch"), screen.watch, "W"),
    ]  # fmt: skip
    if screen.report is not None:
        buttons.insert(1, ("open", texts("result.open"), screen.open_report, "O"))
    for name, word, act, key in buttons:
        brush.button((left, y, wide, high), word, name, act, key=key)
        left += wide + 8
    brush.button((x + w - wide, y, wide, high), texts("result.menu"), "menu", screen.menu, True)
    if screen.message:
        line = (x, y - brush.px(34), w, brush.px(28))
        brush.panel(line, HEADER, GOOD, 4)
        brush.text(screen.message, x + 12, line[1] + brush.px(4), 12, room=w - 24)
        brush.area(line, "message", lambda: setattr(screen, "message", ""))


# -- outcome -----------------------------------------------------------------------------------------------------------
def _outcome(screen: ResultScreen, box: Box) -> None:
    """Levels and history at the left, the objectives with their factors at the right."""
    brush = screen.shell.brush
    x, y, w, h = box
    split = round(w * 0.36)
    _levels(screen, (x + 18, y + 14, split - 36, h - 24))
    brush.target.fill(LINE, (x + split, y + 12, 1, h - 24))
    inner = (x + split + 8, y + 8, w - split - 14, h - 16)
    with brush.scrolling(inner, screen.scroll, "objectives") as top:
        at = top + 4
        for side in (0, 1):
            at += _objectives(screen, side, (inner[0], at, inner[2] - 10, 0)) + 10
        screen.scroll.length = at - top


def _levels(screen: ResultScreen, box: Box) -> None:
    brush, texts, ledger, scenario = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.scenario
    x, y, w, _ = box
    step = row_height(brush, texts, 24)
    brush.text(texts("result.levels"), x, y, 14, ACCENT, True)
    top = y + brush.px(28)
    reached = next((lv for lv in scenario.levels if scenario.historical[0] >= lv.least), scenario.levels[-1])
    for level in scenario.levels:
        on = level is ledger.level
        if on:
            brush.target.fill(ACTIVE, (x - 6, top - 2, w + 12, step))
        value = "" if level is scenario.levels[-1] else texts("result.from", least=plain(level.least))
        brush.text(value, x + w, top, 12, SECOND, place=1)
        mark = " ◆" if level is reached else ""
        colour = SIDE_TEXT[level.winner] if level.winner >= 0 else TEXT
        brush.text(texts.name(level.name) + mark, x, top, 13, colour, on, room=w - brush.measure(value, 12) - 12)
        top += step
    top += brush.px(10)
    brush.text("◆ " + texts("result.record", net=signed(scenario.historical[0])), x, top, 13, ACCENT, True, room=w)
    top += brush.px(26)
    top += brush.paragraph(texts.name(scenario.historical[1]), x, top, w, 12, SECOND) + brush.px(12)
    for side in (0, 1):
        lost = sum(stats.losses(screen.desk.world, side).values())
        text = texts("result.losses", side=texts.name(scenario.sides[side].name), men=plain(lost))
        brush.text(text, x, top, 13, SIDE_TEXT[side], True, room=w)
        top += step


def _objectives(screen: ResultScreen, side: int, box: Box) -> int:
    brush, texts, ledger, scenario = screen.shell.brush, screen.shell.texts, screen.ledger, screen.desk.scenario
    x, y, w, _ = box
    scores = [s for s in ledger.scores if scenario.objectives[s.number].side == side]
    brush.bullet(x + 12, y + brush.px(6), side)
    name = texts("result.side_points", side=texts.name(scenario.sides[side].name), points=plain(ledger.totals[side]))
    brush.text(name, x + 30, y, 14, SIDE_TEXT[side], True, room=w - 30)
    rows = [
        Row(
            f"objective_{s.number}", texts.name(scenario.objectives[s.number].title),
            texts("of", have=plain(s.points), full=plain(s.most)), factors=s.factors,
        )
        for s in scores
    ]  # fmt: skip
    top = y + brush.px(28)
    return brush.px(28) + draw_rows(brush, texts, rows, (x, top, w, 0), screen.opened, "result")


# -- front -------------------------------------------------------------------------------------------------------------
def _front(screen: ResultScreen, box: Box) -> None:
    brush, texts, view = screen.shell.brush, screen.shell.texts, screen.view
    x, y, w, h = box
    head = brush.px(44)
    for n, (start, key) in enumerate(((False, "result.at_end"), (True, "result.at_start"))):
        act = lambda start=start: screen.show_front(start)  # noqa: E731
        place = (x + 12 + n * brush.px(158), y + 8, brush.px(150), brush.px(30))
        brush.button(place, texts(key), f"front_{'start' if start else 'end'}", act, on=screen.at_start == start)
    brush.text(texts("result.map_hint"), x + w - 14, y + brush.px(14), 12, FAINT, place=1, room=w - brush.px(340))
    size = (w - 4, h - head - 4)
    if (view.camera.width, view.camera.height) != size:
        view.camera.resize(*size)
        view.camera.zoom_by(-9, (size[0] / 2, size[1] / 2))
    view.draw(brush.target.subsurface((x + 2, y + head, *size)), texts.lang, -1, None, screen.at_start)


# -- captures ----------------------------------------------------------------------------------------------------------
def _captures(screen: ResultScreen, box: Box) -> None:
    """Every dated change of hands of the record beside the date in this game."""
    brush, texts, scenario = screen.shell.brush, screen.shell.texts, screen.desk.scenario
    heads = (
        (0.0, "result.place"), (0.24, "result.taken_by"), (0.40, "result.recorded"), (0.60, "result.played"), (0.80, "result.late"),
    )  # fmt: skip
    inner, starts, step = _table(screen, box, heads)
    with brush.scrolling(inner, screen.scroll, "list") as top:
        for n, row in enumerate(screen.captures):
            place = scenario.map.place_by_id[row.recorded.place]
            y = top + 4 + n * step
            name = place.name_zh if texts.lang == "zh" else place.name_en
            brush.text(name, starts[0], y, 13, bold=True, room=starts[1] - starts[0] - 8)
            brush.bullet(starts[1], y + brush.px(6), row.recorded.side)
            side = texts.name(scenario.sides[row.recorded.side].name)
            brush.text(side, starts[1] + 16, y, 13, SIDE_TEXT[row.recorded.side], room=starts[2] - starts[1] - 20)
            brush.text(texts.day(row.recorded.date), starts[2], y, 12, SECOND)
            when = texts.day(row.played) if row.played else texts("result.never")
            brush.text(when, starts[3], y, 12, TEXT if row.played else FAINT)
            words, colour = _shift(screen, row.days)
            brush.text(words, starts[4], y, 12, colour, True)
        screen.scroll.length = len(screen.captures) * step + 8
    if not screen.captures:
        brush.text(texts("result.no_captures"), inner[0] + 18, inner[1] + 10, 13, SECOND)


def _shift(screen: ResultScreen, days: int | None) -> tuple[str, Colour]:
    """Return how much later than recorded something happened, and its colour."""
    texts = screen.shell.texts
    if days is None:
        return "–", FAINT
    if days == 0:
        return texts("result.on_time"), GOOD
    return (texts("result.days_late", days=days), BAD) if days > 0 else (texts("result.days_early", days=-days), GOOD)


def _table(screen: ResultScreen, box: Box, heads: tuple[tuple[float, str], ...]) -> tuple[Box, list[int], int]:
    """Draw the heads of a table; return the box of its rows, where its columns begin, and the height of a row."""
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, h = box
    head = brush.px(34)
    brush.target.fill(HEADER, (x + 1, y + 1, w - 2, head))
    starts = [round(x + 18 + share * (w - 40)) for share, _ in heads]
    for n, (_, key) in enumerate(heads):
        room = (starts[n + 1] if n + 1 < len(starts) else x + w - 8) - starts[n] - 8
        brush.text(texts(key), starts[n], y + brush.px(7), 12, ACCENT, True, room=room)
    return (x + 2, y + head + 2, w - 6, h - head - 6), starts, row_height(brush, texts, 24)


# -- losses ------------------------------------------------------------------------------------------------------------
def _losses(screen: ResultScreen, box: Box) -> None:
    """Losses of both sides by kind, and the record's ranges beside them."""
    brush, texts, world = screen.shell.brush, screen.shell.texts, screen.desk.world
    heads = ((0.0, "result.kind"), (0.30, "result.japan"), (0.48, "result.china"))
    inner, starts, step = _table(screen, box, heads)
    both = [stats.losses(world, side) for side in (0, 1)]
    men = [stats.men(world, side) for side in (0, 1)]
    rows = [(texts(f"replay.loss.{kind}"), [plain(b[kind]) for b in both], False) for kind in LOSSES]
    rows.append((texts("result.all_losses"), [plain(sum(b.values())) for b in both], True))
    kept = ("start", "arrived", "replaced", "returned", "present")
    rows += [(texts(f"result.{name}"), [plain(m[name]) for m in men], False) for name in kept]
    with brush.scrolling(inner, screen.scroll, "list") as top:
        y = top + 6
        for name, values, strong in rows:
            if strong:
                brush.rule(starts[0], y - 2, starts[2] - starts[0] + brush.px(120))
            brush.text(name, starts[0], y, 13, TEXT, strong, room=starts[1] - starts[0] - 10)
            for side, value in enumerate(values):
                brush.text(value, starts[1 + side] + brush.px(90), y, 13, SIDE_TEXT[side] if strong else TEXT, strong, 1)
            y += step + (8 if strong else 0)
        screen.scroll.length = y + 12 + _documented(screen, both, (starts[0], y + 12, inner[2] - 60, step)) - top


def _documented(screen: ResultScreen, both: list[dict[str, int]], box: Box) -> int:
    """Write the record's ranges of losses beside this game's; return the height used."""
    brush, texts, scenario = screen.shell.brush, screen.shell.texts, screen.desk.scenario
    x, y, w, step = box
    brush.text(texts("result.documented"), x, y, 14, ACCENT, True)
    top = y + brush.px(28)
    for row in scenario.recorded_losses:
        here = sum(both[row.side][k] for k in (row.kinds or LOSSES))
        kinds = texts("replay.and").join(texts(f"replay.loss.{k}") for k in row.kinds or LOSSES)
        side = texts.name(scenario.sides[row.side].name)
        text = texts("result.range", side=side, kinds=kinds, low=plain(row.low), high=plain(row.high), men=plain(here))
        brush.bullet(x, top + brush.px(6), row.side)
        inside = row.low <= here <= row.high
        top += brush.paragraph(text, x + 18, top, w, 12, GOOD if inside else WARN) + 4
    if not scenario.recorded_losses:
        brush.text(texts("result.no_documents"), x, top, 12, SECOND)
        top += step
    return top - y


# -- battles -----------------------------------------------------------------------------------------------------------
def _battles(screen: ResultScreen, box: Box) -> None:
    """The costliest battles: what was expected, what luck did, and the losses."""
    brush, texts, desk = screen.shell.brush, screen.shell.texts, screen.desk
    heads = (
        (0.0, "result.date"), (0.15, "result.place"), (0.40, "result.attacker"), (0.52, "result.odds"), (0.62, "result.expected"),
        (0.72, "result.luck"), (0.80, "result.outcome_of"), (0.92, "result.cost"),
    )  # fmt: skip
    inner, starts, step = _table(screen, box, heads)
    events = [e for e in desk.world.events if e.kind == "battle"]
    events.sort(key=lambda e: (-stats.number(e, "attacker_losses") - stats.number(e, "defender_losses"), e.turn))
    shown = events[:BATTLES]
    with brush.scrolling(inner, screen.scroll, "list") as top:
        for n, event in enumerate(shown):
            _battle(screen, event, starts, top + 4 + n * step)
        screen.scroll.length = len(shown) * step + 8
    if not shown:
        brush.text(texts("result.no_battles"), inner[0] + 18, inner[1] + 10, 13, SECOND)


def _battle(screen: ResultScreen, event: Event, starts: list[int], y: int) -> None:
    brush, texts, scenario = screen.shell.brush, screen.shell.texts, screen.desk.scenario

    def n(name: str) -> int:
        return stats.number(event, name)

    gap = [b - a - 8 for a, b in zip(starts, [*starts[1:], starts[-1] + brush.px(120)], strict=True)]
    brush.text(texts.day(scenario.calendar.date_of(event.turn)), starts[0], y, 12, SECOND, room=gap[0])
    brush.text(texts.place(scenario.map, n("hex")), starts[1], y, 13, room=gap[1])
    brush.bullet(starts[2], y + brush.px(6), event.side)
    brush.text(texts.name(scenario.sides[event.side].name), starts[2] + 16, y, 12, SIDE_TEXT[event.side], room=gap[2] - 16)
    brush.text(f"{n('ratio') / 1000:.2f} : 1", starts[3], y, 12, room=gap[3])
    brush.text(f"{n('expected') / 10:.0f} %", starts[4], y, 12, room=gap[4])
    luck = n("luck")
    brush.text(f"× {luck / 1000:.2f}", starts[5], y, 12, GOOD if luck > 1000 else BAD if luck < 1000 else TEXT, room=gap[5])
    word = texts("result.gave_ground" if n("beaten") else "result.held")
    brush.text(word, starts[6], y, 12, SIDE_TEXT[event.side if n("beaten") else 1 - event.side], True, room=gap[6])
    brush.text(f"{plain(n('attacker_losses'))} / {plain(n('defender_losses'))}", starts[7], y, 12, room=gap[7])


# -- stories -----------------------------------------------------------------------------------------------------------
def _stories(screen: ResultScreen, box: Box) -> None:
    """What befell each formation that has something to tell."""
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, h = box
    inner = (x + 8, y + 8, w - 16, h - 16)
    with brush.scrolling(inner, screen.scroll, "list") as top:
        at = top + 4
        for story in screen.stories:
            side = story.formation.side
            brush.bullet(x + 18, at + brush.px(6), side)
            brush.text(texts.name(story.formation.name), x + 36, at, 13, SIDE_TEXT[side], True, room=w - 60)
            at += brush.px(22)
            at += brush.paragraph(tell(screen, story), x + 36, at, w - 72, 12, TEXT) + brush.px(8)
        screen.scroll.length = at - top
    if not screen.stories:
        brush.text(texts("result.no_stories"), x + 18, y + 14, 13, SECOND)


def tell(screen: ResultScreen, story: Story) -> str:
    """Return a formation's story in the player's language."""
    texts, session = screen.shell.texts, screen.desk.session
    state = session.world.state
    chinese = {p.name_en: p.name_zh for p in session.scenario.map.places}

    def places(names: list[str]) -> str:
        found = []
        for name in names[:6]:
            near, bare = name.startswith("near "), name.removeprefix("near ")
            word = chinese.get(bare, bare) if texts.lang == "zh" else bare
            found.append(texts("story.near", place=word) if near else word)
        return texts("story.and").join(found) + (texts("story.more", count=len(names) - 6) if len(names) > 6 else "")

    parts = [texts("story.begun", men=plain(men_begun(session, story)))]
    if story.taken:
        parts.append(texts("story.taken", places=places(story.taken)))
    if story.attacks:
        parts.append(texts("story.attacks", count=story.attacks, won=story.won))
    if story.defences:
        parts.append(texts("story.defences", count=story.defences, held=story.held))
    if story.driven:
        parts.append(texts("story.driven", places=places(story.driven)))
    gone = story.surrendered + story.dispersed + story.captured
    if gone:
        parts.append(texts("story.gone", count=gone, of=len(story.units)))
    parts.append(texts("story.lost", men=plain(losses(session, story))))
    if any(state.status[u] == PRESENT for u in story.units):
        parts.append(texts("story.left", men=plain(men_left(session, story))))
    return ("" if texts.lang == "zh" else " ").join(parts)


PAGES = {
    "outcome": _outcome, "front": _front, "captures": _captures, "losses": _losses, "battles": _battles, "stories": _stories,
}  # fmt: skip
