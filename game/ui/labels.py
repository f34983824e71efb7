"""Names and signs on the window's map. They keep their places while the map is dragged, and dodge the counters.

Where each name could stand is worked out by the second process (`namework`); which of these places it takes depends on the
counters of the whole map, not on the part that is seen, so that a name never moves because the map does.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from game.model.scenario import Scenario
from game.ui import style
from game.ui.frame import whole
from game.ui.ground import Ground
from game.ui.groundwork import NAMES, PLACES, Key, make_piece
from game.ui.landnames import draw_labels, runs_of
from game.ui.lettering import Letter
from game.ui.namekernel import CELL, choose, squares
from game.ui.names import Placed, draw_name, name_of
from game.ui.namework import (
    SCRIPTS,
    Choices,
    airfield_at,
    clear_of,
    make_choices,
    names_file,
    read_choices,
    scripts,
    shown_places,
    spots_of,
)
from game.ui.signs import airfield_sign, fort_sign, peak_sign, town_sign
from game.ui.stacks import Standing
from game.ui.tiles import BARE, FINE, ROUGH, Area

if TYPE_CHECKING:
    import pygame

    from game.model.hexmap import Place

F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]
U8 = npt.NDArray[np.uint8]
PAD = 8  # room for halos around a name [px]
MOST = 1500  # pictures of names kept
Sort = tuple[int, str]  # zoom and script


class Placing:
    """The place of every name at one zoom, for one arrangement of counters."""

    def __init__(self, choices: Choices, chosen: I64) -> None:
        self.choices, self.chosen = choices, chosen
        c = choices
        self.items = np.flatnonzero(chosen >= 0)
        ways = chosen[self.items]
        lows, highs = c.box_first[ways], c.box_first[ways + 1] - 1
        if len(ways):
            low = np.minimum.reduceat(c.boxes[:, :2], np.stack([lows, highs + 1], 1).ravel()[:-1], axis=0)[::2]
            high = np.maximum.reduceat(c.boxes[:, 2:], np.stack([lows, highs + 1], 1).ravel()[:-1], axis=0)[::2]
        else:
            low, high = np.zeros((0, 2)), np.zeros((0, 2))
        self.low = np.floor(low).astype(np.int64) - PAD
        self.high = np.ceil(high).astype(np.int64) + PAD

    def within(self, area: Area) -> list[int]:
        """Return the rows of `items` whose names touch an area, in the order in which they are drawn."""
        x, y, w, h = area
        hit = (self.low[:, 0] < x + w) & (self.low[:, 1] < y + h) & (self.high[:, 0] > x) & (self.high[:, 1] > y)
        rows = np.flatnonzero(hit)
        label = self.choices.item[self.items[rows]] < 0
        return [int(r) for r in (*rows[label], *rows[~label][::-1])]  # the most important on top

    def box(self, row: int) -> Area:
        """Return what a name covers."""
        (x, y), (right, bottom) = self.low[row].tolist(), self.high[row].tolist()
        return x, y, right - x, bottom - y

    def changes(self, old: Placing) -> list[Area]:
        """Return what differs from an older arrangement of the same names."""
        moved = np.flatnonzero(self.chosen != old.chosen)
        found = []
        for placing in (self, old):
            rows = np.flatnonzero(np.isin(placing.items, moved))
            found += [placing.box(int(r)) for r in rows]
        return found


class Labels:
    """The signs and names of a scenario's map."""

    def __init__(self, scenario: Scenario, ground: Ground) -> None:
        self.scenario = scenario
        self.ground = ground
        self._spots = spots_of(scenario)
        self._choices: dict[Sort, Choices] = {}
        self._partial: set[Sort] = set()  # of which only the towns are known yet
        self._quick: set[Sort] = set()  # of these, only the towns that were seen first
        self._missing: set[Sort] = set()  # that were looked for in the folder without success
        self._made: dict[Sort, Choices] = {}  # worked out by the thread, not yet in use
        self._placing: dict[Sort, tuple[int, Placing]] = {}
        self._signs: dict[int, tuple[list[Place], F32]] = {}
        self._pictures: OrderedDict[tuple[Sort, int], tuple[pygame.Surface, int, int]] = OrderedDict()
        self._thread: threading.Thread | None = None

    def keys_of(self, zoom: int, lang: str) -> list[Key]:
        """Return what to ask the second process for to get the names of a zoom: those of towns first, if nothing is there."""
        number = SCRIPTS.index(scripts(lang))
        known = self.ready(zoom, lang) and (zoom, scripts(lang)) not in self._quick
        quick: list[Key] = [] if known else [(zoom, PLACES, number)]
        return [] if self._full(zoom, lang) else [*quick, (zoom, NAMES, number)]

    def _full(self, zoom: int, lang: str) -> bool:
        return self.ready(zoom, lang) and (zoom, scripts(lang)) not in self._partial

    def ready(self, zoom: int, lang: str, wait: bool = False) -> bool:
        """Return whether it is known where names of a zoom could stand. wait: work all of it out here and now if need be."""
        sort = (zoom, scripts(lang))
        if sort not in self._choices or sort in self._partial:
            if sort in self._missing and not wait and not self.ground.failed:
                return sort in self._choices
            self._missing.add(sort)
            path = names_file(self.ground.folder, *sort)
            found = read_choices(path) or self._made.pop(sort, None)
            if found is None and wait:
                make_piece(self.scenario, self.ground.folder, (zoom, NAMES, SCRIPTS.index(sort[1])))
                found = read_choices(path)
            elif found is None and self.ground.failed:
                self._work(sort)
            if found is not None:
                self._set(sort, found)
                for some in (self._missing, self._partial, self._quick):
                    some.discard(sort)
            elif sort not in self._choices or sort in self._quick:
                places = read_choices(names_file(self.ground.folder, *sort, labels=False))
                if places is not None:
                    self._set(sort, places)
                    self._partial.add(sort)
                    self._quick.discard(sort)
        return sort in self._choices

    def first_names(self, area: Area, zoom: int, lang: str) -> None:
        """Name the towns of an area here and now, for the first picture, unless the folder has the names."""
        sort = (zoom, scripts(lang))
        if not self.ready(zoom, lang):
            self._set(sort, make_choices(self.scenario, *sort, labels=False, part=area))
            self._partial.add(sort)
            self._quick.add(sort)

    def look_again(self) -> None:
        """Look in the folder again for names that were not there."""
        self._missing.clear()

    def _set(self, sort: Sort, choices: Choices) -> None:
        """Take choices into use in place of others."""
        self._choices[sort] = choices
        self._placing.pop(sort, None)
        for key in [k for k in self._pictures if k[0] == sort]:
            del self._pictures[key]

    def _work(self, sort: Sort) -> None:
        """Work out the names in a thread, because there is no second process; nothing is written, for that may be why."""

        def make() -> None:
            self._made[sort] = make_choices(self.scenario, *sort)

        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=make, daemon=True)
            self._thread.start()

    def place(self, zoom: int, lang: str, standing: list[Standing], version: int) -> list[Area] | None:
        """Place the names around counters; return what changed on the map, None = everything. version: of the counters."""
        sort = (zoom, scripts(lang))
        if not self.ready(zoom, lang):
            return []
        old = self._placing.get(sort)
        if old is not None and old[0] == version:
            return []
        placing = Placing(self._choices[sort], self._choose(self._choices[sort], zoom, standing))
        self._placing[sort] = (version, placing)
        return placing.changes(old[1]) if old is not None else None

    def _choose(self, c: Choices, zoom: int, standing: list[Standing]) -> I64:
        half = style.ZOOMS[zoom].counter / 2 + 1
        around = [(s.x - half, s.y - half, s.x + half + 5, s.y + half + 5) for s in standing]
        taken = np.concatenate([c.signs, np.array(around, np.float32).reshape(-1, 4)])
        area = whole(self.scenario.map, style.ZOOMS[zoom].hex)
        cells, rows = area.width // CELL + 3, area.height // CELL + 3
        most = squares(taken) + squares(c.boxes)  # more than can be taken; only what is used costs anything
        chosen, order = np.full(len(c.item), -1, np.int64), np.arange(len(c.item))
        heads, links, owners = np.full(cells * rows, -1, np.int64), np.empty(most + 1, np.int64), np.empty(most + 1, np.int64)
        choose(
            taken, order, c.first, c.base, c.box_first, c.boxes, c.most_over, c.limit, c.group, c.at, c.gap, c.anchor,
            heads, links, owners, np.empty((most + 1, 4), np.float32), cells, chosen,
        )  # fmt: skip
        return chosen

    def draw(self, target: pygame.Surface, area: Area, zoom: int, lang: str, control: U8) -> int:
        """Draw the signs and names of an area; return how well names are known. control: (H,) holders, for airfields."""
        self._draw_signs(target, area, zoom, control)
        sort = (zoom, scripts(lang))
        found = self._placing.get(sort)
        if found is None:
            return BARE
        placing = found[1]
        for row in placing.within(area):
            picture, left, top = self._picture(sort, placing, row)
            target.blit(picture, (left - area[0], top - area[1]))
        return ROUGH if sort in self._partial else FINE

    def warm(self, area: Area, zoom: int, lang: str) -> bool:
        """Make the picture of one name of an area that has none yet; return whether there was one."""
        sort = (zoom, scripts(lang))
        found = self._placing.get(sort)
        if found is None:
            return False
        for row in found[1].within(area):
            if (sort, int(found[1].chosen[found[1].items[row]])) not in self._pictures:
                self._picture(sort, found[1], row)
                return True
        return False

    def _draw_signs(self, target: pygame.Surface, area: Area, zoom: int, control: U8) -> None:
        if zoom not in self._signs:
            places = shown_places(self.scenario, style.ZOOMS[zoom])
            at = np.array([self._spots[p.id] for p in places], np.float32).reshape(-1, 2) * np.float32(style.ZOOMS[zoom].hex)
            self._signs[zoom] = places, at
        places, at = self._signs[zoom]
        x0, y0, w, h = area
        level, forts = style.ZOOMS[zoom], {f.place: min(max(f.level // 1000, 1), 4) for f in self.scenario.forts}
        near = (at[:, 0] > x0 - 60) & (at[:, 0] < x0 + w + 60) & (at[:, 1] > y0 - 60) & (at[:, 1] < y0 + h + 60)
        for n in np.flatnonzero(near):
            place, x, y = places[n], float(at[n, 0]), float(at[n, 1])
            if place.airfield and level.detail >= 2:
                ax, ay = airfield_at(place, x, y, clear_of(self.scenario, place, level))
                _centre(target, airfield_sign(level.hex, int(control[place.hex])), ax - x0, ay - y0)
            if place.kind == "airfield":
                continue
            if place.id in forts and level.detail >= 2:
                _centre(target, fort_sign(level.hex, forts[place.id]), x - x0, y - y0)
            high = place.kind in ("hill", "pass")
            _centre(target, peak_sign(level.hex) if high else town_sign(place.rank, level.hex), x - x0, y - y0)

    def _picture(self, sort: Sort, placing: Placing, row: int) -> tuple[pygame.Surface, int, int]:
        """Return the picture of a name in its place and where its corner lies on the map."""
        import pygame

        way = int(placing.chosen[placing.items[row]])
        found = self._pictures.get((sort, way))
        if found is None:
            left, top, wide, high = placing.box(row)
            surface = pygame.Surface((wide, high), pygame.SRCALPHA)
            self._write(surface, sort, placing.choices, int(placing.choices.item[placing.items[row]]), way, left, top)
            found = self._pictures[sort, way] = surface, left, top
            while len(self._pictures) > MOST:
                self._pictures.popitem(last=False)
        else:
            self._pictures.move_to_end((sort, way))
        return found

    def _write(self, surface: pygame.Surface, sort: Sort, c: Choices, item: int, way: int, left: int, top: int) -> None:
        level = style.ZOOMS[sort[0]]
        if item >= 0:
            name = name_of(self.scenario.map.places[item], sort[1], 0.0, 0.0, 0.0)
            x, y = c.anchor[way].tolist()
            draw_name(surface, Placed(name, x - left, y - top, bool(c.stacked[way])), level.text)
            return
        label = self.scenario.map.labels[-1 - item]
        signs = [(text, run) for run in runs_of(label, sort[1], level.text) for text in run.text]
        places = c.letters[c.letter_first[way] : c.letter_first[way + 1]].tolist()
        words = [Letter(text, run, x - left, y - top, turn) for (text, run), (x, y, turn) in zip(signs, places, strict=True)]
        draw_labels(surface, [(label, words)])

    def close(self) -> None:
        """Wait for the thread."""
        if self._thread is not None:
            self._thread.join(timeout=10)


def _centre(surface: pygame.Surface, sign: pygame.Surface, x: float, y: float) -> None:
    surface.blit(sign, (int(x - sign.get_width() / 2 + 4096.5) - 4096, int(y - sign.get_height() / 2 + 4096.5) - 4096))
