"""The start screen: which scenario, which side, against whom; and the ways to everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.ai.registry import player_names
from game.ui import startdraw
from game.ui.briefing import BriefingScreen
from game.ui.desk import PERSON
from game.ui.dialogs import Answer, Dialog
from game.ui.library import Entry, Saved, entry_of, newest_game, scenario_names
from game.ui.screen import Choice, Shell
from game.ui.trouble import error_text

if TYPE_CHECKING:
    import pygame

SIDES = ("japan", "china", "both", "none")
LONGEST_SEED = 15  # digits


def players_of(side: str, opponent: str) -> tuple[str, str]:
    """Return (Japan's, China's) player for a choice of side and opponent."""
    japan = PERSON if side in ("japan", "both") else opponent
    china = PERSON if side in ("china", "both") else opponent
    return japan, china


class StartScreen:
    """Lists the scenarios and asks for side, opponent and seed."""

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        # one scenario is loaded in every frame, so that the window is there at once
        self._todo = scenario_names()
        self.entries: list[Entry] = []
        self.chosen = ""
        self.side = "japan"
        self.opponent = player_names()[0]
        self.seed = "1"
        self.typing = False  # keys go into the seed
        self.top = 0  # first scenario that is shown
        self.newest: Saved | None = None
        self._looked = False

    # -- choosing --------------------------------------------------------------------------------------------------
    def event(self, event: pygame.event.Event) -> None:
        """Answer to keys and clicks."""
        import pygame

        if event.type == pygame.MOUSEBUTTONDOWN and event.button == 1:
            self.typing = False
            self.shell.brush.click(*event.pos)
        elif event.type == pygame.MOUSEWHEEL:
            self.top = min(max(0, self.top - event.y), max(0, len(self.entries) - 1))
        elif event.type == pygame.KEYDOWN:
            if self.typing:
                self._type(event.key, event.unicode)
            else:
                self._key(event.key)

    def _key(self, key: int) -> None:
        import pygame

        moves = {
            pygame.K_UP: lambda: self._move(-1), pygame.K_DOWN: lambda: self._move(1),
            pygame.K_LEFT: lambda: self._turn_side(-1), pygame.K_RIGHT: lambda: self._turn_side(1),
            pygame.K_RETURN: self.begin, pygame.K_KP_ENTER: self.begin, pygame.K_o: self._next_opponent,
            pygame.K_n: self.edit_seed, pygame.K_t: self.tutorial, pygame.K_c: self.resume, pygame.K_l: self.saves,
            pygame.K_r: self.replays, pygame.K_g: self.shell.switch, pygame.K_z: self.shell.larger_text,
            pygame.K_s: self.settings, pygame.K_F1: self.help,
        }  # fmt: skip
        if key in moves:
            moves[key]()

    def _type(self, key: int, letter: str) -> None:
        """Put a digit into the seed, or leave it."""
        import pygame

        if key == pygame.K_BACKSPACE:
            self.seed = self.seed[:-1]
        elif key in (pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_ESCAPE, pygame.K_TAB):
            self.typing = False
            self.seed = str(int(self.seed or "1"))
        elif letter.isascii() and letter.isdigit() and len(self.seed) < LONGEST_SEED:
            self.seed += letter

    def update(self, seconds: float) -> bool:
        """Load the next scenario of the list, look for the newest game, take new pictures."""
        changed = self.shell.pictures.poll() if self.shell.pictures else False
        if self._todo:
            self.entries.append(entry_of(self._todo.pop(0)))
            if not self.chosen and self.entries[-1].scenario:
                self.chosen = self.entries[-1].id
            return True
        if not self._looked:
            self._looked = True
            self.newest = newest_game(self.shell.saves)
            if self.shell.pictures:
                for entry in self.entries:
                    self.shell.pictures.expect(entry.id, self.shell.texts.lang)
            return True
        return changed

    @property
    def entry(self) -> Entry | None:
        """Return the chosen scenario's entry."""
        return next((e for e in self.entries if e.id == self.chosen), None)

    def _move(self, by: int) -> None:
        names = [e.id for e in self.entries]
        if self.chosen in names:
            self.chosen = names[(names.index(self.chosen) + by) % len(names)]

    def choose(self, name: str) -> None:
        """Choose a scenario."""
        self.chosen = name

    def take(self, side: str) -> None:
        """Choose a side."""
        self.side = side

    def _turn_side(self, by: int) -> None:
        self.side = SIDES[(SIDES.index(self.side) + by) % len(SIDES)]

    def against(self, opponent: str) -> None:
        """Choose the computer player."""
        self.opponent = opponent

    def _next_opponent(self) -> None:
        names = player_names()
        self.opponent = names[(names.index(self.opponent) + 1) % len(names)]

    def edit_seed(self) -> None:
        """Let keys go into the seed."""
        self.typing, self.seed = True, ""

    def new_seed(self) -> None:
        """Choose another seed by lot; the game itself throws no dice but its own, this only picks its seed."""
        import secrets

        self.seed, self.typing = str(secrets.randbelow(999_999) + 1), False

    # -- going on --------------------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Go on to the briefing of the chosen scenario; say what is wrong with one that cannot be used."""
        entry = self.entry
        if entry is None:
            return
        if entry.error is not None:
            self.shell.tell(error_text(self.shell.texts, entry.error))
            return
        self.shell.go("briefing", Choice(self.chosen, players_of(self.side, self.opponent), int(self.seed or "1")))

    def tutorial(self) -> None:
        """Begin the tutorial."""
        self.shell.go("tutorial", None)

    def resume(self) -> None:
        """Go on with the game that was saved last."""
        if self.newest is not None:
            self.shell.go("load", Choice("", (PERSON, PERSON), load=self.newest.path))

    def saves(self) -> None:
        """Show the saved games."""
        self.shell.go("saves", None)

    def replays(self) -> None:
        """Show the replays."""
        self.shell.go("replays", None)

    def settings(self) -> None:
        """Show the settings."""
        self.shell.go("settings", None)

    def help(self) -> None:
        """Show the keys."""
        self.shell.go("help", None)

    def quit(self) -> None:
        """End the program."""
        self.shell.go("quit", None)

    def draw(self, target: pygame.Surface) -> None:
        """Draw the screen."""
        startdraw.draw(self, target)

    def close(self) -> None:
        """Nothing works in the background."""


def tutorial_offer(shell: Shell, again: Callable[[], None]) -> Dialog:
    """Return the dialog that offers the tutorial at the first start; again: shows it once more, in the other language."""
    texts = shell.texts

    def switch() -> None:
        shell.switch()
        again()

    answers = (
        Answer("offer_tutorial", texts("start.tutorial"), lambda: shell.go("tutorial", None)),
        Answer("offer_language", texts("start.language"), switch),
        Answer("offer_later", texts("offer.later"), lambda: None),
    )
    return Dialog(texts("offer.title"), texts("offer.text"), answers)


__all__ = ["BriefingScreen", "StartScreen", "players_of", "tutorial_offer"]
