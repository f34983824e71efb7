"""The attack planner: who takes part and how hard, the odds with all their factors, and what it would cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.model.orders import INTENSITIES, METHODS, Attack
from game.rules.combat import Assessment
from game.ui.counters import sprite
from game.ui.desk import Desk
from game.ui.stacks import counter_of
from game.ui.widgets import ACCENT, BAD, FAINT, GOOD, LINE, PANEL, PRIMARY, SECOND, SIDE_TEXT, TEXT, WARN, Box, Brush

if TYPE_CHECKING:
    from game.ui.scene import Scene
    from game.ui.texts import Texts

WIDTH = 470
ROW = 36  # height of a unit's row [px]
MOST_ROWS = 6


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
        self._made: tuple[Attack, Assessment] | None = None

    def order(self) -> Attack | None:
        """Return the attack as planned, None when nobody takes part."""
        units = tuple(u for u in self.candidates if u in self.chosen)
        return Attack(self.target, units, self.method, self.intensity, self.air) if units else None

    def assessment(self) -> Assessment | None:
        """Return the rules' computation for the attack as planned."""
        order = self.order()
        if order is None:
            return None
        if self._made is None or self._made[0] != order:
            self._made = (order, self.desk.view.assess(order))
        return self._made[1]

    def toggle(self, unit: int) -> None:
        """Let a unit take part, or not."""
        self.chosen ^= {unit}

    def set_method(self, method: int) -> None:
        """Choose how well it is prepared."""
        self.method = method

    def set_intensity(self, intensity: int) -> None:
        """Choose how hard it is pressed."""
        self.intensity = intensity

    def add_air(self, by: int) -> None:
        """Send more or fewer air points."""
        self.air = min(max(self.air + by, 0), self.desk.view.air)

    def problem(self, texts: Texts) -> str:
        """Return why the attack cannot be ordered as planned, "" when it can."""
        if not self.candidates:
            return texts("attack.none")
        order = self.order()
        if order is None:
            return texts("attack.nobody")
        verdict = self.desk.view.check(order)
        return "" if verdict.ok else texts("refused", why=verdict.detail)


def place_of(window: Box, point: tuple[float, float], height: int) -> tuple[int, int]:
    """Return where the planner stands: beside its target, inside the map's part of the window [px]."""
    x, y, w, h = window
    left = point[0] + 110 if point[0] + 110 + WIDTH < x + w else point[0] - 110 - WIDTH
    return int(min(max(left, x + 8), x + w - WIDTH - 8)), int(min(max(point[1] - height / 2, y + 8), y + h - height - 8))


def draw_planner(
    brush: Brush, planner: Planner, scene: Scene, texts: Texts, at: tuple[int, int], attack: Callable[[], None],
    cancel: Callable[[], None],
) -> int:  # fmt: skip
    """Draw the planner with its left upper corner at a point; return its height [px]."""
    x, y = at
    plan = planner.assessment()
    height = planner_height(planner)
    brush.panel((x, y, WIDTH, height), PANEL, ACCENT, 5)
    brush.text(texts("attack", place=texts.place(planner.desk.scenario.map, planner.target)), x + 14, y + 10, 14, ACCENT, True)
    brush.text("Esc", x + WIDTH - 14, y + 12, 11, FAINT, place=1)
    top = _participants(brush, planner, scene, texts, x + 14, y + 36)
    top = _choices(brush, planner, texts, x + 14, top + 4)
    if plan:
        top = _forecast(brush, planner, plan, texts, x + 14, top + 8)
        _factors(brush, planner, plan, texts, x + 14, top + 4)
    problem = planner.problem(texts)
    if problem:
        brush.text(problem, x + 14, y + height - 62, 12, WARN, room=WIDTH - 28)
    order = (x + WIDTH - 134, y + height - 40, 120, 28)
    brush.button(order, texts("attack.order"), "attack_order", attack, True, enabled=not problem)
    brush.button((x + 14, y + height - 40, 100, 28), texts("attack.cancel"), "attack_cancel", cancel)
    return height


def planner_height(planner: Planner) -> int:
    """Return how high the planner is as planned now [px]."""
    plan = planner.assessment()
    high = 36 + ROW * _rows(planner) + 4 + 66 + 78
    if plan:
        groups = [len(_terms(plan, g)) for g in ("attack", "defence")]
        high += 116 + 24 + 16 * max(groups)
    return high


def _rows(planner: Planner) -> int:
    return min(MOST_ROWS, max(1, -(-len(planner.candidates) // 2)))


def _terms(plan: Assessment, group: str) -> list[tuple[str, str, int, str]]:
    """Return the terms of a side that are not the share of one of the attackers."""
    parts = [p for p in plan.parts if p[0] == group]
    return parts[len(plan.attackers) :] if group == "attack" else parts


def _participants(brush: Brush, planner: Planner, scene: Scene, texts: Texts, x: int, y: int) -> int:
    """Draw the units that may take part, two a row, with the power each brings; return the height reached."""
    import pygame

    desk = planner.desk
    plan = planner.assessment()
    shares = dict(zip(plan.attackers, (p[2] for p in plan.parts if p[0] == "attack"), strict=False)) if plan else {}
    for n, unit in enumerate(planner.candidates[: 2 * MOST_ROWS]):
        left, top = x + (n % 2) * 222, y + (n // 2) * ROW
        box = (left, top, 216, ROW - 2)
        on = unit in planner.chosen
        if brush.over(box):
            pygame.draw.rect(brush.target, LINE, box, border_radius=4)
        made = sprite(counter_of(desk.scenario, scene.picture, unit, 0), 28.0, 2)
        brush.target.blit(made.face, (left + 18 + made.left, top + 16 + made.top))
        brush.text(texts.name(desk.scenario.units[unit].name), left + 38, top - 1, 12, TEXT if on else FAINT, on, room=152)
        hours = texts("hours", hours=f"{desk.world.state.minutes[unit] / 60:.0f}")
        brush.text(f"{desk.world.state.men[unit]:,} · {hours}", left + 38, top + 15, 11, SECOND, room=100)
        if unit in shares:
            brush.text(f"+{shares[unit]:,}", left + 190, top + 15, 11, TEXT, place=1)
        pygame.draw.rect(brush.target, GOOD if on else LINE, (left + 196, top + 10, 14, 14), 0 if on else 2, border_radius=2)
        brush.area(box, f"join_{unit}", lambda u=unit: planner.toggle(u))  # type: ignore[misc]
    return y + ROW * _rows(planner)


def _choices(brush: Brush, planner: Planner, texts: Texts, x: int, y: int) -> int:
    """Draw the buttons for method, intensity and air points; return the height reached."""
    for n, name in enumerate(METHODS):
        box = (x + n * 110, y, 104, 28)
        brush.button(box, texts.word("method", name), f"method_{n}", lambda n=n: planner.set_method(n), on=planner.method == n)  # type: ignore[misc]
    air = planner.desk.view.air
    brush.text(f"{texts('attack.air')} {planner.air} / {air}", x + 442 - 66, y + 5, 12, SECOND, place=1)
    brush.button((x + 442 - 60, y, 28, 28), "−", "air_less", lambda: planner.add_air(-1), enabled=planner.air > 0)
    brush.button((x + 442 - 28, y, 28, 28), "+", "air_more", lambda: planner.add_air(1), enabled=planner.air < air)
    for n, name in enumerate(INTENSITIES):
        box = (x + n * 111, y + 34, 107, 28)
        on = planner.intensity == n
        brush.button(box, texts.word("intensity", name), f"intensity_{n}", lambda n=n: planner.set_intensity(n), on=on)  # type: ignore[misc]
    return y + 66


def _forecast(brush: Brush, planner: Planner, plan: Assessment, texts: Texts, x: int, y: int) -> int:
    """Draw power, odds, chance and losses; return the height reached."""
    import pygame

    side = planner.desk.side
    brush.text(texts("attack.power"), x, y, 12, SECOND)
    used = brush.text(f"{plan.attack:,}", x, y + 16, 18, SIDE_TEXT[side], True)
    used += brush.text(texts("attack.against"), x + used + 8, y + 21, 12, SECOND) + 16
    brush.text(f"{plan.defence:,}", x + used, y + 16, 18, SIDE_TEXT[1 - side], True)
    brush.text(texts("attack.odds", ratio=f"{plan.ratio / 1000:.2f}"), x + 442, y + 6, 22, TEXT, place=1, font="serif_bold")
    share = plan.give_way
    bar = (x, y + 46, 442, 20)
    pygame.draw.rect(brush.target, PRIMARY, (x, y + 46, 442 * share // 1000, 20))
    pygame.draw.rect(brush.target, SIDE_TEXT[1 - side], (x + 442 * share // 1000, y + 46, 442 - 442 * share // 1000, 20))
    pygame.draw.rect(brush.target, LINE, bar, 1)
    brush.text(texts("attack.chance", chance=round(share / 10)), x + 8, y + 46, 12, TEXT, True)
    brush.text(texts("attack.holds", chance=100 - round(share / 10)), x + 434, y + 46, 12, TEXT, place=1)
    state = planner.desk.world.state
    ours = sum(state.men[u] for u in plan.attackers) * plan.attacker_rate // 100_000
    contact = planner.desk.view.contact(planner.target)
    theirs = (contact.men if contact else 0) * plan.defender_rate // 100_000
    brush.text(texts("attack.losses"), x, y + 72, 12, SECOND)
    used = brush.text(f"{ours:,}", x + 130, y + 71, 13, SIDE_TEXT[side], True)
    brush.text(f"≈ {theirs:,}", x + 150 + used, y + 71, 13, SIDE_TEXT[1 - side], True)
    brush.text(texts("attack.luck"), x + 442, y + 72, 11, FAINT, place=1)
    if not plan.way_out:
        brush.text(texts("attack.no_way_out"), x, y + 90, 12, WARN)
    return y + 108


def _factors(brush: Brush, planner: Planner, plan: Assessment, texts: Texts, x: int, y: int) -> None:
    """Write every term of both sides' power."""
    names = {u.id: texts.name(u.name) for u in planner.desk.scenario.units}
    brush.rule(x, y - 4, 442)
    for k, group in enumerate(("attack", "defence")):
        left, side = x + k * 226, planner.desk.side if k == 0 else 1 - planner.desk.side
        brush.text(texts(f"attack.{group}"), left, y, 12, SIDE_TEXT[side], True)
        rows = _terms(plan, group)
        for n, (_, name, value, act) in enumerate(rows):
            first, comma, rest = name.partition(",")
            text = (names.get(first) or texts.factor(first)) + comma + texts.factor(rest)
            brush.text(text, left, y + 20 + 16 * n, 11, SECOND, room=150)
            shown, colour = factor_text(value, act)
            brush.text(shown, left + 214, y + 20 + 16 * n, 11, colour, act == "=", 1)


def factor_text(value: int, act: str) -> tuple[str, tuple[int, int, int]]:
    """Return a factor's value as it is written, and its colour."""
    if act == "x":
        return f"× {value / 1000:.2f}", GOOD if value > 1000 else BAD if value < 1000 else SECOND
    if act == "+":
        return f"{value:+,}".replace("-", "−"), TEXT if value >= 0 else BAD
    return f"{value:,}", TEXT
