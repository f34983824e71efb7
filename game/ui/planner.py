"""The attack planner's state: who takes part and how hard, the rules' assessment of it, and the forecast as it is fought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.model.orders import INTENSITIES, METHODS, Attack
from game.play.forecast import Forecast, Forecaster
from game.rules import combat
from game.rules.combat import Assessment
from game.ui.desk import Desk
from game.ui.widgets import BAD, GOOD, SECOND, TEXT, Scroll

if TYPE_CHECKING:
    import pygame

    from game.ui.texts import Texts
    from game.ui.widgets import Box

ASSAULT = INTENSITIES.index("assault")
SLICE = 12  # samples fought in a frame: about 4 ms
FIRST = 2  # samples fought before a plan is drawn for the first time


@dataclass(frozen=True)
class Layout:
    """How much of the planner's lists is shown."""

    rows: int  # of two units each
    factors: int  # lines
    height: int  # of the whole [px]


class Planner:
    """A planned attack on one hex. It changes nothing until it is ordered."""

    def __init__(self, desk: Desk, target: int) -> None:
        self.desk = desk
        self.target = target
        self.candidates = desk.attackers(target)
        fresh = [u for u in self.candidates if desk.world.state.minutes[u] >= desk.view.attack_minutes(1)]
        self.method = 1 if fresh else 0
        self.chosen = set(fresh or self.candidates)
        if desk.selected in self.candidates:
            self.chosen.add(desk.selected)
        self.intensity = 2
        self.air = 0
        self.gas = False
        self.at: tuple[int, int] | None = None  # left upper corner [px]; None = not placed yet
        self.laid_out: tuple[object, Layout] | None = None  # and what it depends on
        self.made_room = False  # the map has been moved for it, if need be
        self.placed_for: object = None  # what it was placed beside; None = a person has put it there
        self.units_scroll, self.factors_scroll = Scroll(), Scroll()
        self._grip: tuple[int, int] | None = None  # where the title is held, from the corner [px]
        self._made: tuple[Attack, Assessment] | None = None
        self._fighter: Forecaster | None = None
        self._shown: Forecast | None = None
        self._chances: dict[Attack, int] = {}
        self._weighed: Attack | None = None  # the plan for which it is known what every unit adds
        self._progress = desk.progress

    # -- the plan --------------------------------------------------------------------------------------------------
    def order(self) -> Attack | None:
        """Return the attack as planned, None when nobody takes part."""
        if self._progress != self.desk.progress:
            self._renew()
        return self._order_of(self.chosen)

    def _renew(self) -> None:
        """Begin anew after other orders have changed the game."""
        self._progress = self.desk.progress
        seen = self.desk.view.contact(self.target) is not None
        self.candidates = self.desk.attackers(self.target) if seen else []
        self.chosen &= set(self.candidates)
        self._made = self._fighter = self._shown = self._weighed = None
        self._chances.clear()

    def _order_of(self, chosen: set[int]) -> Attack | None:
        units = tuple(u for u in self.candidates if u in chosen)
        return Attack(self.target, units, self.method, self.intensity, self.air, self.gas) if units else None

    def toggle(self, unit: int) -> None:
        """Let a unit take part, or not."""
        self.chosen ^= {unit}

    def toggle_nth(self, number: int) -> None:
        """Let the n-th candidate (from 1, in the order shown) take part, or not."""
        if 1 <= number <= len(self.candidates):
            self.toggle(self.candidates[number - 1])

    def set_method(self, method: int) -> None:
        """Choose how well it is prepared."""
        self.method = method

    def next_method(self) -> None:
        """Choose the other method."""
        self.set_method((self.method + 1) % len(METHODS))

    def set_intensity(self, intensity: int) -> None:
        """Choose how hard it is pressed; gas goes with assaults only."""
        self.intensity = intensity
        self.gas = self.gas and intensity == ASSAULT

    def next_intensity(self) -> None:
        """Choose the next intensity, probe after assault."""
        self.set_intensity((self.intensity + 1) % len(INTENSITIES))

    def add_air(self, by: int) -> None:
        """Send more or fewer air points."""
        self.air = min(max(self.air + by, 0), self.desk.view.air)

    @property
    def gas_allowed(self) -> bool:
        """Return whether the scenario lets this side spend a documented use of gas on this attack."""
        return self.intensity == ASSAULT and self.desk.view.gas

    @property
    def gas_left(self) -> int:
        """Return how many documented uses of gas are left to the side now."""
        at = combat.gas_left(self.desk.world)
        return self.desk.world.state.gas[at] if at >= 0 else 0

    def toggle_gas(self) -> None:
        """Spend one of the documented uses of gas on the assault, or not."""
        self.gas = not self.gas and self.gas_allowed

    def problem(self, texts: Texts) -> str:
        """Return why the attack cannot be ordered as planned, "" when it can."""
        if not self.candidates:
            return texts("attack.none")
        order = self.order()
        if order is None:
            return texts("attack.nobody")
        verdict = self.desk.view.check(order)
        return "" if verdict.ok else texts("refused", why=texts.refusal(verdict))

    # -- what comes of it ------------------------------------------------------------------------------------------
    def assessment(self) -> Assessment | None:
        """Return the rules' computation for the attack as planned."""
        order = self.order()
        if order is None:
            return None
        if self._made is None or self._made[0] != order:
            self._made = (order, self.desk.view.assess(order))
        return self._made[1]

    def work(self, samples: int = SLICE) -> bool:
        """Fight some more samples of the plan and weigh a unit more; return whether anything has changed."""
        order = self.order()
        if order is None:
            self._fighter = self._shown = None
            return False
        if self._fighter is None or self._fighter.order != order:
            self._fighter = self.desk.view.forecaster(order)
        elif self._fighter.done:
            return self._weigh(order)
        self._fighter.step(samples)
        self._shown = self._fighter.result()
        self._weigh(order)
        return True

    def _weigh(self, order: Attack) -> bool:
        """Work out what one more unit adds to a plan; return False when all are known."""
        if self._weighed == order:
            return False
        for unit in self.candidates:
            other = self._order_of(self.chosen ^ {unit})
            if other is not None and not {other, order} <= self._chances.keys():
                self.adds(unit)
                return True
        self._weighed = order
        return False

    @property
    def weighed(self) -> int:
        """Return how many chances have been worked out so far."""
        return len(self._chances)

    def forecast(self) -> Forecast | None:
        """Return what the samples fought so far have brought; `work` goes on with them."""
        if self._fighter is None or self._fighter.order != self.order():
            self.work(FIRST)
        return self._shown

    def finish(self) -> Forecast | None:
        """Return the forecast with all its samples."""
        while self.work():
            pass
        return self._shown

    def adds(self, unit: int, wait: bool = True) -> int | None:
        """Return what a unit adds, or would add, to the chance that the enemy gives ground [permille].

        None = it is alone; or, with wait = False, it has not been worked out yet: `work` does so.
        """
        order, other = self.order(), self._order_of(self.chosen ^ {unit})
        if order is None or other is None or not (wait or {order, other} <= self._chances.keys()):
            return None
        change = self._likely(other) - self._likely(order)
        return -change if unit in self.chosen else change

    def _likely(self, order: Attack) -> int:
        """Return the chance that the enemy gives ground, remembered [permille]."""
        if order not in self._chances:
            if len(self._chances) > 500:
                self._chances.clear()
            self._chances[order] = self.desk.view.likely(order)
        return self._chances[order]

    # -- where it stands -------------------------------------------------------------------------------------------
    def grab(self, mouse: tuple[int, int]) -> None:
        """Take hold of the title."""
        if self.at is not None:
            self._grip = (mouse[0] - self.at[0], mouse[1] - self.at[1])

    def event(self, event: pygame.event.Event) -> bool:
        """Follow the mouse while the title is held; return whether the event was for the planner."""
        import pygame

        if self._grip is None or event.type not in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONUP):
            return False
        self.at = (event.pos[0] - self._grip[0], event.pos[1] - self._grip[1])
        self.placed_for = None
        if event.type == pygame.MOUSEBUTTONUP:
            self._grip = None
        return True

    def place(
        self, area: Box, size: tuple[int, int], points: Sequence[tuple[float, float]], reach: float, key: object
    ) -> tuple[int, int]:
        """Return the left upper corner: where a person has put it, else beside its target and off the units that take part.

        Args:
            area: part of the window that it may stand in.
            size: its width and height [px].
            points: the target, then the other hexes to keep clear, in the window [px].
            reach: how far around those points to keep clear [px].
            key: what the points depend on; the place is kept while it stays the same.
        """
        if self.at is None or self.placed_for not in (None, key):
            self.at, self.placed_for = best_place(area, size, points, reach), key
        self.at = _inside(area, size, self.at)
        return self.at


def _inside(area: Box, size: tuple[int, int], at: tuple[float, float]) -> tuple[int, int]:
    """Return a corner moved so that a panel lies within an area, or at its top when it is too large."""
    x, y, w, h = area
    return int(max(x, min(at[0], x + w - size[0]))), int(max(y, min(at[1], y + h - size[1])))


def covered(at: tuple[int, int], size: tuple[int, int], points: Sequence[tuple[float, float]], reach: float) -> int:
    """Return how many points a panel covers, or comes nearer to than `reach` [px]."""
    (x, y), (w, h) = at, size
    return sum(x - reach < px < x + w + reach and y - reach < py < y + h + reach for px, py in points)


def best_place(area: Box, size: tuple[int, int], points: Sequence[tuple[float, float]], reach: float) -> tuple[int, int]:
    """Return the corner at which a panel covers fewest points, and of those the one nearest to the first point."""
    (x, y, w, h), (tx, ty) = area, points[0]
    lefts = (tx + 2 * reach, tx - 2 * reach - size[0], x + 8, x + w - size[0] - 8, tx - size[0] / 2)
    tops = (ty - size[1] / 2, ty + 2 * reach, ty - 2 * reach - size[1], y + 8, y + h - size[1] - 8)
    best, best_cost = (x, y), (1 << 30, 0.0)
    for left in lefts:
        for top in tops:
            at = _inside((x + 8, y + 8, w - 16, h - 16), size, (left, top))
            hidden = covered(at, size, points, reach)
            far = abs(at[0] + size[0] / 2 - tx) + abs(at[1] + size[1] / 2 - ty)
            if (hidden, far) < best_cost:
                best, best_cost = at, (hidden, far)
    return best


def factor_text(value: int, act: str) -> tuple[str, tuple[int, int, int]]:
    """Return a factor's value as it is written, and its colour."""
    if act == "x":
        return f"× {value / 1000:.2f}", GOOD if value > 1000 else BAD if value < 1000 else SECOND
    if act == "+":
        return f"{value:+,}".replace("-", "−"), TEXT if value >= 0 else BAD
    return f"{value:,}", TEXT
