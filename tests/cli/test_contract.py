"""What scripts rely on: commands, exit codes, and the form of what is printed for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from game.cli.commands import COMMANDS
from tests.cli.conftest import MINI, Ran

Run = Callable[..., Ran]
FIRST = ["scenario", "seed", "players", "turns_played", "start", "end", "captures", "control", "men", "losses"]
RESULT = [*FIRST, "outcome", "attack_share", "unit_turns", "cpu_seconds", "digest"]


def result(ran: Ran) -> dict[str, object]:
    assert ran.code == 0, ran.err
    found = json.loads(ran.out)
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize(
    "words", [["--help"], ["-h"], ["help"], *([name, "--help"] for name in COMMANDS), ["map", "picture", "--help"]]
)
def test_help_is_everywhere_and_fine(ichigo: Run, words: list[str]) -> None:
    ran = ichigo(*words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("usage: ichigo")


def test_the_overview_lists_every_command(ichigo: Run) -> None:
    out = ichigo("--help").out
    assert all(f"  {name} " in out for name in COMMANDS)


def test_the_version_is_told(ichigo: Run) -> None:
    from game import __version__

    assert ichigo("--version").out == f"ichigo {__version__}\n"


def test_json_is_one_object_with_the_agreed_keys(ichigo: Run) -> None:
    ran = ichigo("run", MINI, "--seed", 5, "--japan", "random", "--china", "random", "--json")
    found = result(ran)
    assert list(found) == RESULT
    assert ran.err == ""
    assert found["scenario"] == "mini"
    assert found["seed"] == 5
    assert found["players"] == {"japan": "random", "china": "random"}
    assert (found["start"], found["end"], found["turns_played"]) == ("1944-04-17", "1944-04-30", 7)


def test_json_balances_the_men(ichigo: Run) -> None:
    found = json.loads(ichigo("run", MINI, "--json").out)
    for side in ("japan", "china"):
        men, losses = found["men"][side], found["losses"][side]
        assert list(men) == ["start", "arrived", "replaced", "returned", "present"]
        assert list(losses) == ["killed", "wounded", "sick", "missing", "captured", "deserted"]
        assert men["start"] + men["arrived"] + men["replaced"] + men["returned"] == men["present"] + sum(losses.values())
    for capture in found["captures"]:
        assert list(capture) == ["date", "place", "by"]
        assert capture["place"] in found["control"]
    assert list(found["outcome"]) == ["winner", "level", "points"]


def test_a_run_shows_every_turn_and_the_report(ichigo: Run) -> None:
    ran = ichigo("run", MINI, "--japan", "random", "--china", "random")
    assert ran.code == 0
    turns = [n for n in ran.out.splitlines() if " places " in n and " lost " in n]
    assert len(turns) == 7
    for title in ("Objectives", "Men (start + arrived", "Captures beside the record", "digest"):
        assert title in ran.out


def test_run_writes_a_replay_that_verifies(ichigo: Run, tmp_path: Path) -> None:
    path = tmp_path / "game.txt"
    found = result(ichigo("run", MINI, "--json", "--replay", path))
    ran = ichigo("verify", path, "--scenario", MINI)
    assert ran.code == 0
    assert str(found["digest"]) in ran.out


def test_run_writes_a_report(ichigo: Run, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert result(ichigo("run", MINI, "--json", "--report", path))["scenario"] == "mini"
    assert path.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html")


def test_verify_names_the_first_turn_that_differs_and_fails(ichigo: Run, game_file: Path, tmp_path: Path) -> None:
    from tests.play.test_replay import rebuilt

    text = game_file.read_text(encoding="utf-8")
    block = text.index("turn 3 japan")
    state = text.index("state ", block) + 6
    forged = tmp_path / "forged.txt"
    forged.write_text(rebuilt(text[:state] + "0" * 32 + text[state + 32 :]), encoding="utf-8")
    ran = ichigo("verify", forged, "--scenario", MINI)
    assert ran.code == 1
    assert "first difference in turn 3, japan" in ran.out


def test_the_digest_is_the_same_in_other_processes(fresh: Run, ichigo: Run) -> None:
    words = ("run", MINI, "--seed", 3, "--japan", "staff", "--china", "random", "--json")
    here = result(ichigo(*words))
    assert result(ichigo(*words))["digest"] == here["digest"]
    for more in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"ICHIGO_NO_NUMBA": "1"}):
        other = result(fresh(*words, **more))
        assert {**other, "cpu_seconds": 0} == {**here, "cpu_seconds": 0}


def test_another_seed_gives_another_game(ichigo: Run) -> None:
    digests = {str(result(ichigo("run", MINI, "--seed", n, "--json"))["digest"]) for n in (1, 2, 3)}
    assert len(digests) == 3


def test_oob_rows_have_the_agreed_keys(ichigo: Run) -> None:
    rows = json.loads(ichigo("oob", MINI, "--json").out)
    assert rows
    known = set()
    for row in rows:
        assert list(row) == ["id", "side", "level", "type", "parent", "name", "men", "place", "date", "source"]
        assert set(row["name"]) == {"en", "zh"}
        assert row["parent"] is None or row["parent"] in known
        known.add(row["id"])
    tree = ichigo("oob", MINI)
    assert tree.code == 0
    assert "225th Infantry Regiment 步兵第225联队" in tree.out


def test_validate_counts(ichigo: Run) -> None:
    ran = ichigo("validate", MINI)
    assert ran.code == 0
    assert ran.out.splitlines()[-1].startswith("1 scenario, 0 errors, ")


def test_validate_takes_all_scenarios_without_a_name(ichigo: Run) -> None:
    from game.scenario.load import find_scenarios

    count = len(find_scenarios())
    assert ichigo("validate").out.splitlines()[-1].startswith(f"{count} scenario")


@pytest.mark.parametrize("words", [["--unit", "cn_23_div"], ["--hex", "郑州"], ["--hex", "0810"], []])
def test_explain_answers(ichigo: Run, game_file: Path, words: list[str]) -> None:
    ran = ichigo("explain", game_file, "--scenario", MINI, "--turn", 2, *words)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("turn 2, 1944-04-19 to 1944-04-20")


@pytest.mark.parametrize("without_numba", ["", "0" * 32])
def test_bench_tells_whether_all_digests_are_equal(ichigo: Run, monkeypatch: pytest.MonkeyPatch, without_numba: str) -> None:
    from game.cli import measure
    from game.lab.task import Task, play_task

    asked = []
    true = str(play_task(Task(0, MINI, 1, ("random", "random"))).row["digest"])

    def fresh_result(words: list[str], extra: dict[str, str]) -> tuple[dict[str, str], float]:
        asked.append(extra)
        return {"digest": (without_numba if "ICHIGO_NO_NUMBA" in extra else "") or true}, 1.0

    monkeypatch.setattr(measure, "fresh_result", fresh_result)  # real processes: test_the_digest_is_the_same_in_other_processes
    ran = ichigo("bench", MINI, "--only", "determinism", "--japan", "random", "--china", "random")
    digests = [n.split()[-3] for n in ran.out.splitlines() if n.startswith("digest ")]
    assert asked == [{}, {"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"ICHIGO_NO_NUMBA": "1"}]
    assert digests == [true] * 5 + [without_numba or true]
    assert (ran.code, "THE DIGESTS DIFFER" in ran.out) == ((1, True) if without_numba else (0, False))


def test_bench_compares_with_the_record(ichigo: Run) -> None:
    ran = ichigo("bench", MINI, "--only", "games,history", "--seeds", "3-4", "--check")
    assert ran.code == 0
    assert "2 games: 2 finished, 0 failed, 0 orders refused, 0 with a broken invariant" in ran.out
    assert "Zhengzhou" in ran.out and "score" in ran.out


def test_bench_fails_when_a_game_fails(capsys: pytest.CaptureFixture[str]) -> None:
    from game.cli import bench

    good = {"seed": 1, "refused": 0, "fault": ""}
    assert bench._games([good], checked=True)
    assert not bench._games([good, {"seed": 7, "error": "ValueError: lost"}], checked=False)
    assert not bench._games([good, {**good, "seed": 8, "fault": "turn 3: men are not conserved"}], checked=True)
    out = capsys.readouterr().out
    assert "seed 7: ValueError: lost" in out
    assert "seed 8: turn 3: men are not conserved" in out


def test_bench_measures_memory_and_speed(ichigo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from game.cli import measure

    starts: list[float] = []
    real = measure.seconds_to_first_line

    def first_line(words: list[str]) -> float:
        starts.append(starts[0] if starts else real(words))  # it is measured four times: once shows that it can be
        return starts[-1]

    monkeypatch.setattr(measure, "seconds_to_first_line", first_line)
    ran = ichigo("bench", MINI, "--only", "memory,speed", "--games", 1, "--japan", "random", "--china", "random")
    assert ran.code == 0
    assert len(starts) == 4 and f"to the first turn: {starts[0]:.2f} s" in ran.out
    for words in ("peak memory", "unit-turns per second"):
        assert words in ran.out


@pytest.mark.parametrize("words", [[], ["--place", "zhengzhou", "--lang", "zh"]])
def test_map_draws_a_picture_without_a_screen(ichigo: Run, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "map.png"
    ran = ichigo("map", "picture", MINI, "--zoom", 2, "--out", path, *words)
    assert ran.code == 0, ran.err
    assert path.read_bytes().startswith(b"\x89PNG")


def test_map_draws_a_moment_of_a_replay(ichigo: Run, game_file: Path, tmp_path: Path) -> None:
    first, last = tmp_path / "1.png", tmp_path / "2.png"
    assert ichigo("map", "picture", MINI, "--zoom", 2, "--replay", game_file, "--turn", 1, "--out", first).code == 0
    assert ichigo("map", "picture", MINI, "--zoom", 2, "--replay", game_file, "--out", last).code == 0
    assert first.read_bytes() != last.read_bytes()
