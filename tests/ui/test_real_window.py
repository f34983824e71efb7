"""The window on a real X server, with real keys and clicks. Skipped where Xvfb or xdotool is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from struct import unpack_from
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from game.model.scenario import Scenario
from game.play.session import Session
from game.scenario.load import load_scenario
from game.ui import style
from game.ui.camera import Camera
from game.ui.desk import PERSON, Desk
from game.ui.panels import BOTTOM, RIGHT, TOP
from game.ui.treepanel import FOLDED
from game.ui.widgets import PRIMARY, SIDE_TEXT

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1280, 800)  # of the screen [px]
WINDOW = (1280, 760)  # of the game's window on it [px]
REACH = style.rgb("#FFE066")  # the edge of what a unit can reach
SCENARIOS = ("first_steps", "changheng", "guiliu", "henan")  # as far down as the list is walked
pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs an X server in memory (Xvfb) and xdotool"
)


def wait_for(what: Callable[[], Any], seconds: float = 90.0) -> Any:
    """Return what a question gives as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("waited in vain")


class Screen:
    """A display in memory whose pixels can be read."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._file = folder / "Xvfb_screen0"

    def pixels(self) -> npt.NDArray[np.uint8]:
        """Return what is on the screen now (height, width, RGB); the file is X's own form of a window dump."""
        data = self._file.read_bytes()
        head, line, colours = unpack_from(">I", data)[0], unpack_from(">I", data, 48)[0], unpack_from(">I", data, 76)[0]
        wide, high = unpack_from(">II", data, 16)
        rows = np.frombuffer(data, np.uint8, line * high, head + 12 * colours).reshape(high, line)[:, : 4 * wide]
        return rows.reshape(high, wide, 4)[..., 2::-1]

    def count(self, colour: tuple[int, int, int], box: tuple[int, int, int, int] = (0, 0, *SIZE)) -> int:
        """Return how many pixels of a box have a colour, or nearly so."""
        x, y, w, h = box
        off = self.pixels()[y : y + h, x : x + w].astype(np.int16) - np.array(colour, np.int16)
        return int((np.abs(off).max(axis=2) <= 10).sum())

    def differs(self, before: npt.NDArray[np.uint8]) -> bool:
        """Return whether the screen looks different from before."""
        return bool((self.pixels() != before).any())

    def settled(self, quiet: float = 0.4) -> npt.NDArray[np.uint8]:
        """Return the pixels once they have not changed for some time [s]."""
        last = self.pixels()

        def same() -> bool:
            nonlocal last
            time.sleep(quiet)
            before, last = last, self.pixels()
            return bool((before == last).all())

        wait_for(same)
        return last


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    """Return a display of its own."""
    read, write = os.pipe()
    (tmp_path / "display").mkdir()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset",
         "-fbdir", str(tmp_path / "display")],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield Screen(f":{number}", tmp_path / "display")
    server.terminate()
    server.wait(timeout=20)


class Program:
    """The game as a process of its own, in a home that belongs to the test."""

    def __init__(self, screen: Screen, home: Path, *words: str) -> None:
        env = {k: v for k, v in os.environ.items() if not k.startswith("SDL_")}
        env |= {"DISPLAY": screen.name} | dict.fromkeys(("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "HOME"), str(home))
        self._env, self.saves = env, home / "ichigo-1944" / "saves"
        main = [sys.executable, str(ROOT / "main.py"), *words]
        self._log = home / "stderr.txt"
        with self._log.open("a", encoding="utf-8") as log:
            self._game = subprocess.Popen(main, env=env, cwd=home, stderr=log)
        try:
            window = str(wait_for(self._window)).split()[0]
            self.tool("windowfocus", "--sync", window)
            x, y = SIZE[0] // 2, SIZE[1] // 2
            self.tool("mousemove", "--window", window, str(x), str(y))
        except BaseException:
            self.end()
            raise

    def _window(self) -> str:
        """Return the number of the game's window, "" = it is not there yet."""
        assert self._game.poll() is None, f"the game ended with {self._game.returncode}: {self._log.read_text(encoding='utf-8')}"
        return self.tool("search", "--onlyvisible", "--pid", str(self._game.pid))

    def tool(self, *args: str) -> str:
        """Run xdotool; return what it prints."""
        return subprocess.run(["xdotool", *args], check=False, env=self._env, capture_output=True, text=True).stdout.strip()

    def keys(self, *names: str) -> None:
        """Press keys one after another, as a person does."""
        assert self._game.poll() is None, self.errors
        self.tool("key", "--delay", "60", *names)

    def click(self, x: float, y: float, button: int = 1) -> None:
        """Click into the window, whose corner is the screen's."""
        self.tool("mousemove", str(round(x)), str(round(y)), "sleep", "0.2", "click", str(button))

    def saved(self, name: str) -> str:
        """Return the text of a saved game, "" = there is none yet."""
        path = self.saves / f"{name}.ichigo"
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def wait_saved(self, name: str, text: str) -> str:
        """Wait until a saved game holds a text; return all of it."""
        return str(wait_for(lambda: text in (found := self.saved(name)) and found))

    def quick_save(self, text: str) -> str:
        """Save until the saved game holds a text: an order may need a moment."""

        def save() -> str:
            self.keys("F5")
            time.sleep(0.4)
            found = self.saved("quick")
            return found if text in found else ""

        return str(wait_for(save, 40))

    def quit(self) -> None:
        """Close the window by its key."""
        self.keys("ctrl+q")
        assert self._game.wait(timeout=60) == 0
        assert "Traceback" not in self.errors

    @property
    def errors(self) -> str:
        """Return what the program has written to its standard error."""
        return self._log.read_text(encoding="utf-8")

    def end(self) -> None:
        """End the process if it still runs."""
        if self._game.poll() is None:
            self._game.kill()
        self._game.wait(timeout=20)


@pytest.fixture
def programs() -> Iterator[list[Program]]:
    """Return a list for programs that are ended with the test."""
    started: list[Program] = []
    yield started
    for program in started:
        program.end()


def choose_henan(program: Program, screen: Screen) -> None:
    """Go from the start screen to a new game of Henan as Japan."""
    assert load_scenario(SCENARIOS[-1]).id == "henan"
    screen.settled(1.5)  # one scenario of the list is read in each frame
    program.keys("Escape", *["Down"] * (len(SCENARIOS) - 1), "Return")
    time.sleep(1)
    screen.settled()
    program.keys("Return")


def point(scenario: Scenario, centre: int, where: int) -> tuple[float, float]:
    """Return where a hex lies in the window after the map was centred on another [px]."""
    camera = Camera(scenario.map, WINDOW[0] - RIGHT, WINDOW[1] - TOP - BOTTOM)
    camera.cover(FOLDED)
    camera.centre_on(centre)
    x, y = camera.point(where)
    return x, y + TOP


def find(program: Program, name: str) -> None:
    """Select a unit by the search in the order of battle, close that again, and centre the map on the unit."""
    program.keys("f")
    program.tool("type", "--delay", "40", name)
    program.keys("Return", "o")
    time.sleep(1)  # the map's middle is known once the panel has been drawn closed
    program.keys("c")
    time.sleep(0.5)


def quiet_step(desk: Desk, unit: int) -> int:
    """Return a hex without enemies that a unit reaches with fewest minutes."""
    desk.select(unit)
    found = desk.reach()
    assert found is not None
    near = [h for h in desk.world.near[desk.world.state.hex[unit]] if h >= 0 and found[0][h] > 0 and not desk.view.contact(h)]
    return min((h for h in near if desk.itinerary(h, unit).verdict.ok), key=lambda h: (found[0][h], h))


def test_a_turn_of_henan_is_played_saved_loaded_and_looked_at_again(
    screen: Screen, tmp_path: Path, programs: list[Program]
) -> None:
    desk = Desk(Session(load_scenario("henan"), 1), (PERSON, "staff"))
    state, units = desk.world.state, {u.name.en: u.index for u in desk.scenario.units}
    marcher, fighter = units["225th Infantry Regiment"], units["63rd Infantry Brigade"]
    goal = quiet_step(desk, marcher)
    target = next(c.hex for c in desk.view.contacts() if fighter in desk.attackers(c.hex))

    program = Program(screen, tmp_path)
    programs.append(program)
    choose_henan(program, screen)
    assert "scenario henan" in program.wait_saved("auto", "turn 1 japan")
    screen.settled()
    map_box = (FOLDED, TOP, WINDOW[0] - RIGHT - FOLDED, WINDOW[1] - TOP - BOTTOM)
    program.keys("Escape")

    # its reach is shown while it is selected, and only then
    before = screen.count(REACH, map_box)
    find(program, "225th Infantry R")
    wait_for(lambda: screen.count(REACH, map_box) > before + 60)
    program.click(*point(desk.scenario, state.hex[marcher], goal), button=3)
    desk.select(marcher)
    program.quick_save(f"move jp_225_inf_regt {desk.scenario.map.label(state.hex[marcher])}-")

    # the planner opens on a right click on the enemy, and Enter orders the attack
    find(program, "63rd Infantry B")
    program.click(*point(desk.scenario, state.hex[fighter], target), button=3)
    time.sleep(1)
    program.keys("Return")
    program.quick_save(f"attack {desk.scenario.map.label(target)} ")

    # the computer's turn: the phase is shown in its colour, the map changes by itself, and Space makes it quick
    chip = (0, 0, 700, TOP)
    own = screen.count(SIDE_TEXT[1], chip)
    program.keys("Escape", "Escape", "ctrl+Return")
    time.sleep(0.5)
    program.keys("Return")
    wait_for(lambda: screen.count(SIDE_TEXT[1], chip) > own + 500)
    first = screen.pixels()
    wait_for(lambda: screen.differs(first))
    program.keys("space")
    program.wait_saved("auto", "turn 2 japan")
    wait_for(lambda: screen.count(SIDE_TEXT[1], chip) <= own + 500)
    kept = program.quick_save("turn 2 japan")
    assert "turn 1 china" in kept and "attack " in kept
    program.quit()

    # the same start in Chinese, by the key of the start screen; then the saved game is loaded from its list
    program = Program(screen, tmp_path)
    programs.append(program)
    english = screen.settled()
    program.keys("g")
    wait_for(lambda: screen.differs(english))
    (program.saves / "auto.ichigo").unlink()
    choose_henan(program, screen)
    new = program.wait_saved("auto", "turn 1 japan")
    assert "turn 2" not in new and "lang: zh" in next(tmp_path.rglob("settings.yaml")).read_text(encoding="utf-8")
    screen.settled()
    program.keys("F9")
    wait_for(lambda: "turn 2 japan" in program.saved("auto"))
    find(program, "64")
    wait_for(lambda: screen.count(REACH, map_box) > before + 60)
    program.quit()

    # the saved game as a replay: from its beginning to its end the timeline fills
    program = Program(screen, tmp_path, "replay", str(program.saves / "quick.ichigo"))
    programs.append(program)
    line = (0, WINDOW[1] - 232, WINDOW[0], 232)
    screen.settled()
    program.keys("Home")
    time.sleep(0.5)
    empty = screen.count(PRIMARY, line)
    program.keys("End")
    wait_for(lambda: screen.count(PRIMARY, line) > empty + 50)
    program.keys("f")
    program.quit()
