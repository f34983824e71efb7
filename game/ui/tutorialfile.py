"""The tutorial as data: steps with their texts, what each points at, and what the player must have done; read and checked.

    scenario: first_steps
    side: japan
    opponent: staff
    seed: 1
    steps:
    - id: select
      text: {en: "...", zh: "..."}
      hint: {en: "...", zh: "..."}          shown when the player does something else (not needed)
      show: [{unit: jp_225_inf_regt}]        what is marked: unit, place, hex or button (not needed)
      done: {selected: jp_225_inf_regt}      what completes the step, one of DONE
      turn: 1                                the step is passed over once this turn is over (not needed)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from game.core.errors import DataError, Problem, did_you_mean
from game.core.paths import data_folder
from game.model.orders import STANCES
from game.model.scenario import Scenario
from game.model.units import SIDES, Name
from game.scenario.load import load_scenario
from game.scenario.yamlio import Document, describe, read_yaml

# what completes a step, and what its value is
DONE = {
    "read": "true", "selected": "unit", "crossed": "units", "at": "unit and place", "undone": "true", "zoomed": "true",
    "overlay": "overlay", "page": "page", "sheet": "true", "tree": "true", "planner": "place", "attacked": "place",
    "stance": "unit and stance", "asked": "true", "turn": "number", "saved": "true", "log": "log",
}  # fmt: skip
SHOWN = ("unit", "place", "hex", "button")
LIMIT = 200_000


@dataclass(frozen=True)
class Spot:
    """Something that a step marks: a hex of the map, a unit, or a button by its name."""

    kind: str  # of SHOWN
    unit: int = -1
    hex: int = -1
    button: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the tutorial."""

    id: str
    text: Name
    hint: Name | None
    show: tuple[Spot, ...]
    kind: str  # of DONE
    units: tuple[int, ...] = ()
    hex: int = -1
    word: str = ""  # overlay, page, stance or log
    number: int = 0  # turn, stance
    turn: int = 0  # last turn in which the step makes sense, 0 = always


@dataclass(frozen=True)
class Lesson:
    """A tutorial: which game is begun, and its steps."""

    scenario: Scenario
    side: int
    opponent: str
    seed: int
    steps: tuple[Step, ...]


def lesson_file() -> Path:
    """Return the tutorial that comes with the game."""
    return data_folder("scenarios") / "first_steps" / "tutorial.yaml"


def load_lesson(path: Path | None = None) -> Lesson:
    """Return a tutorial; raises DataError with every problem found, each with its file and line."""
    document = read_yaml(path or lesson_file(), "a tutorial", LIMIT)
    return _Reader(document).lesson()


class _Reader:
    """Reads a tutorial and gathers what is wrong with it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.scenario: Scenario

    def wrong(self, message: str, path: tuple[str | int, ...], hint: str = "", key: bool = False) -> None:
        """Note a problem at the value (or key) of a path."""
        self.problems.append(self.document.problem("tutorial", message, path, hint, key))

    def lesson(self) -> Lesson:
        """Return the whole tutorial."""
        from game.ai.registry import player_names

        data = self.document.data
        self._keys(data, ("scenario", "side", "opponent", "seed", "steps"), ())
        self.scenario = load_scenario(str(data.get("scenario", "")))
        side = self._one_of(data.get("side"), list(SIDES), ("side",))
        opponent = self._one_of(data.get("opponent"), player_names(), ("opponent",))
        seed = data.get("seed")
        if not isinstance(seed, int) or seed < 0:
            self.wrong(f"expected a seed, a whole number, found {describe(seed)}", ("seed",))
        rows = data.get("steps")
        if not isinstance(rows, list) or not rows:
            self.wrong(f"expected a list of steps, found {describe(rows)}", ("steps",))
            rows = []
        steps = [self._step(row, n) for n, row in enumerate(rows)]
        twice = {s.id for n, s in enumerate(steps) if s and any(o and o.id == s.id for o in steps[:n])}
        for name in sorted(twice):
            self.wrong(f"two steps are called {name!r}", ("steps",))
        if self.problems:
            raise DataError(self.problems)
        return Lesson(self.scenario, SIDES.index(side), opponent, int(seed or 0), tuple(s for s in steps if s))

    def _keys(self, data: dict[str, Any], known: tuple[str, ...], path: tuple[str | int, ...], need: tuple[str, ...] = ()) -> None:
        for key in data:
            if key not in known:
                hint = did_you_mean(key, list(known)) or f"known: {', '.join(known)}"
                self.wrong(f"there is no {key!r} here", (*path, key), hint, key=True)
        for key in need:
            if key not in data:
                self.wrong(f"{key!r} is missing", path)

    def _one_of(self, value: Any, known: list[str], path: tuple[str | int, ...]) -> str:
        if value not in known:
            hint = did_you_mean(str(value), known) or f"known: {', '.join(known)}"
            self.wrong(f"expected one of {', '.join(known)}, found {describe(value)}", path, hint)
            return known[0]
        return str(value)

    def _step(self, row: Any, n: int) -> Step | None:
        path: tuple[str | int, ...] = ("steps", n)
        if not isinstance(row, dict):
            self.wrong(f"expected a step, found {describe(row)}", path)
            return None
        self._keys(row, ("id", "text", "hint", "show", "done", "turn"), path, ("id", "text", "done"))
        text = self._text(row.get("text"), (*path, "text"))
        hint = self._text(row["hint"], (*path, "hint")) if "hint" in row else None
        show = row.get("show", [])
        spots = [self._spot(spot, (*path, "show", k)) for k, spot in enumerate(show if isinstance(show, list) else [show])]
        turn = row.get("turn", 0)
        if not isinstance(turn, int) or not 0 <= turn <= self.scenario.calendar.turns:
            self.wrong(f"expected a turn of the scenario, found {describe(turn)}", (*path, "turn"))
            turn = 0
        made = self._done(row.get("done"), (*path, "done"))
        return Step(str(row.get("id", "")), text, hint, tuple(s for s in spots if s), turn=turn, **made)

    def _text(self, value: Any, path: tuple[str | int, ...]) -> Name:
        if not isinstance(value, dict) or not all(isinstance(value.get(k), str) and value[k].strip() for k in ("en", "zh")):
            self.wrong(f"expected a text in both languages {{en, zh}}, found {describe(value)}", path)
            return Name("", "")
        return Name(value["en"].strip(), value["zh"].strip())

    def _spot(self, value: Any, path: tuple[str | int, ...]) -> Spot | None:
        if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in SHOWN:
            self.wrong(f"expected one of {', '.join(SHOWN)}, found {describe(value)}", path)
            return None
        kind, what = next(iter(value.items()))
        if kind == "button":
            return Spot(kind, button=str(what))
        if kind == "unit":
            return Spot(kind, unit=self._unit(what, (*path, kind)))
        return Spot(kind, hex=self._hex(what, (*path, kind)))

    def _unit(self, value: Any, path: tuple[str | int, ...]) -> int:
        known = self.scenario.unit_by_id
        if value not in known:
            self.wrong(f"the scenario has no unit {value!r}", path, did_you_mean(str(value), list(known)))
            return 0
        return known[value]

    def _hex(self, value: Any, path: tuple[str | int, ...]) -> int:
        """Return the hex of a place or of a hex number."""
        places = self.scenario.map.place_by_id
        if value in places and places[value].hex >= 0:
            return places[value].hex
        found = self.scenario.map.index(str(value))
        if found < 0:
            self.wrong(f"the map has no place and no hex {value!r}", path, did_you_mean(str(value), list(places)))
            return 0
        return found

    def _done(self, value: Any, path: tuple[str | int, ...]) -> dict[str, Any]:
        """Return the fields of a step that say what completes it."""
        if not isinstance(value, dict) or len(value) != 1 or next(iter(value)) not in DONE:
            known = ", ".join(DONE)
            self.wrong(f"expected what completes the step, found {describe(value)}", path, f"one of {known}")
            return {"kind": "read"}
        kind, what = next(iter(value.items()))
        path = (*path, kind)
        form = DONE[kind]
        if form == "true":
            if what is not True:
                self.wrong(f"expected true, found {describe(what)}", path)
            return {"kind": kind}
        if form == "unit":
            return {"kind": kind, "units": (self._unit(what, path),)}
        if form == "units":
            names = what if isinstance(what, list) else [what]
            return {"kind": kind, "units": tuple(self._unit(name, path) for name in names)}
        if form == "place":
            return {"kind": kind, "hex": self._hex(what, path)}
        if form == "number":
            if not isinstance(what, int):
                self.wrong(f"expected a whole number, found {describe(what)}", path)
            return {"kind": kind, "number": what if isinstance(what, int) else 0}
        if form in ("unit and place", "unit and stance"):
            return {"kind": kind, **self._pair(what, form.rsplit(" ", 1)[1], path)}
        return {"kind": kind, "word": str(what)}

    def _pair(self, what: Any, second: str, path: tuple[str | int, ...]) -> dict[str, Any]:
        if not isinstance(what, dict) or set(what) != {"unit", second}:
            self.wrong(f"expected {{unit, {second}}}, found {describe(what)}", path)
            return {}
        units = (self._unit(what["unit"], (*path, "unit")),)
        if second == "stance":
            word = self._one_of(what["stance"], list(STANCES), (*path, "stance"))
            return {"units": units, "word": word, "number": STANCES.index(word)}
        return {"units": units, "hex": self._hex(what["place"], (*path, "place"))}
