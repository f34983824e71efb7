"""The game screen: the map with the player's hands on it, and the panels around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.errors import GameError, IllegalOrder
from game.model.events import Event
from game.model.orders import Stance, Verdict
from game.play.session import Session
from game.scenario.load import load_scenario
from game.ui import gamedraw, news, overlays
from game.ui.desk import PERSON, Desk, load_desk
from game.ui.folds import Folds
from game.ui.mapview import MapView
from game.ui.opponent import Opponent
from game.ui.panels import BOTTOM, RIGHT, TOP
from game.ui.planner import Planner
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.screen import Choice, Shell

if TYPE_CHECKING:
    import pygame

SCROLL = 900.0  # speed of the keyboard and of the edges [px/s]
PACE = 0.25  # time that each of the computer's visible moves is shown [s]
DRAG = 5  # how far the cursor must move before a click becomes a drag [px]


class GameScreen:
    """A game under way."""

    def __init__(self, shell: Shell, choice: Choice, size: tuple[int, int]) -> None:
        self.shell = shell
        self.choice = choice
        if choice.load is not None:
            self.desk = load_desk(choice.load)
        else:
            self.desk = Desk(Session(load_scenario(choice.scenario), choice.seed), choice.players)
        source = choice.scenario or self.desk.scenario.id
        self.view = MapView(self.desk.scenario, source, (size[0] - RIGHT, size[1] - TOP - BOTTOM), shell.cache)
        self.view.hurry = shell.hurry
        self.opponent: Opponent | None = None
        self.planner: Planner | None = None
        self.folds = Folds()
        self.asking = False  # the question before the end of the turn is shown
        self.fast = False  # show the computer's moves at once
        self.message = ""
        self.hover = -1
        self.inspected = -1  # hex whose enemies the unit panel shows
        self.opened: set[str] = set()  # rows of the unit panel that show their factors
        self.news: list[tuple[int, Event]] = []  # with their numbers in the game's events, the newest last
        self._pressed: tuple[int, int] | None = None
        self._dragged = False
        self._wait = 0.0
        self._seen_events = 0
        self._ground = -1
        self.scene: Scene = scene_of(self.desk.world, self.viewer)
        self.refresh()
        self._look_at_front()
        self._begin_phase()

    # -- state -----------------------------------------------------------------------------------------------------
    @property
    def viewer(self) -> int:
        """Return whose eyes the window looks through: the person's, the one to move of two, or everyone's."""
        persons = [s for s in (0, 1) if self.desk.players[s] == PERSON]
        if not persons:
            return EVERYTHING
        return persons[0] if len(persons) == 1 else self.desk.side

    @property
    def busy(self) -> bool:
        """Return whether the computer moves."""
        return self.opponent is not None

    def refresh(self) -> None:
        """Show the game as it stands now, and note what has happened."""
        self.show(scene_of(self.desk.world, self.viewer))
        events = self.desk.world.events
        self.news += [
            (n, e) for n, e in enumerate(events[self._seen_events :], self._seen_events) if news.known(e, self.scene)
        ]
        self._seen_events = len(events)

    def show(self, scene: Scene) -> None:
        """Show another scene."""
        self.scene = scene
        self.view.show(scene)

    def _look_at_front(self) -> None:
        own = self.desk.view.units()
        moving = [u for u in own if self.desk.view.can_march(u)] or own
        if moving:
            hexes = sorted(self.desk.world.state.hex[u] for u in moving)
            self.view.camera.centre_on(hexes[len(hexes) // 2])

    # -- the turn --------------------------------------------------------------------------------------------------
    def _begin_phase(self) -> None:
        """Let whoever is to move begin."""
        desk = self.desk
        if desk.session.over:
            self.shell.go("result", desk)
        elif desk.persons_turn:
            self.save("auto", quiet=True)
        else:
            self.opponent = Opponent(desk.session, desk.players[desk.side], self.viewer)

    def ask_end(self) -> None:
        """Ask whether the turn shall end, with a list of what may have been forgotten."""
        if self.desk.persons_turn and not self.busy:
            self.planner, self.asking = None, True

    def end_turn(self) -> None:
        """End the turn."""
        self.asking = False
        if not self.desk.persons_turn or self.busy:
            return
        self.inspected = -1
        self.desk.end_turn()
        self.refresh()
        self._begin_phase()

    def update(self, seconds: float) -> bool:
        """Show the computer's next move when it is time; scroll; take new pieces of ground."""
        changed = self._scroll(seconds)
        self.view.ground.poll()
        if self.view.fresh != self._ground:
            self._ground, changed = self.view.fresh, True
        if self.opponent is not None:
            changed = True
            self._watch(self.opponent, seconds)
        return changed

    def _watch(self, opponent: Opponent, seconds: float) -> None:
        self._wait -= seconds
        while opponent.steps and (self._wait <= 0 or self.fast):
            step = opponent.steps.popleft()
            seen = [e for e in step.events if news.known(e, step.scene) and e.kind in ("move", "battle", "capture", "retreat")]
            self.show(step.scene)
            self.news += [(-1, e) for e in step.events if news.known(e, step.scene)]
            self._wait = PACE if seen and not self.fast else 0.0
        if opponent.done:
            self.opponent, self.fast = None, False
            if opponent.error is not None:
                raise opponent.error
            self._seen_events = len(self.desk.world.events)
            self.refresh()
            self._begin_phase()

    # -- orders ----------------------------------------------------------------------------------------------------
    def select(self, unit: int) -> None:
        """Select a unit and bring it into view."""
        self.desk.select(unit)
        self.inspected = -1
        where = self.desk.world.state.hex[unit] if unit >= 0 else -1
        if where >= 0 and not self.view.camera.shows(where, 60):
            self.view.camera.centre_on(where)

    def jump(self, where: int) -> None:
        """Bring a hex to the middle of the map."""
        self.view.camera.centre_on(where)
        self.hover = where

    def set_stance(self, stance: int) -> None:
        """Give the selected unit a stance."""
        if self.desk.selected >= 0 and self.desk.persons_turn:
            self.desk.give(Stance(self.desk.selected, stance))
            self.refresh()

    def attack(self) -> None:
        """Order the planned attack."""
        order = self.planner.order() if self.planner else None
        if order is None:
            return
        try:
            self.desk.give(order)
        except IllegalOrder as error:
            self.message = error.problems[0].message
            return
        self.planner = None
        self.refresh()

    def cancel(self) -> None:
        """Close what is open, or select nothing."""
        if self.planner or self.asking:
            self.planner, self.asking = None, False
        else:
            self.desk.select(-1)
            self.inspected = -1

    def undo(self) -> None:
        """Take the last march back."""
        if self.busy or not self.desk.can_undo:
            return
        unit = self.desk.undo()
        self._seen_events = len(self.desk.world.events)
        self.news = [(n, e) for n, e in self.news if n < self._seen_events]
        self.message = self.shell.texts("undone", unit=self.shell.texts.name(self.desk.scenario.units[unit].name))
        self.refresh()

    def save(self, name: str, quiet: bool = False) -> None:
        """Save the game."""
        if self.busy:
            return
        try:
            path = self.shell.saves / f"{name}.ichigo"
            self.desk.save(path)
            self.message = self.message if quiet else self.shell.texts("saved", name=path.name)
        except (GameError, OSError) as error:
            self.message = str(error)

    def load(self) -> None:
        """Load the quick save."""
        if not self.busy:
            self.shell.go("load", Choice("", self.choice.players, load=self.shell.saves / "quick.ichigo"))

    def act_on(self, where: int) -> None:
        """March to a hex, or plan an attack on the enemy seen there."""
        desk = self.desk
        if where < 0 or not desk.persons_turn or self.busy:
            return
        if desk.view.contact(where) is not None:
            self.planner = Planner(desk, where)
            return
        verdict, events = desk.march(where)
        self.message = "" if verdict.ok else self._why(verdict)
        if events:
            self.refresh()

    def _why(self, verdict: Verdict) -> str:
        texts = self.shell.texts
        why = verdict.detail or texts.word("verdict", verdict.code)
        return texts("refused", why=texts("verdict.held") if verdict.code == "held" else why)

    def pick(self, where: int) -> None:
        """Select what stands in a hex: own units first, else show what is known of the enemy."""
        units = self.scene.stacks.get(where, ())
        own = [u for u in units if self.desk.world.side[u] == self.desk.side and self.desk.persons_turn]
        self.inspected = -1
        if not own or self.busy:
            self.desk.select(-1)
            self.inspected = where if units else -1
        elif self.desk.selected in own:
            self.desk.select(own[(own.index(self.desk.selected) + 1) % len(own)])
        else:
            self.desk.select(own[0])

    # -- hands -----------------------------------------------------------------------------------------------------
    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys, clicks and movements."""
        import pygame

        if event.type == pygame.KEYDOWN:
            self._key(event.key, event.mod)
        elif event.type == pygame.MOUSEBUTTONDOWN:
            self._press(event.button, event.pos)
        elif event.type == pygame.MOUSEBUTTONUP:
            self._release(event.button, event.pos)
        elif event.type == pygame.MOUSEMOTION:
            self._motion(event)
        elif event.type == pygame.MOUSEWHEEL:
            x, y = self.shell.brush.mouse
            if self._on_map(x, y):
                self.view.camera.zoom_by(1 if event.y > 0 else -1, (x, y - TOP))

    def fit(self, size: tuple[int, int]) -> None:
        """Fit the map into the window when its size has changed."""
        camera, wanted = self.view.camera, (size[0] - RIGHT, size[1] - TOP - BOTTOM)
        if (camera.width, camera.height) != wanted:
            camera.resize(*wanted)

    def _on_map(self, x: int, y: int) -> bool:
        camera = self.view.camera
        return 0 <= x < camera.width and TOP <= y < TOP + camera.height

    def _press(self, button: int, pos: tuple[int, int]) -> None:
        if button in (1, 3) and self.shell.brush.hits:
            x, y = pos
            inside = any(h.box[0] <= x < h.box[0] + h.box[2] and h.box[1] <= y < h.box[1] + h.box[3] for h in self.shell.brush.hits)
            if inside:
                if button == 1:
                    self.shell.brush.click(*pos)
                return
        if not self._on_map(*pos) or self.asking:
            return
        if button == 3:
            self.act_on(self.view.camera.hex_at(pos[0], pos[1] - TOP))
        elif button in (1, 2):
            self._pressed, self._dragged = pos, False

    def _motion(self, event: pygame.event.Event) -> None:
        x, y = event.pos
        self.hover = self.view.camera.hex_at(x, y - TOP) if self._on_map(x, y) else self.hover
        if self._pressed is not None:
            if abs(x - self._pressed[0]) + abs(y - self._pressed[1]) > DRAG:
                self._dragged = True
            if self._dragged:
                self.view.camera.pan(-event.rel[0], -event.rel[1])

    def _release(self, button: int, pos: tuple[int, int]) -> None:
        if self._pressed is not None and not self._dragged and button == 1:
            self.pick(self.view.camera.hex_at(pos[0], pos[1] - TOP))
        self._pressed = None

    def _scroll(self, seconds: float) -> bool:
        import pygame

        if self.asking:
            return False
        keys, camera = pygame.key.get_pressed(), self.view.camera
        if pygame.key.get_mods() & (pygame.KMOD_CTRL | pygame.KMOD_META):
            return False
        dx = int(keys[pygame.K_d] or keys[pygame.K_RIGHT]) - int(keys[pygame.K_a] or keys[pygame.K_LEFT])
        dy = int(keys[pygame.K_s] or keys[pygame.K_DOWN]) - int(keys[pygame.K_w] or keys[pygame.K_UP])
        if pygame.mouse.get_focused():
            x, y = self.shell.brush.mouse
            dx += int(x >= camera.width + RIGHT - 2) - int(x <= 1)
            dy += int(y >= TOP + camera.height + BOTTOM - 2) - int(y <= 1)
        if not dx and not dy:
            return False
        far = SCROLL * min(seconds, 0.1)
        camera.pan(dx * far, dy * far)
        return True

    def _key(self, key: int, mod: int) -> None:
        import pygame

        ctrl = bool(mod & (pygame.KMOD_CTRL | pygame.KMOD_META))
        if key in (pygame.K_RETURN, pygame.K_KP_ENTER):
            if ctrl and not self.asking:
                self.ask_end()
            elif self.asking:
                self.end_turn()
        elif key == pygame.K_ESCAPE:
            self.cancel()
        elif key == pygame.K_z and ctrl:
            self.undo()
        elif key == pygame.K_F5:
            self.save("quick")
        elif key == pygame.K_F9:
            self.load()
        elif key == pygame.K_SPACE:
            self.fast = self.busy
        elif pygame.K_1 <= key <= pygame.K_5:
            self.toggle(overlays.NAMES[key - pygame.K_1])
        elif key in (pygame.K_PLUS, pygame.K_EQUALS, pygame.K_MINUS):
            camera = self.view.camera
            camera.zoom_by(-1 if key == pygame.K_MINUS else 1, (camera.width / 2, camera.height / 2))
        elif self.desk.persons_turn and not self.busy:
            self._key_unit(key)

    def _key_unit(self, key: int) -> None:
        import pygame

        desk = self.desk
        if key in (pygame.K_n, pygame.K_p):
            unit = desk.step(1 if key == pygame.K_n else -1)
            if unit >= 0:
                self.select(unit)
        elif key == pygame.K_TAB and desk.selected >= 0:
            desk.cycle(desk.world.state.hex[desk.selected])

    def toggle(self, overlay: str) -> None:
        """Switch an overlay on or off."""
        self.view.shown ^= {overlay}

    def draw(self, target: pygame.Surface) -> None:
        """Draw everything."""
        gamedraw.draw(self, target)

    def close(self) -> None:
        """Stop the computer player and the drawing of the ground."""
        if self.opponent is not None:
            self.opponent.abandon()
            self.opponent = None
        self.view.close()
