"""Errors: one sentence with the place, and a hint that names the nearest word."""

from __future__ import annotations

import pytest

from game.core.errors import DataError, GameError, IllegalOrder, Problem, ReplayError, did_you_mean, fail


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem("key", "unknown key 'mne'"), "key: unknown key 'mne'"),
        (Problem("key", "unknown key 'mne'", "japan.yaml"), "japan.yaml: key: unknown key 'mne'"),
        (Problem("key", "unknown key 'mne'", "japan.yaml", 12, 5), "japan.yaml:12:5: key: unknown key 'mne'"),
        (Problem("key", "unknown", "a.yaml", 1, 2, "did you mean men?"), "a.yaml:1:2: key: unknown (did you mean men?)"),
        (Problem("key", "unknown", hint="try again"), "key: unknown (try again)"),
    ],
)
def test_a_problem_prints_as_one_line(problem: Problem, expected: str) -> None:
    assert str(problem) == expected


def test_an_error_lists_its_problems_in_order() -> None:
    problems = [Problem("b", "second", "f", 9), Problem("a", "first", "f", 2)]
    assert str(DataError(problems)) == "f:9:0: b: second\nf:2:0: a: first"


@pytest.mark.parametrize("kind", [DataError, ReplayError, IllegalOrder])
def test_every_error_can_be_caught_as_a_game_error(kind: type[GameError]) -> None:
    with pytest.raises(GameError) as caught:
        raise kind([Problem("code", "message")])
    assert caught.value.problems[0].code == "code"


def test_errors_do_not_share_their_problems() -> None:
    one, other = GameError(), GameError()
    one.problems.append(Problem("code", "message"))
    assert other.problems == []


def test_fail_keeps_everything() -> None:
    error = fail("io", "cannot read", "a.yaml", 3, 4, "look again")
    assert isinstance(error, DataError)
    assert error.problems == [Problem("io", "cannot read", "a.yaml", 3, 4, "look again")]


def test_did_you_mean() -> None:
    known = ["establishment", "strength", "morale", "men"]
    assert did_you_mean("morael", known) == "did you mean morale?"
    assert did_you_mean("xyzzy", known) == ""
    assert did_you_mean("strengh", ["strength", "strengths"]).startswith("did you mean strength or ")
    assert did_you_mean("men", []) == ""
