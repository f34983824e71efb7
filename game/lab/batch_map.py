"""The front of many games by date: how often Japan holds each hex, as a map with a slider."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from game.lab import report_map as maps
from game.lab import svg
from game.lab.page import SIDE_COLOUR, day
from game.lab.task import Row, unpack_control
from game.model.scenario import NOBODY, Scenario

# share of the games in which Japan holds a hex: from, below, side whose colour it takes, opacity
BANDS = ((0.9, 1.01, 0, 0.50), (0.5, 0.9, 0, 0.28), (0.1, 0.5, 1, 0.16), (-0.01, 0.1, 1, 0.34))
SCRIPT = """
(function(){var s=document.getElementById('when');if(!s)return;
var g=document.querySelectorAll('g.front'),l=document.getElementById('date');
function show(){g.forEach(function(x,i){x.style.display=i==s.value?'':'none'});l.textContent=g[s.value].dataset.date}
s.addEventListener('input',show);show()})();
"""


def held_shares(rows: Sequence[Row], moment: int, size: int) -> npt.NDArray[np.float64]:
    """Return (H,) the share of games in which Japan holds each hex at one of the kept moments."""
    total = np.zeros(size)
    for r in rows:
        total += unpack_control(r["fronts"]["held"][moment])
    return total / max(1, len(rows))


def fronts_section(scenario: Scenario, rows: Sequence[Row]) -> str:
    """Return the section with the map; "" when no game came to its end."""
    if not rows:
        return ""
    sheet = maps.Sheet(scenario.map)
    ground = np.flatnonzero(scenario.control != NOBODY)
    turns = rows[0]["fronts"]["turns"]
    groups = [_moment(scenario, sheet, rows, n, turn, ground) for n, turn in enumerate(turns)]
    ranks = sorted(p.rank for p in scenario.map.places if p.hex >= 0)
    least = ranks[min(len(ranks) - 1, 44)] if ranks else 0
    places = [p for p in scenario.map.places if p.hex >= 0 and p.rank <= min(least, 2)][:60]
    inside = (
        f"<g>{maps.land(sheet)}</g>{''.join(groups)}<g>{maps.water(sheet)}{maps.railways(sheet)}</g>{maps.towns(sheet, places, {})}"
    )
    drawing = svg.drawing(sheet.width, round(sheet.height, 1), "The front by date in all games", inside)
    names = [side.name.en for side in scenario.sides]
    words = (
        f"{names[0]} in nine games of ten",
        f"{names[0]} more often",
        f"{names[1]} more often",
        f"{names[1]} in nine games of ten",
    )
    keys = "".join(
        f'<li><i style="background:{SIDE_COLOUR[side]};opacity:{min(1, alpha + 0.2):.2f}"></i>{word}</li>'
        for (_, _, side, alpha), word in zip(BANDS, words, strict=True)
    )
    return (
        '<h2>The front by date</h2><p><label>Date: <input id="when" type="range" min="0" '
        f'max="{len(turns) - 1}" value="{len(turns) - 1}" style="width:320px;vertical-align:middle"> <b id="date"></b></label></p>'
        f'<div class="scroll"><figure class="wide">{drawing}</figure></div><ul class="keys">{keys}'
        '<li><i class="l" style="background:#1E1A16"></i>line that half of the games have passed</li></ul>'
        f"<script>{SCRIPT}</script>"
    )


def _moment(
    scenario: Scenario, sheet: maps.Sheet, rows: Sequence[Row], number: int, turn: int, ground: npt.NDArray[np.int64]
) -> str:
    share = held_shares(rows, number, scenario.map.size)[ground]
    out = []
    for low, high, side, alpha in BANDS:
        hexes = ground[(share >= low) & (share < high)]
        if len(hexes):
            out.append(maps.wash(sheet, hexes.tolist(), side, alpha))
    control = np.full(scenario.map.size, NOBODY, np.uint8)
    control[ground] = np.where(share >= 0.5, 0, 1)
    edge = maps.front(sheet, control)
    out += [svg.line(edge, "#FBF4E2", 4.6, 0.85), svg.line(edge, "#1E1A16", 2.2)]
    calendar = scenario.calendar
    when = min(calendar.end, calendar.date_of(turn) + timedelta(days=calendar.days_per_turn - 1))
    last = turn == rows[0]["fronts"]["turns"][-1]
    hidden = "" if last else ' style="display:none"'
    return f'<g class="front" data-date="{day(when, True)}"{hidden}>{"".join(out)}</g>'
