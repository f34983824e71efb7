"""The pictures of the manual are taken by one command, and each shows what it should."""

from __future__ import annotations

from pathlib import Path

import pygame
import pytest

from game.core.errors import DataError
from game.ui import shots
from game.ui.app import App
from game.ui.badges import PARTS, mark_parts
from game.ui.shots import MANUAL, make_shots
from game.ui.widgets import Brush


def test_every_picture_of_the_manual_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marked: list[set[str]] = []

    def mark(window: pygame.Surface, brush: Brush) -> None:
        marked.append({hit.name for hit in brush.hits})
        mark_parts(window, brush)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(shots, "SHOWN", 1)
    monkeypatch.setattr(shots, "mark_parts", mark)
    told: list[Path] = []
    make_shots(tmp_path, "first_steps", ("en",), (1280, 760), told.append, manual=True)
    assert {p.name for p in told} == set(MANUAL["en"].values())
    for path in told:
        data = path.read_bytes()
        assert data[:3] == b"\xff\xd8\xff" and 20_000 < len(data) < 400_000, path.name
    assert marked and {name for name, *_ in PARTS} <= marked[0]


def test_a_screen_that_shows_an_error_is_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(App, "trouble", property(lambda app: "something is wrong"))
    with pytest.raises(DataError, match="something is wrong"):
        make_shots(tmp_path, "first_steps", ("en",), (1280, 760), lambda path: None)
    assert list(tmp_path.glob("*.png")) == []
