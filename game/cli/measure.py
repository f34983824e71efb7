"""Measurements in fresh processes: how long a start takes, how much memory a game needs, what digest it gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import game
from game.core.errors import fail

_MAIN = "import sys; from game.cli.main import main; sys.exit(main(sys.argv[1:]))"
_PEAK = (
    "import sys; from game.cli.main import main; code = main(sys.argv[1:]); "
    "from game.cli.measure import peak_memory; print(peak_memory(), file=sys.stderr); sys.exit(code)"
)


def peak_memory() -> int:
    """Return the most memory that this process has had [bytes]; 0 where the system does not say."""
    status = Path("/proc/self/status")
    if status.exists():  # of this program alone; getrusage would count the parent's before the start too
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _environment(extra: dict[str, str] | None) -> dict[str, str]:
    here = str(Path(game.__file__).resolve().parent.parent)
    known = os.environ.get("PYTHONPATH", "")
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, known))), "PYTHONIOENCODING": "utf-8", **(extra or {})}


def fresh_run(words: list[str], extra: dict[str, str] | None = None, code: str = _MAIN) -> tuple[str, str, float]:
    """Run a command in a fresh process; return its output, its messages and the seconds it took."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=_environment(extra), capture_output=True, text=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise fail("bench", f"the command {' '.join(words)} failed with exit code {done.returncode}: {done.stderr.strip()[-300:]}")
    return done.stdout, done.stderr, time.perf_counter() - begun


def fresh_result(words: list[str], extra: dict[str, str] | None = None) -> tuple[dict[str, Any], float]:
    """Return the JSON object that a command prints in a fresh process, and the seconds it took."""
    out, _, seconds = fresh_run(words, extra)
    return json.loads(out), seconds


def fresh_peak(words: list[str]) -> int:
    """Return the most memory that a command needs in a fresh process [bytes]."""
    _, messages, _ = fresh_run(words, code=_PEAK)
    return int(messages.split()[-1])


def seconds_to_first_line(words: list[str]) -> float:
    """Return the seconds from the start of a fresh process to the first line it prints."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", _MAIN, *words], env=_environment(None), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with process:
        if process.stdout is not None:
            process.stdout.readline()
        seconds = time.perf_counter() - begun
        process.kill()
    return seconds
