"""Without a display that answers there is a clear message that names `run`, and nothing hangs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="displays are named by DISPLAY only on X11")
@pytest.mark.parametrize("display", [None, ":97"])
def test_a_display_that_does_not_answer_is_no_display(display: str | None) -> None:
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER")}
    if display:
        env["DISPLAY"] = display
    done = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "play", "henan"], env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert "ichigo run henan" in done.stderr and "Traceback" not in done.stderr
