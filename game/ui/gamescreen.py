"""The game screen: a game under way, whose turn it is, and the orders that can be given. Hands and drawing are beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from game.core.errors import GameError, IllegalOrder
from game.model.events import Event
from game.model.orders import Verdict
from game.play.session import Session
from game.ui import fightpanels, gamedraw, news
from game.ui.actions import CONTEXTS
from game.ui.airdialog import Strike
from game.ui.autosave import NAME, write_autosave
from game.ui.battlecard import BattleCard, card_of, men_of
from game.ui.desk import PERSON, Desk, load_desk
from game.ui.folds import Folds
from game.ui.hands import Hands
from game.ui.keys import load_keys
from game.ui.ledger import ledger_of
from game.ui.library import playable
from game.ui.mapview import MapView
from game.ui.opponent import Opponent, Rerun, Watch
from game.ui.panels import BOTTOM, RIGHT, TOP
from game.ui.planner import Planner
from game.ui.scene import EVERYTHING, Scene, scene_of
from game.ui.screen import Choice, Shell
from game.ui.shelf import Shelf
from game.ui.trouble import failure_text

if TYPE_CHECKING:
    import pygame


class GameScreen:
    """A game under way."""

    def __init__(self, shell: Shell, choice: Choice, size: tuple[int, int]) -> None:
        self.shell = shell
        self.choice = choice
        if choice.load is not None:
            self.desk = load_desk(choice.load)
        else:
            self.desk = Desk(Session(playable(choice.scenario), choice.seed), choice.players)
        shell.texts.scenario = self.desk.scenario
        source = self.desk.scenario.folder or self.desk.scenario.id  # for the process that draws the ground
        self.view = MapView(self.desk.scenario, source, (size[0] - RIGHT, size[1] - TOP - BOTTOM), shell.cache)
        self.view.hurry = shell.hurry
        self.view.world = self.desk.world
        self.set_simple(shell.settings.simple)
        self.opponent: Opponent | Rerun | None = None
        self.watch = Watch(shell.settings.pace)
        self.planner: Planner | None = None
        self.strike: Strike | None = None  # aircraft that are being sent
        self.card: BattleCard | None = None  # the battle that has just been fought
        self.folds = Folds()
        self.shelf = Shelf()  # pictures of the panels
        self.touched = 0  # keys and clicks so far; see `shelf.state_of`
        self.asking = False  # the question before the end of the turn is shown
        self.message = ""
        self.hover = -1
        self.inspected = -1  # hex whose enemies the unit panel shows
        self.opened: set[str] = set()  # rows of the unit panel that show their factors
        self.news: list[tuple[int, Event]] = []  # with their numbers in the game's events, the newest last
        self.keys, trouble = load_keys(CONTEXTS, shell.config)
        self.hands: Hands = Hands(self)
        self._saved: object = None  # progress of the game at the last automatic save
        self._seen_events = 0
        self._ground = -1
        self.scene: Scene = scene_of(self.desk.world, self.viewer)
        self.refresh()
        self._look_at_front()
        if trouble:
            shell.tell(trouble)
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
    def watching(self) -> bool:
        """Return whether two computer players play and the person only looks on."""
        return PERSON not in self.desk.players

    @property
    def busy(self) -> bool:
        """Return whether the computer's moves are shown."""
        return self.opponent is not None

    @property
    def free(self) -> bool:
        """Return whether the person may give orders now."""
        return self.desk.persons_turn and not self.busy

    @property
    def fast(self) -> bool:
        """Return whether the computer's moves are shown at once."""
        return self.watch.fast

    @fast.setter
    def fast(self, on: bool) -> None:
        self.watch.at_once = on
        self.watch.paused = self.watch.paused and not on

    @property
    def simple(self) -> bool:
        """Return whether counters have simple icons."""
        return self.view.simple

    def set_simple(self, on: bool) -> None:
        """Give counters simple icons, or NATO symbols."""
        self.view.simple = on

    def refresh(self) -> None:
        """Show the game as it stands now, and note what has happened."""
        self.ledger = ledger_of(self.desk.world, self.viewer)
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
        self.hands.close_fan()

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
        self.keep(turn=True)
        if desk.session.over:
            self.shell.go("result", desk)
        elif not desk.persons_turn:
            self.watch.begin()
            self.watch.tape = []
            self.opponent = Opponent(desk.session, desk.players[desk.side], self.viewer)

    def ask_end(self) -> None:
        """Ask whether the turn shall end, with a list of what may have been forgotten."""
        if self.free:
            self.planner, self.asking = None, True

    def end_turn(self) -> None:
        """End the turn; the game is saved before the computer moves."""
        self.asking = False
        if not self.free:
            return
        self.inspected = -1
        self.desk.end_turn()
        self.refresh()
        self._begin_phase()

    def update(self, seconds: float) -> bool:
        """Show the computer's next move when it is time; scroll; take new pieces of ground."""
        changed = self.hands.update(seconds)
        self.view.poll()
        changed |= fightpanels.work(self)
        if self.view.fresh != self._ground:
            self._ground, changed = self.view.fresh, True
        if self.opponent is not None:
            changed = self._show_moves(self.opponent, seconds) or changed
        return changed

    def _show_moves(self, opponent: Opponent | Rerun, seconds: float) -> bool:
        """Show the steps that are due; return whether the picture has changed."""
        again = isinstance(opponent, Rerun)
        taken = self.watch.take(opponent.steps, seconds)
        for step in taken:
            if not again:
                self.watch.tape.append(step)
                self.news += [(-1, e) for e in step.events if news.known(e, step.scene)]
        if taken:
            self.show(taken[-1].scene)
            self.hands.follow(taken[-1])
        if not opponent.done:
            return bool(taken)
        self.opponent, self.watch.at_once, self.watch.last = None, False, None
        if not self.watching:
            self.hands.return_home()
        if opponent.error is not None:
            raise opponent.error
        if again:
            self.refresh()
            return True
        self._seen_events = len(self.desk.world.events)
        self.refresh()
        self._begin_phase()
        return True

    def watch_again(self) -> None:
        """Show the computer's last turn once more."""
        if self.free and self.watch.tape:
            self.cancel()
            self.watch.begin()
            self.opponent = Rerun(self.watch.tape)

    # -- selecting -------------------------------------------------------------------------------------------------
    def select(self, unit: int) -> None:
        """Select a unit and bring it into view."""
        self.desk.select(unit)
        self.inspected = -1
        self.bring_into_view()

    def bring_into_view(self) -> None:
        """Bring the selected unit into view, and the keyboard's cursor to it when it is in use."""
        unit = self.desk.selected
        where = self.desk.world.state.hex[unit] if unit >= 0 else -1
        if where >= 0 and not self.view.camera.shows(where, 60):
            self.view.camera.centre_on(where)
        if where >= 0 and self.hands.cursor >= 0:
            self.hands.put_cursor(where)

    def jump(self, where: int) -> None:
        """Bring a hex to the middle of the map."""
        self.view.camera.centre_on(where)
        self.hover = where

    def pick(self, where: int, more: bool = False) -> None:
        """Select what stands in a hex: own units first, else show what is known of the enemy. more: add to the selection."""
        units = self.scene.stacks.get(where, ())
        own = [u for u in units if self.desk.world.side[u] == self.desk.side and self.desk.persons_turn]
        if more and self.free:
            fresh = [u for u in own if u not in self.desk.selection]
            if own:
                self.desk.add((fresh or own)[0])
            return
        self.inspected = -1
        if not own or self.busy:
            self.desk.select(-1)
            self.inspected = where if units else -1
        elif self.desk.selected in own:
            self.desk.select(own[(own.index(self.desk.selected) + 1) % len(own)])
        else:
            self.desk.select(own[0])

    # -- orders ----------------------------------------------------------------------------------------------------
    def set_stance(self, stance: int) -> None:
        """Give the selected units a stance."""
        if self.free and self.desk.give_stance(stance):
            self.refresh()

    def set_train(self, on: bool) -> None:
        """Order journeys by train, or marches again."""
        if self.free and self.desk.selected >= 0:
            self.desk.set_train(on)

    def act_on(self, where: int) -> None:
        """March to a hex, or plan an attack on the enemy seen there."""
        desk = self.desk
        if where < 0 or not self.free:
            return
        if desk.view.contact(where) is not None:
            self.plan(where)
            return
        found = desk.march_all(where)
        self.message = "" if found.verdict.ok else self._why(found.verdict)
        if len(desk.selection) > 1 and (found.contact or not found.verdict.ok) and found.done:
            some = self.shell.texts("march.some", done=len(found.done), count=len(desk.selection))
            self.message = f"{some} {self.shell.texts('march.contact') if found.contact else self.message}"
        if found.events:
            self.refresh()

    def plan(self, where: int) -> None:
        """Open the attack planner; several selected units that can take part are its participants."""
        self.planner = Planner(self.desk, where)
        chosen = set(self.desk.selection) & set(self.planner.candidates)
        if len(self.desk.selection) > 1 and chosen:
            self.planner.chosen = chosen

    def _why(self, verdict: Verdict) -> str:
        texts = self.shell.texts
        return texts("refused", why=texts.refusal(verdict))

    def attack(self) -> None:
        """Order the planned attack."""
        order = self.planner.order() if self.planner else None
        if order is None:
            return
        forecast, before = self.planner.finish() if self.planner else None, men_of(self.desk, order)
        try:
            events = self.desk.give(order)
        except IllegalOrder as error:
            first = error.problems[0]
            self.message = self._why(Verdict(first.code, first.message))
            return
        self.planner = None
        self.refresh()
        self.card = card_of([e for e in events if news.known(e, self.scene)], self.desk, before, forecast)

    def cancel(self) -> None:
        """Close what lies on top, or select nothing."""
        if self.planner or self.asking or self.strike:
            self.planner, self.asking, self.strike = None, False, None
        elif self.hands.close_fan() or self.folds.close_top():
            return
        elif self.desk.train:
            self.desk.set_train(False)
        else:
            self.desk.select(-1)
            self.inspected, self.message = -1, ""
            self.hands.cursor = -1

    def undo(self) -> None:
        """Take the last order back."""
        if not self.free or not self.desk.can_undo:
            return
        unit = self.desk.undo()
        self._seen_events = len(self.desk.world.events)
        self.news = [(n, e) for n, e in self.news if n < self._seen_events]
        texts, more = self.shell.texts, len(self.desk.selection) - 1
        name = texts.name(self.desk.scenario.units[unit].name)
        self.message = texts("undone", unit=name) if more < 1 else texts("undone.group", unit=name, more=more)
        self.refresh()

    # -- keeping ---------------------------------------------------------------------------------------------------
    def save(self, name: str, quiet: bool = False) -> None:
        """Save the game under a name."""
        if name == NAME:
            self.keep()
            return
        if self.busy and not isinstance(self.opponent, Rerun):
            return
        try:
            path = self.shell.saves / f"{name}.ichigo"
            self.desk.save(path)
            self.message = self.message if quiet else self.shell.texts("saved", name=path.name)
        except (GameError, OSError) as error:
            self.message = failure_text(self.shell.texts, error)

    def keep(self, turn: bool = False) -> None:
        """Save the game automatically if something has happened since the last time; turn: a turn begins or ends.

        While the computer moves nothing need be kept: the game was saved before its turn, and it would move in the same way.
        """
        if (self.busy and not isinstance(self.opponent, Rerun)) or self.desk.progress == self._saved:
            return
        try:
            write_autosave(self.desk, self.shell.saves, turn)
            self._saved = self.desk.progress
        except (GameError, OSError) as error:
            self.message = failure_text(self.shell.texts, error)

    def forget(self) -> None:
        """Keep nothing more of this game: its scenario is no more as it was."""
        self._saved = self.desk.progress

    def load(self) -> None:
        """Load the quick save; the present game is kept."""
        if not self.busy:
            self.keep()
            self.shell.go("load", Choice("", self.choice.players, load=self.shell.saves / "quick.ichigo"))

    # -- the window ------------------------------------------------------------------------------------------------
    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys, clicks and movements."""
        import pygame

        self.touched += event.type != pygame.MOUSEMOTION
        if not fightpanels.event(self, event):
            self.hands.event(event)

    def fit(self, size: tuple[int, int]) -> None:
        """Fit the map into the window when its size has changed."""
        camera, wanted = self.view.camera, (size[0] - RIGHT, size[1] - TOP - BOTTOM)
        if (camera.width, camera.height) != wanted:
            camera.resize(*wanted)

    def toggle(self, overlay: str) -> None:
        """Switch an overlay on or off."""
        self.view.shown ^= {overlay}

    def draw(self, target: pygame.Surface) -> None:
        """Draw everything."""
        gamedraw.draw(self, target)

    def close(self) -> None:
        """Keep the game, and stop the computer player and the drawing of the ground."""
        self.keep()
        if self.opponent is not None:
            self.opponent.abandon()
            self.opponent = None
        self.view.close()
