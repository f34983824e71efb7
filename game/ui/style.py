"""The look of the map: colours, zoom levels, line widths, type sizes.

A survey sheet of the 1940s under glass: quiet paper land, clean water, and counters as the only saturated things.
"""

from __future__ import annotations

from dataclasses import dataclass

Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    """Return a colour from its hexadecimal notation, e.g. "#EAE3C9"."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@dataclass(frozen=True, slots=True)
class Zoom:
    """One zoom level. Lengths in pixels; ranks are the least important place that is still named."""

    hex: float  # hex width [px]
    grid: int  # alpha of the hex grid, 0 = none
    numbers: bool
    sign_rank: int  # least important place with a sign
    name_rank: int  # least important place with a name
    roads: bool
    tracks: bool
    rail_dashed: bool
    stamps: bool  # karst cones, flood and marsh strokes
    fields: bool
    counter: float  # counter side [px]
    detail: int  # 0 chip, 1 size and symbol, 2 + designation, 3 + strength and marks, 4 + parent formation
    text: float  # factor on type sizes
    water_rank: int  # least important water or range name


ZOOMS = (
    Zoom(5.5, 0, False, 0, 0, False, False, False, False, False, 18, 1, 0.80, 0),
    Zoom(10, 0, False, 1, 1, False, False, False, False, False, 17, 1, 0.85, 1),
    Zoom(16, 26, False, 1, 1, True, False, False, True, False, 17, 1, 0.90, 1),
    Zoom(26, 36, False, 2, 2, True, True, True, True, True, 21, 1, 0.93, 2),
    Zoom(40, 46, True, 3, 3, True, True, True, True, True, 32, 2, 1.0, 3),
    Zoom(56, 52, True, 3, 3, True, True, True, True, True, 45, 3, 1.12, 3),
    Zoom(88, 58, True, 3, 3, True, True, True, True, True, 70, 4, 1.35, 3),
)

# land tints by class of hexmap.TERRAIN: dry north, wet south (sea and lake take the tint of the shore below them)
NORTH = ("#EAE3C9", "#EAE3C9", "#EAE3C9", "#D3DEB8", "#DFD3A9", "#CDB384", "#AF8F68", "#B7BE98", "#C3D3BC", "#D5CFB4")
SOUTH = ("#DFE4C4", "#DFE4C4", "#DFE4C4", "#CBDAB2", "#CBD2A0", "#AFB985", "#8A9A6C", "#AEBB94", "#BFD3BC", "#D0D0B8")
NORTH_LATITUDE = 33.6  # Qinling–Huai line [degrees]: the tints change from here ...
SOUTH_LATITUDE = 31.4  # ... to here

SHADOW = rgb("#3F3A34")
LIGHT = rgb("#FFF9E6")
SHADOW_MOST = 0.52
LIGHT_MOST = 0.38
ALPINE = rgb("#CFC9BE")
RIVER, RIVER_CASING, RIVER_GLINT = rgb("#86B3C6"), rgb("#45768C"), rgb("#B5D3DD")
YELLOW, YELLOW_CASING, YELLOW_GLINT = rgb("#9DBABB"), rgb("#5E7F86"), rgb("#C3D2CB")
SAND = rgb("#E3D3A2")
LAKE, SHORE, COAST = rgb("#9DBFCB"), rgb("#6F9DB0"), rgb("#4C7A90")
DRY_SAND, DRY_BANK = rgb("#E8D6A0"), rgb("#A07F45")
STROKE = rgb("#7FA3A6")
RAIL, RAIL_DASH = rgb("#26221E"), rgb("#F5EFE0")
LIFTED = rgb("#8C7B69")
ROAD, ROAD_CASING, TRACK = rgb("#EBD3A0"), rgb("#7A5A3C"), rgb("#7D5B3E")
PROVINCE = rgb("#7A4459")
INK, INK2, HALO = rgb("#2B2620"), rgb("#5A4A3A"), rgb("#F4EEDC")
HALO_ALPHA = 200
WATER_INK, RANGE_INK, NUMBER_INK = rgb("#275871"), rgb("#3B2C1C"), rgb("#3A3020")
TOWN, TOWN_LIGHT = rgb("#C9604A"), rgb("#E0A184")
GRID_DARK, GRID_LIGHT = (46, 38, 26), rgb("#FFF9E6")
WASH = (rgb("#D04A2C"), rgb("#2F6FB0"))
FRONT, FRONT_CASING = rgb("#1E1A16"), rgb("#FBF4E2")
PAPER = rgb("#EFE7D2")

# overlays: what a march and an attack are drawn with, and the bands of supply (worst to best) and of threat (least to most)
OVERLAY_LIGHT, OVERLAY_DARK, REACH = rgb("#FFE066"), rgb("#201A10"), rgb("#FFF1B0")
ATTACK, RETREAT = rgb("#FFFFFF"), rgb("#A9CBE6")
SHARES = tuple(rgb(c) for c in ("#A8407F", "#D97A33", "#F0D564", "#6DBBA8", "#0E6C7A"))
SUPPLY_PATH, SUPPLY_CASING = rgb("#E8FBF6"), rgb("#14343A")
THREATS = tuple(rgb(c) for c in ("#F3E3A2", "#E2A04A", "#B8503F", "#5F2347"))
RAIN, MUD, DUST = rgb("#3F6F9C"), rgb("#6B4A2E"), rgb("#D9B25F")
PANEL_INK = rgb("#1E2225")  # plates on the map that carry points
TRAINS, CUT, WORKS = rgb("#1B7F86"), rgb("#B03A5B"), rgb("#EBDAAC")


@dataclass(frozen=True, slots=True)
class SideStyle:
    """Colours of a side's counters."""

    body: Colour
    light: Colour
    dark: Colour
    outline: Colour
    box: Colour
    text: Colour


problems: list[str] = []  # what was wrong with the theme's files, see `theme`
SIDES = (
    SideStyle(rgb("#C4523A"), rgb("#DB7357"), rgb("#8F3320"), rgb("#4A170E"), rgb("#F7E9D4"), rgb("#FFF3E2")),
    SideStyle(rgb("#24507F"), rgb("#4076A9"), rgb("#153555"), rgb("#10283F"), rgb("#E3EDF3"), rgb("#F0F7FC")),
)
# formation colours: gold white black green orange lilac cyan pink olive
STRIPES: tuple[Colour, ...] = tuple(
    rgb(c) for c in ("#EBBB4A", "#F4EFE3", "#1E1C1A", "#8CBF8E", "#E88E4A", "#B79CDA", "#79CBD8", "#EBA3B0", "#8D8B3F")
)
BAR: tuple[Colour, ...] = (rgb("#F7EFDC"), rgb("#F0B43C"), rgb("#E8694A"))  # readiness: high, middle, low
WARN, BAD = rgb("#F0B43C"), rgb("#D8402A")

RIVER_WIDTH = (0.0, 8.2, 4.6, 2.6)  # by class [px at a hex of 40]


def river_factor(hex_px: float) -> float:
    """Return what river widths are multiplied by at a hex width [px]."""
    return float((hex_px / 40) ** 0.72)


def road_factor(hex_px: float) -> float:
    """Return what rail and road widths are multiplied by at a hex width [px]."""
    return float((hex_px / 40) ** 0.6)
