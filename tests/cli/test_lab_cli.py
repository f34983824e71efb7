"""The laboratory's commands as a player gives them: what they print, what they leave, and how they refuse."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from game.scenario.rulesfile import rules_path
from tests.cli.conftest import MINI, ROOT, Ran

Run = Callable[..., Ran]
ONE = ("--workers", "1")
ODD = """
class Odd:
    name = "odd"
    def orders(self, view):
        raise RuntimeError("lost the map")
        yield
"""


@pytest.fixture
def ichigo(ichigo: Run) -> Run:
    """Run a command in this process, which reads its scenarios anew as every command does that is given in a shell."""
    from game.lab.task import scenario_of

    def run(*words: object) -> Ran:
        scenario_of.cache_clear()
        return ichigo(*words)

    return run


def refused(ran: Ran, *words: str) -> None:
    """Expect one clear message, exit code 2 and nothing else."""
    assert ran.code == 2, (ran.out, ran.err)
    assert ran.out == ""
    assert "Traceback" not in ran.err and "internal" not in ran.err
    for word in words:
        assert word in ran.err, ran.err


def one_object(ran: Ran) -> Any:
    """Return the only thing that a command printed."""
    assert ran.err == ""
    return json.loads(ran.out)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a copy of the mini scenario with rules beside it."""
    folder = tmp_path / "my" / "mini"
    shutil.copytree(MINI, folder)
    (tmp_path / "my" / "rules").mkdir()
    shutil.copy(rules_path("standard"), tmp_path / "my" / "rules" / "standard.yaml")
    return folder


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a finished batch of four games; tests copy it before they change it."""
    from game.lab.batch import run_batch
    from game.lab.executor import Here
    from game.lab.runfolder import Plan

    folder = tmp_path_factory.mktemp("batch") / "run"
    run_batch(Plan(MINI, (1, 4), ("staff", "random")), folder, Here(), lambda rows: None)
    return folder


# -- batch -----------------------------------------------------------------------------------------------------------


def test_batch_leaves_results_and_a_report(ichigo: Run, tmp_path: Path) -> None:
    ran = ichigo("batch", MINI, "--games", 3, *ONE, "--out", tmp_path / "run")
    assert ran.code == 0 and "3 of 3 games finished" in ran.out and "report.html" in ran.out
    names = {p.name for p in (tmp_path / "run").iterdir()}
    assert {"run.json", "games.jsonl", "games.sqlite", "report.html", "times.csv"} <= names
    assert len((tmp_path / "run" / "games.jsonl").read_text().splitlines()) == 3


def test_batch_with_json_prints_one_object(ichigo: Run, tmp_path: Path) -> None:
    words = ("batch", MINI, "--seeds", "5-6", "--china", "random", "--set", "combat.noise=200", "--check", "--no-report", "--json")
    found = one_object(ichigo(*words, *ONE, "--out", tmp_path / "run"))
    assert found["games"] == found["finished"] == 2 and found["errors"] == found["faults"] == []
    assert not (tmp_path / "run" / "report.html").exists()


def test_a_failed_game_makes_exit_code_1(ichigo: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(ODD)
    ran = ichigo("batch", MINI, "--games", 2, *ONE, "--japan", f"{tmp_path}/odd.py:Odd", "--out", tmp_path / "run")
    assert ran.code == 1 and "lost the map" in ran.out and "Traceback" not in ran.err
    assert ichigo("report", tmp_path / "run").code == 2
    words = ("history", MINI, "--games", 2, *ONE, "--japan", f"{tmp_path}/odd.py:Odd")
    ran = ichigo(*words)
    assert ran.code == 1 and "lost the map" in ran.err and "Traceback" not in ran.err
    assert json.loads(ichigo(*words, "--json").out)["games"] == 0


@pytest.mark.parametrize(
    ("words", "module"),
    [
        (["compare", "-", "combat.noise=200", "--on", MINI, "--games", "1"], "json"),
        (["branch", "GAME", "--turn", "2", "--games", "1"], "json"),
        (["sensitivity", MINI, "--params", "combat.noise", "--trajectories", "2", "--games", "1"], "SALib"),
        (["tune", MINI, "--params", "combat.noise", "--trials", "2", "--games", "1"], "optuna"),
    ],
    ids=lambda words: words[0],
)
def test_an_experiment_without_a_game_says_why(
    ichigo: Run, game_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], module: str
) -> None:
    """The first game's error in one line, exit code 1."""
    pytest.importorskip(module)
    monkeypatch.chdir(tmp_path)
    Path("odd.py").write_text(ODD)
    given = [str(game_file) if word == "GAME" else word for word in words]
    ran = ichigo(*given, "--japan", "odd.py:Odd", *ONE)
    assert (ran.code, ran.out) == (1, "") and ran.err.count("\n") == 1
    assert "RuntimeError: lost the map (seed 1)" in ran.err


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group of processes")
def test_ctrl_c_keeps_what_was_finished(ichigo: Run, tmp_path: Path) -> None:
    """A real interruption in the middle; the same command plays the rest, with the result of a batch in one go."""
    folder = tmp_path / "run"
    words = ["batch", MINI, "--games", "24", "--workers", "2", "--no-report", "--out", str(folder)]
    program = subprocess.Popen([sys.executable, str(ROOT / "main.py"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True, start_new_session=True)  # fmt: skip
    journal = folder / "journal.jsonl"
    try:
        until = time.monotonic() + 60
        while not (journal.is_file() and journal.stat().st_size):
            assert time.monotonic() < until and program.poll() is None
            time.sleep(0.01)
        for _ in range(2):  # somebody impatient
            os.killpg(program.pid, signal.SIGINT)
            time.sleep(0.05)
        out, err = program.communicate(timeout=60)
    finally:
        program.kill()
        program.wait()
    assert (program.returncode, out) == (130, ""), (out, err)
    assert "Traceback" not in err and "of 24 games are kept" in err
    kept = len(journal.read_text().splitlines())
    assert 0 < kept < 24 and not (folder / "in-use").exists()
    assert ichigo(*words[:4], *ONE, *words[6:]).code == 0
    assert len(journal.read_text().splitlines()) == 24
    assert ichigo(*words[:4], *ONE, "--no-report", "--out", tmp_path / "other").code == 0
    assert (folder / "games.jsonl").read_bytes() == (tmp_path / "other" / "games.jsonl").read_bytes()


def test_one_folder_belongs_to_one_run(ichigo: Run, batch: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(batch, tmp_path / "run")
    before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
    refused(ichigo("batch", MINI, "--games", 4, *ONE, "--out", folder), "another run", "players", "--out")
    words = ("batch", MINI, "--games", 4, *ONE, "--china", "random", "--out")
    refused(ichigo(*words, folder, "--set", "combat.noise=300"), "another run", "combat.noise", "--out")
    (folder / "in-use").write_text(str(os.getpid()))
    refused(ichigo(*words, folder), "another batch is at work", "in-use")
    (folder / "in-use").unlink()
    assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
    (tmp_path / "file").write_text("mine")
    refused(ichigo(*words, tmp_path / "file"), "found a file")
    refused(ichigo(*words, tmp_path / "file" / "below"), "file")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("mine")
    refused(ichigo(*words, tmp_path / "full"), "letter.txt", "--out")


def test_a_broken_row_is_named(ichigo: Run, batch: Path, tmp_path: Path) -> None:
    """In the journal and in the results, by every command that reads them."""
    folder = shutil.copytree(batch, tmp_path / "run")
    lines = (folder / "journal.jsonl").read_text().splitlines()
    lines[1] = lines[1][:40]
    (folder / "journal.jsonl").write_text("\n".join(lines) + "\n")
    words = ("batch", MINI, "--games", 4, *ONE, "--china", "random", "--no-report", "--out", folder)
    refused(ichigo(*words), "journal.jsonl:2:", "remove the line")
    lines[1] = '{"seed": 2, "scenario": "mini"}'
    (folder / "journal.jsonl").write_text("\n".join(lines) + "\n")
    refused(ichigo(*words), "journal.jsonl:2:", "remove the line")
    lines[1:2] = []
    (folder / "journal.jsonl").write_text("\n".join(lines) + "\n")
    assert ichigo(*words).code == 0
    for bad in ("{", "[]", '{"seed": 3}'):
        rows = (batch / "games.jsonl").read_text().splitlines()
        rows[2] = bad
        (folder / "games.jsonl").write_text("\n".join(rows) + "\n")
        for command in ("history", "report"):
            given = ("--from", folder) if command == "history" else (folder,)
            refused(ichigo(command, *given), "games.jsonl:3:", "row")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 9}', '{"format": 1}', '{"format": 1, "source": 5, "set": []}'])
def test_a_damaged_card_is_refused(ichigo: Run, batch: Path, tmp_path: Path, text: str) -> None:
    folder = shutil.copytree(batch, tmp_path / "run")
    (folder / "run.json").write_text(text)
    for words in (("report", folder), ("history", "--from", folder),
                  ("batch", MINI, "--games", 4, *ONE, "--china", "random", "--out", folder)):  # fmt: skip
        refused(ichigo(*words), "run.json")


# -- arguments of all of them ----------------------------------------------------------------------------------------

COMMANDS: list[list[str]] = [
    ["batch", MINI], ["history", MINI], ["compare", "-", "combat.noise=200", "--on", MINI],
    ["sensitivity", MINI, "--params", "combat.noise"], ["tune", MINI, "--params", "combat.give_way"],
]  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--set", "combat.nose=1"], "did you mean combat.noise"),
        (["--set", "combat.noise=999999"], "outside its bounds"),
        (["--set", "combat.noise=much"], "expected a whole number"),
        (["--set", "combat.noise"], "expected PATH=VALUE"),
        (["--set", "combat"], "expected PATH=VALUE"),
        (["--set", "movement.road_speed=3"], "add one of"),
        (["--set", "combat.noise=200", "--set", "combat.noise=300"], "set twice"),
        (["--japan", "stuff"], "did you mean staff"),
        (["--china", "no/such.py:Player"], "no such file"),
        (["--workers", "0"], "expected a number of processes"),
        (["--games", "0"], "expected a number"),
        (["--seeds", "9-3"], "expected seeds like"),
        (["--cluster", "tcp://127.0.0.1:notaport"], "no cluster answers"),
    ],
)
def test_bad_arguments_are_refused(
    ichigo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], more: list[str], message: str
) -> None:
    needed = [{"sensitivity": "SALib", "tune": "optuna"}.get(words[0], "json"), "distributed" if "--cluster" in more else "json"]
    for module in needed:
        pytest.importorskip(module)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("game.lab.cluster.PATIENCE", 1)
    refused(ichigo(*words, *more), message)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [c for c in COMMANDS if c[0] in ("batch", "history", "tune", "sensitivity")], ids=lambda w: w[0])
def test_an_unknown_scenario_is_told(ichigo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    for module in {"sensitivity": ["SALib"], "tune": ["optuna"]}.get(words[0], []):
        pytest.importorskip(module)
    monkeypatch.chdir(tmp_path)
    refused(ichigo(words[0], "hena", *words[2:]), "did you mean henan")
    refused(ichigo(words[0], "no/such/folder", *words[2:]), "no such file")


@pytest.mark.parametrize(
    ("words", "module", "extra"),
    [
        (["batch", MINI, "--cluster", "tcp://127.0.0.1:9"], "distributed", "cluster"),
        (["sensitivity", MINI, "--params", "combat.noise"], "SALib", "lab"),
        (["tune", MINI, "--params", "combat.noise"], "optuna", "lab"),
    ],
)
def test_a_missing_extra_is_told(
    ichigo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], module: str, extra: str
) -> None:
    """The message says what to install."""

    def without(name: str, package: str | None = None) -> Any:
        if name.partition(".")[0] == module:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return import_module(name, package)

    for place in ("cluster", "sensitivity", "tune"):
        monkeypatch.setattr(f"game.lab.{place}.import_module", without)
    monkeypatch.chdir(tmp_path)
    refused(ichigo(*words), module, f"pip install 'ichigo-1944[{extra}]'")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.needs("distributed")
def test_an_unreachable_cluster_is_told(ichigo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("game.lab.cluster.PATIENCE", 1)
    refused(ichigo("history", MINI, "--cluster", "tcp://127.0.0.1:9"), "no cluster answers at", "127.0.0.1:9", "dask scheduler")


# -- history ---------------------------------------------------------------------------------------------------------


def test_history_plays_or_reads(ichigo: Run, batch: Path) -> None:
    ran = ichigo("history", MINI, "--games", 2, *ONE)
    assert ran.code == 0 and "Xuchang" in ran.out and "score" in ran.out
    found = one_object(ichigo("history", "--from", batch, "--json"))
    assert found["games"] == 4 and {e["place"] for e in found["events"]} == {"zhengzhou", "xuchang"}
    assert [e["holdout"] for e in found["events"]] == [False, True]
    played = one_object(ichigo("history", MINI, "--games", 4, "--china", "random", *ONE, "--json"))
    assert played == found


def test_history_of_all_scenarios(ichigo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line for each of the game's scenarios that has a record."""
    found = [("mini", Path(MINI) / "scenario.yaml")]
    for place in ("game.scenario.load.find_scenarios", "game.scenario.bundle.find_scenarios"):
        monkeypatch.setattr(place, lambda: found)
    ran = ichigo("history", "--all", "--games", 2, *ONE)
    assert ran.code == 0 and ran.out.count("mini") == 1 and "held out" in ran.out
    assert [f["scenario"] for f in one_object(ichigo("history", "--all", "--games", 2, *ONE, "--json"))] == ["mini"]


def test_history_wants_to_know_of_what(ichigo: Run, batch: Path, tmp_path: Path) -> None:
    for words in ((), ("--all", MINI), ("--all", "--from", batch)):
        refused(ichigo("history", *words), "expected a SCENARIO, --from DIR or --all")
    refused(ichigo("history", "--from", tmp_path / "none"), "no such")
    (tmp_path / "letter").write_text("mine")
    refused(ichigo("history", "--from", tmp_path / "letter"), "letter")


def test_history_of_a_scenario_that_has_changed(ichigo: Run, own: Path, tmp_path: Path) -> None:
    words = ("batch", own, "--games", 2, *ONE, "--no-report", "--out")
    assert ichigo(*words, tmp_path / "run").code == 0
    text = (own / "japan.yaml").read_text(encoding="utf-8")
    (own / "japan.yaml").write_text(text + "\n# another version\n", encoding="utf-8")
    refused(ichigo("history", "--from", tmp_path / "run"), "has changed since", "ichigo batch")
    refused(ichigo("report", tmp_path / "run"), "has changed since", "ichigo batch")
    refused(ichigo(*words, tmp_path / "run"), "another run", "--out")
    shutil.rmtree(own)
    refused(ichigo("history", "--from", tmp_path / "run"), "no such file")
    (own / "x").mkdir(parents=True)
    refused(ichigo("report", tmp_path / "run"), "no such file")


def test_history_without_a_record(ichigo: Run, own: Path) -> None:
    """There is nothing to hold games against."""
    (own / "record.yaml").write_text("captures: []\nevents: []\n", encoding="utf-8")
    refused(ichigo("history", own, "--games", 1, *ONE), "has no record")


# -- compare ---------------------------------------------------------------------------------------------------------


def test_compare_finds_what_differs(ichigo: Run, own: Path, tmp_path: Path) -> None:
    ran = ichigo("compare", "-", "combat.noise=300", "--on", MINI, "--games", 3, *ONE)
    assert ran.code == 0 and "3 pairs" in ran.out and "net points" in ran.out
    found = one_object(ichigo("compare", MINI, own, "--games", 2, *ONE, "--json"))
    assert found["pairs"] == 2 and all(d["mean"] == 0 for d in found["differences"])
    rules = tmp_path / "mine.yaml"
    rules.write_bytes(rules_path("standard").read_bytes())
    assert one_object(ichigo("compare", "-", rules, "--on", MINI, "--games", 1, *ONE, "--json"))["b"]["overrides"] == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["nonsense", MINI], "is none of"),
        (["-", "random"], "--on"),
        (["combat.noise=300", "-"], "--on"),
        (["-", "combat.nose=300", "--on", MINI], "did you mean combat.noise"),
        (["-", "combat.noise=300,combat.noise=301", "--on", MINI], "set twice"),
        (["-", "=", "--on", MINI], "expected PATH=VALUE"),
        (["", "-", "--on", MINI], "is none of"),
        (["-", "no/such/rules.yaml", "--on", MINI], "no such file"),
        (["-", "pyproject.toml", "--on", MINI], "toml"),
        (["-", "tests/fixtures/mini/plans.yaml", "--on", MINI], "plans.yaml"),
        (["-", "no/such.py:Player", "--on", MINI], "no such file"),
        (["-", "tests", "--on", MINI], "scenario.yaml"),
        (["-", "-", "--on", "hena"], "did you mean henan"),
        (["-"], "B"),
    ],
)
def test_compare_of_nonsense(ichigo: Run, monkeypatch: pytest.MonkeyPatch, words: list[str], message: str) -> None:
    monkeypatch.chdir(ROOT)
    refused(ichigo("compare", *words, "--games", 1, *ONE), message)


# -- branch and report -----------------------------------------------------------------------------------------------


def test_branch_fans_out(ichigo: Run, game_file: Path) -> None:
    ran = ichigo("branch", game_file, "--turn", 2, "--games", 2, *ONE)
    assert ran.code == 0 and "played on from turn 2" in ran.out
    turn = next(t for t in range(1, 7) if "battle 1" in ichigo("explain", game_file, "--turn", t, "--battle", 1).out.lower())
    found = one_object(ichigo("branch", game_file, "--turn", turn, "--battle", 1, "--games", 2, *ONE, "--json"))
    assert found["played_on"]["games"] == found["without_the_attack"]["games"] == 2 and found["differences"]


def test_branch_of_a_moment_that_is_not_there(ichigo: Run, game_file: Path, tmp_path: Path) -> None:
    refused(ichigo("branch", game_file, "--turn", 99, *ONE), "turn 99")
    refused(ichigo("branch", game_file, "--turn", 1, "--battle", 99, *ONE), "battle 99")
    refused(ichigo("branch", game_file, "--turn", 0, *ONE), "expected a turn")
    refused(ichigo("branch", game_file, *ONE), "--turn")
    refused(ichigo("branch", game_file, "--turn", 1, "--china", "stuff", *ONE), "did you mean staff")
    refused(ichigo("branch", tmp_path / "none.ichigo", "--turn", 1, *ONE), "no such file")
    refused(ichigo("branch", game_file, "--turn", 1, "--scenario", "henan", *ONE), "was played on mini")


def test_report_of_a_game_and_of_a_batch(ichigo: Run, game_file: Path, batch: Path, tmp_path: Path) -> None:
    ran = ichigo("report", game_file, "--out", tmp_path / "game.html")
    assert ran.code == 0 and "written" in ran.out and "<html" in (tmp_path / "game.html").read_text(encoding="utf-8")
    folder = shutil.copytree(batch, tmp_path / "run")
    assert ichigo("report", folder).code == 0 and (folder / "report.html").is_file()
    assert ichigo("report", folder, "--out", tmp_path / "batch.html").code == 0
    assert (tmp_path / "batch.html").read_bytes() == (folder / "report.html").read_bytes()


def test_report_of_a_damaged_replay(ichigo: Run, game_file: Path, tmp_path: Path) -> None:
    """The message names the line; no page is written."""
    text = game_file.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for n, damaged in enumerate((text[: len(text) // 2], "".join(lines[:9] + lines[10:]), "", "nonsense\n")):
        file = tmp_path / f"{n}.ichigo"
        file.write_text(damaged, encoding="utf-8")
        for command in (("report",), ("branch", "--turn", 2, *ONE)):
            refused(ichigo(command[0], file, *command[1:]), f"{n}.ichigo")
        assert not file.with_suffix(".html").exists()
    refused(ichigo("report", tmp_path / "none"), "no such file")
    refused(ichigo("report", game_file, "--out", tmp_path), "it is a folder")
    refused(ichigo("report", game_file, "--out", tmp_path / "no" / "x.html"), "no folder")
    (tmp_path / "empty").mkdir()
    refused(ichigo("report", tmp_path / "empty"), "run.json")


def test_report_of_a_batch_that_is_not_finished(ichigo: Run, batch: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(batch, tmp_path / "run")
    (folder / "games.jsonl").unlink()
    for words in (("report", folder), ("history", "--from", folder)):
        refused(ichigo(*words), "not finished", "command again")


# -- sensitivity and tune --------------------------------------------------------------------------------------------


@pytest.mark.needs("SALib")
def test_sensitivity_ranks(ichigo: Run) -> None:
    params = ("--params", "combat.noise", "movement.day_minutes", "--span", 0.3)
    words = ("sensitivity", MINI, *params, "--trajectories", 2, "--games", 1)
    ran = ichigo(*words, *ONE)
    assert ran.code == 0 and "mu*" in ran.out and "movement.day_minutes" in ran.out
    found = one_object(ichigo(*words, *ONE, "--json"))
    assert found["games"] == 2 * 3 and set(found["outcomes"]) >= {"score", "net points"}


@pytest.mark.needs("SALib", "optuna")
@pytest.mark.parametrize("command", ["sensitivity", "tune"])
@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["combat.nose"], "did you mean combat.noise"),
        (["nothing.*"], "docs/rules.md"),
        (["combat.noise", "--span", "0"], "expected a share"),
        (["combat.noise", "--span", "nan"], "expected a share"),
        ([], "expected at least one argument"),
    ],
)
def test_parameters_that_are_none(
    ichigo: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, words: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    refused(ichigo(command, MINI, "--params", *words), message)
    assert list(tmp_path.iterdir()) == []


def tune(ichigo: Run, own: Path, out: Path, *more: object) -> Ran:
    """Tune two values of a scenario with few trials."""
    params = ("--params", "movement.day_minutes", "movement.road_speed.foot", "--span", 0.4)
    return ichigo("tune", own, *params, "--games", 1, *ONE, "--china", "random", "--out", out, *more)


@pytest.mark.needs("optuna")
def test_tune_is_resumed_and_writes_back(ichigo: Run, own: Path, tmp_path: Path) -> None:
    """The diff first; --apply changes the numbers alone, in the rules beside the scenario."""
    file, out = own.parent / "rules" / "standard.yaml", tmp_path / "study"
    before = file.read_text(encoding="utf-8")
    first = one_object(tune(ichigo, own, out, "--trials", 3, "--json"))
    assert first["trials"] == 3 and file.read_text(encoding="utf-8") == before
    ran = tune(ichigo, own, out, "--trials", 6)
    assert ran.code == 0 and "6 trials" in ran.out and "nothing is written yet" in ran.out
    again = one_object(tune(ichigo, own, out, "--trials", 6, "--json"))
    assert again["trials"] == 6 and again["history"][:3] == first["history"]
    assert (out / "proposal.diff").read_text(encoding="utf-8") == again["diff"]
    refused(tune(ichigo, own, out, "--trials", 6, "--set", "combat.noise=200"), "another study", "--out")
    applied = tune(ichigo, own, out, "--trials", 6, "--apply")
    assert applied.code == 0 and str(file) in applied.out
    after = file.read_text(encoding="utf-8")
    old, new = before.splitlines(), after.splitlines()
    assert [x.split("#")[1:] for x in old] == [x.split("#")[1:] for x in new]
    assert sum(a != b for a, b in zip(old, new, strict=True)) == sum(v != w for v, w in _changes(again, own, before, file))


def _changes(found: dict[str, Any], own: Path, before: str, file: Path) -> list[tuple[int, int]]:
    """Return old and proposed value of each parameter; the file holds the proposed ones."""
    from game.lab.params import value_of
    from game.scenario.rulesfile import load_rules

    after = load_rules(file).rules
    assert all(value_of(after, path) == value for path, value in found["values"].items())
    file.write_text(before, encoding="utf-8")
    rules = load_rules(file).rules
    return [(value_of(rules, path), value) for path, value in found["values"].items()]


@pytest.mark.needs("optuna")
def test_tune_of_what_cannot_be_tuned(ichigo: Run, own: Path, tmp_path: Path) -> None:
    text = (own / "scenario.yaml").read_text(encoding="utf-8")
    (own / "scenario.yaml").write_text(text.replace("overrides: {}", "overrides: {movement.day_minutes: 500}"), encoding="utf-8")
    refused(tune(ichigo, own, tmp_path / "out"), "sets movement.day_minutes itself", "--params")
    (own / "scenario.yaml").write_text(text, encoding="utf-8")
    refused(ichigo("tune", own, "first_steps", "--params", "combat.noise", "--out", tmp_path / "out"), "different rules files")
    refused(tune(ichigo, own, tmp_path / "out", "--rules", tmp_path / "none.yaml"), "no such file")
    (tmp_path / "file").write_text("mine")
    refused(tune(ichigo, own, tmp_path / "file"), "file")
    (own / "record.yaml").write_text("captures: []\nevents: []\n", encoding="utf-8")
    refused(tune(ichigo, own, tmp_path / "out"), "has no record")
    assert not (tmp_path / "out").exists()


@pytest.mark.needs("optuna")
def test_tune_with_a_damaged_storage(ichigo: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "study.sqlite3").write_text("no database at all, but long enough to be taken for one" * 20)
    refused(tune(ichigo, own, tmp_path / "out", "--trials", 1), "study.sqlite3", "cannot be used")
    refused(tune(ichigo, own, tmp_path / "new", "--trials", 1, "--storage", "nonsense"), "nonsense", "cannot be used")


# -- schema and conform ----------------------------------------------------------------------------------------------


def test_schema_prints_or_writes(ichigo: Run, tmp_path: Path) -> None:
    found = one_object(ichigo("schema"))
    ran = ichigo("schema", tmp_path / "a" / "b")
    assert ran.code == 0 and {p.name.split(".")[0] for p in (tmp_path / "a" / "b").iterdir()} == set(found)
    (tmp_path / "file").write_text("mine")
    refused(ichigo("schema", tmp_path / "file"), "found a file")
    refused(ichigo("schema", tmp_path / "file" / "below"), "file")


def test_conform_judges_a_player(ichigo: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.py").write_text(ODD)
    ran = ichigo("conform", f"{tmp_path}/odd.py:Odd", MINI, "--rival", "random")
    assert ran.code == 1 and "BAD" in ran.out and "lost the map" in ran.out
    found = one_object(ichigo("conform", f"{tmp_path}/odd.py:Odd", MINI, "--rival", "random", "--json"))
    assert not any(f["good"] for f in found[MINI])
    refused(ichigo("conform", f"{tmp_path}/odd.py:Even", MINI), "has no class 'Even'", "it has Odd")
    refused(ichigo("conform", "staff", "hena"), "did you mean henan")
    refused(ichigo("conform", "staff", MINI, "--limit", "0"), "expected a share")
    (tmp_path / "broken.py").write_text("class Broken:\n    def orders(self, view:\n")
    refused(ichigo("conform", f"{tmp_path}/broken.py:Broken", MINI), "broken.py:2", "SyntaxError")


def _told() -> list[str]:
    """Return the commands that the guides tell the reader to give."""
    texts = [(ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("scenario-guide", "laboratory", "players")]
    lines = [line for text in texts for block in text.split("```")[1::2] for line in block.splitlines()]
    return [line.removeprefix("python main.py ") for line in lines if line.startswith("python main.py ")]


@pytest.mark.parametrize("line", _told())
def test_commands_of_the_guides_are_understood(line: str) -> None:
    """Names and options are those of the program."""
    from game.cli.commands import COMMANDS

    name, *words = shlex.split(line.partition("  #")[0])
    assert import_module(COMMANDS[name][0]).parser().parse_args(words)
