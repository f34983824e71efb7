"""Pictures of the window's main screens, made without a display: for the manual and to look at what was drawn."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from game.core.errors import fail
from game.core.files import write_whole
from game.model.orders import Attack
from game.play.replay import write_replay
from game.ui.app import App
from game.ui.badges import mark_parts
from game.ui.desk import PERSON
from game.ui.gamescreen import GameScreen
from game.ui.picture import png_bytes
from game.ui.planner import Planner
from game.ui.replayscreen import ReplayScreen
from game.ui.screen import Choice
from game.ui.startscreen import StartScreen

if TYPE_CHECKING:
    import pygame

# pictures of the manual: by language, the screen's name and the file's
MANUAL = {
    "en": {
        "start": "screen_start.jpg", "briefing": "screen_briefing.jpg", "parts": "screen_map.jpg", "attack": "window.jpg",
        "supply": "screen_supply.jpg", "tree": "screen_tree.jpg", "sheet": "screen_sheet.jpg", "replay": "screen_replay.jpg",
    },
    "zh": {"parts": "screen_map_zh.jpg", "attack": "window_zh.jpg"},
}  # fmt: skip
SURE = 900  # chance above which an attack makes a dull picture [permille]
SHOWN = 20  # turns of the game that the replay viewer shows


def make_shots(
    folder: Path, scenario: str, langs: tuple[str, ...], size: tuple[int, int], tick: Callable[[Path], None],
    manual: bool = False, text_size: float = 1.0,
) -> None:  # fmt: skip
    """Write a picture of each screen into a folder; tick is told of every file.

    Args:
        folder: where the pictures go.
        scenario: id or path of the scenario that is shown.
        langs: languages of the window.
        size: of the window [px].
        tick: called with every file that was written.
        manual: only the pictures of the manual, under their names there and as JPEG.
        text_size: factor on the size of text.
    """
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    with TemporaryDirectory() as scratch:
        for lang in langs:
            app = App(lang, size, Path(scratch), hurry=True, config=Path(scratch), text_size=text_size)
            app.open()
            try:
                _Tour(app, folder, lang, MANUAL[lang] if manual else None, tick).walk(scenario, Path(scratch))
            finally:
                app.close()


class _Tour:
    """A walk through the window's screens with a picture of each."""

    def __init__(self, app: App, folder: Path, lang: str, names: dict[str, str] | None, tick: Callable[[Path], None]) -> None:
        self.app, self.folder, self.lang, self.names, self.tick = app, folder, lang, names, tick

    def shoot(self, name: str, finish: Callable[[], None] = lambda: None) -> None:
        """Draw the screen, finish it and write it, if a picture of this name is wanted."""
        if self.names is not None and name not in self.names:
            return
        self.app.draw()
        if self.app.trouble:
            raise fail("shot", f"the screen {name!r} shows an error in place of itself: {self.app.trouble}")
        finish()
        path = self.folder / (f"{name}_{self.lang}.png" if self.names is None else self.names[name])
        window = self.app.window
        write_whole(path, png_bytes(window) if path.suffix == ".png" else jpeg_bytes(window))
        self.tick(path)

    def visit(self, name: str, what: object) -> None:
        """Go to a screen."""
        self.app.go(name, what)
        self.app.frame(0.0)

    def walk(self, scenario: str, scratch: Path) -> None:
        """Take all pictures."""
        while self.app.screen.update(0):
            pass
        if isinstance(self.app.screen, StartScreen):
            self.app.screen.choose(scenario)
        self.shoot("start")
        choice = Choice(scenario, (PERSON, "staff"))
        self.visit("briefing", choice)
        self.shoot("briefing")
        self.visit("game", choice)
        game = self.app.screen
        assert isinstance(game, GameScreen)
        self._map(game)
        self._panels(game)
        self._attack(game)
        self._zooms(game)
        self._around(game, scratch)

    def _map(self, game: GameScreen) -> None:
        """Show the map with the strongest unit that can march, and the overlays."""
        desk = game.desk
        game.select(max(desk.idle(), key=lambda u: (desk.world.state.men[u], -u)))
        game.view.camera.centre_on(game.desk.world.state.hex[game.desk.selected])
        found = game.desk.reach()
        game.hover = int(found[0].argmax()) if found else -1
        game.opened = {"ready", "supply"}
        self.shoot("map")
        self.shoot("parts", lambda: mark_parts(self.app.window, self.app.shell.brush))
        self._with(game, "supply", ("supply",))
        self._with(game, "overlays", ("zones", "sight", "objectives"))

    def _with(self, game: GameScreen, name: str, overlays: tuple[str, ...]) -> None:
        for overlay in overlays:
            game.toggle(overlay)
        self.shoot(name)
        for overlay in overlays:
            game.toggle(overlay)

    def _panels(self, game: GameScreen) -> None:
        """Show what folds out around the map."""
        folds = game.folds
        folds.tree = True
        self.shoot("tree")
        folds.tree, folds.sheet = False, game.desk.selected
        self.shoot("sheet")
        folds.sheet = -1
        for page in ("victory", "arrivals", "staff", "help"):
            folds.page = page
            self.shoot(page)
        folds.page = ""

    def _attack(self, game: GameScreen) -> None:
        """Open the planner where the outcome is most open; play on to a turn in which an enemy can be attacked."""
        desk = game.desk
        for _ in range(12):
            if desk.session.over:
                return
            plans = {c.hex: tuple(desk.attackers(c.hex)) for c in desk.view.contacts()}
            chances = {h: desk.view.assess(Attack(h, units)).give_way for h, units in plans.items() if units}
            if chances:
                target = min(chances, key=lambda h: (abs(chances[h] - 700), h))
                game.view.camera.centre_on(target)
                game.planner = _open_plan(Planner(desk, target))
                for _ in range(40):
                    self.app.frame(0.02)
                self.shoot("attack")
                game.cancel()
                return
            game.end_turn()
            while game.busy:
                self.app.frame(1.0)
                if game is not self.app.screen:
                    return

    def _replay(self, viewer: ReplayScreen) -> None:
        """Go to a moment late in the game, once all of it has been played again."""
        while viewer.winding:
            self.app.frame(0.05)
        viewer.jump(viewer.tape.end_of(len(viewer.replay.phases) * 3 // 4))

    def _zooms(self, game: GameScreen) -> None:
        camera = game.view.camera
        middle = (camera.width / 2, camera.height / 2)
        for zoom in (0, 2, 6):
            camera.zoom_by(zoom - camera.zoom, middle)
            self.shoot(f"zoom{zoom}")
        camera.zoom_by(-2, middle)
        game.ask_end()
        self.shoot("end_turn")

    def _around(self, game: GameScreen, scratch: Path) -> None:
        """Show what lies around the game: replay, settings, saved games."""
        from game.ai.registry import make_player
        from game.play.session import Session

        session = Session(game.desk.scenario, 1)
        while not session.over and session.world.state.turn <= SHOWN:
            session.play_phase(make_player("staff"))
        path = scratch / "tour.replay"
        write_replay(session, ("staff", "staff"), path)
        self.visit("replay", path)
        if isinstance(self.app.screen, ReplayScreen):
            self._replay(self.app.screen)
            self.shoot("replay")
        self.visit("saves", None)
        self.shoot("saves")
        self.visit("settings", None)
        self.shoot("settings")


def _open_plan(planner: Planner) -> Planner:
    """Leave units out of a plan until its outcome is open."""
    for unit in sorted(planner.chosen):
        plan = planner.assessment()
        if plan is None or plan.give_way <= SURE or len(planner.chosen) == 1:
            break
        planner.toggle(unit)
    planner.finish()
    return planner


def jpeg_bytes(surface: pygame.Surface) -> bytes:
    """Return a picture as a JPEG file."""
    import pygame

    out = BytesIO()
    pygame.image.save(surface, out, "picture.jpg")
    return out.getvalue()
