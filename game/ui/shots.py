"""Pictures of the window's main screens, made without a display: for the handbook and to look at what was drawn."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from game.core.files import write_whole
from game.ui.app import App
from game.ui.desk import PERSON
from game.ui.gamescreen import GameScreen
from game.ui.picture import png_bytes
from game.ui.planner import Planner
from game.ui.screen import Choice
from game.ui.startscreen import StartScreen


def make_shots(
    folder: Path, scenario: str, langs: tuple[str, ...], size: tuple[int, int], tick: Callable[[Path], None]
) -> None:
    """Write a picture of each screen into a folder; tick is told of every file."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    with TemporaryDirectory() as saves:
        for lang in langs:
            app = App(lang, size, Path(saves), hurry=True)
            app.open()
            try:
                _tour(app, folder, scenario, lang, tick)
            finally:
                app.close()


def _tour(app: App, folder: Path, scenario: str, lang: str, tick: Callable[[Path], None]) -> None:
    def shoot(name: str) -> None:
        app.draw()
        path = folder / f"{name}_{lang}.png"
        write_whole(path, png_bytes(app.window))
        tick(path)

    while app.screen.update(0):
        pass
    if isinstance(app.screen, StartScreen):
        app.screen.choose(scenario)
    shoot("start")
    choice = Choice(scenario, (PERSON, "staff"))
    _visit(app, "briefing", choice)
    shoot("briefing")
    _visit(app, "game", choice)
    game = app.screen
    assert isinstance(game, GameScreen)
    game.select(game.desk.step(1))
    game.view.camera.centre_on(game.desk.world.state.hex[game.desk.selected])
    found = game.desk.reach()
    game.hover = int(found[0].argmax()) if found else -1
    game.opened = {"ready", "supply"}
    shoot("map")
    game.toggle("supply")
    shoot("supply")
    game.toggle("supply")
    game.toggle("zones")
    game.toggle("sight")
    game.toggle("objectives")
    shoot("overlays")
    for name in ("zones", "sight", "objectives"):
        game.toggle(name)
    _fight(app, game)
    shoot("attack")
    game.cancel()
    for zoom in (0, 2, 6):
        game.view.camera.zoom_by(zoom - game.view.camera.zoom, (game.view.camera.width / 2, game.view.camera.height / 2))
        shoot(f"zoom{zoom}")
    game.view.camera.zoom_by(-2, (game.view.camera.width / 2, game.view.camera.height / 2))
    game.ask_end()
    shoot("end_turn")


def _visit(app: App, name: str, what: object) -> None:
    app.go(name, what)
    app.frame(0.0)


def _fight(app: App, game: GameScreen) -> None:
    """Open the planner on the enemy against whom most units can join; play on to a turn in which one can be attacked."""
    for _ in range(12):
        if game.desk.session.over:
            return
        targets = [c.hex for c in game.desk.view.contacts() if game.desk.attackers(c.hex)]
        if targets:
            best = max(targets, key=lambda h: (len(game.desk.attackers(h)), -h))
            game.view.camera.centre_on(best)
            game.planner = Planner(game.desk, best)
            return
        game.end_turn()
        while game.busy:
            app.frame(1.0)
            if game is not app.screen:
                return
