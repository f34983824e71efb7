"""The report of many games: whole, without network or script errors, and with what it promises."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from game.lab.batch import run_batch
from game.lab.batch_map import held_shares
from game.lab.batch_report import batch_page, write_batch_report
from game.lab.executor import Here
from game.lab.runfolder import Plan
from game.lab.task import Row
from game.play.replay import read_replay
from game.scenario.load import load_scenario
from tests.lab.conftest import MINI

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def folder(plan: Plan, tmp_path: Path) -> Path:
    """Return the folder of a finished batch with its report."""
    rows = run_batch(plan, tmp_path / "run", Here(), lambda found: None)
    write_batch_report(plan, tmp_path / "run", rows)
    return tmp_path / "run"


def test_the_page_has_every_part_and_asks_for_nothing(folder: Path) -> None:
    """Sections, one row a game, no address."""
    page = (folder / "report.html").read_text(encoding="utf-8")
    for heading in ("Outcomes", "The front by date", "Dates against the record", "Losses", "Luck", "The games"):
        assert f"<h2>{heading}</h2>" in page
    assert page.count('data-v="') > 6 and "http" not in page.replace("http-equiv", "")


def test_links_lead_to_replays_of_the_median_and_the_extremes(folder: Path) -> None:
    """Each link is a replay of this batch that can be read."""
    links = re.findall(r'href="(replays/[^"]+)"', (folder / "report.html").read_text(encoding="utf-8"))
    assert 1 <= len(links) <= 3
    for link in links:
        assert f"seed-{read_replay(folder / link).seed}.ichigo" in link


def test_shares_of_held_ground_are_shares(plan: Plan, tmp_path: Path) -> None:
    """Each hex between 0 and 1, and sure where no game has a doubt."""
    rows = run_batch(plan, tmp_path / "run", Here(), lambda found: None)
    s = load_scenario(MINI)
    share = held_shares(rows, 0, s.map.size)
    assert share.min() >= 0 and share.max() <= 1 and set((share * len(rows)).round(6) % 1) == {0}


def test_games_that_failed_are_listed(plan: Plan, tmp_path: Path) -> None:
    """A page of one good game and a failed one can be made, and one without any good game too."""
    rows: list[Row] = run_batch(plan, tmp_path / "run", Here(), lambda found: None)
    bad: Row = {"seed": 7, "error": "RuntimeError: <lost>"}
    page = batch_page(plan, load_scenario(MINI), [rows[0], bad], {}).decode()
    assert "RuntimeError: &lt;lost&gt;" in page


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium")
def test_it_opens_in_a_browser_without_errors(folder: Path, tmp_path: Path) -> None:
    """The slider's script has run, and the console is quiet."""
    words = [
        str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--enable-logging=stderr",
        "--v=0", f"--user-data-dir={tmp_path / 'chrome'}", "--dump-dom", (folder / "report.html").as_uri(),
    ]  # fmt: skip
    done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert "CONSOLE" not in done.stderr
    last = load_scenario(MINI).calendar.end
    assert f'<b id="date">{last.day} ' in done.stdout
