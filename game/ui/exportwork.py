"""An export under way: a second process writes the page or the animation, and the window shows how far it is."""

from __future__ import annotations

import threading
from pathlib import Path

from game.ui.childwork import start_module


class Export:
    """Writes a replay as "html" or "gif" beside its file. The window asks for `message` and `busy`."""

    def __init__(self, replay: Path, kind: str, fog: str, lang: str) -> None:
        self.out = free_name(replay, kind)
        self.kind = kind
        self.progress = ""  # last line that the process printed
        self.failed = ""
        self._process = start_module("game.ui.export", (str(replay), str(self.out), fog, lang), asked=False)
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self.progress = line.strip() or self.progress
        if self._process.wait():
            self.failed = self.progress or f"exit code {self._process.returncode}"

    @property
    def busy(self) -> bool:
        """Return whether it still works."""
        return self._thread.is_alive()

    def close(self) -> None:
        """Stop it; a file is written whole or not at all."""
        if self._process.poll() is None:
            self._process.terminate()
        self._thread.join(timeout=10)
        if self._process.stdout is not None:
            self._process.stdout.close()


def free_name(replay: Path, kind: str) -> Path:
    """Return a file beside a replay that is not there yet: such as game-2.html."""
    found, n = replay.with_suffix(f".{kind}"), 2
    while found.exists():
        found = replay.with_name(f"{replay.stem}-{n}.{kind}")
        n += 1
    return found
