"""How the start screen looks: the list at the left, the chosen scenario at the right, everything else along the edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.ai.registry import PLAYERS, player_names
from game.model.scenario import Objective, Scenario
from game.ui.backdrop import draw_backdrop
from game.ui.library import Entry, Saved
from game.ui.texts import Texts
from game.ui.widgets import ACCENT, ACTIVE, BAD, FAINT, HEADER, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, Box, Brush

if TYPE_CHECKING:
    import pygame

    from game.ui.startscreen import StartScreen

SIDES = ("japan", "china", "both", "none")
MARGIN = 40
SHORT, MIDDLE, LONG = 300, 3000, 8000  # unit-turns up to which a game is called short, middling, long


def draw(screen: StartScreen, target: pygame.Surface) -> None:
    """Draw the start screen."""
    brush, texts = screen.shell.brush, screen.shell.texts
    s = brush.scale
    w, h = target.get_size()
    draw_backdrop(screen.shell, target)
    brush.text(texts("game"), MARGIN, 18, 36, TEXT, font="serif_bold")
    brush.text(texts("game.about"), MARGIN + 2, 22 + round(46 * s), 14, SECOND, room=w - 2 * MARGIN)
    _corner(screen, brush, texts, w)
    top, foot = round(34 + 66 * s), round(62 * s)
    high = h - top - foot - 10
    left = round(min(330 * s, w * 0.3))
    _list(screen, brush, texts, (MARGIN, top, left, high))
    _choice(screen, brush, texts, (MARGIN + left + 14, top, w - 2 * MARGIN - left - 14, high))
    _foot(screen, brush, texts, (MARGIN, h - foot, w - 2 * MARGIN, foot))


def _corner(screen: StartScreen, brush: Brush, texts: Texts, width: int) -> None:
    """Draw the buttons at the upper right."""
    s = brush.scale
    x, high = width - MARGIN, round(30 * s)
    buttons = (
        ("quit", texts("start.quit"), screen.quit, ""), ("help", texts("start.help"), screen.help, "F1"),
        ("settings", texts("start.settings"), screen.settings, "S"),
        ("text_size", texts("start.text_size", size=round(s * 100)), screen.shell.larger_text, "Z"),
        ("language", texts("start.language"), screen.shell.switch, "G"),
    )  # fmt: skip
    for name, word, act, key in buttons:
        wide = round((112 if name == "text_size" else 92) * s)
        x -= wide + 8
        brush.button((x + 8, 22, wide, high), word, name, act, key=key)


def _list(screen: StartScreen, brush: Brush, texts: Texts, box: Box) -> None:
    x, y, w, h = box
    s = brush.scale
    brush.panel(box, PANEL, LINE, 5)
    brush.text(texts("start.scenarios"), x + 16, y + 10, 14, ACCENT, True)
    head = round(36 * s)
    room = h - head - 6
    count = max(1, len(screen.entries))
    step = min(round(64 * s), max(round(48 * s), room // count))
    fit = max(1, room // step)
    names = [e.id for e in screen.entries]
    at = names.index(screen.chosen) if screen.chosen in names else 0
    screen.top = max(0, min(screen.top, count - fit))
    if at < screen.top or at >= screen.top + fit:
        screen.top = max(0, min(at, count - fit))
    for n, entry in enumerate(screen.entries[screen.top : screen.top + fit]):
        _row(screen, brush, texts, entry, (x + 6, y + head + n * step, w - 12, step - 4))


def _row(screen: StartScreen, brush: Brush, texts: Texts, entry: Entry, box: Box) -> None:
    x, y, w, h = box
    chosen, s = entry.id == screen.chosen, entry.scenario
    if chosen or brush.over(box):
        brush.target.fill(ACTIVE, box)
    if chosen:
        brush.target.fill(ACCENT, (x, y, 4, h))
    scale = brush.scale
    inner = y + (h - round(44 * scale)) // 2
    brush.text(texts.name(s.title) if s else entry.id, x + 16, inner, 15, TEXT if s else BAD, True, room=w - 24)
    line = f"{texts.day(s.calendar.start)} – {texts.day(s.calendar.end)}" if s else texts("start.unusable")
    brush.text(line, x + 16, inner + 24 * scale, 12, SECOND if s else BAD, room=w - 24)
    brush.area(box, f"scenario_{entry.id}", lambda: screen.choose(entry.id))


def _choice(screen: StartScreen, brush: Brush, texts: Texts, box: Box) -> None:
    x, y, w, h = box
    s = brush.scale
    brush.panel(box, PANEL, LINE, 5)
    entry = screen.entry
    if entry is None:
        brush.text(texts("start.loading"), x + 22, y + 18, 14, SECOND)
        return
    if entry.scenario is None:
        brush.text(texts("start.unusable"), x + 22, y + 16, 18, BAD, True)
        brush.paragraph(entry.trouble, x + 22, y + round(50 * s), w - 44, 13)
        return
    low = round(136 * s)
    split = round(w * 0.46)
    picture = (x + 14, y + 14, split, h - low - 28)
    _picture(screen, brush, texts, entry, picture)
    right = (x + split + 32, y + 12, w - split - 50, h - low - 22)
    _story(brush, texts, entry.scenario, right)
    brush.rule(x + 14, y + h - low - 4, w - 28)
    _setting(screen, brush, texts, entry.scenario, (x + 18, y + h - low, w - 36, low))


def _picture(screen: StartScreen, brush: Brush, texts: Texts, entry: Entry, box: Box) -> None:
    """Draw the scenario's map in the middle of a box."""
    import pygame

    x, y, w, h = box
    pictures = screen.shell.pictures
    made = pictures.fitted(entry.id, texts.lang, (w, h)) if pictures else None
    if made is None:
        brush.text(texts("start.drawing"), x + w / 2, y + h / 2 - 10, 13, FAINT, place=0)
        pygame.draw.rect(brush.target, LINE, box, 1)
        return
    left, top = x + (w - made.get_width()) // 2, y + (h - made.get_height()) // 3
    brush.target.blit(made, (left, top))
    pygame.draw.rect(brush.target, LINE, (left, top, *made.get_size()), 1)


def _story(brush: Brush, texts: Texts, scenario: Scenario, box: Box) -> None:
    """Write what the scenario is about, how large and how long it is, and what each side must do."""
    x, y, w, h = box
    s = brush.scale
    calendar = scenario.calendar
    brush.text(texts.name(scenario.title), x, y, 23, TEXT, font="serif_bold", room=w)
    y += round(36 * s)
    brush.text(f"{texts.day(calendar.start)} – {texts.day(calendar.end)}", x, y, 13, ACCENT, True, room=w)
    y += round(22 * s)
    brush.text(f"{size_of(texts, scenario)} · {texts(length_of(scenario))}", x, y, 12, SECOND, room=w)
    y += round(20 * s)
    brush.text(quality_of(texts, scenario), x, y, 12, SECOND, room=w)
    y += round(26 * s)
    bottom = box[1] + h
    y += _lines(brush, texts.name(scenario.summary), x, y, w, bottom - y - round(112 * s)) + round(8 * s)
    room = (bottom - y) // 2
    for side in (0, 1):
        _aims(brush, texts, scenario, side, (x, y + side * room, w, room))


def _lines(brush: Brush, text: str, x: int, y: int, width: int, height: int) -> int:
    """Write a text in as many lines as find room; return the height used [px]."""
    step = round(13 * brush.scale * 1.5)
    lines = brush.wrap(text, 13, width)
    fit = max(2, height // step)
    for n, line in enumerate(lines[:fit]):
        cut = n == fit - 1 and len(lines) > fit
        brush.text(line + (" …" if cut else ""), x, y + n * step, 13, TEXT, room=width)
    return min(len(lines), fit) * step


def _aims(brush: Brush, texts: Texts, scenario: Scenario, side: int, box: Box) -> None:
    """Write who leads a side and what it must do."""
    x, y, w, h = box
    s = brush.scale
    info, step = scenario.sides[side], round(19 * s)
    brush.bullet(x + 1, round(y + 5 * s), side)
    head = f"{texts.name(info.name)} · {texts('briefing.forces', army=texts.name(info.army), commander=texts.name(info.commander))}"
    brush.text(head, x + 18, y, 13, SIDE_TEXT[side], True, room=w - 18)
    aims = [o for o in scenario.objectives if o.side == side]
    fit = max(1, (h - round(24 * s)) // step)
    if fit < min(len(aims), 4):  # too little room for a list: one text
        stop = "；" if texts.lang == "zh" else "; "
        text = stop.join(f"{texts.name(aim.title)} {points_of(texts, aim)}" for aim in aims)
        for n, line in enumerate((lines := brush.wrap(text, 12, w - 18))[:fit]):
            cut = " …" if n == fit - 1 and len(lines) > fit else ""
            brush.text(line + cut, x + 18, y + round(22 * s) + n * step, 12, TEXT, room=w - 18)
        return
    shown = aims if len(aims) <= fit else aims[: fit - 1]
    for n, aim in enumerate(shown):
        top = y + round(22 * s) + n * step
        brush.text(texts.name(aim.title), x + 18, top, 12, TEXT, room=w - 84)
        brush.text(points_of(texts, aim), x + w, top, 12, FAINT, place=1)
    if len(shown) < len(aims):
        brush.text(texts("start.more_aims", count=len(aims) - len(shown)), x + 18, y + round(22 * s) + len(shown) * step, 12, FAINT)


def _setting(screen: StartScreen, brush: Brush, texts: Texts, scenario: Scenario, box: Box) -> None:
    """Draw the choice of side, opponent and seed."""
    x, y, w, _ = box
    s = brush.scale
    label, high, step = round(92 * s), round(30 * s), round(40 * s)
    names = [*(texts.name(i.name) for i in scenario.sides), texts("start.both"), texts("start.none")]
    wide = min(round(170 * s), (w - label) // 4 - 8)
    y += round(8 * s)
    brush.text(texts("start.side"), x, y + 5 * s, 13, SECOND, room=label - 6)
    for n, (side, name) in enumerate(zip(SIDES, names, strict=True)):
        act = lambda side=side: screen.take(side)  # noqa: E731
        brush.button((x + label + n * (wide + 8), y, wide, high), name, f"side_{side}", act, on=screen.side == side)
    y += step
    useful = screen.side != "both"
    brush.text(texts("start.opponent"), x, y + 5 * s, 13, SECOND, room=label - 6)
    left = x + label
    for name in player_names():
        on = useful and screen.opponent == name
        act = lambda name=name: screen.against(name)  # noqa: E731
        brush.button((left, y, wide, high), texts.word("player", name), f"opponent_{name}", act, on=on, enabled=useful)
        left += wide + 8
    about = texts.word("player_about", screen.opponent)
    about = PLAYERS[screen.opponent][2] if about == screen.opponent else about
    brush.text(about if useful else texts("start.no_opponent"), left + 6, y + 6 * s, 12, SECOND, room=x + w - left - 8)
    y += step
    _seed(screen, brush, texts, (x, y, w, high), label, wide)


def _seed(screen: StartScreen, brush: Brush, texts: Texts, box: Box, label: int, wide: int) -> None:
    import pygame

    x, y, w, high = box
    s = brush.scale
    brush.text(texts("start.seed"), x, y + 5 * s, 13, SECOND, room=label - 6)
    field = (x + label, y, wide, high)
    pygame.draw.rect(brush.target, HEADER, field, border_radius=4)
    pygame.draw.rect(brush.target, ACCENT if screen.typing else LINE, field, 1, border_radius=4)
    brush.text(screen.seed + ("|" if screen.typing else ""), field[0] + 12, y + (high - 20 * s) / 2, 13, TEXT, True)
    brush.text("N", field[0] + wide - 8, y + (high - 16 * s) / 2, 11, FAINT, place=1)
    brush.area(field, "seed", screen.edit_seed)
    brush.button((field[0] + wide + 8, y, wide, high), texts("start.new_seed"), "new_seed", screen.new_seed)
    left = field[0] + 2 * wide + 22
    brush.text(texts("start.seed_about"), left, y + 6 * s, 12, SECOND, room=x + w - left - 2)


def _foot(screen: StartScreen, brush: Brush, texts: Texts, box: Box) -> None:
    """Draw the buttons along the lower edge."""
    x, y, w, _ = box
    s = brush.scale
    high = round(40 * s)
    begin = round(170 * s)
    small = round(122 * s)
    left = x
    for name, word, act, key in (
        ("tutorial", texts("start.tutorial"), screen.tutorial, "T"), ("load", texts("start.load"), screen.saves, "L"),
        ("replays", texts("start.replays"), screen.replays, "R"),
    ):  # fmt: skip
        brush.button((left, y, small, high), word, name, act, key=key)
        left += small + 8
    text = continue_text(texts, screen.newest) if screen.newest else texts("start.nothing_saved")
    wide = x + w - begin - 8 - left
    brush.button((left, y, wide, high), text, "continue", screen.resume, enabled=screen.newest is not None, key="C")
    usable = bool(screen.entry and screen.entry.scenario)
    brush.button((x + w - begin, y, begin, high), texts("start.begin"), "begin", screen.begin, True, enabled=usable)


def continue_text(texts: Texts, saved: Saved) -> str:
    """Return what the button says that goes on with the newest game: scenario, turn and date."""
    scenario, replay = saved.scenario, saved.replay
    if scenario is None or replay is None:
        return texts("start.continue")
    return texts(
        "start.resume", title=texts.name(scenario.title), turn=replay.turns, date=texts.day(scenario.calendar.date_of(replay.turns))
    )


def points_of(texts: Texts, aim: Objective) -> str:
    """Return the most that an objective can score; for one that scores every turn, what a turn gives."""
    each = max((points for _, points in aim.steps), default=aim.points)
    count = 1
    if aim.kind in ("destroy", "preserve"):
        count = len(aim.formations)
    elif aim.kind in ("hold", "per_turn"):
        count = len(aim.places)
    most = each * max(1, count)
    found = f"{min(most, aim.limit) if aim.limit and aim.kind != 'per_turn' else most:+,}".replace("-", "−")
    return texts("start.each_turn", points=found) if aim.kind == "per_turn" else found


def size_of(texts: Texts, scenario: Scenario) -> str:
    """Return how many units and turns a scenario has, and how long a turn is."""
    calendar = scenario.calendar
    counts = {"units": len(scenario.units), "turns": calendar.turns, "days": calendar.days_per_turn}
    return texts("start.units" if calendar.days_per_turn > 1 else "start.units_day", **counts)


def length_of(scenario: Scenario) -> str:
    """Return the key of the word for how long a game takes, by units and turns."""
    size = len(scenario.units) * scenario.calendar.turns
    words = (("start.short", SHORT), ("start.middle", MIDDLE), ("start.long", LONG))
    return next((word for word, most in words if size <= most), "start.very_long")


def quality_of(texts: Texts, scenario: Scenario) -> str:
    """Return in words how well the strengths are documented (by men), and how many dated events the record has."""
    sure = {"documented", "high"}
    total = sum(u.men for u in scenario.units) or 1
    high = sum(u.men for u in scenario.units if u.certainty in sure)
    medium = sum(u.men for u in scenario.units if u.certainty == "medium")
    low = total - high - medium
    shares = {"high": high * 100 // total, "medium": medium * 100 // total, "low": -(-low * 100 // total)}
    return texts("start.quality", events=len(scenario.record) + len(scenario.events), **shares)
