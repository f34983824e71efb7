"""The window on a real X server, with real keys and clicks. Skipped where Xvfb or xdotool is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs an X server in memory (Xvfb) and xdotool"
)


def wait_for(what: Callable[[], object], seconds: float = 90.0) -> object:
    """Return what a question gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.2)
    raise AssertionError("waited in vain")


@pytest.fixture
def display() -> Iterator[str]:
    """Return the name of a display of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=20)


def test_a_turn_is_played_with_real_keys_and_clicks(display: str, tmp_path: Path) -> None:
    env = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")}
    env |= {"DISPLAY": display, "XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "HOME": str(tmp_path)}
    words = [sys.executable, str(ROOT / "main.py"), "play", "first_steps", "--opponent", "random"]
    game = subprocess.Popen(words, env=env, cwd=tmp_path, stderr=subprocess.PIPE, text=True)

    def tool(*args: str) -> str:
        return subprocess.run(["xdotool", *args], check=False, env=env, capture_output=True, text=True).stdout.strip()

    def saved(text: str) -> bool:
        path = tmp_path / "ichigo-1944" / "saves" / "auto.ichigo"
        return path.is_file() and text in path.read_text(encoding="utf-8")

    try:
        window = str(wait_for(lambda: tool("search", "--onlyvisible", "--pid", str(game.pid)))).split()[0]
        wait_for(lambda: saved("turn 1 japan"))
        tool("windowfocus", "--sync", window)
        tool("key", "--window", window, "n")
        tool("mousemove", "--window", window, "400", "300", "click", "4")
        tool("key", "Tab")
        quick = tmp_path / "ichigo-1944" / "saves" / "quick.ichigo"
        for way in ("Right", "Left", "Up", "Down"):  # the keyboard alone: next unit, cursor beside it, march, quick save
            tool("key", "n", f"ctrl+{way}", f"ctrl+{way}", "Return", "F5", "Escape", "Escape")
        wait_for(lambda: quick.is_file() and "move " in quick.read_text(encoding="utf-8"))
        tool("key", "ctrl+z", "F9")
        time.sleep(2)
        tool("mousemove", "--window", window, "420", "320", "click", "1", "mousemove_relative", "40", "0", "click", "3")
        time.sleep(0.5)
        tool("key", "Escape", "Escape")
        tool("key", "ctrl+Return")
        time.sleep(0.5)
        tool("key", "Return")
        wait_for(lambda: saved("turn 2 japan"))
        assert game.poll() is None
        tool("key", "ctrl+q")
        assert game.wait(timeout=30) == 0
        assert "turn 1 china" in (tmp_path / "ichigo-1944" / "saves" / "auto.ichigo").read_text(encoding="utf-8")
    finally:
        if game.poll() is None:
            game.kill()
        game.wait(timeout=20)
        assert game.stderr is not None
        errors = game.stderr.read()
        game.stderr.close()
    assert "Traceback" not in errors
