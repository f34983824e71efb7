"""The tape of a replay: every moment restored from its keyframe is the moment as it was played."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.model.scenario import Scenario
from game.model.state import LOSSES
from game.play import stats
from game.play.replay import Replay, read_replay, replay_text, write_replay
from game.play.session import Session
from game.play.tape import Spot, Tape, against_odds, as_expected, recorded_places


@pytest.fixture(scope="session")
def replay(recorded: str, tmp_path_factory: pytest.TempPathFactory) -> Replay:
    path = tmp_path_factory.mktemp("tape") / "game.ichigo"
    path.write_text(recorded)
    return read_replay(path)


@pytest.fixture(scope="session")
def tape(replay: Replay, mini: Scenario) -> Tape:
    made = Tape(replay, mini)
    for _ in made.wind():
        pass
    return made


def test_every_phase_ends_in_the_state_that_is_recorded(tape: Tape) -> None:
    assert len(tape.chapters) == len(tape.replay.phases)
    for n, phase in reversed(list(enumerate(tape.replay.phases))):
        assert tape.world_at(tape.end_of(n)).state.digest() == phase.state


def test_orders_played_from_every_keyframe_lead_to_the_next(tape: Tape) -> None:
    for n, phase in enumerate(tape.replay.phases):
        events = [e for k in range(1, tape.orders(n) + 1) for e in tape.passage(Spot(n, k)).events]
        assert tape.world_at(tape.end_of(n)).state.digest() == phase.state
        first = 0 if n else tape.chapters[0].events.index(events[0])  # the first chapter tells of the beginning too
        assert tuple(events) == tape.chapters[n].events[first:]


def test_a_moment_within_a_phase_does_not_depend_on_the_way_there(tape: Tape) -> None:
    phase = max(range(len(tape.chapters)), key=tape.orders)
    middle = Spot(phase, tape.orders(phase) // 2)
    forwards = tape.world_at(middle).state.digest()
    tape.world_at(tape.end_of(phase))
    assert tape.world_at(middle).state.digest() == forwards
    assert tape.world_at(Spot(phase, 0)).state.digest() != forwards


def test_the_last_figures_are_those_of_the_game(tape: Tape, finished: Session) -> None:
    last = tape.chapters[-1].figures
    for side in (0, 1):
        assert last.men[side] == stats.men(finished.world, side)["present"]
        assert last.losses[side] == tuple(stats.losses(finished.world, side)[k] for k in LOSSES)
    assert last.net == stats.outcome(finished.world)["points"]["net"]
    assert tape.figures_at(tape.last) is last
    assert tape.figures_at(Spot(0, 0)) is tape.opening
    assert tape.figures_at(Spot(1, 0)) is tape.chapters[0].figures


def test_captures_stand_beside_the_record_as_in_the_comparison(tape: Tape, finished: Session) -> None:
    taken = [t for c in tape.chapters for t in c.taken]
    assert [(t.place, t.side, t.date, t.turn) for t in taken] == [
        (c.place, c.side, c.date, c.turn) for c in stats.captures(finished.world)
    ]
    compared = {(r.recorded.place, r.recorded.side, r.played): r.days for r in stats.compare(finished.world) if r.played}
    assert compared == {(t.place, t.side, t.date): t.late for t in taken if t.recorded}


def test_destroyed_units_and_battles_are_found_in_their_chapters(tape: Tape, finished: Session) -> None:
    gone = {x.unit for c in tape.chapters for x in c.lost}
    assert gone == {u for u, s in enumerate(finished.world.state.status) if s == 2}
    battles = [e for c in tape.chapters for e in c.events if e.kind == "battle"]
    assert len(battles) == sum(len(c.fallen) for c in tape.chapters) == len(stats.battles(finished.world))
    for e in battles:
        likely = as_expected(e)
        assert not (likely and against_odds(e))
        sure = dataclasses.replace(e, data={**e.data, "expected": 1000 if e.data["beaten"] else 0})
        assert as_expected(sure) and not against_odds(sure)
        surprise = dataclasses.replace(e, data={**e.data, "expected": 0 if e.data["beaten"] else 1000})
        assert against_odds(surprise) and not as_expected(surprise)


@pytest.mark.parametrize("share", [0.0, 0.4, 1.0])
def test_a_game_taken_from_a_moment_can_be_saved_read_and_played_on(tape: Tape, tmp_path: Path, share: float) -> None:
    from game.ai.random_player import RandomPlayer
    from game.play.rerun import resume

    phase = int(share * (len(tape.chapters) - 2))
    spot = Spot(phase, tape.orders(phase) // 2)
    session = tape.session_at(spot)
    assert session.world.state.digest() == tape.world_at(spot).state.digest()
    write_replay(session, ("person", "staff"), tmp_path / "on.ichigo")
    again = resume(read_replay(tmp_path / "on.ichigo"), tape.scenario)
    assert again.world.state.digest() == session.world.state.digest()
    assert [e for e in again.world.events] == session.world.events
    for one in (session, again):
        one.play_phase(RandomPlayer())
    assert replay_text(session, ("a", "b")) == replay_text(again, ("a", "b"))


def test_the_end_of_a_game_can_be_taken_too(tape: Tape, finished: Session) -> None:
    session = tape.session_at(tape.last)
    assert session.over
    assert replay_text(session, ("staff", "random")) == replay_text(finished, ("staff", "random"))


def test_a_game_saved_in_the_middle_of_a_phase_can_be_wound_and_played_on(tape: Tape, tmp_path: Path) -> None:
    for spot in (Spot(0, 0), Spot(3, 0), Spot(2, tape.orders(2) - 1)):
        write_replay(tape.session_at(spot), ("a", "b"), tmp_path / "open.ichigo")
        opened = Tape(read_replay(tmp_path / "open.ichigo"), tape.scenario)
        for _ in opened.wind():
            pass
        assert not opened.replay.phases[-1].closed
        assert opened.last == spot
        assert opened.world_at(opened.last).state.digest() == tape.world_at(spot).state.digest()
        assert replay_text(opened.session_at(opened.last), ("a", "b")) == (tmp_path / "open.ichigo").read_text()


def test_moments_not_wound_yet_are_clamped(replay: Replay, mini: Scenario) -> None:
    fresh = Tape(replay, mini)
    assert fresh.clamp(Spot(3, 2)) == fresh.start
    winding = fresh.wind()
    next(winding)
    next(winding)
    assert fresh.last == fresh.end_of(1)
    assert fresh.clamp(Spot(9, 0)) == fresh.last
    assert fresh.clamp(Spot(0, 9999)) == fresh.end_of(0)


def test_a_difference_stops_the_tape_and_is_told(replay: Replay, mini: Scenario) -> None:
    phases = list(replay.phases)
    phases[2] = dataclasses.replace(phases[2], state="0" * 32)
    broken = Tape(dataclasses.replace(replay, phases=tuple(phases)), mini)
    assert len(list(broken.wind())) == 2
    assert broken.difference is not None
    assert (broken.difference.turn, broken.difference.side) == (phases[2].turn, phases[2].side)
    assert broken.last == broken.end_of(1)


def test_another_version_of_the_scenario_is_refused(replay: Replay, mini: Scenario) -> None:
    with pytest.raises(DataError, match="the scenario installed is"):
        Tape(dataclasses.replace(replay, digest="0" * 32), mini)


def test_history_holds_what_the_record_says(mini: Scenario) -> None:
    steps = recorded_places(mini)
    assert steps[0][0] == mini.calendar.start
    assert [d for d, _ in steps] == sorted(d for d, _ in steps)
    assert len(steps) == 1 + sum(mini.map.place_by_id[r.place].hex >= 0 for r in mini.record)
