"""Which screen answers to which name, and the messages that wait at the start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from game.ui import fonts, style
from game.ui.briefing import BriefingScreen
from game.ui.library import saved_files
from game.ui.loadscreen import LoadScreen
from game.ui.screen import Screen, Shell
from game.ui.settings import NAME, config_folder
from game.ui.settingsscreen import SettingsScreen
from game.ui.startscreen import StartScreen


def make_screen(shell: Shell, name: str, what: Any, size: tuple[int, int]) -> Screen:
    """Return the screen of a name; raises GameError when what it should show cannot be used.

    The large screens are loaded when they are needed: the menu is there sooner without them.

    Names: start, briefing, game and load (with a Choice), tutorial, replay (with a file), result (with a desk), saves,
    replays, settings, help.
    """
    if name == "briefing":
        return BriefingScreen(shell, what)
    if name in ("game", "load"):
        from game.ui.gamescreen import GameScreen

        made = GameScreen(shell, what, size)
        if what.settle is not None:
            what.settle(made)
        return made
    if name == "tutorial":
        from game.ui.tutorialscreen import TutorialScreen

        return TutorialScreen(shell, size)
    if name == "replay":
        from game.ui.replayscreen import ReplayScreen

        return ReplayScreen(shell, what, size)
    if name == "result":
        from game.ui.resultscreen import ResultScreen

        return ResultScreen(shell, what)
    if name in ("saves", "replays"):
        return LoadScreen(shell, name == "replays")
    if name == "settings":
        return SettingsScreen(shell)
    if name == "help":
        from game.ui.helpscreen import HelpScreen

        return HelpScreen(shell)
    return StartScreen(shell)


def is_first_start(config: Path | None, saves: Path) -> bool:
    """Return whether the player has neither settings nor saved games yet."""
    return not ((config or config_folder()) / NAME).exists() and not saved_files(saves)


def notices(shell: Shell) -> list[str]:
    """Return what was found wrong with files that the game can do without, in the order in which it was found."""
    found = [getattr(shell.texts, "trouble", ""), *fonts.PROBLEMS, *getattr(style, "problems", [])]
    return [message for message in found if message]
