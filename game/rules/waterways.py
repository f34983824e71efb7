"""Supply by water: junks carry stores along a river while the side holds both of its banks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.model.hexmap import HexMap
from game.model.scenario import NOBODY, Scenario, Waterway

I64 = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Channel:
    """One river stretch ready for tracing: its hexsides, and the steps between their banks.

    left, right: (N,) the two banks of each hexside. here, side, there: (E,) steps between neighbouring banks.
    first, last: (E,) the hexsides that must be open for the step.
    """

    side: int
    from_turn: int
    left: I64
    right: I64
    here: I64
    direction: I64
    there: I64
    first: I64
    last: I64

    def open_steps(self, control: npt.NDArray[np.uint8], side: int) -> npt.NDArray[np.bool_]:
        """Return (E,) which steps junks can make for a side; control: (H,) side of each hex."""
        banks = (control[self.left], control[self.right])
        # a lake belongs to nobody: a shore needs its land side only
        held = ((banks[0] == side) | (banks[0] == NOBODY)) & ((banks[1] == side) | (banks[1] == NOBODY))
        steps: npt.NDArray[np.bool_] = held[self.first] & held[self.last]
        return steps


def channels(scenario: Scenario) -> tuple[Channel, ...]:
    """Return the scenario's waterways ready for tracing."""
    return tuple(_channel(scenario.map, w) for w in scenario.waterways)


def _channel(hexmap: HexMap, waterway: Waterway) -> Channel:
    near = hexmap.neighbours
    banks = [(h, int(near[h, d])) for h, d in waterway.sides if near[h, d] >= 0]
    steps: dict[tuple[int, int], tuple[int, int, int]] = {}
    for n, pair in enumerate(banks):
        following = banks[n + 1] if n + 1 < len(banks) else pair
        for a, b, last in [(*pair, n), (*pair[::-1], n)] + [
            (a, b, n + 1) for a in pair for b in following if following is not pair
        ]:
            for here, there in ((a, b), (b, a)):
                if here != there and there in near[here]:
                    steps.setdefault((here, there), (int(np.flatnonzero(near[here] == there)[0]), n, last))
    rows = [(here, d, there, first, last) for (here, there), (d, first, last) in steps.items()]
    table = np.array(rows, np.int64).reshape(-1, 5)
    left, right = (np.array([p[k] for p in banks], np.int64) for k in (0, 1))
    return Channel(waterway.side, waterway.from_turn, left, right, *(table[:, k] for k in range(5)))
