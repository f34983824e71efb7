"""The after-action report: one page that holds everything, is sound HTML, and says what happened in the game."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from game.ai.random_player import RandomPlayer
from game.core.errors import DataError
from game.lab.page import text
from game.lab.report import write_report
from game.lab.report_charts import Meeting, against_record, nice_step
from game.lab.report_map import Sheet, chains
from game.lab.report_story import stories, tell
from game.model.orders import End
from game.play import stats
from game.play.chronicle import Chronicle, chronicle_of
from game.play.session import Session
from game.rules import victory
from game.scenario.load import load_scenario
from tests.rules.worlds import Land, objective, rules, scenario, unit

VOID = {"meta", "br", "link", "img", "hr", "input"}


class Reader(HTMLParser):
    """Reads a page: checks that tags are balanced and gathers text, attributes and ids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.words: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(html: str) -> Reader:
    """Return a page that has been read to its end."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.fixture(scope="module")
def played() -> tuple[Session, Chronicle]:
    """Return a game of the first scenario between random players, with its chronicle."""
    session, chronicle = Session(load_scenario("henan"), 5), Chronicle()
    session.play((RandomPlayer(), RandomPlayer()), chronicle.after)
    return session, chronicle


@pytest.fixture(scope="module")
def html(played: tuple[Session, Chronicle], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return its report."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(played[0], ("random", "random"), path, played[1])
    assert path.stat().st_size <= 1_500_000
    return path.read_text("utf-8")


def test_the_page_is_sound_html(html: str) -> None:
    reader = read(html)
    ids = [value for _, name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    targets = {value[1:] for _, name, value in reader.attributes if name == "href"}
    assert targets <= set(ids)


def test_the_page_asks_the_network_for_nothing(html: str) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(", html.replace("http-equiv", ""))
    reader = read(html)
    assert not [a for a in reader.attributes if a[1] in ("src", "srcset") or (a[1] == "href" and not a[2].startswith("#"))]


def test_the_page_names_outcome_objectives_and_every_capture(html: str, played: tuple[Session, Chronicle]) -> None:
    session = played[0]
    words = " ".join(" ".join(read(html).words).split())
    level = victory.level(session.world)
    assert level.name.en in words and level.name.zh in words
    assert f"{victory.net(session.world):,}".replace("-", "−") in words
    for objective_ in session.scenario.objectives:
        assert objective_.title.en in words
    taken = stats.captures(session.world)
    assert taken
    places = session.scenario.map.place_by_id
    part = html.split("Places that changed hands")[1].split("</ul>", maxsplit=1)[0]
    assert part.count('class="hand"') == len(taken)
    for capture in taken:
        item = part.split(f"<b>{text(places[capture.place].name_en)}</b>")[1].split("</li>")[0]
        assert f"</span>{capture.date.day} {capture.date:%b}" in item


def test_the_page_gives_the_balance_of_men(html: str, played: tuple[Session, Chronicle]) -> None:
    words = read(html).words
    for side in (0, 1):
        for value in (*stats.men(played[0].world, side).values(), *stats.losses(played[0].world, side).values()):
            assert f"{value:,}" in words


def test_the_chronicle_has_the_start_and_every_turn(played: tuple[Session, Chronicle]) -> None:
    session, chronicle = played
    assert [s.turn for s in chronicle.snapshots] == list(range(session.scenario.calendar.turns + 1))
    last = chronicle.snapshots[-1]
    assert (last.control == session.world.state.control).all()
    assert last.men == tuple(stats.men(session.world, side)["present"] for side in (0, 1))
    assert last.losses == tuple(tuple(stats.losses(session.world, side).values()) for side in (0, 1))
    assert (chronicle.snapshots[0].control == session.scenario.control).all()


def test_a_chronicle_written_afterwards_is_the_same(played: tuple[Session, Chronicle]) -> None:
    session, chronicle = played
    again = chronicle_of(session)
    assert len(again.snapshots) == len(chronicle.snapshots)
    for a, b in zip(again.snapshots, chronicle.snapshots, strict=True):
        assert (a.control == b.control).all()
        assert (a.men, a.losses, a.supply, a.morale, a.units) == (b.men, b.losses, b.supply, b.morale, b.units)


def test_the_same_game_gives_the_same_page(played: tuple[Session, Chronicle], html: str, tmp_path: Path) -> None:
    write_report(played[0], ("random", "random"), tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == html


def test_every_formation_has_its_story(played: tuple[Session, Chronicle]) -> None:
    session = played[0]
    found = stories(session)
    assert sorted(u for s in found for u in s.units) == list(range(len(session.scenario.units)))
    for story in found:
        told = tell(session, story)
        assert told.endswith(".") and (told.startswith(("Began", "Arrived")) or told == "Never reached the map.")
    destroyed = sum(s.surrendered + s.dispersed + s.captured for s in found)
    assert destroyed == sum(1 for status in session.world.state.status if status == 2)


def small() -> Session:
    """Return a game that has just begun, with names that would break a careless page."""
    land = Land().place("to<wn>&", 1, 1)
    goal = objective("<script>alert(1)</script>", 0, "hold", land, ["to<wn>&"], 5)
    return Session(scenario(land, [unit("jp_1", 3, 3), unit("cn_1", 5, 3)], rules(), objectives=(goal,)), 1)


def test_names_are_escaped_and_an_unfinished_game_can_be_told(tmp_path: Path) -> None:
    session = small()
    session.order(End())
    write_report(session, ("<b>me</b>", 'a"b'), tmp_path / "r.html")
    html = (tmp_path / "r.html").read_text("utf-8")
    read(html)
    assert "<script>alert" not in html and "&lt;script&gt;alert(1)" in html
    assert "<b>me</b>" not in html and "Test &lt;&amp;&gt; field" in html
    assert "So far:" in html


def test_a_report_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot write"):
        write_report(small(), ("a", "b"), tmp_path / "no" / "such" / "r.html")
    with pytest.raises(DataError, match="folder"):
        write_report(small(), ("a", "b"), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_lines_use_every_link_once_and_close_rings() -> None:
    ring = [((0, 0), (1, 0)), ((1, 0), (1, 1)), ((1, 1), (0, 0))]
    (line,) = chains(ring)
    assert line[0] == line[-1] and len(line) == 4
    fork = [((0, 0), (1, 0)), ((1, 0), (2, 1)), ((1, 0), (2, -1))]
    assert sorted(len(found) for found in chains(fork)) == [2, 2, 2]


def test_the_outline_of_a_hex_has_six_corners() -> None:
    sheet = Sheet(Land().build())
    assert sheet.area([30]).count("L") == 5 and sheet.area([30]).endswith("Z")
    assert sheet.area([30, 31]).count("L") == 9


def test_scales_have_round_steps() -> None:
    assert [nice_step(most, 4) for most in (3, 90, 1000, 86_252, 400_000)] == [1, 25, 250, 25_000, 100_000]


def test_days_early_and_late_are_told() -> None:
    from datetime import date

    rows = [
        Meeting("Early", "早", 0, date(1944, 5, 10), date(1944, 5, 8)),
        Meeting("Late", "晚", 1, date(1944, 5, 10), date(1944, 5, 11)),
        Meeting("Never", "无", 0, date(1944, 5, 10), None),
    ]
    words = read(against_record(rows, date(1944, 4, 17), date(1944, 6, 12))).words
    assert "2 days early" in words and "1 day late" in words and "did not happen" in words
