"""Playing a recorded game again: to check it, to stand at one of its moments, or to go on from its end.

The players are not asked; only the recorded orders count, and after each phase the state must have the recorded fingerprint.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from game.core.errors import GameError, Problem, ReplayError, fail
from game.model.orders import Order
from game.model.scenario import Scenario
from game.model.units import SIDES
from game.play import ordertext
from game.play.replay import Recorded, Replay
from game.play.session import Session


@dataclass(frozen=True)
class Difference:
    """The first point where re-running the orders does not give what the replay records."""

    turn: int
    side: int
    message: str
    line: int

    def __str__(self) -> str:
        return f"turn {self.turn}, {SIDES[self.side]}: {self.message}"


def source_of(replay: Replay) -> str:
    """Return where a replay's scenario lies: its folder, or the id of one of the game's own."""
    return replay.folder if Path(replay.folder, "scenario.yaml").is_file() else replay.scenario


def scenario_of(replay: Replay, source: str | Path = "") -> Scenario:
    """Return the scenario that a replay was played on, with the values of the rules that were changed for it.

    Args:
        replay: the replay.
        source: where the scenario lies, when it is none of the game's own.

    Raises:
        DataError: the scenario is missing, or is another version.
    """
    from game.scenario.load import load_scenario

    found = load_scenario(source or source_of(replay), dict(replay.changed))
    check_scenario(replay, found)
    return found


def check_scenario(replay: Replay, scenario: Scenario) -> None:
    """Raise DataError when a replay was played on another version of its scenario."""
    if (replay.scenario, replay.digest) == (scenario.id, scenario.digest):
        return
    raise fail(
        "replay_scenario",
        f"the replay was played on {replay.scenario} {replay.digest}; the scenario installed is {scenario.id} {scenario.digest}",
        replay.path, 3, 1,
        hint="use the game and scenario files that it was played with, or play the game again",
    )  # fmt: skip


def rerun(replay: Replay, scenario: Scenario) -> Iterator[tuple[Session, Recorded, Difference | None]]:
    """Play a replay's orders again; yield after each phase the session, the phase and what differs from the record.

    Stops after the first difference. The players are not asked: only the recorded orders count.
    """
    check_scenario(replay, scenario)
    session = Session(scenario, replay.seed)
    for phase in replay.phases:
        difference = _play(session, phase)
        yield session, phase, difference
        if difference:
            return


def _play(session: Session, recorded: Recorded) -> Difference | None:
    def differs(what: str, line: int) -> Difference:
        return Difference(recorded.turn, recorded.side, what, line)

    phase = session.phases[-1]
    if session.over or (phase.turn, phase.side) != (recorded.turn, recorded.side):
        now = "the game is over" if session.over else f"it is turn {phase.turn}, {SIDES[phase.side]}"
        return differs(f"the replay has orders for this phase, but {now}", recorded.line)
    for text, line in zip(recorded.orders, recorded.lines, strict=True):
        if phase.digest:
            return differs(f"the order {text[:120]!r} follows the end of the phase", line)
        try:
            session.order(ordertext.read(text, session.scenario))
        except GameError as error:
            return differs(f"the order {text[:120]!r} is refused: {error.problems[0].message}", line)
    if recorded.closed != bool(phase.digest):
        return differs(
            "the phase is not ended by its orders" if recorded.closed else "the phase is ended by its orders", recorded.line
        )
    digest = phase.digest or session.digest()
    if digest != recorded.state:
        return differs(f"the state after it is {digest}, recorded is {recorded.state}", recorded.line)
    return None


def verify(replay: Replay, scenario: Scenario) -> Difference | None:
    """Return the first difference between a replay and its orders played again, or None when all is as recorded."""
    for _, _, difference in rerun(replay, scenario):
        if difference:
            return difference
    return None


def play_to(replay: Replay, scenario: Scenario, turn: int, side: int | None = None) -> Session:
    """Return the session at the moment when a side may give its first order of a turn (None = the side that moves first).

    One turn past the last gives the end of the game. Raises DataError for a turn or side that the replay does not reach and
    ReplayError where it does not lead to the states it records.
    """
    check_scenario(replay, scenario)
    session = Session(scenario, replay.seed)
    goal = (turn, scenario.calendar.first if side is None else side)
    for recorded in replay.phases:
        if turn < 1 or turn > replay.turns + 1 or _at(session) == goal:
            break
        _step(session, recorded, replay)
    last = session.world.state.turn
    if _at(session) == goal or (session.over and turn == last + 1):
        return session
    raise fail("turn", f"the replay has no turn {turn}", replay.path, hint=f"it runs from turn 1 to turn {replay.turns}")


def _at(session: Session) -> tuple[int, int] | None:
    state = session.world.state
    return None if state.over else (state.turn, state.side)


def _step(session: Session, recorded: Recorded, replay: Replay) -> None:
    difference = _play(session, recorded)
    if difference:
        raise ReplayError([Problem("replay_differs", str(difference), replay.path, difference.line, 1, "see the command verify")])


def resume(replay: Replay, scenario: Scenario) -> Session:
    """Return the session where a replay ends, in the middle of a phase if it was written there; raises ReplayError."""
    check_scenario(replay, scenario)
    session = Session(scenario, replay.seed)
    for recorded in replay.phases:
        _step(session, recorded, replay)
    return session


def remaining_orders(session: Session, replay: Replay, turn: int) -> Iterator[Order]:
    """Yield the orders that a replay still has for a session up to the end of a turn; the caller carries each one out."""
    for recorded in replay.phases[len(session.phases) - 1 :]:
        if recorded.turn > turn:
            return
        for text in recorded.orders:
            yield ordertext.read(text, session.scenario)
