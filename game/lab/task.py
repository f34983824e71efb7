"""One game of an experiment: what is to be played, and the row of plain values that it leaves.

A row has nothing in it that depends on the machine or the clock, so that the same task gives the same bytes everywhere.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.ai.registry import make_player
from game.core.errors import fail
from game.lab.params import Overrides
from game.model.scenario import Scenario
from game.model.state import LOSSES
from game.model.units import SIDES
from game.play import stats
from game.play.session import Session
from game.rules.engine import fault
from game.scenario.load import load_scenario

Row = dict[str, Any]
FRONTS = 8  # moments of a game whose front is kept, the last one included


@dataclass(frozen=True)
class Fork:
    """A moment of a recorded game from which games go on with other dice."""

    replay: str  # file
    turn: int
    side: int  # whose orders come next
    battle: int = 0  # number of a battle in the turn: go on at that attack; 0 = at the beginning of the side's orders
    skip: bool = False  # leave that attack out


@dataclass(frozen=True)
class Task:
    """A game to be played. It can be sent to another process or machine."""

    number: int  # place in the experiment
    source: str  # scenario: id, folder or scenario.yaml
    seed: int
    players: tuple[str, str]  # Japan's, China's
    overrides: Overrides = ()
    check: bool = False  # look for broken invariants after every phase
    replay: str = ""  # file to write the replay to, "" = none
    fork: Fork | None = None  # go on from here with the task's seed, in place of from the start


@dataclass(frozen=True)
class Done:
    """A task that has been played: its row, and the processor time that it took [s]."""

    number: int
    row: Row
    seconds: float


@lru_cache(maxsize=4)
def scenario_of(source: str, overrides: Overrides) -> Scenario:
    """Return a scenario, kept by each process because experiments play the same ones many times."""
    return load_scenario(source, dict(overrides) or None)


def play_task(task: Task) -> Done:
    """Play a game. An unexpected error of the game is kept in its row, so that the others go on."""
    begun = time.process_time()
    try:
        row = _play(task)
    except MemoryError:
        raise
    except Exception as error:  # a failed game is a result here
        row = {"seed": task.seed, "error": f"{type(error).__name__}: {error}"}
    return Done(task.number, row, time.process_time() - begun)


def play_tasks(tasks: list[Task]) -> list[Done]:
    """Play several games one after another, as a worker does."""
    return [play_task(task) for task in tasks]


class Watcher:
    """Notes during a game what cannot be told from its end: losses turn by turn, some fronts, broken invariants."""

    def __init__(self, scenario: Scenario, check: bool, first: int = 1) -> None:
        """Begin with a turn, 1 unless the game goes on from a fork."""
        turns = scenario.calendar.turns
        self.check = check
        self.first = first
        self.fault = ""
        self.turns = [t for t in front_turns(turns) if t >= first]
        self.losses: list[list[int]] = [[], []]  # by side, total after each turn [men]
        self.fronts: list[str] = []

    def after(self, session: Session) -> None:
        """Note the phase that has just ended."""
        state = session.world.state
        if self.check and not self.fault and (found := fault(session.world)):
            self.fault = f"turn {state.turn}: {found}"
        ended = self.first + len(self.losses[0])
        if not session.over and state.turn <= ended:
            return
        for side in (0, 1):
            self.losses[side].append(sum(stats.losses(session.world, side).values()))
        if ended in self.turns:
            self.fronts.append(pack_control(state.control))


def _play(task: Task) -> Row:
    scenario = scenario_of(task.source, task.overrides)
    watcher = Watcher(scenario, task.check, task.fork.turn if task.fork else 1)
    session = begin_fork(task.fork, scenario, task.seed) if task.fork else Session(scenario, task.seed)
    session.play((make_player(task.players[0]), make_player(task.players[1])), watcher.after)
    if task.replay:
        from game.play.replay import write_replay

        write_replay(session, task.players, Path(task.replay))
    row = stats.summary(session, task.players, 0.0)
    del row["cpu_seconds"]
    row["seed"] = task.seed  # a fork has dice of its own
    row["refused"] = session.refused
    row["shifts"] = [c.days for c in stats.compare(session.world)]
    row["luck"] = _luck(session)
    row["curve"] = {name: watcher.losses[side] for side, name in enumerate(SIDES)}
    row["fronts"] = {"turns": watcher.turns, "held": watcher.fronts}
    if task.check:
        row["fault"] = watcher.fault
    return row


def begin_fork(fork: Fork, scenario: Scenario, seed: int) -> Session:
    """Return a recorded game at a moment, with the dice of another seed from there on; raises DataError and ReplayError."""
    from game.model.orders import Attack
    from game.play.replay import read_replay
    from game.play.rerun import play_to, remaining_orders

    replay = read_replay(Path(fork.replay))
    session = play_to(replay, scenario, fork.turn, None if fork.battle else fork.side)
    if not fork.battle:
        session.world.state.seed = seed
        return session
    count = 0
    for order in remaining_orders(session, replay, fork.turn):
        count += isinstance(order, Attack)
        if count == fork.battle:
            session.world.state.seed = seed
            if not fork.skip:
                session.order(order)
            return session
        session.order(order)
    raise fail("battle", f"turn {fork.turn} has no battle {fork.battle}", fork.replay, hint=f"it has {count}")


def _luck(session: Session) -> dict[str, int]:
    """Return how attacks went against what was expected: attacks, won, chances added up [permille], luck by side."""
    fights = [e for e in session.world.events if e.kind == "battle"]
    return {
        "attacks": len(fights),
        "won": sum(stats.number(e, "beaten") for e in fights),
        "expected": sum(stats.number(e, "expected") for e in fights),
        "japan_attacks": sum(e.side == 0 for e in fights),
        "japan_won": sum(stats.number(e, "beaten") for e in fights if e.side == 0),
        "japan_expected": sum(stats.number(e, "expected") for e in fights if e.side == 0),
    }


def front_turns(turns: int) -> list[int]:
    """Return the turns whose front is kept, spread evenly, the last one included."""
    return sorted({max(1, round(turns * (n + 1) / FRONTS)) for n in range(FRONTS)})


def pack_control(control: npt.NDArray[np.uint8]) -> str:
    """Return (H,) who holds each hex as a short text: the lengths of runs, beginning with hexes that Japan does not hold."""
    edges = np.flatnonzero(np.diff((control == 0).astype(np.int8), prepend=0, append=-1))
    return " ".join(map(str, np.diff(edges, prepend=0).tolist()))


def unpack_control(text: str) -> npt.NDArray[np.bool_]:
    """Return (H,) True where Japan holds a hex, from `pack_control`."""
    runs = np.array(text.split(), np.int64)
    return np.repeat(np.arange(len(runs)) % 2 == 1, runs)


def row_text(row: Row) -> str:
    """Return a row as one line of JSON, the same bytes for the same row."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def losses_of(row: Row, side: int, kinds: tuple[str, ...] = LOSSES) -> int:
    """Return the losses of a side by kinds [men]."""
    return sum(int(row["losses"][SIDES[side]][k]) for k in kinds)
