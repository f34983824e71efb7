"""How fast the window is: frames while scrolling, zoom steps, the first view, the computer's turn. Figures, no verdict.

Everything runs on SDL's dummy driver at the size of the targets, through the same events as a player's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from game.ui.desk import PERSON
from game.ui.screen import Choice

if TYPE_CHECKING:
    from game.ui.app import App
    from game.ui.gamescreen import GameScreen

SIZE = (1600, 900)
ZOOMS = (2, 3, 4, 5, 6)
STEP = 15  # of the scrolling: 900 px/s at 60 frames a second [px a frame]
FRAMES = 300
PATIENCE = 120.0  # longest wait for a picture or a turn [s]
REST = 12.0  # longest wait for work ahead [s]


@dataclass(frozen=True)
class Figure:
    """One line of the table. Times in milliseconds."""

    what: str
    target: float
    value: float
    note: str = ""

    def line(self) -> str:
        """Return the line as it is printed."""
        good = "  " if self.value <= self.target else "! "
        return f"{good}{self.what:58} {self.target:8,.0f} {self.value:9,.1f}  {self.note}".rstrip()


def measure_window(scenario: str, tell: Callable[[str], None]) -> None:
    """Measure the window on a scenario and tell the lines of the table one by one."""
    os.environ["SDL_VIDEODRIVER"] = "dummy"
    tell("times of the clock; \"processor\": what the window's own thread used of it, where other programs disturb")
    tell(f"  {'window at 1600 x 900, software rendering [ms]':58} {'target':>8} {'measured':>9}")
    with TemporaryDirectory() as folder:
        cache, saves = Path(folder) / "cache", Path(folder) / "saves"
        cache.mkdir()
        tell(_first_frame().line())
        for what, target in (("first complete view of the scenario, no cache", 2000.0), ("the same from the cache", 500.0)):
            with _game(scenario, saves, cache) as (app, screen, begun, used):
                tell(_first_view(app, screen, what, target, begun, used).line())
                _settle(app, screen)
        with _game(scenario, saves, cache) as (app, screen, _, _):
            for zoom in ZOOMS:
                if zoom >= screen.view.camera.farthest:
                    for figure in _scrolling(app, screen, zoom):
                        tell(figure.line())
            for figure in _zooming(app, screen):
                tell(figure.line())
            for figure in _turn(app, screen):
                tell(figure.line())


@contextmanager
def _game(scenario: str, saves: Path, cache: Path) -> Iterator[tuple[App, GameScreen, float, float]]:
    """Open a window with a game of the scenario; also tell when it began, by the clock and by this thread's own time."""
    from game.ui.app import App
    from game.ui.calm import warm_up
    from game.ui.gamescreen import GameScreen
    from game.ui.library import playable

    app = App("en", SIZE, saves, cache)
    app.open()
    try:
        playable(scenario)  # as the start screen has done when a player begins a game
        warm_up()
        begun, used = time.perf_counter(), time.thread_time()
        app.go("game", Choice(scenario, (PERSON, "staff")))
        while not isinstance(app.screen, GameScreen) and time.perf_counter() < begun + PATIENCE:
            app.frame(0.0)
        assert isinstance(app.screen, GameScreen)
        yield app, app.screen, begun, used
    finally:
        app.close()


def _first_frame() -> Figure:
    """Return how long a fresh process takes to show its first frame."""
    code = (
        "import pathlib, sys, tempfile\nfrom game.ui.app import App\nsaves = pathlib.Path(tempfile.gettempdir())\n"
        "app = App('en', (1600, 900), saves)\napp.open()\napp.draw()\nprint('shown', flush=True)\nsys.stdin.read()\napp.close()"
    )
    root = str(Path(__file__).resolve().parent.parent.parent)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)}
    best = 1e9
    for _ in range(3):
        begun = time.perf_counter()
        process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True)
        assert process.stdout is not None
        while (line := process.stdout.readline()) and line.strip() != "shown":
            pass
        best = min(best, time.perf_counter() - begun)
        process.communicate("")
    return Figure("from the start of a process to the first frame", 1500, best * 1000, "best of 3")


def _first_view(app: App, screen: GameScreen, what: str, target: float, begun: float, used: float) -> Figure:
    """Return how long it took until the map was complete, and say when it was sharp."""
    covered, processor = 0.0, 0.0
    while time.perf_counter() < begun + PATIENCE:
        app.frame(0.02)
        if not covered and screen.view.covered:
            covered, processor = time.perf_counter(), time.thread_time() - used
        if screen.view.complete:
            break
        time.sleep(0.002)
    sharp = time.perf_counter() - begun
    note = f"processor {processor * 1000:.0f}; sharp and with every name after {sharp * 1000:,.0f} ms"
    return Figure(what, target, (covered - begun) * 1000, note)


def _settle(app: App, screen: GameScreen, quiet: float = 0.5) -> None:
    """Go on until nothing is made in the background any more."""
    since, until = time.perf_counter(), time.perf_counter() + REST
    while time.perf_counter() < min(since + quiet, until):
        app.frame(0.0)
        if not screen.view.complete or screen.view.working:
            since = time.perf_counter()
        time.sleep(0.002)


def _timed(app: App) -> tuple[float, float]:
    """Return how long one frame takes, and how much of that this thread had the processor [ms]."""
    begun, used = time.perf_counter(), time.thread_time()
    app.frame(1 / 60)
    return (time.perf_counter() - begun) * 1000, (time.thread_time() - used) * 1000


def _share(values: list[float], permille: int) -> float:
    """Return a quantile."""
    return sorted(values)[min(len(values) * permille // 1000, len(values) - 1)]


def _scrolling(app: App, screen: GameScreen, zoom: int) -> list[Figure]:
    """Return the frame times while the map is dragged around at a zoom."""
    import pygame

    camera = screen.view.camera
    camera.zoom_by(zoom - camera.zoom, (camera.width / 2, camera.height / 2))
    _settle(app, screen)
    x, y = camera.width // 2, camera.height // 2
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=(x, y), button=1))
    app.frame(1 / 60)
    times = []
    for n in range(FRAMES):
        way = n // 75 % 4
        dx, dy = ((STEP, STEP // 3), (-STEP // 3, STEP), (-STEP, -STEP // 3), (STEP // 3, -STEP))[way]
        x, y = x + dx, y + dy
        pygame.event.post(pygame.event.Event(pygame.MOUSEMOTION, pos=(x, y), rel=(dx, dy), buttons=(1, 0, 0)))
        times.append(_timed(app))
        time.sleep(0.001)
    pygame.event.post(pygame.event.Event(pygame.MOUSEBUTTONUP, pos=(x, y), button=1))
    app.frame(1 / 60)
    walls, used = [w for w, _ in times], [u for _, u in times]
    found = []
    for name, target, permille in (("median", 8.0, 500), ("99th of 100", 33.0, 990)):
        note = f"processor {_share(used, permille):.1f}" + (f", worst {max(walls):.0f}" if permille > 500 else "")
        found.append(Figure(f"frame while dragging at zoom {zoom}: {name}", target, _share(walls, permille), note))
    return found


def _zooming(app: App, screen: GameScreen) -> list[Figure]:
    """Return how long zoom steps take until the picture is complete."""
    import pygame

    camera = screen.view.camera
    camera.zoom_by(6 - camera.zoom, (camera.width / 2, camera.height / 2))
    app.shell.brush.mouse = (camera.width // 3, camera.height // 3)
    found = []
    for step in (-1, -1, -1, 1, 1, 1):
        _settle(app, screen)
        if camera.zoom + step < camera.farthest:
            continue
        before = camera.zoom
        pygame.event.post(pygame.event.Event(pygame.MOUSEWHEEL, x=0, y=step, flipped=False))
        begun, used, covered, own = time.perf_counter(), time.thread_time(), 0.0, 0.0
        while time.perf_counter() < begun + PATIENCE:
            app.frame(1 / 60)
            if not covered and screen.view.covered:
                covered, own = time.perf_counter(), time.thread_time() - used
            if screen.view.complete:
                break
        sharp = (time.perf_counter() - begun) * 1000
        what = f"zoom {before} to {before + step}: first complete picture"
        note = f"processor {own * 1000:.0f}; sharp after {sharp:,.0f} ms"
        found.append(Figure(what, 150, (covered - begun) * 1000, note))
    return found


def _turn(app: App, screen: GameScreen) -> list[Figure]:
    """Return the gaps between two moments at which the window answers, while the computer moves."""
    gaps: list[float] = []
    begun = last = time.perf_counter()
    screen.end_turn()
    while screen.busy and app.running and time.perf_counter() < begun + PATIENCE:
        app.frame(gaps[-1] / 1000 if gaps else 0.0)
        time.sleep(0.001)
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
    seconds = last - begun
    return [
        Figure("longest time without an answer in the computer's turn", 50, max(gaps), f"{len(gaps)} frames in {seconds:.1f} s"),
        Figure("99th of 100 in the computer's turn", 50, _share(gaps, 990), f"median {_share(gaps, 500):.1f}"),
    ]


__all__ = ["measure_window"]
