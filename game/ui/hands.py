"""The player's hands on the map: mouse, held keys, and a cursor that the keyboard moves from hex to hex."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from game.core.hexgrid import DIRECTIONS
from game.ui import treepanel
from game.ui.actions import ACTIONS
from game.ui.keys import Key, key_codes
from game.ui.panels import BOTTOM, RIGHT, TOP

if TYPE_CHECKING:
    import pygame

    from game.ui.gamescreen import GameScreen
    from game.ui.opponent import Step
    from game.ui.widgets import Hit

SCROLL = 900.0  # speed of the keyboard and of the edges [px/s]
DRAG = 5  # how far the cursor must move before a click becomes a drag [px]
TWICE = 0.35  # two clicks within this time are a double click [s]
TIP, FAN = 0.3, 0.45  # how long the cursor rests before the way's tooltip and the fan of a stack appear [s]
REPEAT = (0.35, 0.09)  # a held cursor key repeats after, and every [s]
EDGES = {"scroll_left": (-1, 0), "scroll_right": (1, 0), "scroll_up": (0, -1), "scroll_down": (0, 1)}


@dataclass
class Fan:
    """A stack laid out side by side over the map."""

    hex: int
    units: tuple[int, ...]
    pinned: bool  # stays when the cursor leaves


class Hands:
    """Turns events of mouse and keyboard into orders to the game screen."""

    def __init__(self, screen: GameScreen) -> None:
        self.screen = screen
        self.cursor = -1  # hex of the keyboard's cursor, -1 = the mouse points
        self.rest = 0.0  # how long the pointer has rested on its hex [s]
        self.on_map = False  # the mouse is over the map and no panel is above it
        self.fan: Fan | None = None
        self._pressed: tuple[int, int] | None = None
        self._dragged = False
        self._clock = 0.0
        self._last = (-1, -9.0)  # hex and time of the last click
        self._first = -1  # unit that it selected
        self._home: tuple[tuple[float, float, int], tuple[float, float, int]] | None = None  # view before, view at a battle
        self._held: tuple[int, str, float] | None = None  # key, action and time until it repeats

    @property
    def target(self) -> int:
        """Return the hex that is pointed at, by mouse or keyboard, -1 = none."""
        return self.cursor if self.cursor >= 0 else self.screen.hover

    @property
    def covered(self) -> bool:
        """Return whether a page, a unit's sheet or a battle's details lie over the map; scroll keys then are for them."""
        folds = self.screen.folds
        return bool(folds.page) or folds.sheet >= 0 or folds.battle is not None

    @property
    def pointing(self) -> bool:
        """Return whether the pointer has rested long enough on a hex of the map for its tooltip."""
        return self.cursor >= 0 or (self.on_map and self.rest >= TIP)

    # -- events ----------------------------------------------------------------------------------------------------
    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys, clicks and movements."""
        import pygame

        if self.screen.folds.searching and treepanel.typed(self.screen, event):
            return
        if event.type == pygame.KEYDOWN:
            self._key(event.key, event.mod)
        elif event.type == pygame.KEYUP and self._held is not None and event.key == self._held[0]:
            self._held = None
        elif event.type == pygame.MOUSEBUTTONDOWN:
            self._press(event.button, event.pos)
        elif event.type == pygame.MOUSEBUTTONUP:
            self._release(event.button, event.pos)
        elif event.type == pygame.MOUSEMOTION:
            self._motion(event)
        elif event.type == pygame.MOUSEWHEEL:
            self._wheel(event.y)

    def _key(self, code: int, mod: int) -> None:
        import pygame

        screen = self.screen
        ctrl = bool(mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        key = Key(code, ctrl, bool(mod & pygame.KMOD_SHIFT), bool(mod & pygame.KMOD_ALT))
        if screen.asking:
            if code in (pygame.K_RETURN, pygame.K_KP_ENTER) and not ctrl:
                screen.end_turn()
            elif screen.keys.action(key, ("map",)) == "cancel":
                screen.cancel()
            return
        action = screen.keys.action(key, ("planner", "map") if screen.planner or screen.strike else ("map",))
        if not action or (action in EDGES and not self.covered):  # held keys scroll the map as long as they are held
            return
        if action.startswith("cursor_") or action in EDGES:
            self._held = (code, action, REPEAT[0])
        ACTIONS[action](screen)

    def _hit(self, pos: tuple[int, int]) -> Hit | None:
        """Return the topmost area of a panel under a point."""
        x, y = pos
        inside = (
            h for h in reversed(self.screen.shell.brush.hits)
            if h.box[0] <= x < h.box[0] + h.box[2] and h.box[1] <= y < h.box[1] + h.box[3]
        )  # fmt: skip
        return next(inside, None)

    def _press(self, button: int, pos: tuple[int, int]) -> None:
        if button in (1, 3) and (hit := self._hit(pos)) is not None:
            if button == 1:
                hit.action()
            elif hit.name.startswith("fan") and self.fan is not None:
                self.screen.act_on(self.fan.hex)
            return
        if not self._covers(*pos) or self.screen.asking:
            return
        if button == 3:
            self.cursor = -1
            self.screen.act_on(self._hex_at(pos))
        elif button in (1, 2):
            self._pressed, self._dragged = pos, False

    def _motion(self, event: pygame.event.Event) -> None:
        screen, pos = self.screen, event.pos
        hit = self._hit(pos)
        self.on_map = self._covers(*pos) and hit is None
        if self.on_map and (where := self._hex_at(pos)) != screen.hover:
            screen.hover, self.rest = where, 0.0
        if any(event.rel):
            self.cursor = -1
        if self.fan and not self.fan.pinned and not (hit and hit.name.startswith("fan")) and screen.hover != self.fan.hex:
            self.fan = None
        if self._pressed is not None:
            if abs(pos[0] - self._pressed[0]) + abs(pos[1] - self._pressed[1]) > DRAG:
                self._dragged, self.fan = True, None
            if self._dragged:
                screen.view.camera.pan(-event.rel[0], -event.rel[1])

    def _release(self, button: int, pos: tuple[int, int]) -> None:
        clicked = self._pressed is not None and not self._dragged and button == 1
        self._pressed = None
        if clicked:
            self._click(self._hex_at(pos))

    def _click(self, where: int) -> None:
        """Select; twice: the formation; with Shift: more units."""
        screen, self.cursor = self.screen, -1
        twice = self._last[0] == where and self._clock - self._last[1] < TWICE
        if twice and screen.free and screen.desk.selected >= 0:
            self._last = (-1, -9.0)
            screen.desk.select_formation(self._first, everywhere=_ctrl())
            return
        self._last = (where, self._clock)
        screen.pick(where, more=_shift())
        if self._may_fan():
            self.open_fan(where, False)
        self._first = screen.desk.selected  # a double click takes the formation of the unit that its first click selected

    def _wheel(self, steps: int) -> None:
        x, y = self.screen.shell.brush.mouse
        if self.screen.shell.brush.wheel(x, y, 1 if steps > 0 else -1):
            return
        if self._covers(x, y):
            self.screen.view.camera.zoom_by(1 if steps > 0 else -1, (x, y - TOP))
            self.close_fan()

    def _covers(self, x: int, y: int) -> bool:
        """Return whether a point of the window lies on the map."""
        camera = self.screen.view.camera
        return 0 <= x < camera.width and TOP <= y < TOP + camera.height

    def _hex_at(self, pos: tuple[int, int]) -> int:
        return self.screen.view.camera.hex_at(pos[0], pos[1] - TOP)

    # -- the keyboard's cursor -------------------------------------------------------------------------------------
    def put_cursor(self, where: int) -> None:
        """Put the keyboard's cursor on a hex and keep it in view."""
        screen = self.screen
        self.cursor = screen.hover = where
        if not screen.view.camera.shows(where, 80):
            screen.view.camera.centre_on(where)
        if self.fan and not self.fan.pinned:
            self.fan = None

    def move_cursor(self, way: str) -> None:
        """Move the cursor by one hex: e, ne, nw, w, sw, se, or straight up and down; the first time it only appears."""
        screen, map_ = self.screen, self.screen.desk.world.map
        if self.cursor < 0:
            unit, camera = screen.desk.selected, screen.view.camera
            here = screen.desk.world.state.hex[unit] if unit >= 0 else screen.hover
            if here < 0 or not camera.shows(here):
                here = camera.hex_at(camera.width / 2, camera.height / 2)
            self.put_cursor(max(here, 0))
            return
        odd = self.cursor // map_.cols % 2
        way = {"up": "nw" if odd else "ne", "down": "sw" if odd else "se"}.get(way, way)
        there = int(map_.neighbours[self.cursor, DIRECTIONS.index(way.upper())])
        if there >= 0:
            self.put_cursor(there)

    def pick_at_cursor(self, more: bool) -> None:
        """Select at the pointer, as a left click does."""
        if self.target >= 0:
            self.screen.pick(self.target, more)

    def act_at_cursor(self) -> None:
        """March or attack at the keyboard's cursor, as a right click does; without a cursor it only appears."""
        if self.cursor >= 0:
            self.screen.act_on(self.cursor)
        elif self.screen.free:
            self.move_cursor("e")

    # -- the fan of a stack ----------------------------------------------------------------------------------------
    def open_fan(self, where: int, pinned: bool) -> None:
        """Lay the stack of a hex out side by side; a single unit needs no fan."""
        units = self.screen.scene.stacks.get(where, ())
        self.fan = Fan(where, units, pinned) if len(units) > 1 else None

    def pin_fan(self) -> None:
        """Keep the fan of the stack that is pointed at open, or close it."""
        if self.fan is not None and self.fan.pinned:
            self.fan = None
        else:
            self.open_fan(self.target, True)

    def close_fan(self) -> bool:
        """Close the fan; return whether there was one that had been pinned."""
        pinned = self.fan is not None and self.fan.pinned
        self.fan = None
        return pinned

    def take_from_fan(self, unit: int) -> None:
        """Select a unit of the fan, with Shift more of them; of the enemy's show what is known."""
        screen, fan = self.screen, self.fan
        if screen.free and screen.desk.mine(unit):
            if _shift():
                screen.desk.add(unit)
            else:
                screen.desk.select(unit)
            screen.inspected = -1
        elif fan is not None:
            screen.desk.select(-1)
            screen.inspected = fan.hex

    # -- looking on ------------------------------------------------------------------------------------------------
    def follow(self, step: Step) -> None:
        """Bring a battle that is being shown into view, if it is not."""
        screen, camera = self.screen, self.screen.view.camera
        fought = [e.data.get("hex") for e in step.events if e.kind == "battle"]
        if screen.fast or not step.visible or not fought or not isinstance(fought[0], int) or camera.shows(fought[0], 40):
            return
        home = self._home[0] if self._home and self._home[1] == self._view() else self._view()
        camera.centre_on(fought[0])
        self._home = (home, self._view())

    def return_home(self) -> None:
        """Show again what was seen before the first battle was followed, unless the player has looked elsewhere since."""
        camera = self.screen.view.camera
        if self._home is not None and self._home[1] == self._view():
            camera.left, camera.top, _ = self._home[0]
            camera.clamp()
        self._home = None

    def _view(self) -> tuple[float, float, int]:
        camera = self.screen.view.camera
        return camera.left, camera.top, camera.zoom

    # -- time ------------------------------------------------------------------------------------------------------
    def update(self, seconds: float) -> bool:
        """Scroll while keys are held or the mouse is at the edge; open what appears after a rest. Return whether it changed."""
        self._clock += seconds
        changed = self._scroll(seconds)
        before, self.rest = self.rest, self.rest + seconds
        screen = self.screen
        if self.on_map and self.cursor < 0 and not changed:
            changed = before < TIP <= self.rest
            if before < FAN <= self.rest and self.fan is None and self._may_fan():
                self.open_fan(screen.hover, False)
                changed = changed or self.fan is not None
        return self._repeat(seconds) or changed

    def _may_fan(self) -> bool:
        screen = self.screen
        return not (screen.planner or screen.asking or self._pressed or screen.folds.page or screen.view.camera.zoom < 3)

    def _repeat(self, seconds: float) -> bool:
        if self._held is None:
            return False
        code, action, left = self._held
        left -= seconds
        due = left <= 0
        self._held = (code, action, REPEAT[1] if due else left)
        if due:
            ACTIONS[action](self.screen)
        return due

    def _scroll(self, seconds: float) -> bool:
        import pygame

        screen, camera = self.screen, self.screen.view.camera
        if screen.asking or screen.folds.searching or pygame.key.get_mods() & (pygame.KMOD_CTRL | pygame.KMOD_META):
            return False
        dx, dy = self._edges()
        pressed, codes = pygame.key.get_pressed(), key_codes()
        for action, (x, y) in EDGES.items():
            if not self.covered and any(pressed[codes[name]] for name in screen.keys.names[action] if name in codes):
                dx, dy = dx + x, dy + y
        if not dx and not dy:
            return False
        far = SCROLL * min(seconds, 0.1)
        camera.pan(dx * far, dy * far)
        return True

    def _edges(self) -> tuple[int, int]:
        """Return whither the map scrolls because the mouse is at the edge of the window."""
        import pygame

        if not self.screen.shell.settings.edges or not pygame.mouse.get_focused():
            return 0, 0
        camera, (x, y) = self.screen.view.camera, self.screen.shell.brush.mouse
        dx = int(x >= camera.width + RIGHT - 2) - int(x <= 1)
        return dx, int(y >= TOP + camera.height + BOTTOM - 2) - int(y <= 1)


def _shift() -> bool:
    import pygame

    return bool(pygame.key.get_mods() & pygame.KMOD_SHIFT)


def _ctrl() -> bool:
    import pygame

    return bool(pygame.key.get_mods() & (pygame.KMOD_CTRL | pygame.KMOD_META))
