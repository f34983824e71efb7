"""Playing games for the commands: load, play, take the time; in this process or in others."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from game.ai.registry import make_player
from game.model.scenario import Scenario
from game.play.session import Session

Names = tuple[str, str]


@dataclass(frozen=True)
class Outcome:
    """What a game in a worker process came to. An unexpected error of the game is kept as text, not raised."""

    seed: int
    summary: dict[str, Any]  # empty after an error
    shifts: tuple[int | None, ...]  # per row of the record: days later than recorded, None = did not happen
    refused: int  # illegal orders that the players tried to give
    fault: str  # first broken invariant, if asked for
    error: str


def play(scenario: Scenario, seed: int, names: Names, after: Callable[[Session], None] | None = None) -> tuple[Session, float]:
    """Play a game to its end with (Japan's, China's) player; return it and the processor time of the play [s]."""
    players = make_player(names[0]), make_player(names[1])
    begun = time.process_time()
    session = Session(scenario, seed)
    session.play(players, after)
    return session, time.process_time() - begun


def play_one(path_or_id: str, seed: int, names: Names, check: bool) -> Outcome:
    """Load and play a game; with `check` look for broken invariants after every phase."""
    from game.play.stats import compare, summary
    from game.rules.engine import fault
    from game.scenario.load import load_scenario

    faults: list[str] = []

    def look(session: Session) -> None:
        found = fault(session.world)
        if found and not faults:
            faults.append(f"turn {session.world.state.turn}: {found}")

    try:
        session, seconds = play(load_scenario(path_or_id), seed, names, look if check else None)
    except Exception as error:  # a failed game is a result here: the others go on
        return Outcome(seed, {}, (), 0, "", f"{type(error).__name__}: {error}")
    shifts = tuple(row.days for row in compare(session.world))
    return Outcome(seed, summary(session, names, seconds), shifts, session.refused, faults[0] if faults else "", "")


def play_many(path_or_id: str, seeds: range, names: Names, check: bool, workers: int = 2) -> list[Outcome]:
    """Play one game for each seed in worker processes; return them in the order of the seeds."""
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_leave_interrupts) as pool:
        tasks = [pool.submit(play_one, path_or_id, seed, names, check) for seed in seeds]
        try:
            return [task.result() for task in tasks]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the process that started the workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
