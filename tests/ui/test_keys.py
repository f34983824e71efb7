"""The key file: the game's own keys, the player's changes, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.ui.actions import ACTIONS, CONTEXTS, GROUPS
from game.ui.keys import NAME, Key, key_codes, load_keys, read_key, shown_key
from game.ui.texts import catalogue


def code(name: str) -> int:
    return key_codes()[name]


def test_every_action_has_a_key_of_its_own(tmp_path: Path) -> None:
    keys, message = load_keys(CONTEXTS, tmp_path)
    assert message == ""
    assert keys.names.keys() == ACTIONS.keys() == CONTEXTS.keys()
    assert all(keys.names[a] for a in ACTIONS)


def test_ctrl_return_ends_the_turn_and_return_alone_does_not(tmp_path: Path) -> None:
    keys, _ = load_keys(CONTEXTS, tmp_path)
    assert keys.action(Key(code("return"), ctrl=True), ("map",)) == "end_turn"
    assert keys.action(Key(code("return"), ctrl=True), ("planner", "map")) == "end_turn"
    assert keys.action(Key(code("return")), ("map",)) == "act"
    assert keys.action(Key(code("return")), ("planner", "map")) == "order"


def test_a_key_may_mean_something_else_while_the_planner_is_open(tmp_path: Path) -> None:
    keys, _ = load_keys(CONTEXTS, tmp_path)
    assert keys.action(Key(code("1")), ("map",)) == "overlay_1"
    assert keys.action(Key(code("1")), ("planner", "map")) == "join_1"
    assert keys.action(Key(code("n")), ("planner", "map")) == "next"


def test_a_sign_that_needs_shift_counts_without_it(tmp_path: Path) -> None:
    keys, _ = load_keys(CONTEXTS, tmp_path)
    assert keys.action(Key(code("equals"), shift=True), ("map",)) == "zoom_in"
    assert keys.action(Key(code("n"), ctrl=True), ("map",)) == ""


def test_the_players_file_overrides_single_actions(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("next: [pagedown, ctrl+n]\nquicksave: ctrl+s\noverlay_9: []\noverlay_8: 9\n")
    keys, message = load_keys(CONTEXTS, tmp_path)
    assert message == ""
    assert keys.action(Key(code("pagedown")), ("map",)) == "next"
    assert keys.action(Key(code("n"), ctrl=True), ("map",)) == "next"
    assert keys.action(Key(code("n")), ("map",)) == ""
    assert keys.action(Key(code("s"), ctrl=True), ("map",)) == "quicksave"
    assert keys.action(Key(code("9")), ("map",)) == "overlay_8"
    assert keys.action(Key(code("z"), ctrl=True), ("map",)) == "undo"
    assert keys.shown("overlay_9") == ""


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("nxt: [n]\n", 1, "did you mean next?"),
        ("undo: [ctrl+z]\nnext: [pagedwon]\n", 2, "did you mean pagedown"),
        ("next: [strg+n]\n", 1, "no modifier 'strg'"),
        ("next: [p]\n", 1, "the key p means previous and next"),
        ("next: [j]\nprevious: [j]\n", 2, "the key j means next and previous"),
        ("next: {a: b}\n", 1, "expected the name of a key"),
        ("next: [n\n", 0, "keys.yaml"),
        ("- n\n", 1, "expected keys with values"),
        ("next: true\n", 1, "expected the name of a key, found true"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_usual_keys_count(tmp_path: Path, text: str, line: int, part: str) -> None:
    (tmp_path / NAME).write_text(text)
    keys, message = load_keys(CONTEXTS, tmp_path)
    assert part in message
    assert not line or f"{NAME}:{line}:" in message
    assert keys.action(Key(code("n")), ("map",)) == "next"
    assert keys.action(Key(code("p")), ("map",)) == "previous"


def test_keys_are_written_as_players_know_them() -> None:
    assert shown_key("ctrl+return") == "Ctrl+Enter"
    assert shown_key("kp7") == "Num 7"
    assert shown_key("f5") == "F5"
    assert read_key("Shift+Insert") == Key(code("insert"), shift=True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_action_and_group_has_a_name(lang: str) -> None:
    from game.ui.helppage import MOUSE, TOGETHER

    part = {one: name for name, several in TOGETHER.items() for one in several}
    wanted = {f"action.{part.get(a, a)}" for a in ACTIONS} | {f"keygroup.{g}" for g in GROUPS}
    wanted |= {f"help.{m}" for m in MOUSE} | {f"help.{m}.does" for m in MOUSE}
    assert wanted <= catalogue(lang).keys()
