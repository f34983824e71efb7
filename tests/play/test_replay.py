from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from game.core.errors import DataError, ReplayError
from game.model.orders import End, Move
from game.model.scenario import Scenario
from game.play import replay as replays
from game.play.replay import Replay, game_digest, read_replay, replay_text, write_replay
from game.play.rerun import play_to, resume, verify
from game.play.session import Session

NAMES = ("staff", "random")


def put(folder: Path, text: str | bytes) -> Path:
    path = folder / "game.txt"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.fixture
def replay(tmp_path: Path, recorded: str) -> Replay:
    return read_replay(put(tmp_path, recorded))


def rebuilt(text: str) -> str:
    """Give an edited replay checksums that fit, as a forger would."""
    lines, block, check = [], [], ""
    for line in text.splitlines():
        if line.startswith("check "):
            check = replays._check(check, block)
            lines.append(f"check {check}")
            block = []
        else:
            block.append(line)
            lines.append(line)
    states = [n.split()[1] for n in lines if n.startswith("state ")]
    lines[-1] = f"whole {len(states)} {replays._whole(states, states[-1])}"
    return "\n".join(lines) + "\n"


def turn_of(lines: list[str], at: int) -> int:
    found = [int(n.split()[1]) for n in lines[: at + 1] if n.startswith("turn ")]
    return found[-1] if found else 0


def test_a_replay_reads_back(replay: Replay, finished: Session) -> None:
    assert (replay.scenario, replay.digest, replay.seed) == ("mini", finished.scenario.digest, 1)
    assert replay.players == NAMES
    assert [p.state for p in replay.phases] == [p.digest for p in finished.phases]
    assert [(p.turn, p.side) for p in replay.phases] == [(p.turn, p.side) for p in finished.phases]
    assert replay.whole == game_digest(finished)
    assert replay.turns == finished.scenario.calendar.turns


def test_the_file_is_text_with_a_block_for_each_phase(recorded: str) -> None:
    assert recorded.startswith("ichigo-replay 1\ngame ")
    assert re.search(r"^turn 3 china$", recorded, re.M)
    assert re.search(r"^move \w+ \d{4}(-\d{4})+$", recorded, re.M)


def test_a_written_replay_verifies(tmp_path: Path, finished: Session, mini: Scenario) -> None:
    path = tmp_path / "game.txt"
    write_replay(finished, NAMES, path)
    assert verify(read_replay(path), mini) is None


def test_a_players_name_is_written_as_one_word(tmp_path: Path, finished: Session) -> None:
    for name, written in (("A person\nend", "A_person_end"), ("", "-"), ("x" * 200, "x" * 60)):
        assert read_replay(put(tmp_path, replay_text(finished, (name, "random")))).players == (written, "random")


def test_verify_does_not_ask_the_players(replay: Replay, mini: Scenario) -> None:
    assert verify(dataclasses.replace(replay, players=("nobody", "nobody")), mini) is None


@pytest.mark.parametrize("turn", [1, 3, 7])
def test_a_state_that_differs_is_found_in_its_turn(tmp_path: Path, recorded: str, mini: Scenario, turn: int) -> None:
    block = re.search(rf"^turn {turn} china\n(?:.*\n)*?state (\w+)$", recorded, re.M)
    assert block
    forged = rebuilt(recorded.replace(f"state {block[1]}", f"state {'0' * 32}"))
    difference = verify(read_replay(put(tmp_path, forged)), mini)
    assert difference is not None
    assert (difference.turn, difference.side) == (turn, 1)
    assert block[1] in difference.message


@pytest.mark.parametrize("order", ["move jp_225_inf_regt 0101-0102", "move cn_23_div 0101-0102", "nonsense", "end"])
def test_an_order_that_cannot_be_carried_out_is_a_difference(tmp_path: Path, recorded: str, mini: Scenario, order: str) -> None:
    forged = rebuilt(recorded.replace("turn 4 japan\n", f"turn 4 japan\n{order}\n"))
    difference = verify(read_replay(put(tmp_path, forged)), mini)
    assert difference is not None
    assert (difference.turn, difference.side) == (4, 0)
    assert difference.line > 0


def test_a_phase_without_its_end_is_a_difference(tmp_path: Path, recorded: str, mini: Scenario) -> None:
    head, tail = recorded.split("turn 5 japan\n")
    difference = verify(read_replay(put(tmp_path, rebuilt(head + "turn 5 japan\n" + tail.replace("end\n", "", 1)))), mini)
    assert difference is not None
    assert difference.turn == 5


def test_any_changed_line_is_refused_with_a_turn_near_it(tmp_path: Path, recorded: str) -> None:
    lines = recorded.split("\n")[:-1]
    for at in range(1, len(lines)):
        old = lines[at]
        for new in ("", "end", "turn 99 japan", old + "x", old[:-1], "check " + "0" * 32):
            if new == old:
                continue
            with pytest.raises(ReplayError) as caught:
                read_replay(put(tmp_path, "\n".join([*lines[:at], new, *lines[at + 1 :]]) + "\n"))
            assert caught.value.problems[0].line >= 1
            named = re.search(r"in turn (\d+)|before turn 1", str(caught.value))
            assert named
            assert int(named[1] or 0) in {turn_of(lines, at), turn_of(lines, at - 1), 99}


def test_a_file_cut_anywhere_is_refused_with_the_turn(tmp_path: Path, recorded: str) -> None:
    for length in range(len("ichigo-replay "), len(recorded), 7):
        text = recorded[:length]
        with pytest.raises(ReplayError) as caught:
            read_replay(put(tmp_path, text))
        turn = turn_of([n for n in text.split("\n") if re.fullmatch(r"turn \d+ \w+", n)], 10_000)
        assert (f"in turn {turn}" if turn else "before turn 1") in str(caught.value)


def test_swapped_blocks_and_added_lines_are_refused(tmp_path: Path, recorded: str) -> None:
    blocks = re.split(r"(?<=\n)(?=turn )", recorded)
    swapped = "".join([blocks[0], blocks[2], blocks[1], *blocks[3:]])
    for text in (swapped, recorded + "more\n", recorded + "\n", recorded.replace("turn 2 japan\n", "turn 2 japan\n\n")):
        with pytest.raises(ReplayError, match="turn"):
            read_replay(put(tmp_path, text))


def test_bytes_that_are_no_text_are_refused_with_the_turn(tmp_path: Path, recorded: str) -> None:
    raw = recorded.encode().replace(b"turn 3 japan\n", b"turn 3 japan\n\xff\xfe")
    with pytest.raises(ReplayError, match="in turn 3"):
        read_replay(put(tmp_path, raw))


def test_what_is_no_replay_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for content in (b"", b"\x00\x01", b"hello\n", b"ichigo-save 1\n"):
        with pytest.raises(DataError, match="no replay"):
            read_replay(put(tmp_path, content))
    with pytest.raises(DataError, match="folder"):
        read_replay(tmp_path)
    with pytest.raises(DataError, match="no such file"):
        read_replay(tmp_path / "none.txt")
    monkeypatch.setattr(replays, "LIMIT", 4)
    with pytest.raises(DataError, match="at most"):
        read_replay(put(tmp_path, b"ichigo-replay 1\n"))


def test_another_format_is_refused_with_both_numbers(tmp_path: Path, recorded: str) -> None:
    with pytest.raises(DataError, match=r"format 7 .*reads 1"):
        read_replay(put(tmp_path, recorded.replace("ichigo-replay 1", "ichigo-replay 7", 1)))


def test_another_version_of_the_scenario_is_refused_with_both_digests(replay: Replay, mini: Scenario) -> None:
    other = dataclasses.replace(replay, digest="0" * 32)
    with pytest.raises(DataError) as caught:
        verify(other, mini)
    assert "0" * 32 in str(caught.value)
    assert mini.digest in str(caught.value)


def test_a_moment_of_a_replay_has_the_recorded_state(replay: Replay, mini: Scenario) -> None:
    for before, phase in zip(replay.phases, replay.phases[1:], strict=False):
        world = play_to(replay, mini, phase.turn, phase.side).world
        assert (world.state.turn, world.state.side) == (phase.turn, phase.side)
        assert world.state.digest() == before.state


def test_the_end_of_a_replay_is_one_turn_past_the_last(replay: Replay, mini: Scenario) -> None:
    session = play_to(replay, mini, replay.turns + 1)
    assert session.over
    assert game_digest(session) == replay.whole


@pytest.mark.parametrize("turn", [0, -1, 9, 100])
def test_a_turn_that_the_replay_lacks_is_refused(replay: Replay, mini: Scenario, turn: int) -> None:
    with pytest.raises(DataError, match=f"no turn {turn}"):
        play_to(replay, mini, turn)


def test_an_unfinished_game_is_resumed_in_the_middle_of_a_phase(tmp_path: Path, finished: Session, mini: Scenario) -> None:
    session = Session(mini, 1)
    for phase in finished.phases[:4]:
        for order in phase.orders:
            session.order(order)
    orders = finished.phases[4].orders
    some = orders[: next(n for n, o in enumerate(orders) if isinstance(o, Move)) + 1]
    for order in some:
        session.order(order)
    path = put(tmp_path, replay_text(session, NAMES))
    again = resume(read_replay(path), mini)
    assert again.digest() == session.digest()
    assert [p.orders for p in again.phases] == [p.orders for p in session.phases]
    session.order(End())
    again.order(End())
    assert game_digest(again) == game_digest(session)


def test_a_replay_is_written_whole_or_not_at_all(tmp_path: Path, finished: Session) -> None:
    with pytest.raises(DataError):
        write_replay(finished, NAMES, tmp_path / "no" / "game.txt")
    with pytest.raises(DataError):
        write_replay(finished, NAMES, tmp_path)
    assert list(tmp_path.iterdir()) == []
