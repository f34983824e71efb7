"""Marks that the replay viewer draws on the map: the march or battle just shown, places taken, and where men fell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.model.events import Event
from game.model.orders import Attack, Move, Order
from game.play.stats import number, numbers
from game.play.tape import Spot, Taken, Tape
from game.rules.world import World
from game.ui import style
from game.ui.camera import Camera
from game.ui.fonts import halo, write
from game.ui.overlay_fill import veil
from game.ui.overlays_marks import draw_battle_flash, draw_move_arrow, draw_retreat

if TYPE_CHECKING:
    import pygame

    from game.ui.style import Colour

DARK, HEAT = style.rgb("#201A10"), style.rgb("#7A1F12")
EARLY, LATE = style.rgb("#2F6B45"), style.rgb("#A8321C")  # on paper
FLAG = 17  # length of a flag [px]
INKED = 105  # brightest channel of a pixel that counts as ink


@dataclass(frozen=True)
class Deed:
    """What one order did on the map: marches and retreats as paths, and a battle with where it was attacked from."""

    side: int
    marches: tuple[tuple[int, ...], ...]
    retreats: tuple[tuple[int, int], ...]
    battle: Event | None
    origins: tuple[int, ...]

    @property
    def where(self) -> int:
        """Return the hex that it is about, -1 = none."""
        if self.battle is not None:
            return number(self.battle, "hex")
        return self.marches[0][-1] if self.marches else -1


def origins_of(world: World, order: Order) -> tuple[int, ...]:
    """Return the hexes from which an attack sets out, before it is carried out; empty for other orders."""
    return tuple(dict.fromkeys(world.state.hex[u] for u in order.units)) if isinstance(order, Attack) else ()


def deed_of(order: Order, events: Iterable[Event], origins: tuple[int, ...]) -> Deed | None:
    """Return what an order did, None when there is nothing to be seen on the map."""
    if not isinstance(order, (Move, Attack)):
        return None
    marches, retreats, battle, side = [], [], None, 0
    for e in events:
        if e.kind == "move":
            side = e.side
            marches.append(numbers(e, "path") if "path" in e.data else (number(e, "from"),))
        elif e.kind == "battle":
            side, battle = e.side, e
        elif e.kind == "retreat" and e.data["from"] != e.data["to"]:
            retreats.append((number(e, "from"), number(e, "to")))
    return Deed(side, tuple(marches), tuple(retreats), battle, origins) if marches or battle else None


def draw_deed(layer: pygame.Surface, camera: Camera, deed: Deed) -> None:
    """Draw ways of march and of retreat; they lie under the counters."""
    for path in deed.marches:
        if len(path) > 1:
            draw_move_arrow(layer, camera, path, deed.side)
    for way in deed.retreats:
        draw_retreat(layer, camera, way)


def draw_fight(target: pygame.Surface, camera: Camera, deed: Deed) -> None:
    """Draw a battle and both sides' losses in it, above the counters."""
    if deed.battle is None:
        return
    draw_battle_flash(target, camera, deed.where, deed.origins, bool(deed.battle.data["beaten"]))
    x, y = camera.point(deed.where)
    lost = f"−{number(deed.battle, 'attacker_losses'):,} / −{number(deed.battle, 'defender_losses'):,}"
    made = halo(write(lost, "sans_bold", 13, style.INK), style.HALO, 245, 2.6)
    target.blit(made, (x - made.get_width() / 2, y + max(12.0, 0.5 * camera.hex)))


def draw_flags(target: pygame.Surface, camera: Camera, taken: Iterable[Taken]) -> None:
    """Draw a flag at every place of the record that has fallen, with the days by which it fell earlier or later.

    It flies where it covers least of the names that are already drawn.
    """
    last = {t.place: t for t in taken if t.recorded is not None}
    for t in last.values():
        where = camera.map.place_by_id[t.place].hex
        if where < 0 or not camera.shows(where, -20):
            continue
        late = t.late or 0
        tone = LATE if late > 0 else EARLY if late < 0 else style.INK
        made = halo(write(f"{late:+d}".replace("-", "−") if late else "±0", "sans_bold", 13, tone), style.HALO, 235, 2.2)
        x, y = camera.point(where)
        wide = FLAG + made.get_width()
        right, left = round(x + 0.12 * camera.hex), round(x - 0.12 * camera.hex)
        high, low = round(y - 0.1 * camera.hex), round(y + 0.1 * camera.hex) + 20
        ways = [(right, high, 1), (left, high, -1), (right, low, 1), (left, low, -1)]
        boxes = [(px if way > 0 else px - wide, py - 20, wide, 20) for px, py, way in ways]
        covered = [_written(target, box) for box in boxes]
        best = min(range(len(ways)), key=lambda n: (covered[n] + 0.02 * n, n))
        _flag(target, ways[best], style.SIDES[t.side].body, made)


def _flag(target: pygame.Surface, way: tuple[int, int, int], body: Colour, number: pygame.Surface) -> None:
    """Draw a flag on its pole; way: foot of the pole [px], and 1 = it flies to the right, -1 = to the left."""
    import pygame

    x, y, to = way
    for colour, grow in ((DARK, 1), (style.HALO, 0)):
        pygame.draw.rect(target, colour, (x - grow, y - 18 - grow, 2 + 2 * grow, 18 + 2 * grow))
    near, far = (x + 2, x + FLAG) if to > 0 else (x - 1, x - FLAG + 1)
    flag = [(near, y - 18), (far, y - 13), (near, y - 8)]
    pygame.draw.polygon(target, body, flag)
    pygame.draw.aalines(target, DARK, True, flag)
    target.blit(number, (far if to > 0 else far - number.get_width(), y - 20))


def _written(target: pygame.Surface, box: tuple[int, int, int, int]) -> float:
    """Return which share of a box is as dark as the ink of names; what lies outside the target counts as dark."""
    import pygame

    inside = target.get_rect().clip(box)
    if inside.size != box[2:]:
        return 1.0
    pixels = pygame.surfarray.pixels3d(target.subsurface(inside))
    return float((pixels.max(axis=2) < INKED).mean())


def taken_until(tape: Tape, spot: Spot) -> list[Taken]:
    """Return the captures up to the end of the last whole phase."""
    return [t for chapter in tape.chapters_until(spot) for t in chapter.taken]


def fallen_until(tape: Tape, spot: Spot) -> dict[int, int]:
    """Return the men who fell in battle in each hex up to the end of the last whole phase, both sides together."""
    found: dict[int, int] = {}
    for chapter in tape.chapters_until(spot):
        for where, japan, china in chapter.fallen:
            found[where] = found.get(where, 0) + japan + china
    return found


def draw_heat(layer: pygame.Surface, camera: Camera, fallen: dict[int, int]) -> None:
    """Draw where men fell: a spot whose area grows with their number."""
    import pygame

    over = veil(layer)
    for where, men in sorted(fallen.items(), key=lambda row: -row[1]):
        if not camera.shows(where, -60) or not men:
            continue
        x, y = camera.point(where)
        radius = max(3.0, min(1.1, (men / 1500) ** 0.5) * camera.hex)
        for share, alpha in ((1.0, 70), (0.7, 105), (0.4, 150)):
            pygame.draw.circle(over, (*HEAT, alpha), (x, y), radius * share)
    layer.blit(over, (0, 0))
