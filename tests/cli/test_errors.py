"""Bad input: one clear message, exit code 2, no traceback, nothing half-written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import MINI, ROOT, Ran

Run = Callable[..., Ran]


def refused(ran: Ran, *words: str) -> None:
    assert ran.code == 2, (ran.out, ran.err)
    assert ran.out == ""
    assert "Traceback" not in ran.err
    for word in words:
        assert word in ran.err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rnu", "henan"], "did you mean run"),
        (["run", "hena"], "did you mean henan"),
        (["run", MINI, "--japan", "stuff"], "did you mean staff"),
        (["run", MINI, "--china", "x"], "known: staff, random"),
        (["run", MINI, "--seed", "x"], "expected a seed"),
        (["run", MINI, "--seed", "-1"], "expected a seed"),
        (["run", MINI, "--seed", "1.5"], "expected a seed"),
        (["run", MINI, "--seed", "9" * 5000], "expected a seed"),
        (["run", MINI, "--jsn"], "--jsn"),
        (["run"], "SCENARIO"),
        (["run", "no/such/folder"], "no such file"),
        (["oob", "hena"], "did you mean henan"),
        (["verify", "no.txt"], "no such file"),
        (["verify"], "FILE"),
        (["explain", "no.txt", "--turn", "1"], "no such file"),
        (["explain", "no.txt"], "--turn"),
        (["explain", "no.txt", "--turn", "0"], "expected a turn"),
        (["explain", "no.txt", "--turn", "1", "--unit", "a", "--hex", "b"], "not allowed"),
        (["bench", MINI, "--seeds", "5-1"], "expected seeds like"),
        (["bench", MINI, "--only", "speed,luck"], "unknown section 'luck'"),
        (["bench", MINI, "--japan", "stuff"], "did you mean staff"),
        (["map"], "build|picture"),
        (["map", "picture", MINI, "--out", "x.png", "--turn", "3"], "add --replay"),
        (["map", "picture", MINI, "--out", "x.png", "--zoom", "9"], "expected a zoom"),
        (["map", "picture", MINI, "--out", "x.png", "--place", "nowhere"], "no hex or place"),
        (["map", "picture", MINI, "--out", "no/such/x.png"], "no folder"),
        (["map", "build", "--geo", "no/such"], "no such folder"),
    ],
)
def test_bad_arguments_are_refused_with_a_hint(
    ichigo: Run, words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(ichigo(*words), message)
    assert list(tmp_path.iterdir()) == []


def test_no_command_shows_the_overview_and_counts_as_bad_input(ichigo: Run) -> None:
    ran = ichigo()
    assert ran.code == 2
    assert ran.out.startswith("usage: ichigo")


@pytest.mark.parametrize("option", ["--replay", "--report"])
def test_a_target_that_cannot_be_written_is_refused_before_the_game(ichigo: Run, tmp_path: Path, option: str) -> None:
    refused(ichigo("run", MINI, option, tmp_path / "no" / "file"), "no folder")
    refused(ichigo("run", MINI, option, tmp_path), "is a folder")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_replaced_by_a_file(ichigo: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused(ichigo("run", MINI, "--replay", pipe), "no regular file")
    refused(ichigo("verify", pipe), "no regular file")
    assert pipe.is_fifo()


def test_every_error_line_has_the_agreed_form(ichigo: Run, tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "scenario.yaml").write_text("format: 1\nid: broken\nid: twice\n", encoding="utf-8")
    ran = ichigo("validate", folder)
    assert ran.code == 2
    *problems, summary = ran.out.splitlines()
    assert problems
    for line in problems:
        assert re.match(r".+:\d+:\d+: [a-z_]+: .+", line), line
    assert summary == f"1 scenario, {len(problems)} error" + ("s" if len(problems) > 1 else "") + ", 0 warnings"
    refused(ichigo("run", folder), "scenario.yaml:", "duplicate")


def test_validate_goes_on_after_a_bad_scenario(ichigo: Run, tmp_path: Path) -> None:
    ran = ichigo("validate", tmp_path / "none", MINI)
    assert ran.code == 2
    assert ran.out.splitlines()[-1].startswith("2 scenarios, 1 error, ")


def test_a_cut_replay_is_refused_with_the_turn(ichigo: Run, game_file: Path, tmp_path: Path) -> None:
    text = game_file.read_text(encoding="utf-8")
    cut = tmp_path / "cut.txt"
    cut.write_text(text[: text.index("turn 4 china") + 30], encoding="utf-8")
    for words in (
        ["verify", cut],
        ["explain", cut, "--turn", 1],
        ["map", "picture", MINI, "--out", tmp_path / "x.png", "--replay", cut],
    ):
        refused(ichigo(*words), "cut.txt:", "in turn 4")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cut.txt"]


def test_an_edited_replay_is_refused_with_the_turn(ichigo: Run, game_file: Path, tmp_path: Path) -> None:
    edited = tmp_path / "edited.txt"
    edited.write_text(game_file.read_text(encoding="utf-8").replace("turn 5 japan\n", "turn 5 japan\nend\n"), encoding="utf-8")
    refused(ichigo("verify", edited, "--scenario", MINI), "in turn 5", "checksum")


def test_foreign_files_are_refused(ichigo: Run, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.txt"
    foreign.write_bytes(b"\x89PNG\r\n\x00\x00")
    refused(ichigo("verify", foreign), "foreign.txt:1:1: replay_foreign: this is no replay")
    refused(ichigo("verify", tmp_path), "expected a replay, found a folder")


def test_a_replay_of_an_unknown_scenario_is_refused(ichigo: Run, tmp_path: Path) -> None:
    shutil.copytree(MINI, tmp_path / "mini")
    assert ichigo("run", tmp_path / "mini", "--japan", "random", "--replay", tmp_path / "game.txt", "--json").code == 0
    assert ichigo("verify", tmp_path / "game.txt").code == 0  # the replay knows where its scenario lies
    shutil.rmtree(tmp_path / "mini")
    refused(ichigo("verify", tmp_path / "game.txt"), "there is no scenario 'mini'")


def test_a_replay_of_another_scenario_is_refused_with_both_digests(ichigo: Run, game_file: Path) -> None:
    ran = ichigo("verify", game_file, "--scenario", "henan")
    refused(ran, "mini", "henan")
    assert len(re.findall(r"\b[0-9a-f]{32}\b", ran.err)) == 2


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--turn", "8"], "runs from turn 1 to turn 7"),
        (["--turn", "1", "--unit", "cn_23_dvi"], "did you mean cn_23_div"),
        (["--turn", "1", "--hex", "zhengzhuo"], "did you mean zhengzhou"),
        (["--turn", "1", "--battle", "77"], "no battle 77"),
    ],
)
def test_explain_refuses_what_is_not_there(ichigo: Run, game_file: Path, words: list[str], message: str) -> None:
    refused(ichigo("explain", game_file, "--scenario", MINI, *words), message)


def test_an_unexpected_error_names_a_log_file_and_shows_no_traceback(
    ichigo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import platformdirs

    from game.cli import run

    def crash(_args: object) -> int:
        raise RuntimeError("the bridge is gone")

    monkeypatch.setattr(run, "execute", crash)
    monkeypatch.setattr(platformdirs, "user_log_dir", lambda *_a, **_k: str(tmp_path / "logs"))
    ran = ichigo("run", MINI)
    assert ran.code == 1
    assert "Traceback" not in ran.err
    log = tmp_path / "logs" / "last-error.log"
    assert str(log) in ran.err
    assert "the bridge is gone" in log.read_text(encoding="utf-8")
    assert "Traceback" in log.read_text(encoding="utf-8")


def test_an_interrupt_ends_cleanly(ichigo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.cli import run

    def stop(_args: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "execute", stop)
    ran = ichigo("run", MINI)
    assert (ran.code, ran.out, ran.err) == (130, "", "interrupted\n")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes close differently")
def test_a_reader_that_goes_away_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "oob", "henan", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        messages = process.stderr.read()
    assert (process.returncode, messages) == (0, b"")


def test_a_terminal_without_chinese_letters_is_served(fresh: Run) -> None:
    ran = fresh("oob", MINI, PYTHONIOENCODING="ascii")
    assert ran.code == 0, ran.err
    assert "12th Army" in ran.out


def test_a_fresh_process_refuses_like_this_one(fresh: Run) -> None:
    refused(fresh("run", "hena"), "did you mean henan")
    refused(fresh("verify", MINI), "found a folder")
