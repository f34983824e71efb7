"""The card after a battle: what had been expected, how the dice fell, and what came of it. Any key or click closes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.model.events import Event
from game.model.orders import Attack
from game.play.forecast import Forecast
from game.ui import style
from game.ui.planner import best_place, factor_text
from game.ui.spotname import spot_name
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, LINE, PANEL, SECOND, SIDE_TEXT, TEXT, Box, Brush

if TYPE_CHECKING:
    from game.model.scenario import Scenario
    from game.ui.desk import Desk
    from game.ui.texts import Texts

WIDTH = 420  # [px at text size 1]
ROW = 19  # [px at text size 1]
TOLD = {"retreat": "card.retreat", "rout": "card.rout", "surrender": "card.surrender", "dispersed": "card.dispersed",
        "advance": "card.advance", "leader": "card.leader"}  # fmt: skip
MOST_LINES = 7


@dataclass(frozen=True)
class BattleCard:
    """One battle as its event tells it, with the forecast that the planner had shown."""

    battle: Event
    events: tuple[Event, ...]  # those that its side learns of
    lost: tuple[int, int]  # men that attackers and defenders have lost, those of beaten and broken units included
    forecast: Forecast | None

    def number(self, name: str) -> int:
        """Return a number of the battle's event."""
        value = self.battle.data[name]
        assert isinstance(value, int)
        return value

    @property
    def beaten(self) -> bool:
        """Return whether the defenders gave ground."""
        return bool(self.number("beaten"))


def men_of(desk: Desk, order: Attack) -> dict[int, int]:
    """Return the men of everyone who would fight, before the fight."""
    state = desk.world.state
    return {u: state.men[u] for u in (*order.units, *desk.world.hard(order.target, 1 - desk.side))}


def card_of(events: Sequence[Event], desk: Desk, before: dict[int, int], forecast: Forecast | None) -> BattleCard | None:
    """Return the card of the battle among the events of an order, None when there was none; before: see `men_of`."""
    battle = next((e for e in events if e.kind == "battle"), None)
    if battle is None:
        return None
    world, lost = desk.world, [0, 0]
    for unit, men in before.items():
        lost[world.side[unit] != battle.side] += men - world.state.men[unit]
    return BattleCard(battle, tuple(events), (lost[0], lost[1]), forecast)


def _lines(card: BattleCard, scenario: Scenario, texts: Texts) -> list[tuple[int, str]]:
    """Return what happened to whom: the side and the sentence."""
    found = []
    for event in card.events:
        key = TOLD.get(event.kind)
        unit = event.data.get("unit")
        if key is None or not isinstance(unit, int):
            continue
        key = "card.trapped" if event.data.get("trapped") else key
        to = event.data.get("to")
        place = texts.place(scenario.map, to) if isinstance(to, int) and to >= 0 else ""
        men = event.data.get("men")
        text = texts(key, unit=texts.name(scenario.units[unit].name), place=place, men=f"{men:,}" if isinstance(men, int) else "")
        found.append((scenario.units[unit].side, text))
    return found


def draw_card(
    brush: Brush, card: BattleCard, scenario: Scenario, texts: Texts, area: Box, point: tuple[float, float], hex_px: float
) -> None:
    """Draw the card beside its battle. point: the battle's hex in the window; hex_px: width of a hex [px]."""
    px = brush.px
    lines = _lines(card, scenario, texts)
    shown = lines[:MOST_LINES]
    w = px(WIDTH)
    h = px(30 + 28 + 4 * ROW + 30 + 3 * ROW + 12 + ROW * len(shown) + 26)
    x, y = best_place(area, (w, h), [point], hex_px)
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    brush.area((x, y, w, h), "card", lambda: None)
    left, right, inner = x + 14, x + w - 14, w - 28
    title = texts("card.title", place=spot_name(texts, scenario.map, card.number("hex")))
    brush.text(title, left, y + px(8), 14, ACCENT, True, room=inner)
    side = card.battle.side
    colour = SIDE_TEXT[side if card.beaten else 1 - side]
    brush.text(texts("card.won" if card.beaten else "card.lost"), left, y + px(30), 17, colour, True, room=inner)
    top = _odds(brush, card, texts, (left, y + px(58), inner))
    top = _toll(brush, card, scenario, texts, (left, top, inner))
    for n, (whose, text) in enumerate(shown):
        brush.bullet(left, top + n * px(ROW) + px(5), whose)
        brush.text(text, left + 16, top + n * px(ROW), 12, TEXT, room=inner - 16)
    more = f"+{len(lines) - len(shown)} · " if len(lines) > len(shown) else ""
    brush.text(more + texts("card.dismiss"), right, y + h - px(22), 11, FAINT, place=1)


def _odds(brush: Brush, card: BattleCard, texts: Texts, row: tuple[int, int, int]) -> int:
    """Draw how the chance came about and where the throw fell; return the height reached."""
    px, (x, y, w) = brush.px, row
    luck, tone = factor_text(card.number("luck"), "x")
    rows = (
        ("card.expected", f"{card.number('expected') / 10:.0f} %", TEXT),
        ("card.luck", luck, tone),
        ("card.chance", f"{card.number('chance') / 10:.1f} %", TEXT),
        ("card.throw", f"{card.number('throw') / 10:.1f}", GOOD if card.beaten else BAD),
    )
    for n, (key, value, colour) in enumerate(rows):
        brush.text(texts(key), x, y + n * px(ROW), 12, SECOND, room=w - px(80))
        brush.text(value, x + w, y + n * px(ROW), 13, colour, True, 1)
    top = y + len(rows) * px(ROW) + px(6)
    chance, throw = w * card.number("chance") // 1000, w * card.number("throw") // 1000
    brush.target.fill(style.SIDES[1 - card.battle.side].light, (x, top, w, px(10)))
    brush.target.fill(style.rgb("#C9A24B"), (x, top, chance, px(10)))
    brush.target.fill(TEXT, (x + throw - 1, top - 3, 3, px(10) + 6))
    return top + px(24)


def _toll(brush: Brush, card: BattleCard, scenario: Scenario, texts: Texts, row: tuple[int, int, int]) -> int:
    """Draw both sides' losses in the fight and what had been expected; return the height reached."""
    px, (x, y, w) = brush.px, row
    brush.target.fill(LINE, (x, y - 4, w, 1))
    brush.text(texts("card.losses"), x, y, 12, SECOND)
    brush.text(texts("card.planned"), x + w - px(90), y, 12, SECOND, place=1)
    brush.text(texts("card.actual"), x + w, y, 12, SECOND, place=1)
    forecast = card.forecast
    for n, side in enumerate((card.battle.side, 1 - card.battle.side)):
        top = y + (n + 1) * px(ROW)
        brush.text(texts.name(scenario.sides[side].name), x, top, 12, SIDE_TEXT[side], True, room=w - px(210))
        if forecast:
            low, _, high = forecast.attackers_lost if n == 0 else forecast.defenders_lost
            brush.text(f"{low:,} – {high:,}" if low != high else f"{low:,}", x + w - px(90), top, 12, SECOND, place=1)
        brush.text(f"{card.lost[n]:,}", x + w, top, 13, TEXT, True, 1)
    return y + 3 * px(ROW) + px(8)
