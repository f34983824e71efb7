"""Watching the files of a scenario while it is played: a changed one is loaded anew, a wrong one is told with its place.

About once a second the window looks at times and sizes of the files; that takes a fraction of a millisecond and needs no thread.
A change is loaded only when two looks in a row have found the same, so that no file is read while an editor still writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from game.core.errors import GameError
from game.core.paths import data_folder
from game.scenario.bundle import entry_path
from game.scenario.load import load_scenario
from game.ui.dialogs import Answer, Dialog, Dialogs, say
from game.ui.screen import Choice, Screen, Shell
from game.ui.trouble import error_text

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen

PAUSE = 0.7  # between two looks at the files [s]
ENDINGS = (".yaml", ".yml")
Stamp = tuple[tuple[str, int, int], ...]  # file, time of its last change [ns], size [bytes]


class Files:
    """The files that a scenario may consist of: those of its folder, and the rules beside it and of the game."""

    def __init__(self, source: str) -> None:
        """Note how the files stand now; source: id, folder or scenario.yaml."""
        folder = entry_path(source).resolve().parent
        self._folders = tuple(dict.fromkeys((folder, folder.parent / "rules", data_folder("scenarios") / "rules")))
        self._known = self._seen = self.stamp()
        self._wait = PAUSE

    def stamp(self) -> Stamp:
        """Return time and size of every file."""
        found = []
        for folder in self._folders:
            try:
                for path in sorted(folder.iterdir()):
                    if path.suffix in ENDINGS:
                        stat = path.stat()
                        found.append((str(path), stat.st_mtime_ns, stat.st_size))
            except OSError:  # a file or the folder has just gone away: the next look sees what has become of it
                continue
        return tuple(found)

    def changed(self, seconds: float) -> bool:
        """Return whether files have changed and have come to rest; seconds: time since the last call."""
        self._wait -= seconds
        if self._wait > 0:
            return False
        self._wait = PAUSE
        before, self._seen = self._seen, self.stamp()
        if self._seen != before or self._seen == self._known:
            return False
        self._known = self._seen
        return True


@dataclass(frozen=True)
class Sight:
    """How a person looks at the map; it stays when the game begins again."""

    size: tuple[int, int]  # columns and rows of the map
    zoom: int
    left: float
    top: float
    shown: frozenset[str]  # overlays

    def put(self, screen: GameScreen) -> None:
        """Look at another game in the same way."""
        camera = screen.view.camera
        screen.view.shown = set(self.shown)
        if (camera.map.cols, camera.map.rows) == self.size:
            camera.zoom, camera.left, camera.top = self.zoom, self.left, self.top
            camera.clamp()


class Reloader:
    """Begins the game again when the scenario's files have changed, or says what is wrong with them."""

    def __init__(self, shell: Shell, dialogs: Dialogs, source: str) -> None:
        self.shell = shell
        self.dialogs = dialogs
        self.source = source
        scenario = load_scenario(source)
        self._which = (scenario.folder, scenario.id)
        self.files = Files(source)
        self._told: Dialog | None = None

    def update(self, screen: Screen, seconds: float) -> bool:
        """Look at the files when it is time; return whether the picture has changed.

        Nothing is done on screens that show no game of this scenario: the next game is loaded anew in any case.
        """
        if not self.files.changed(seconds):
            return False
        desk: Any = getattr(screen, "desk", None)
        if desk is None or (desk.scenario.folder, desk.scenario.id) != self._which:
            return False
        self._take_back()
        try:
            scenario = load_scenario(self.source)
        except GameError as error:
            self._tell(error)
            return True
        if scenario.digest != desk.scenario.digest:
            self._begin_again(screen, desk)
        return True

    def _begin_again(self, screen: Any, desk: Any) -> None:
        """Go to a new game of the same sides and seed, seen in the same way; the old one, of other files, is not kept."""
        sight = None
        if hasattr(screen, "forget"):
            camera = screen.view.camera
            size = (camera.map.cols, camera.map.rows)
            sight = Sight(size, camera.zoom, camera.left, camera.top, frozenset(screen.view.shown))
            screen.forget()

        def settle(game: GameScreen) -> None:
            if sight:
                sight.put(game)
            game.message = self.shell.texts("reload.again", name=self.shell.texts.name(game.desk.scenario.title))

        self.shell.go("game", Choice(self.source, desk.players, desk.session.seed, settle=settle))

    def _tell(self, error: GameError) -> None:
        texts = self.shell.texts
        text = f"{say(texts, 'reload.goes_on')}\n\n{error_text(texts, error)}"
        close = Answer("close", say(texts, "dialog.close"), lambda: None)
        self._told = Dialog(say(texts, "reload.wrong"), text, (close,), bad=True)
        self.dialogs.show(self._told, first=True)

    def _take_back(self) -> None:
        """Close the last message when it is still shown: the files are other ones now."""
        if self._told in self.dialogs.waiting:
            self.dialogs.waiting.remove(self._told)
        self._told = None

