"""Where the names of the map could stand: every way to write each of them at a zoom, with what it covers and how good it is.

It takes a second or two and does not change during a game, so the second process works it out and keeps it in the cache;
which of the ways is taken depends on the counters (`namekernel.choose`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt

from game.model.hexmap import Label, Place
from game.model.scenario import Scenario
from game.ui import style
from game.ui.frame import Frame, whole
from game.ui.landnames import ways_of
from game.ui.lettering import Letter, letter_boxes
from game.ui.names import Rect, Room, name_of, spots_for
from game.ui.rivers import river_streams
from game.ui.routes import rail_curves
from game.ui.signs import sign_radius
from game.ui.spots import SHOWN, spot
from game.ui.strokes import Curve, trace

F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]
SCRIPTS = ("both", "zh")  # what the names are written in: both scripts in an English window
MOST_CELLS = 1_500_000  # size of the picture of lines that names should avoid


@dataclass(frozen=True, eq=False)
class Choices:
    """The ways to write every name of a map at one zoom. Places in pixels from the centre of hex (0, 0)."""

    item: I64  # (I,) number of a place, or -1 - number of a label, the most important first
    first: I64  # (I + 1,) where an item's ways begin, the best first
    base: F32  # (C,) cost of a way before crowding
    anchor: F32  # (C, 2) where a way begins; for a place the corner of its text
    stacked: I64  # (C,) 1 = second script below the first
    box_first: I64  # (C + 1,)
    boxes: F32  # (B, 4) left, top, right, bottom
    letter_first: I64  # (C + 1,)
    letters: F32  # (L, 3) x, y, angle of each letter of a label
    most_over: F32  # (I,)
    limit: F32  # (I,)
    group: I64  # (I,)
    at: F32  # (I, 2)
    gap: F32  # (I,)
    signs: F32  # (S, 4) boxes of the signs


def scripts(lang: str) -> str:
    """Return what names are written in when the window speaks a language."""
    return "zh" if lang == "zh" else "both"


def spots_of(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Return where the sign of each shown place stands, in hex widths from the centre of hex (0, 0)."""
    unit = Frame(scenario.map, 1.0, 0.0, 0.0, 1, 1)
    return {p.id: spot(unit, p) for p in scenario.map.places if p.hex >= 0 and p.kind in SHOWN}


def shown_places(scenario: Scenario, level: style.Zoom) -> list[Place]:
    """Return the places with a sign at a zoom, the least important first."""
    written = {n.text_zh for n in scenario.map.labels}
    found = [p for p in scenario.map.places if p.hex >= 0 and p.kind in SHOWN and p.rank <= level.sign_rank]
    return sorted((p for p in found if p.kind != "hill" or p.name_zh not in written), key=lambda p: (-p.rank, p.id))


def clear_of(scenario: Scenario, place: Place, level: style.Zoom) -> float:
    """Return how much room the sign of a place needs around its middle [px]."""
    fortified = level.detail >= 2 and any(f.place == place.id for f in scenario.forts)
    return sign_radius(place.rank, level.hex) * (1.7 if fortified else 1.0)


def airfield_at(place: Place, x: float, y: float, clear: float) -> tuple[float, float]:
    """Return where the sign of a place's airfield stands [px]."""
    return (x, y) if place.kind == "airfield" else (x + clear + 4.5, y - clear - 3.5)


def _named(place: Place, level: style.Zoom) -> bool:
    minor = place.kind == "airfield" or (place.rank == 3 and len(place.name_en) > 18)
    return place.rank <= level.name_rank and (not minor or level.detail >= 3)


class _Maker:
    """Collects items and their ways."""

    def __init__(self, scenario: Scenario, zoom: int, script: str, quick: bool) -> None:
        self.scenario, self.script, self.level = scenario, script, style.ZOOMS[zoom]
        self.area = whole(scenario.map, self.level.hex)
        self.room, self.step = (Room(1, 1, np.zeros((1, 1), np.float32)), 1e6) if quick else self._lines()
        self.item: list[int] = []
        self.ways: list[list[tuple[float, tuple[float, float], int, Sequence[Rect], Sequence[Letter]]]] = []
        self.rules: list[tuple[float, float, int, tuple[float, float], float]] = []
        self.groups: dict[str, int] = {}
        self.signs: list[Rect] = []
        self.base = Frame(self.area.map, self.area.hex_px, 0.0, 0.0, self.area.width, self.area.height)
        self.streams = [] if quick else river_streams(self.base)

    def _lines(self) -> tuple[Room, float]:
        """Return the cost of covering rivers and railways, on a picture of the whole map, and how much smaller that is."""
        area = self.area
        step = max(1.0, (area.width * area.height / MOST_CELLS) ** 0.5)
        shape = (int(area.height / step) + 1, int(area.width / step) + 1)
        busy = np.zeros(shape, np.float32)
        for curves, cost, reach in (([s.curve for s in river_streams(area)], 0.9, 2.0), (rail_curves(area), 1.6, 3.5)):
            small = [Curve(c.points / step, c.half / step) for c in curves]
            found = trace(shape, small, max(reach / step, 0.6))
            np.maximum.at(busy.reshape(-1), found.where, np.float32(cost))
        return Room(shape[1], shape[0], busy), step

    def cost(self, box: Rect) -> float:
        """Return the cost of the lines below a box."""
        k, (left, top) = self.step, (self.area.left, self.area.top)
        return self.room.cost(((box[0] - left) / k, (box[1] - top) / k, (box[2] - left) / k + 1, (box[3] - top) / k + 1))

    def inside(self, box: Rect) -> bool:
        """Return whether a box lies on the map."""
        a = self.area
        return (
            box[0] >= a.left + 2 and box[1] >= a.top + 2 and box[2] <= a.left + a.width - 2 and box[3] <= a.top + a.height - 2
        )

    def place(self, number: int, place: Place, x: float, y: float, clear: float) -> None:
        """Add the name of a place."""
        name = name_of(place, self.script, x, y, clear)
        ways = []
        for base, placed, box in spots_for(name, self.level.text):
            if self.inside(box):
                ways.append((base + 3.2 * self.cost(box), (placed.x, placed.y), int(placed.stacked), (box,), ()))
        forced = place.rank <= 1
        limit = 1e6 if forced else 4.5 if place.rank == 2 else 3.2
        self._add(number, ways, (1e6 if forced else 0.02, limit, -1, (x, y), 0.0))  # type: ignore[arg-type]

    def label(self, number: int, label: Label) -> None:
        """Add the name of a river, range, lake, zone or province."""
        base, ways = self.base, []
        for order, (words, bend) in enumerate(ways_of(label, base, self.streams, self.script, self.level)):
            boxes = letter_boxes(words)
            if boxes and all(self.inside(b) for b in boxes):
                lines = sum(self.cost(b) for b in boxes) / len(boxes)
                ways.append((0.02 * order + bend + 3.0 * lines, (words[0].x, words[0].y), 0, boxes, words))
        river = label.kind == "river"
        gap = max(17 * base.hex_px, 480.0) if river else 1e6
        group = self.groups.setdefault(label.text_en, len(self.groups))
        self._add(-1 - number, ways, (0.04, 2.6, group, base.xy(label.lat, label.lon), gap))  # type: ignore[arg-type]

    def _add(
        self, number: int, ways: list[tuple[float, tuple[float, float], int, Sequence[Rect], Sequence[Letter]]],
        rules: tuple[float, float, int, tuple[float, float], float],
    ) -> None:  # fmt: skip
        if ways:
            self.item.append(number)
            self.ways.append(sorted(ways, key=lambda w: w[0]))
            self.rules.append(rules)

    def finish(self) -> Choices:
        """Return what was collected as arrays."""
        flat = [way for ways in self.ways for way in ways]
        boxes = [box for way in flat for box in way[3]]
        letters = [(t.x, t.y, t.angle) for way in flat for t in way[4]]
        f, i = np.float32, np.int64
        return Choices(
            np.array(self.item, i), _starts([len(w) for w in self.ways]), np.array([w[0] for w in flat], f),
            np.array([w[1] for w in flat], f).reshape(-1, 2), np.array([w[2] for w in flat], i),
            _starts([len(w[3]) for w in flat]), np.array(boxes, f).reshape(-1, 4),
            _starts([len(w[4]) for w in flat]), np.array(letters, f).reshape(-1, 3),
            np.array([r[0] for r in self.rules], f), np.array([r[1] for r in self.rules], f),
            np.array([r[2] for r in self.rules], i), np.array([r[3] for r in self.rules], f).reshape(-1, 2),
            np.array([r[4] for r in self.rules], f), np.array(self.signs, f).reshape(-1, 4),
        )  # fmt: skip


def _starts(counts: Sequence[int]) -> I64:
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)


def make_choices(
    scenario: Scenario, zoom: int, script: str, labels: bool = True, part: tuple[int, int, int, int] | None = None
) -> Choices:
    """Return every way to write the names of a scenario's map at a zoom.

    Args:
        scenario: whose map it is.
        zoom: of style.ZOOMS.
        script: of SCRIPTS.
        labels: with rivers, ranges and the like, which takes most of the time.
        part: left, top, width, height: only the towns there, and without regard to rivers and railways, in a moment [px].
    """
    maker, level = _Maker(scenario, zoom, script, part is not None), style.ZOOMS[zoom]
    number = {p.id: n for n, p in enumerate(scenario.map.places)}
    where, named = spots_of(scenario), []
    for place in shown_places(scenario, level):
        x, y = (v * level.hex for v in where[place.id])
        if part is not None and not (part[0] <= x < part[0] + part[2] and part[1] <= y < part[1] + part[3]):
            continue
        clear = clear_of(scenario, place, level)
        if place.airfield and level.detail >= 2:
            ax, ay = airfield_at(place, x, y, clear)
            maker.signs.append((ax - 4, ay - 4, ax + 4, ay + 4))
        if place.kind != "airfield":
            maker.signs.append((x - clear, y - clear, x + clear, y + clear))
        if _named(place, level):
            named.append((place.rank, y, x, place, clear))
    named.sort(key=lambda n: n[:3])
    for great in (True, False):
        for rank, y, x, place, clear in named:
            if (rank <= 1) == great:
                maker.place(number[place.id], place, x, y, clear)
        if great:
            for n, label in sorted(enumerate(scenario.map.labels), key=lambda pair: _order(pair[1])):
                if labels and part is None and label.rank <= level.water_rank:
                    maker.label(n, label)
    return maker.finish()


def _order(label: Label) -> tuple[int, int, str, float]:
    """Return the importance of a label: ranges before provinces before rivers."""
    kinds = {"range": 0, "lake": 0, "zone": 0, "province": 1, "river": 2}
    return kinds.get(label.kind, 3), label.rank, label.text_en, label.lat


def names_file(folder: Path, zoom: int, script: str, labels: bool = True) -> Path:
    """Return the file of the names of a zoom, with labels or of places only."""
    return folder / f"names_{zoom}_{script}{'' if labels else '_places'}.npz"


def to_bytes(choices: Choices) -> bytes:
    """Return choices as the bytes of a file."""
    out = BytesIO()
    np.savez(out, **{f.name: getattr(choices, f.name) for f in fields(Choices)})
    return out.getvalue()


def read_choices(path: Path) -> Choices | None:
    """Return the choices of a file; None when it is not there; a damaged one is removed."""
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as found:
            return Choices(**{f.name: found[f.name] for f in fields(Choices)})
    except (OSError, ValueError, KeyError, EOFError):
        path.unlink(missing_ok=True)
        return None


__all__ = ["SCRIPTS", "Choices", "make_choices", "names_file", "read_choices", "scripts", "to_bytes"]
