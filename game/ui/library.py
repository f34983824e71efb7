"""What the menu lists: the scenarios that can be played, the games that were saved, the replays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from game.core.errors import GameError, fail
from game.model.scenario import Scenario
from game.play.replay import Replay, read_replay
from game.play.rerun import scenario_of
from game.scenario.load import find_scenarios, load_scenario
from game.ui.desk import PERSON

ENDING = ".ichigo"
UNKNOWN, CHANGED = "unknown", "changed"  # why a saved game cannot be loaded: texts trouble_of.*
FIRST = "first_steps"  # the scenario to learn with, listed first


@dataclass(frozen=True)
class Entry:
    """A scenario of the list: loaded, or the error of why it cannot be used."""

    id: str
    scenario: Scenario | None
    error: GameError | None = None

    @property
    def trouble(self) -> str:
        """Return why it cannot be used, "" = it can."""
        return str(self.error) if self.error else ""


@dataclass(frozen=True)
class Saved:
    """A saved game or replay as the list shows it."""

    path: Path
    when: datetime
    size: int  # [bytes]
    replay: Replay | None
    scenario: Scenario | None  # None = not known or not usable
    trouble: str  # why it cannot be loaded, "" = it can

    @property
    def persons(self) -> tuple[int, ...]:
        """Return the sides that persons play."""
        return tuple(s for s in (0, 1) if self.replay and self.replay.players[s] == PERSON)


def scenario_names() -> list[str]:
    """Return the ids of the scenarios, the one to learn with first."""
    return sorted((name for name, _ in find_scenarios()), key=lambda name: (name != FIRST, name))


def entry_of(name: str) -> Entry:
    """Return a scenario of the list; it is read anew only when one of its files has changed."""
    return _entry(name, _stamp(name))


def playable(name: str) -> Scenario:
    """Return a scenario by its id or path, read anew only when that is needed; raises GameError when it cannot be used."""
    if name not in scenario_names():
        return load_scenario(name)
    entry = entry_of(name)
    if entry.scenario is None:
        raise entry.error or fail("scenario", "the scenario cannot be used")
    return entry.scenario


@lru_cache(maxsize=32)
def _entry(name: str, stamp: tuple[tuple[str, int], ...]) -> Entry:
    try:
        return Entry(name, load_scenario(name))
    except GameError as error:
        return Entry(name, None, error)


def _stamp(name: str) -> tuple[tuple[str, int], ...]:
    """Return the files of a scenario's folder with their times."""
    folder = next((path.parent for known, path in find_scenarios() if known == name), None)
    if folder is None:
        return ()
    return tuple(sorted((p.name, p.stat().st_mtime_ns) for p in folder.iterdir() if p.is_file()))


def saved_files(folder: Path) -> list[Path]:
    """Return the saved games of a folder, the newest first; none when it cannot be read."""
    found: list[tuple[int, Path]] = []
    try:
        for path in sorted(folder.glob(f"*{ENDING}")):
            if path.is_file():
                found.append((path.stat().st_mtime_ns, path))
    except OSError:
        return []
    return [path for _, path in sorted(found, key=lambda row: -row[0])]


def replay_folder(saves: Path) -> Path:
    """Return where replays are kept: beside the saved games."""
    return saves.parent / "replays"


def read_saved(path: Path) -> Saved:
    """Return what the list shows of a file; a damaged one with the reason."""
    try:
        stat = path.stat()
        when, size = datetime.fromtimestamp(stat.st_mtime), stat.st_size
    except OSError as error:
        return Saved(path, datetime.fromtimestamp(0), 0, None, None, error.strerror or str(error))
    try:
        replay = read_replay(path)
    except GameError as error:
        return Saved(path, when, size, None, None, error.problems[0].message)
    return Saved(path, when, size, replay, *_usable(replay))


def _usable(replay: Replay) -> tuple[Scenario | None, str]:
    """Return a replay's scenario, and why the two do not go together ("" = they do; UNKNOWN and CHANGED are words of texts)."""
    if replay.folder or replay.changed:
        try:
            return scenario_of(replay), ""
        except GameError as error:
            return None, error.problems[0].message
    if replay.scenario not in scenario_names():
        return None, UNKNOWN
    entry = entry_of(replay.scenario)
    if entry.scenario is None:
        return None, entry.error.problems[0].message if entry.error else ""
    if entry.scenario.digest != replay.digest:
        return entry.scenario, CHANGED
    return entry.scenario, ""


def newest_game(folder: Path) -> Saved | None:
    """Return the newest saved game that a person plays and that can be loaded."""
    for path in saved_files(folder):
        found = read_saved(path)
        if found.persons and not found.trouble:
            return found
    return None
