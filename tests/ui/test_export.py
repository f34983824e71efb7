"""Exports of a replay: the page holds the game and runs in a browser, the moving picture shows every turn."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from game.ai.registry import make_player
from game.cli.main import main
from game.core.errors import DataError, ReplayError
from game.play.replay import read_replay, write_replay
from game.play.session import Session
from game.play.tape import Tape
from game.scenario.load import load_scenario
from game.ui import export, exportpage, exportwork, film
from game.ui.texts import Texts

WIDTH = 400


def quiet(line: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="session")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    session = Session(load_scenario("first_steps"), 3)
    session.play((make_player("staff"), make_player("staff")))
    path = tmp_path_factory.mktemp("export") / "game.ichigo"
    write_replay(session, ("staff", "staff"), path)
    return path


@pytest.fixture(scope="session")
def tape(recorded: Path) -> Tape:
    replay = read_replay(recorded)
    return export.wound(replay, load_scenario(replay.scenario), quiet, Texts("en"))


def data_of(page: bytes) -> dict[str, Any]:
    found = re.search(r"<script>const DATA=(.*?);\n\"use strict\"", page.decode(), re.S)
    assert found
    data: dict[str, Any] = json.loads(found[1].replace("<\\/", "</"))
    return data


def unfolded(data: dict[str, Any], name: str, start: int) -> list[np.ndarray[Any, Any]]:
    """Return (H,) values of every frame, as the page's script works them out."""
    now, found = np.full(data["cols"] * data["rows"], start, np.uint8), []
    for frame in data["frames"]:
        at = 0
        for run in frame[name].split():
            skip, count, value = (int(x, 36) for x in run.split(":"))
            at += skip
            now[at : at + count] = value
            at += count
        found.append(now.copy())
    return found


@pytest.fixture(scope="session")
def page(tape: Tape, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("page") / "game.html"
    size = export.write_html(tape, out, "none", "en", "turn", WIDTH, quiet)
    assert out.stat().st_size == size
    return out


def test_the_page_holds_the_front_of_every_turn(page: Path, tape: Tape) -> None:
    data = data_of(page.read_bytes())
    spots = list(film.moments(tape, "turn"))
    assert len(data["frames"]) == len(spots) == tape.replay.turns + 1
    for spot, control in zip(spots, unfolded(data, "c", 255), strict=True):
        assert np.array_equal(control, tape.world_at(spot).state.control)


def test_the_page_has_a_counter_for_every_stack_and_the_log_of_every_turn(page: Path, tape: Tape) -> None:
    data = data_of(page.read_bytes())
    for spot, frame in zip(film.moments(tape, "turn"), data["frames"], strict=True):
        assert len(frame["u"]) == len(film.scene_at(tape, spot, film.EVERYTHING).stacks)
    battles = sum(e.kind == "battle" for c in tape.chapters for e in c.events)
    assert sum(row[3] for f in data["frames"] for row in f["log"]) == battles
    assert [r[1] for r in data["record"]] == ["Guodian", "Zhengzhou", "Xinzheng"]
    assert {c["title"] for c in data["charts"]} >= {"Strength present", "Losses, total"}


def test_the_page_asks_the_network_for_nothing(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    without_names = text.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|src=|href=|@import|url\(", without_names)


def test_the_page_of_a_side_shows_only_what_it_sees(tape: Tape, tmp_path: Path) -> None:
    export.write_html(tape, tmp_path / "china.html", "china", "zh", "phase", WIDTH, quiet)
    data = data_of((tmp_path / "china.html").read_bytes())
    spots = list(film.moments(tape, "phase"))
    assert data["fog"] and data["lang"] == "zh" and len(data["frames"]) == len(spots) == len(tape.chapters) + 1
    for spot, sighted, frame in zip(spots, unfolded(data, "v", 0), data["frames"], strict=True):
        scene = film.scene_at(tape, spot, 1)
        assert scene.sighted is not None and np.array_equal(sighted, scene.sighted)
        assert len(frame["u"]) == len(scene.stacks)
    assert len(data["charts"][0]["curves"]) == 1


def test_texts_cannot_break_out_of_the_page(tape: Tape, tmp_path: Path) -> None:
    from dataclasses import replace

    from game.model.units import Name

    evil = replace(tape.scenario, title=Name("</script><b>&", "恶"))
    other = Tape(tape.replay, evil)
    for _ in other.wind():
        pass
    export.write_html(other, tmp_path / "evil.html", "none", "en", "turn", WIDTH, quiet)
    text = (tmp_path / "evil.html").read_text(encoding="utf-8")
    assert text.count("</script>") == 1 and "<b>&" not in text.split("<style>")[0]
    assert data_of(text.encode())["title"] == "</script><b>&"


@pytest.mark.skipif(not (shutil.which("chromium") or shutil.which("chromium-browser")), reason="no Chromium here")
def test_the_page_runs_in_a_browser_without_errors(page: Path, tape: Tape, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    words = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--virtual-time-budget=5000",
        "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", f"{page.as_uri()}#4",
    ]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert f'data-ready="{tape.replay.turns + 1}"' in done.stdout
    data = data_of(page.read_bytes())
    assert data["frames"][4]["date"] in done.stdout
    assert not [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@pytest.mark.needs("PIL")
def test_the_moving_picture_shows_every_turn(tape: Tape, tmp_path: Path) -> None:
    from PIL import Image

    out = tmp_path / "game.gif"
    export.write_gif(tape, out, "none", "en", "turn", WIDTH, quiet)
    spots = list(film.moments(tape, "turn"))
    made = film.Film(tape.scenario, WIDTH, "en")
    with Image.open(out) as shown:
        assert shown.n_frames == len(spots)
        assert shown.size == (made.base.get_width(), made.base.get_height() + export.STRIP)
        for n in (0, 1, len(spots) - 1):
            shown.seek(n)
            seen = np.asarray(shown.convert("RGB"), np.int32)[: made.base.get_height()]
            import pygame

            drawn = pygame.surfarray.array3d(made.draw(film.scene_at(tape, spots[n], film.EVERYTHING))).transpose(1, 0, 2)
            # the palette changes colours a little, but what changed from turn to turn is all there
            assert np.abs(seen - drawn).mean() < 8
            assert np.percentile(np.abs(seen - drawn).max(axis=2), 99) < 60


def test_without_pillow_the_message_says_what_to_do(tape: Tape, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PIL", None)
    with pytest.raises(DataError, match="Pillow") as caught:
        export.write_gif(tape, tmp_path / "game.gif", "none", "en", "turn", WIDTH, quiet)
    assert "pip install pillow" in caught.value.problems[0].hint
    assert not list(tmp_path.iterdir())


def test_the_command_writes_both_and_tells_where(recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("PIL")
    out = tmp_path / "a.html", tmp_path / "a.gif"
    words = ["replay", str(recorded), "--html", str(out[0]), "--gif", str(out[1]), "--width", str(WIDTH), "--lang", "en"]
    assert main(words) == 0
    said = capsys.readouterr().out
    assert all(p.stat().st_size > 10_000 and f"written: {p}" in said for p in out)
    assert "picture 7 of 7" in said


def test_the_command_refuses_targets_that_cannot_be_written(
    recorded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replay", str(recorded), "--html", str(tmp_path / "none" / "a.html")]) == 2
    assert "no folder" in capsys.readouterr().err
    assert main(["replay", str(recorded), "--html", str(tmp_path / "a"), "--gif", str(tmp_path / "a")]) == 2
    assert "same name" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_replay_that_differs_is_not_exported(tape: Tape) -> None:
    from dataclasses import replace

    phases = list(tape.replay.phases)
    phases[1] = replace(phases[1], state="0" * 32)
    with pytest.raises(ReplayError, match="turn 1, china"):
        export.wound(replace(tape.replay, phases=tuple(phases)), tape.scenario, quiet, Texts("en"))


def test_the_viewers_export_runs_beside_it(recorded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = exportwork.Export(recorded, "html", "none", "en")
    work._thread.join(timeout=120)
    assert not work.busy and not work.failed
    assert work.out == recorded.with_suffix(".html") and data_of(work.out.read_bytes())["frames"]
    assert work.progress == "picture 7 of 7"
    again = exportwork.Export(recorded.with_name("nothing.txt"), "gif", "none", "en")
    again._thread.join(timeout=120)
    assert "nothing.txt" in again.failed and not again.out.exists()


def test_changes_are_told_as_runs() -> None:
    before = np.array([0, 0, 1, 1, 255, 0], np.uint8)
    after = np.array([1, 1, 1, 0, 255, 1], np.uint8)
    assert exportpage.changes(before, after) == "0:2:1 1:1:0 1:1:1"
    assert exportpage.changes(before, before) == ""
    assert exportpage.base36(0) == "0" and int(exportpage.base36(46_655), 36) == 46_655


def test_a_width_out_of_bounds_is_refused(tape: Tape) -> None:
    with pytest.raises(DataError, match="10 pixels wide"):
        film.Film(tape.scenario, 10, "en")
