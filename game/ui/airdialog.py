"""Sending aircraft against the enemy's supply from the window: where, how many points, what it does with all its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.errors import IllegalOrder
from game.model.events import Factor
from game.model.orders import Interdict
from game.rules.air import explain_interdict, nearest_base
from game.ui import overlays, style
from game.ui.planner import best_place, factor_text
from game.ui.spotname import spot_name
from game.ui.widgets import ACCENT, FAINT, PANEL, SECOND, TEXT, WARN, Box, Brush

if TYPE_CHECKING:
    import pygame

    from game.ui.camera import Camera
    from game.ui.desk import Desk
    from game.ui.gamescreen import GameScreen
    from game.ui.texts import Texts

WIDTH = 400  # [px at text size 1]
ROW = 18  # [px at text size 1]


class Strike:
    """Aircraft that may be sent against supply through a hex. It changes nothing until it is ordered."""

    def __init__(self, desk: Desk, target: int) -> None:
        self.desk = desk
        self.target = target
        self.points = min(4, desk.view.air)

    def order(self) -> Interdict:
        """Return the order as planned."""
        return Interdict(self.target, self.points)

    def add(self, by: int) -> None:
        """Send more or fewer points."""
        self.points = min(max(self.points + by, 1), max(1, self.desk.view.air))

    def problem(self, texts: Texts) -> str:
        """Return why it cannot be ordered, "" when it can."""
        verdict = self.desk.view.check(self.order())
        return "" if verdict.ok else texts("refused", why=texts.refusal(verdict))


def open_interdiction(screen: GameScreen, where: int) -> None:
    """Open the dialog on a hex in the turn of a person."""
    if where >= 0 and screen.desk.persons_turn and not screen.busy:
        screen.planner = None
        screen.strike = Strike(screen.desk, where)


def order_strike(screen: GameScreen) -> None:
    """Send the aircraft."""
    strike, texts = screen.strike, screen.shell.texts
    if strike is None:
        return
    try:
        screen.desk.give(strike.order())
    except IllegalOrder as error:
        screen.message = error.problems[0].message
        return
    place = spot_name(texts, screen.desk.scenario.map, strike.target)
    screen.message = texts("strike.done", points=strike.points, place=place)
    screen.strike = None
    screen.refresh()


def draw_strike(screen: GameScreen, strike: Strike, area: Box, free: Box) -> None:
    """Draw the dialog beside its hex. area: the map's part of the window; free: what no panel covers of it."""
    brush, texts, camera = screen.shell.brush, screen.shell.texts, screen.view.camera
    px, world, side = brush.px, strike.desk.world, strike.desk.side
    factors = explain_interdict(world, strike.order(), side)
    w = px(WIDTH)
    what = brush.wrap(texts("strike.what", reach=world.rules.air.interdict_reach), 12, w - 28)
    problem = brush.wrap(strike.problem(texts), 12, w - 28)
    h = px(34 + ROW * (len(what) + 1 + len(factors) + len(problem)) + 40 + 54)
    point = camera.point(strike.target)
    x, y = best_place(free, (w, h), [(point[0] + area[0], point[1] + area[1])], 1.6 * camera.hex)
    brush.panel((x, y, w, h), PANEL, ACCENT, 5)
    title = texts("strike", place=spot_name(texts, strike.desk.scenario.map, strike.target))
    brush.text(title, x + 14, y + px(8), 14, ACCENT, True, room=w - 28)
    top = y + px(34)
    for line in what:
        brush.text(line, x + 14, top, 12, SECOND)
        top += px(ROW)
    base, ok = _base(strike, texts)
    brush.text(base, x + 14, top, 12, TEXT if ok else WARN, room=w - 28)
    top = _points(brush, strike, texts, (x + 14, top + px(ROW) + 4, w - 28))
    for factor in factors:
        shown, colour = _shown(factor)
        brush.text(texts.factor(factor.name), x + 14, top, 12, SECOND, room=w - 28 - px(64))
        brush.text(shown, x + w - 14, top, 12, colour, factor.act == "=", 1)
        top += px(ROW)
    for line in problem:
        brush.text(line, x + 14, top, 12, WARN)
        top += px(ROW)
    _buttons(screen, brush, texts, (x, y, w, h), not problem)


def _shown(factor: Factor) -> tuple[str, style.Colour]:
    """Return a term's value, minutes as hours and permille as percent, and its colour."""
    sign = "+" if factor.act == "+" else ""
    if factor.name.endswith("[min]"):
        return f"{factor.value / 60:{sign},.1f} h", TEXT
    if factor.name.endswith("[permille]"):
        return f"{factor.value / 10:.0f} %".replace("-", "−"), TEXT
    return factor_text(factor.value, factor.act)


def _base(strike: Strike, texts: Texts) -> tuple[str, bool]:
    """Return the line about the base that is nearest, and whether there is one."""
    base, km = nearest_base(strike.desk.world, strike.desk.side, strike.target)
    if base is None:
        return texts("strike.no_base"), False
    name = texts.name(base.name)
    return (texts("strike.base", base=name, km=km) if base.hex >= 0 else texts("strike.base_away", base=name)), True


def _points(brush: Brush, strike: Strike, texts: Texts, row: tuple[int, int, int]) -> int:
    """Draw the points with the buttons that change them; return the height reached."""
    px, (x, y, w) = brush.px, row
    air = strike.desk.view.air
    brush.text(texts("strike.points"), x, y + px(5), 13, TEXT)
    brush.button((x + w - px(150), y, px(30), px(28)), "−", "strike_less", lambda: strike.add(-1), enabled=strike.points > 1)
    brush.text(f"{strike.points} / {air}", x + w - px(75), y + px(3), 15, TEXT, True, 0)
    brush.button((x + w - px(30), y, px(30), px(28)), "+", "strike_more", lambda: strike.add(1), enabled=strike.points < air)
    return y + px(36)


def _buttons(screen: GameScreen, brush: Brush, texts: Texts, box: Box, enabled: bool) -> None:
    px, (x, y, w, h) = brush.px, box
    top = y + h - px(42)
    send = (x + w - px(134), top, px(120), px(30))
    brush.button(send, texts("strike.order"), "strike_order", lambda: order_strike(screen), True, enabled=enabled)
    brush.button((x + 14, top, px(100), px(30)), texts("strike.cancel"), "strike_cancel", lambda: setattr(screen, "strike", None))
    brush.text("Esc", x + px(122), top + px(8), 11, FAINT)


def draw_strike_hexes(layer: pygame.Surface, camera: Camera, strike: Strike) -> None:
    """Mark the hexes in which the aircraft would work."""
    import numpy as np

    from game.rules.kernels import spread

    world = strike.desk.world
    mask = np.zeros(world.map.size, np.uint8)
    spread(np.array([strike.target], np.int32), world.rules.air.interdict_reach, world.neighbours, mask)
    overlays.outline(layer, camera, mask > 0, style.rgb("#F0B43C"), 3)
