"""The log with its filters, and the details of a battle with every factor as its event has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.model.events import Event, Factor
from game.model.orders import INTENSITIES, METHODS
from game.play.stats import number, numbers
from game.ui import news
from game.ui.desk import PERSON
from game.ui.planner import factor_text
from game.ui.rows import plain, row_height, short_day, where_text
from game.ui.scene import EVERYTHING
from game.ui.widgets import ACCENT, ACTIVE, BAD, FAINT, GOOD, HEADER, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, Box

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

FILTERS = ("all", "battles", "moves", "supply", "sightings")
BATTLES = ("battle", "retreat", "rout", "surrender", "dispersed", "captured", "advance", "capture", "leader", "end")
MOVES = ("move", "arrive", "leave", "regroup")
SUPPLIES = ("desert", "replaced", "rail_open", "demolish", "air", "weather")


@dataclass(frozen=True)
class LogLine:
    """A line of the log."""

    event: Event
    text: str
    when: str
    side: int  # bullet, -1 = none
    hex: int  # where a click leads, -1 = nowhere


def shown(event: Event, name: str, viewer: int) -> bool:
    """Return whether a filter lets an event through."""
    if name == "all":  # whom replacements reach would drown everything else
        return event.kind != "replaced" or "pool" in event.data
    if name == "sightings":
        foreign = viewer != EVERYTHING and event.side != viewer and event.kind in ("move", "arrive", "retreat", "advance")
        return foreign or bool(event.kind == "move" and event.data.get("stopped"))
    return event.kind in {"battles": BATTLES, "moves": MOVES, "supply": SUPPLIES}.get(name, ())


def known_news(screen: GameScreen) -> list[Event]:
    """Return what the viewer knows of this game, the oldest first; of two persons at one window each sees his own."""
    both = screen.desk.players == (PERSON, PERSON)
    return [event for _, event in screen.news if not both or news.known(event, screen.scene)]


def lines_of(screen: GameScreen) -> list[LogLine]:
    """Return the lines that the filter lets through, the newest first; kept until there is more news."""
    folds, texts = screen.folds, screen.shell.texts
    key = (len(screen.news), id(screen.news[-1][1]) if screen.news else 0, folds.log, texts.lang, screen.viewer)
    if folds.log_lines is None or folds.log_lines[0] != key:
        made = []
        for event in reversed(known_news(screen)):
            if shown(event, folds.log, screen.viewer) and (text := news.line_of(event, screen.desk.scenario, texts)):
                calendar = event.kind in ("turn", "weather", "score", "regroup", "end")
                day = screen.desk.scenario.calendar.date_of(event.turn)
                where = -1 if calendar else news.hex_of(event)
                made.append(LogLine(event, text, short_day(texts, day), -1 if calendar else event.side, where))
        folds.log_lines = (key, made)
    return folds.log_lines[1]


def draw(screen: GameScreen, box: Box) -> None:
    """Draw the log."""
    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    x, y, w, h = box
    brush.panel(box, PANEL)
    brush.rule(x, y, w)
    brush.target.fill(LINE, (x, y + 10, 1, h - 20))
    _filters(screen, x + 14, y + 6, w)
    head = brush.px(32)
    lines = lines_of(screen)
    if not lines:
        brush.text(texts("log.empty"), x + 14, y + head + 2, 12, FAINT, room=w - 28)
        return
    step = row_height(brush, texts, 18)
    room = max(1, (h - head - 4) // step) * step
    with brush.scrolling((x + 1, y + head, w - 2, room), folds.lines, "log") as top:
        folds.lines.length = step * len(lines)
        first = max(0, (y + head - top) // step)
        for n in range(first, min(len(lines), first + room // step + 2)):
            _line(screen, lines[n], n, (x + 8, top + n * step, w - 16, step))


def _filters(screen: GameScreen, x: int, y: int, w: int) -> None:
    import pygame

    brush, texts, folds = screen.shell.brush, screen.shell.texts, screen.folds
    high, end = brush.px(22), x + w - 24
    x += round(brush.text(texts("log"), x, y, 14, ACCENT, True)) + 14
    for name in FILTERS:
        text = texts(f"log.{name}")
        wide = round(brush.measure(text, 12, folds.log == name)) + 18
        if x + wide > end:
            break
        box = (x, y, wide, high)
        on = folds.log == name
        face = ACTIVE if on or brush.over(box) else HEADER
        pygame.draw.rect(brush.target, face, box, border_radius=high // 2)
        brush.text(text, x + wide / 2, y + (high - brush.px(18)) / 2, 12, TEXT if on else SECOND, on, 0)
        brush.area(box, f"log_filter_{name}", lambda name=name: _choose(screen, name))  # type: ignore[misc]
        x += wide + 5


def _choose(screen: GameScreen, name: str) -> None:
    screen.folds.log, screen.folds.lines.at = name, 0


def _line(screen: GameScreen, line: LogLine, n: int, row: Box) -> None:
    brush, map_ = screen.shell.brush, screen.desk.scenario.map
    x, y, w, h = row
    if line.hex >= 0 and brush.over(row):
        brush.target.fill(ACTIVE, row)
    when = brush.px(54)
    at = y + (h - brush.px(18)) // 2
    brush.text(line.when, x + 6, at, 11.5, FAINT, room=when)
    if line.side >= 0:
        brush.bullet(x + when + 10, y + h // 2 - 5, line.side)
    label = map_.label(line.hex) if line.hex >= 0 else ""
    battle = line.event.kind == "battle"
    wide = brush.measure(label, 12) + 14
    mark = "?" if battle else ""
    brush.text(line.text, x + when + 26, at, 12, TEXT if line.hex >= 0 else SECOND, battle, room=w - when - wide - brush.px(52))
    if label:
        brush.text(label, x + w - 8, at, 12, ACCENT, place=1)
    if mark:
        brush.text(mark, x + w - wide - 6, at, 12, ACCENT, True, place=1)
    if line.hex >= 0:
        brush.area(row, f"log_{n}", lambda: open_line(screen, line))


def open_line(screen: GameScreen, line: LogLine) -> None:
    """Go where a line happened; a battle shows its details too."""
    screen.jump(line.hex)
    if line.event.kind == "battle":
        screen.folds.battle, screen.folds.over.at = line.event, 0


# -- a battle ----------------------------------------------------------------------------------------------------------


def groups(event: Event) -> dict[str, list[Factor]]:
    """Return a battle's factors by group: attack, defence, and the result with the dice."""
    found: dict[str, list[Factor]] = {"attack": [], "defence": [], "result": []}
    for factor in event.factors:
        group, colon, rest = factor.name.partition(": ")
        if colon and group in found:
            found[group].append(Factor(rest, factor.value, factor.act, factor.note))
        else:
            found["result"].append(factor)
    return found


def draw_battle(screen: GameScreen, area: Box) -> None:
    """Draw the details of the battle that is open."""
    brush, texts, folds, event = screen.shell.brush, screen.shell.texts, screen.folds, screen.folds.battle
    if event is None:
        return
    scenario = screen.desk.scenario
    w, h = min(brush.px(760), area[2] - 16), area[3] - 16
    if folds.over.length:  # as high as its text was when it was last drawn
        h = min(h, folds.over.length + brush.px(58) + 10)
    x, y = area[0] + (area[2] - w) // 2, area[1] + 8
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    place = where_text(texts, scenario.map, number(event, "hex"))
    brush.text(texts("battle.title", place=place), x + 16, y + 10, 16, ACCENT, True, room=w - 120)
    day = texts.day(scenario.calendar.date_of(event.turn))
    close_button(screen, x + w - 12, y + 10, "battle_close", lambda: setattr(folds, "battle", None))
    top = y + brush.px(36)
    method, strength = METHODS[number(event, "method")], INTENSITIES[number(event, "intensity")]
    how = texts("battle.how", method=texts.word("method", method), intensity=texts.word("intensity", strength))
    brush.text(f"{texts('battle.when', turn=event.turn, day=day)} · {how}", x + 16, top, 12, SECOND, room=w - 32)
    top += brush.px(22)
    with brush.scrolling((x, top, w, y + h - top - 8), folds.over, "battle_details") as start:
        folds.over.length = _details(screen, event, (x + 16, start, w - 32, 0)) - start + 8


def _details(screen: GameScreen, event: Event, box: Box) -> int:
    """Draw verdict, sides with their units, and all factors; return the height reached."""
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, _ = box
    beaten = bool(event.data["beaten"])
    verdict = texts("battle.verdict_won" if beaten else "battle.verdict_held")
    brush.text(verdict, x, y, 15, GOOD if beaten == (event.side == screen.ledger.side) else BAD, True, room=w * 0.6)
    ratio = texts("battle.odds", ratio=f"{number(event, 'ratio') / 1000:.2f}")
    brush.text(ratio, x + w - 4, y - 2, 18, TEXT, place=1, font="serif_bold")
    throw = texts("battle.throw", throw=event.data["throw"], chance=event.data["chance"])
    brush.text(throw, x, y + brush.px(22), 12, SECOND, room=w * 0.7)
    top = y + brush.px(46)
    half = (w - 24) // 2
    found, bottoms = groups(event), []
    sides = (("attackers", event.side, "attacker_losses"), ("defenders", 1 - event.side, "defender_losses"))
    for k, (who, side, lost) in enumerate(sides):
        left, at = x + k * (half + 24), top
        lost_text = texts("battle.losses", men=plain(number(event, lost)))
        wide = brush.measure(lost_text, 12)
        brush.text(texts(f"battle.{who}"), left, at, 13, SIDE_TEXT[side], True, room=half - wide - 8)
        brush.text(lost_text, left + half, at, 12, TEXT, place=1)
        at += brush.px(21)
        for unit in numbers(event, who):
            brush.bullet(left, at + brush.px(5), side)
            brush.text(texts.name(screen.desk.scenario.units[unit].name), left + 15, at, 12, room=half - 16)
            at += row_height(brush, texts, 17)
        bottoms.append(at)
    top = max(bottoms) + 8
    ends = [_column(screen, found[g], (x + k * (half + 24), top, half, 0)) for k, g in enumerate(("attack", "defence"))]
    top = max(ends) + 6
    brush.text(texts("battle.result"), x, top, 13, ACCENT, True)
    top += brush.px(21)
    results, middle = found["result"], (len(found["result"]) + 1) // 2
    halves = (results[:middle], results[middle:])
    return max(_column(screen, part, (x + k * (half + 24), top, half, 0)) for k, part in enumerate(halves))


def _column(screen: GameScreen, factors: list[Factor], box: Box) -> int:
    brush, texts = screen.shell.brush, screen.shell.texts
    x, y, w, _ = box
    for factor in factors:
        value, colour = factor_text(factor.value, factor.act)
        wide = brush.measure(value, 12)
        brush.text(texts.factor(factor.name), x, y, 12, SECOND, room=w - wide - 8)
        brush.text(value, x + w, y, 12, colour, factor.act == "=", 1)
        y += row_height(brush, texts, 17)
    return y


def close_button(screen: GameScreen, right: int, y: int, name: str, action: Callable[[], None]) -> None:
    """Draw a cross with the key that does the same."""
    brush = screen.shell.brush
    size = brush.px(24)
    box = (right - size, y, size, size)
    wide = brush.text("Esc", right - size - 8, y + brush.px(4), 11, FAINT, place=1)
    brush.text("×", right - size / 2, y, 16, TEXT if brush.over(box) else SECOND, place=0)
    brush.area((round(right - size - wide - 12), y, round(size + wide + 12), size), name, action)
