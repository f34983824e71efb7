"""Which of the game screen's panels are open, and what is typed into them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from game.model.events import Event
from game.ui.widgets import Scroll

if TYPE_CHECKING:
    from game.ui.logpanel import LogLine
    from game.ui.rows import Row
    from game.ui.treerows import Chip, Tree, TreeRow


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
    battle: Event | None = None  # battle whose details are shown
    told: int = 0  # which of the record's events of this date is shown; -1 = none, until the next turn
    told_turn: int = 0  # turn of which that is
    overlays: bool = False  # the list of overlays is open
    overlays_at: tuple[int, int] = (0, 0)  # its left upper corner [px]
    gear: bool = False  # the list of settings is open
    gear_at: tuple[int, int] = (0, 0)  # its left upper corner [px]
    tree_side: int = -1  # side whose order of battle the tree shows, -1 = the viewer's
    tree_seen: bool = False  # the tree has been opened before
    hit: int = 0  # which of the units that the search finds Enter goes to
    tree_marked: int = -1  # unit that was last brought into the tree's view
    chip: Chip | None = None  # formation whose chip is under the cursor
    tree_made: tuple[Any, Tree] | None = None  # the tree last drawn, behind what it was made from
    tree_rows: tuple[Any, list[TreeRow]] | None = None  # its rows, likewise
    strip: Scroll = field(default_factory=Scroll)  # of the folded tree
    unit_made: tuple[Any, list[Row]] | None = None  # the values of the unit last shown, behind what they depend on
    unit_of: int = -1  # unit that the panel at the right last showed
    unit: Scroll = field(default_factory=Scroll)  # of the panel at the right
    log_lines: tuple[Any, list[LogLine]] | None = None  # the lines that the filter lets through, behind what they depend on
    lines: Scroll = field(default_factory=Scroll)  # of the log
    page_scroll: int = 0  # how far the help page is scrolled [px]
    over: Scroll = field(default_factory=Scroll)  # of the page, sheet or battle over the map
    opened: set[str] = field(default_factory=set)  # rows of pages and sheet that show their factors

    def show_page(self, name: str) -> None:
        """Open a page over the map, or close it when it is open."""
        self.page = "" if self.page == name else name
        self.over, self.page_scroll = Scroll(), 0

    def open_list(self, name: str) -> None:
        """Open the list of overlays or of settings below the top bar and close the other; or close it when it is open."""
        self.overlays, self.gear = name == "overlays" and not self.overlays, name == "gear" and not self.gear

    def close_top(self) -> bool:
        """Close what lies on top: details of a battle, page, sheet, search; return whether there was anything."""
        if self.overlays or self.gear:
            self.overlays = self.gear = False
        elif self.battle is not None:
            self.battle = None
        elif self.page:
            self.page = ""
        elif self.sheet >= 0:
            self.sheet = -1
        elif self.searching or self.search:
            self.searching, self.search = False, ""
        else:
            return False
        return True

    def toggle(self, row: str) -> None:
        """Open or close a row's factors."""
        self.opened ^= {row}
