"""The panels around the map: top bar, selected unit with its factors, hex under the cursor, log, minimap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from game.core.hexgrid import DIRECTIONS
from game.model.events import Factor
from game.model.hexmap import RIVER, TERRAIN, HexMap
from game.model.orders import STANCES
from game.model.rules import COMMAND, WEATHERS
from game.model.scenario import NOBODY
from game.model.units import QUALITIES
from game.rules import command, power, supply
from game.rules.world import World
from game.ui import style
from game.ui.counters import sprite
from game.ui.planner import factor_text
from game.ui.scene import EVERYTHING, Scene
from game.ui.stacks import counter_of
from game.ui.texts import Texts
from game.ui.widgets import (
    ACCENT,
    ACTIVE,
    BAD,
    FAINT,
    GOOD,
    HEADER,
    LINE,
    NEUTRAL,
    PANEL,
    SECOND,
    SIDE_TEXT,
    SUPPLY,
    TEXT,
    WARN,
    Box,
    Brush,
)  # fmt: skip

if TYPE_CHECKING:
    from game.ui.mapview import MapView

TOP, RIGHT, BOTTOM = 44, 330, 150  # sizes of the panels [px]
Rows = list[tuple[str, str, str, int, style.Colour, Sequence[Factor]]]


def unit_rows(world: World, unit: int, texts: Texts) -> Rows:
    """Return an own unit's values: key, label, value, share of the bar [permille, -1 = none], its colour, factors."""
    state, spec = world.state, world.scenario.units[unit]
    ready, fed = power.readiness(world, unit), state.supply[unit]
    most = max(1, world.rules.movement.day_minutes * world.days)
    left = state.minutes[unit]
    days = texts("unit.days", food=f"{state.food[unit] / 10:.1f}", ammunition=f"{state.ammunition[unit] / 10:.1f}")
    tone = GOOD if ready > 666 else WARN if ready > 333 else BAD
    rows: Rows = [
        ("men", texts("unit.men"), texts("of", have=f"{state.men[unit]:,}", full=f"{spec.establishment:,}"),
         state.men[unit] * 1000 // max(1, spec.establishment), NEUTRAL, ()),
        ("hours", texts("unit.hours"), texts("hours", hours=f"{left / 60:.1f}"), left * 1000 // most, NEUTRAL,
         command.explain_minutes(world, unit)),
        ("ready", texts("unit.ready"), f"{ready / 10:.0f} %", ready, tone, power.explain_readiness(world, unit)),
        ("morale", texts("unit.morale"), f"{state.morale[unit] / 10:.0f}", state.morale[unit], GOOD, ()),
        ("supply", texts("unit.supply"), f"{fed / 10:.0f} %", fed, SUPPLY, supply.explain_supply(world, unit)),
        ("stock", texts("unit.stock"), days, -1, NEUTRAL, ()),
        ("works", texts("unit.works"), f"{state.entrench[unit] / 1000:.1f}", -1, NEUTRAL, ()),
        ("power", texts("unit.power"), f"{power.power(world, unit, state.hex[unit]):,}", -1, NEUTRAL,
         power.explain_power(world, unit, state.hex[unit])),
        ("quality", texts("unit.quality"), QUALITIES[spec.quality], -1, NEUTRAL, ()),
        ("command", texts("unit.command"), texts.word("command", COMMAND[state.command[unit]]), -1, NEUTRAL, ()),
    ]  # fmt: skip
    if state.guns[unit]:
        rows.insert(1, ("guns", texts("unit.guns"), f"{state.guns[unit]}", -1, NEUTRAL, ()))
    if state.tanks[unit]:
        rows.insert(1, ("tanks", texts("unit.tanks"), f"{state.tanks[unit]}", -1, NEUTRAL, ()))
    return rows


def draw_heading(brush: Brush, world: World, scene: Scene, unit: int, texts: Texts, x: int, y: int, room: int) -> None:
    """Draw a unit's counter, name, parent and place."""
    spec = world.scenario.units[unit]
    made = sprite(counter_of(world.scenario, scene.picture, unit, 0), 66.0, 4)
    brush.target.blit(made.dark, (x + 36 + made.dark_left, y + 36 + made.dark_top))
    brush.target.blit(made.face, (x + 36 + made.left, y + 36 + made.top))
    for n, line in enumerate(brush.wrap(texts.name(spec.name), 16, room - 88, True)[:2]):
        brush.text(line, x + 84, y + n * 20, 16, bold=True)
    parent = world.scenario.formation_by_id.get(spec.parent)
    brush.text(texts.name(parent.name) if parent else "", x + 84, y + 42, 12, SECOND, room=room - 88)
    where = scene.picture.hexes[unit]
    if where >= 0:
        brush.text(texts.place(world.map, where), x + 84, y + 59, 12, SECOND, room=room - 88)


def draw_unit(
    brush: Brush, world: World, scene: Scene, unit: int, texts: Texts, box: Box, opened: set[str],
    choose: Callable[[int], None], stance: Callable[[int], None] | None, held: bool,
) -> None:  # fmt: skip
    """Draw the panel of an own unit: every value, with its factors when its row is open, and its stack."""
    x, y, w, h = box
    draw_heading(brush, world, scene, unit, texts, x + 12, y + 12, w - 24)
    top = y + 96
    brush.rule(x + 12, top - 6, w - 24)
    for key, label, value, share, colour, factors in unit_rows(world, unit, texts):
        if factors:
            brush.text("▼" if key in opened else "▶", x + 12, top + 4, 8, ACCENT)
            brush.area((x, top, w, 22), f"row_{key}", lambda k=key: opened.symmetric_difference_update({k}))  # type: ignore[misc]
        brush.text(label, x + 26, top, 13)
        if share >= 0:
            brush.bar((x + 136, top + 8, 88, 6), share, colour)
        brush.text(value, x + w - 12, top, 13, bold=True, place=1)
        top += 22
        if key in opened:
            for factor in factors:
                shown, tone = factor_text(factor.value, factor.act)
                brush.text(texts.factor(factor.name), x + 40, top, 12, SECOND, room=w - 130)
                brush.text(shown, x + w - 12, top, 12, tone, factor.act == "=", 1)
                top += 17
    note = texts("unit.held") if held else texts("unit.routed") if world.state.routed[unit] else ""
    if note:
        brush.text(note, x + 12, top + 2, 12, WARN, room=w - 24)
        top += 20
    if stance is not None:
        brush.text(texts("unit.stance"), x + 26, top + 8, 13)
        for n, name in enumerate(STANCES):
            on = world.state.stance[unit] == n
            wide = (w - 24 - 100) // 3
            box_n = (x + 112 + n * wide, top + 4, wide - 4, 26)
            brush.button(box_n, texts.word("stance", name), f"stance_{n}", lambda n=n: stance(n), on=on)  # type: ignore[misc]
        top += 38
    _stack(brush, world, scene, unit, texts, (x, top, w, y + h - top), choose)


def _stack(brush: Brush, world: World, scene: Scene, unit: int, texts: Texts, box: Box, choose: Callable[[int], None]) -> None:
    x, y, w, h = box
    units = [u for u in scene.stacks.get(scene.picture.hexes[unit], ()) if world.side[u] == world.side[unit]]
    if len(units) < 2:
        return
    brush.text(texts("unit.stack", count=len(units)), x + 12, y + 2, 13, ACCENT, True)
    for n, u in enumerate(units[: max(0, (h - 24) // 22)]):
        top = y + 24 + n * 22
        if u == unit or brush.over((x, top, w, 22)):
            brush.target.fill(ACTIVE, (x, top, w, 22))
        stripe = style.STRIPES[world.scenario.units[u].stripe % len(style.STRIPES)]
        brush.target.fill(stripe, (x + 12, top + 4, 4, 14))
        brush.text(texts.name(world.scenario.units[u].name), x + 24, top, 12, room=w - 110)
        brush.text(f"{scene.picture.men[u]:,}", x + w - 12, top, 12, SECOND, place=1)
        brush.area((x, top, w, 22), f"pick_{u}", lambda u=u: choose(u))  # type: ignore[misc]


def draw_enemies(brush: Brush, world: World, scene: Scene, where: int, texts: Texts, box: Box) -> None:
    """Draw what is known of the enemies in a hex."""
    x, y, w, _ = box
    units = scene.stacks.get(where, ())
    draw_heading(brush, world, scene, units[0], texts, x + 12, y + 12, w - 24)
    men = sum(scene.picture.men[u] for u in units)
    brush.rule(x + 12, y + 90, w - 24)
    brush.text(texts("unit.about", about=f"{men:,}"), x + 12, y + 96, 13, bold=True)
    used = brush.paragraph(texts("unit.enemy"), x + 12, y + 120, w - 24, 12, SECOND)
    for n, u in enumerate(units):
        brush.bullet(x + 12, y + 136 + used + n * 22, world.side[u])
        brush.text(texts.name(world.scenario.units[u].name), x + 28, y + 130 + used + n * 22, 12, room=w - 40)


def hex_rows(world: World, scene: Scene, where: int, texts: Texts, minutes: int) -> list[tuple[str, str]]:
    """Return what the panel says of a hex; minutes: march of the selected unit to it, -1 = none."""
    m = world.map
    holder = int(scene.picture.control[where])
    rivers = [
        f"{texts.word('direction', DIRECTIONS[d])} {texts.word('river', RIVER[int(r)])}" for d, r in enumerate(m.river[where]) if r
    ]
    zone = int(world.costs.zone[where])
    weather = texts.word("weather", WEATHERS[world.state.weather[zone]])
    rows = [
        (texts("hex.terrain"), f"{texts.word('terrain', TERRAIN[int(m.terrain[where])])} · {int(m.height[where])} m · {weather}"),
        (texts("hex.held"), texts.name(world.scenario.sides[holder].name) if holder != NOBODY else texts("hex.nobody")),
    ]
    if rivers:
        rows.append((texts("hex.rivers"), ", ".join(rivers)))
    if world.state.fort[where]:
        rows.append((texts("hex.fort"), f"{world.state.fort[where] / 1000:.1f}"))
    if minutes >= 0:
        rows.append((texts("hex.enter"), texts("hours", hours=f"{minutes / 60:.1f}")))
    enemy = sum(scene.picture.men[u] for u in scene.stacks.get(where, ()) if world.side[u] != scene.viewer)
    if scene.viewer != EVERYTHING and enemy:
        rows.append(("", texts("hex.seen", men=f"{enemy:,}")))
    elif scene.sighted is not None and not scene.sighted[where]:
        rows.append(("", texts("hex.unseen")))
    return rows


def draw_hex(brush: Brush, world: World, scene: Scene, where: int, texts: Texts, box: Box, minutes: int) -> None:
    """Draw the panel of the hex under the cursor."""
    x, y, w, _ = box
    if where < 0:
        brush.text(texts("hex.none"), x + 14, y + 12, 13, FAINT, room=w - 28)
        return
    brush.text(texts.place(world.map, where), x + 14, y + 8, 14, ACCENT, True, room=w - 28)
    brush.rows(hex_rows(world, scene, where, texts, minutes), x + 14, y + 32, w - 24, 18, 104)


def draw_log(
    brush: Brush, lines: Sequence[tuple[int, str, int]], texts: Texts, box: Box, jump: Callable[[int], None], map_: HexMap
) -> None:
    """Draw the log: (side, text, hex) with the newest on top; a click on a line jumps to its hex."""
    x, y, w, h = box
    brush.target.fill(LINE, (x, y + 10, 1, h - 20))
    brush.text(texts("log"), x + 14, y + 8, 14, ACCENT, True)
    if not lines:
        brush.text(texts("log.empty"), x + 14, y + 34, 12, FAINT)
    room = max(1, (h - 38) // 18)
    for n, (side, text, where) in enumerate(lines[:room]):
        top = y + 32 + n * 18
        row = (x + 8, top, w - 12, 18)
        if where >= 0 and brush.over(row):
            brush.target.fill(ACTIVE, row)
        if side >= 0:
            brush.bullet(x + 14, top + 5, side)
        brush.text(text, x + 30, top, 12, TEXT if where >= 0 else SECOND, room=w - 90)
        if where >= 0:
            brush.text(map_.label(where), x + w - 12, top, 12, ACCENT, place=1)
            brush.area(row, f"log_{n}", lambda h=where: jump(h))  # type: ignore[misc]


def draw_minimap(brush: Brush, view: MapView, scene: Scene, sides: Sequence[int], box: Box) -> None:
    """Draw the whole map small, the counters as dots and the frame of what the window shows."""
    import pygame

    x, y, w, h = box
    brush.target.fill(HEADER, box)
    brush.shield(box)
    left, top, wide, high = view.camera.extent()
    k = min(w / wide, h / high)
    ox, oy = x + (w - wide * k) / 2, y + (h - high * k) / 2
    small = view.minimap((max(1, round(wide * k)), max(1, round(high * k))))
    if small is not None:
        brush.target.blit(small, (round(ox), round(oy)))
    for where, units in scene.stacks.items():
        px, py = view.camera.point(where)
        dot = (ox + (px + view.camera.left - left) * k - 2, oy + (py + view.camera.top - top) * k - 2, 4, 4)
        brush.target.fill(style.SIDES[sides[units[0]]].body, dot)
    rect = pygame.Rect(
        round(ox + (view.camera.left - left) * k), round(oy + (view.camera.top - top) * k),
        round(view.camera.width * k), round(view.camera.height * k),
    ).clip(pygame.Rect(box))  # fmt: skip
    for colour, grow in ((style.INK, 2), (style.rgb("#FFF9E6"), 0)):
        pygame.draw.rect(brush.target, colour, rect.inflate(grow, grow), 1)

    def go() -> None:
        mx, my = brush.mouse
        view.camera.left = left + (mx - ox) / k - view.camera.width / 2
        view.camera.top = top + (my - oy) / k - view.camera.height / 2
        view.camera.clamp()

    brush.area(box, "minimap", go)


__all__ = ["BOTTOM", "PANEL", "RIGHT", "SIDE_TEXT", "TOP", "draw_enemies", "draw_hex", "draw_log", "draw_minimap", "draw_unit"]
