"""The maps of the after-action report as inline SVG: land, water, railways, towns, and the front at several dates.

Drawn in a lattice of whole numbers: half a hex wide and half a hex radius high, scaled when written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from game.lab import svg
from game.lab.page import INK, SIDE_COLOUR, text
from game.model.hexmap import KARST, LAKE, SEA, HexMap, Place

U8 = npt.NDArray[np.uint8]
Node = tuple[int, int]
Box = tuple[float, float, float, float]  # left, top, right, bottom of a name
WIDTH = 955  # user units of a whole map, so that names are of one size on small and large maps
CORNERS = ((1, 1), (1, -1), (0, -2), (-1, -1), (-1, 1), (0, 2))  # corner d begins hexside d
# land tints by class of hexmap.TERRAIN: dry north, wet south
NORTH = ("#9DBFCB", "#9DBFCB", "#EAE3C9", "#D3DEB8", "#DFD3A9", "#CDB384", "#AF8F68", "#B7BE98", "#C3D3BC", "#D5CFB4")
SOUTH = ("#9DBFCB", "#9DBFCB", "#DFE4C4", "#CBDAB2", "#CBD2A0", "#AFB985", "#8A9A6C", "#AEBB94", "#BFD3BC", "#D0D0B8")
RIVERS = ((1, "#5E7F86", "#9DBABB", 6.0), (2, "#45768C", "#86B3C6", 3.4), (3, "#45768C", "#86B3C6", 1.9))
# the light by the rise of the ground towards the south-east [m]: from, below, colour, opacity
LIGHTS = ((60, 220, "#FFF9E6", 0.14), (220, 9999, "#FFF9E6", 0.26), (-220, -60, "#3F3A34", 0.09), (-9999, -220, "#3F3A34", 0.18))
TONES = ("#F0C36A", "#E39A4B", "#CF6A3A", "#A8402F", "#74262B", "#3B1420")  # fronts, from the first date to the last


class Sheet:
    """Geometry of one hex map in user units of the drawing."""

    def __init__(self, hexmap: HexMap) -> None:
        self.map = hexmap
        self.sx = max(4.5, WIDTH / (2 * hexmap.cols + 1))  # half a hex width
        self.sy = self.sx / 3**0.5  # half a hex radius
        self.width = (2 * hexmap.cols + 1) * self.sx
        self.height = (3 * hexmap.rows + 1) * self.sy

    def centre(self, index: int) -> Node:
        """Return the lattice point of a hex centre."""
        col, row = index % self.map.cols, index // self.map.cols
        return 2 * col + (row & 1) + 1, 3 * row + 2

    def xy(self, node: tuple[float, float]) -> str:
        """Return a lattice point as "x y" in user units."""
        return f"{_short(node[0] * self.sx)} {_short(node[1] * self.sy)}"

    def side(self, index: int, direction: int) -> tuple[Node, Node]:
        """Return the two corners of a hexside."""
        x, y = self.centre(index)
        a, b = CORNERS[direction], CORNERS[(direction + 1) % 6]
        return (x + a[0], y + a[1]), (x + b[0], y + b[1])

    def smooth(self, nodes: Sequence[tuple[float, float]]) -> str:
        """Return a path through the middles of the links, bent by the nodes between them; closed lines stay closed."""
        if len(nodes) < 3:
            return "M" + "L".join(self.xy(n) for n in nodes)
        closed = nodes[0] == nodes[-1]
        middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(nodes)]
        if closed:
            steps = [f"Q{self.xy(n)} {self.xy(m)}" for n, m in zip(nodes[1:], [*middles[1:], middles[0]], strict=False)]
            return f"M{self.xy(middles[0])}{''.join(steps)}Z"
        steps = [f"Q{self.xy(n)} {self.xy(m)}" for n, m in zip(nodes[1:], middles[1:], strict=False)]
        return f"M{self.xy(nodes[0])}L{self.xy(middles[0])}{''.join(steps)}L{self.xy(nodes[-1])}"

    def lines(self, sides: Iterable[tuple[int, int]]) -> str:
        """Return the path of hexsides joined into flowing lines."""
        return "".join(self.smooth(nodes) for nodes in chains([self.side(h, d) for h, d in sides]))

    def area(self, hexes: Iterable[int]) -> str:
        """Return the path of the outline of a set of hexes."""
        inside = set(hexes)
        edges = [
            self.side(h, d) for h in sorted(inside) for d in range(6) if int(self.map.neighbours[h, d]) not in inside
        ]  # fmt: skip
        return "".join("M" + "L".join(self.xy(n) for n in nodes[:-1]) + "Z" for nodes in chains(edges) if nodes[0] == nodes[-1])


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def chains(links: Sequence[tuple[Node, Node]]) -> list[list[Node]]:
    """Return lines that use every link once; they break at forks, and rings end where they began."""
    near: dict[Node, list[int]] = {}
    for n, (a, b) in enumerate(links):
        near.setdefault(a, []).append(n)
        near.setdefault(b, []).append(n)
    used = [False] * len(links)
    found = []
    for start in [p for p in near if len(near[p]) != 2] + list(near):
        for first in near[start]:
            if used[first]:
                continue
            line, here, link = [start], start, first
            while True:
                used[link] = True
                a, b = links[link]
                here = b if here == a else a
                line.append(here)
                onward = [n for n in near[here] if not used[n]]
                if len(near[here]) != 2 or not onward:
                    break
                link = onward[0]
            found.append(line)
    return found


def latitude(hexmap: HexMap, index: int) -> float:
    """Return about the latitude of a hex [degrees]."""
    north = hexmap.origin_m[1] - (index // hexmap.cols) * hexmap.spacing_m * 0.8660254
    return hexmap.projection[3] + north / 111_195.0


def land(sheet: Sheet) -> str:
    """Return the land: tints by class and latitude, light from the north-west, water, provinces."""
    m = sheet.map
    groups: dict[str, list[int]] = {}
    for h in range(m.size):
        wet = min(1.0, max(0.0, (33.6 - latitude(m, h)) / 2.2))
        groups.setdefault(_mix(NORTH[m.terrain[h]], SOUTH[m.terrain[h]], round(wet * 3) / 3), []).append(h)
    out = [f'<path d="{sheet.area(hs)}" fill="{c}" stroke="{c}" stroke-width=".7"/>' for c, hs in sorted(groups.items())]
    return "".join(out) + _relief(sheet) + _provinces(sheet)


def _mix(a: str, b: str, share: float) -> str:
    parts = [(int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(x + (y - x) * share):02X}" for x, y in parts)


def _relief(sheet: Sheet) -> str:
    m = sheet.map
    height = np.where(np.isin(m.terrain, (SEA, LAKE)), 0, m.height).astype(np.int32)

    def at(direction: int) -> npt.NDArray[np.int32]:
        there = m.neighbours[:, direction]
        beside: npt.NDArray[np.int32] = np.where(there >= 0, height[there], height)
        return beside

    rise = (at(5) + at(0) - at(2) - at(3)) // 2  # higher to the south-east: the slope looks to the light
    rough = m.terrain >= 4
    out = []
    for low, high, colour, opacity in LIGHTS:
        chosen = np.flatnonzero((rise >= low) & (rise < high) & rough & (m.terrain <= KARST))
        if len(chosen):
            out.append(f'<path d="{sheet.area(chosen.tolist())}" fill="{colour}" fill-opacity="{opacity}"/>')
    return "".join(out)


def _sides_where(m: HexMap, differs: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return each hexside once where (H, 6) `differs` holds."""
    return [(int(h), int(d)) for h, d in np.argwhere(differs & (m.neighbours > np.arange(m.size)[:, None]))]


def _provinces(sheet: Sheet) -> str:
    m = sheet.map
    other = m.region[m.neighbours]
    differs = (m.neighbours >= 0) & (other != m.region[:, None]) & (other > 0) & (m.region[:, None] > 0)
    path = sheet.lines(_sides_where(m, differs))
    return svg.line(path, "#7A4459", 1.1, 0.55, "7 3 1.5 3")


def water(sheet: Sheet) -> str:
    """Return the rivers by class."""
    m, out = sheet.map, []
    for grade, casing, fill, width in reversed(RIVERS):
        path = sheet.lines(_sides_where(m, m.river == grade))
        for colour, wide in ((casing, width + 1.2), (fill, width)):
            out.append(svg.line(path, colour, round(wide, 1)))
    return "".join(out)


def railways(sheet: Sheet) -> str:
    """Return the railways: dark with light dashes."""
    m = sheet.map
    links = [
        (sheet.centre(h), sheet.centre(int(m.neighbours[h, d]))) for h, d in _sides_where(m, (m.rail > 0) & (m.neighbours >= 0))
    ]
    path = "".join(sheet.smooth(nodes) for nodes in chains(links))
    return svg.line(path, "#26221E", 2.6) + svg.line(path, "#F5EFE0", 1.3, dash="4 4")


def front(sheet: Sheet, control: U8) -> str:
    """Return the path of the front: every hexside between hexes that different sides hold. control: (H,) side of each hex."""
    m = sheet.map
    other = control[m.neighbours]
    return sheet.lines(_sides_where(m, (m.neighbours >= 0) & (control[:, None] < 2) & (other < 2) & (other != control[:, None])))


def fronts(sheet: Sheet, controls: Sequence[U8]) -> str:
    """Return the fronts of several dates in graded tones, the last one heaviest. controls: (H,) side of each hex, by date."""
    out = []
    for n, control in enumerate(controls):
        path, last = front(sheet, control), n == len(controls) - 1
        if last:
            out.append(svg.line(path, "#FBF4E2", 4.6, 0.85))
        out.append(svg.line(path, tone(n, len(controls)), 2.4 if last else 2.0))
    return "".join(out)


def tone(number: int, of: int) -> str:
    """Return the colour of a date's front."""
    return TONES[-1] if of < 2 else TONES[round(number * (len(TONES) - 1) / (of - 1))]


def wash(sheet: Sheet, hexes: Iterable[int], side: int, opacity: float) -> str:
    """Return a tint of a side's colour over hexes."""
    return f'<path d="{sheet.area(hexes)}" fill="{SIDE_COLOUR[side]}" fill-opacity="{opacity}"/>'


def towns(sheet: Sheet, places: Sequence[Place], notes: dict[str, tuple[str, int]]) -> str:
    """Return signs and names of places; `notes` adds a line (text, side) such as the day of capture below a name.

    A name that would lie on another is left out, unless the place has a note.
    """
    boxes: list[Box] = []
    signs, names = [], []
    for place in sorted(places, key=lambda p: (p.id not in notes, p.rank, p.id)):
        node = sheet.centre(place.hex)
        x, y = node[0] * sheet.sx, node[1] * sheet.sy
        radius = 3.6 if place.rank == 0 else 3.0 if place.rank == 1 else 2.2
        signs.append(f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{radius}" fill="#C9604A" stroke="{INK}" stroke-width=".9"/>')
        label = _label(place, x, y, notes.get(place.id), boxes, sheet)
        if label:
            names.append(label)
    return "".join(signs) + "".join(names)


def _label(place: Place, x: float, y: float, note: tuple[str, int] | None, boxes: list[Box], sheet: Sheet) -> str:
    size = (14, 13, 11.5, 10.5)[min(place.rank, 3)]
    words = f"{place.name_en} {place.name_zh}"
    wide = sum(size if ord(c) > 0x2E80 else size * 0.54 for c in words)
    tall = size + (11 if note else 0)
    options = (
        (x + 6, y + 4, "start"),
        (x - 6, y + 4, "end"),
        (x, y - 7 - (11 if note else 0), "middle"),
        (x, y + size + 5, "middle"),
    )
    for left, base, anchor in options:
        x0 = left if anchor == "start" else left - wide if anchor == "end" else left - wide / 2
        box = (x0, base - size, x0 + wide, base - size + tall)
        if (
            x0 < 2
            or x0 + wide > sheet.width - 2
            or box[1] < 2
            or box[3] > sheet.height - 2
            or any(_meet(box, other) for other in boxes)
        ):
            continue
        boxes.append(box)
        return _written(place, note, left, base, anchor, size)
    return ""


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] + 2 and b[0] < a[2] + 2 and a[1] < b[3] and b[1] < a[3]


def _written(place: Place, note: tuple[str, int] | None, x: float, y: float, anchor: str, size: float) -> str:
    halo = ' paint-order="stroke" stroke="#F4EEDC" stroke-opacity=".85" stroke-width="3" stroke-linejoin="round"'
    spans = f'{text(place.name_en)} <tspan class="zh" fill="#5A4A3A">{text(place.name_zh)}</tspan>'
    if note:
        fill = SIDE_COLOUR[note[1]]
        spans += f'<tspan x="{x:.1f}" dy="11" font-size="10.5" font-weight="700" fill="{fill}">{text(note[0])}</tspan>'
    return svg.words(x, y, spans, size, anchor, bold=place.rank < 2, more=halo)
