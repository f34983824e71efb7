"""The staff's map: where own and enemy strength lies, how far things are. Made once a phase from what the side sees."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from game.model.units import Mobility
from game.play.view import Contact, SideView

I32 = npt.NDArray[np.int32]
FAR = 1 << 20
KEPT = 240  # distance maps kept at a time: 20 MB on the largest map
LIMIT = 200_000  # longest way that distance maps look for [min]


class Distances:
    """March distances to a hex over the whole map in clear weather, kept while they are in use (the land does not change)."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, bool, bool], I32] = {}

    def to(self, view: SideView, goal: int, heavy: bool, prepared: bool = False) -> I32:
        """Return (H,) int32 minutes from every hex to the goal; FAR = no way.

        heavy: for wheels and tracks. prepared: with boats and bridges gathered for the rivers.
        """
        key = (goal, heavy, prepared)
        found = self._made.pop(key, None)
        if found is None:
            found = view.distances(goal, Mobility.ARMOUR if heavy else Mobility.FOOT, LIMIT, prepared)
            found[found < 0] = FAR
            if len(self._made) >= KEPT:
                del self._made[next(iter(self._made))]
        self._made[key] = found  # the last used stand last, the first is dropped
        return found


@dataclass
class Situation:
    """What the staff knows at the start of its phase; enemy figures are estimates."""

    view: SideView
    contacts: list[Contact] = field(init=False)
    threat: I32 = field(init=False)  # (H,) enemy men near, halved with each hex up to 3
    support: I32 = field(init=False)  # (H,) own men near, likewise
    home: I32 = field(init=False)  # (H,) length of the line of communication as it would be; FAR = none

    def __post_init__(self) -> None:
        """Draw the maps."""
        self.see()
        view = self.view
        units = [u for u in view.units() if not view.soft(u)]
        self.support = view.influence([view.hex(u) for u in units], [view.men(u) for u in units], 3)
        home = np.where(view.supply_minutes() < 0, FAR, view.supply_minutes()).astype(np.int32)
        # supply follows troops into land that the enemy still holds: look four hexes beyond the traced lines
        for _ in range(4):
            padded = np.append(home, FAR)
            home = np.minimum(home, np.minimum(padded[view.neighbours].min(axis=1) + 260, FAR)).astype(np.int32)
        self.home = home

    def see(self) -> None:
        """Look again: after marches and fights more is known."""
        self.contacts = self.view.contacts()
        self.threat = self.view.influence([c.hex for c in self.contacts], [c.men for c in self.contacts], 3)

    def pressed(self, where: int) -> int:
        """Return how many neighbouring hexes lie in enemy zones or are enemy-held."""
        zone = self.view.enemy_zone
        return sum(1 for n in self.view.near[where] if n >= 0 and zone[n])

    def enemies_beside(self, where: int) -> int:
        """Return the estimated enemy men next to a hex."""
        return sum(c.men for n in self.view.near[where] if n >= 0 and (c := self.view.contact(n)))
