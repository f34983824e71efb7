"""The theme's files: single colours are taken over, and nothing in them stops the game."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.ui import style
from game.ui.theme import load_theme

NAMES = ("SIDES", "WASH", "STRIPES", "BAR", "problems")


@pytest.fixture(autouse=True)
def kept() -> Iterator[None]:
    """Leave the colours as they were."""
    before = {name: getattr(style, name) for name in NAMES}
    yield
    for name, value in before.items():
        setattr(style, name, value)


def write(folder: Path, text: str) -> None:
    (folder / "theme.yaml").write_text(text, encoding="utf-8")


def test_the_shipped_theme_is_the_built_in_one(tmp_path: Path) -> None:
    before = (style.SIDES, style.WASH, style.STRIPES, style.BAR)
    assert load_theme(tmp_path) == []
    assert before == (style.SIDES, style.WASH, style.STRIPES, style.BAR)


def test_the_players_file_overrides_single_colours(tmp_path: Path) -> None:
    write(tmp_path, 'china: {body: "#1B3F66", ground: "#0050A0"}\nreadiness: ["#FFFFFF", "#F0B43C", "#C02020"]\n')
    light = style.SIDES[1].light
    assert load_theme(tmp_path) == []
    assert style.SIDES[1].body == (0x1B, 0x3F, 0x66) and style.SIDES[1].light == light
    assert style.WASH[1] == (0, 0x50, 0xA0)
    assert style.BAR[2] == (0xC0, 0x20, 0x20)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("china: {bdy: '#1B3F66'}\n", "did you mean"),
        ("chna: {body: '#1B3F66'}\n", "did you mean"),
        ("china: {body: blue}\n", 'such as "#C4523A"'),
        ("china: {body: #1B3F66\n}\n", "theme.yaml"),
        ("china: 5\n", "expected colours by name"),
        ("stripes: ['#FFFFFF']\n", "a list of 9 colours"),
        ("china: {body: '#B04A3A'}\n", "too much alike"),
        ("", "empty"),
        ("china: [\n", "theme.yaml"),
    ],
)  # fmt: skip
def test_a_wrong_file_leaves_the_colours_and_says_why(tmp_path: Path, text: str, said: str) -> None:
    before = (style.SIDES, style.WASH, style.STRIPES, style.BAR)
    write(tmp_path, text)
    messages = load_theme(tmp_path)
    assert len(messages) == 1 and said in messages[0]
    assert style.problems == messages
    assert before == (style.SIDES, style.WASH, style.STRIPES, style.BAR)


def test_a_pair_that_only_some_eyes_confuse_is_refused(tmp_path: Path) -> None:
    # red and olive: apart for most, alike for eyes without red cones
    # red and olive: apart for most, alike for eyes without red cones
    write(tmp_path, 'japan: {body: "#B4463C"}\nchina: {body: "#5A6428"}\n')
    messages = load_theme(tmp_path)
    assert len(messages) == 1 and "opia" in messages[0]


def test_a_missing_theme_is_told(tmp_path: Path) -> None:
    messages = load_theme(tmp_path, tmp_path / "none" / "theme.yaml")
    assert len(messages) == 1 and "theme.yaml" in messages[0]
