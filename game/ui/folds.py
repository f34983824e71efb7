"""Which of the game screen's panels are open, and what is typed into them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Folds:
    """The state of the panels around the map; drawing reads it, keys and buttons change it."""

    tree: bool = False  # order of battle at the left
    search: str = ""  # text that the tree is searched for
    searching: bool = False  # keys go into the search
    closed: set[str] = field(default_factory=set)  # ids of formations whose units the tree hides
    scroll: int = 0  # first row of the tree that is shown
    sheet: int = -1  # unit whose sheet is shown, -1 = none
    page: str = ""  # page over the map: "victory", "arrivals", "staff" (weather and air), "help", "" = none
    log: str = "all"  # lines that the log shows: "all", "battles", "moves", "supply", "sightings"
