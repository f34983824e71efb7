"""Everything that a key can do, by name. Keys are in `assets/keys.yaml` and in the player's own file; see `keys`.

Every action is safe at any time: what is not possible now does nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from game.core.errors import GameError
from game.ui import overlays, treepanel
from game.ui.airdialog import open_interdiction, order_strike
from game.ui.panels import TOP
from game.ui.settings import save_settings

if TYPE_CHECKING:
    from game.ui.gamescreen import GameScreen
    from game.ui.planner import Planner

Act = Callable[["GameScreen"], None]
STEP = 90  # how far one tap scrolls the map [px]


# -- units -------------------------------------------------------------------------------------------------------------
def _step(screen: GameScreen, by: int) -> None:
    if screen.free:
        unit = screen.desk.step(by)
        if unit >= 0:
            screen.select(unit)


def _cycle(screen: GameScreen) -> None:
    desk = screen.desk
    if screen.free and desk.selected >= 0:
        desk.cycle(desk.world.state.hex[desk.selected])


def _formation(screen: GameScreen) -> None:
    """Select the formation near the selected unit; again: all of it, wherever it stands."""
    desk = screen.desk
    if screen.free and desk.selected >= 0:
        before = set(desk.selection)
        desk.select_formation(desk.selected)
        if set(desk.selection) == before:
            desk.select_formation(desk.selected, everywhere=True)


def _stay(screen: GameScreen) -> None:
    desk = screen.desk
    if screen.free and desk.selected >= 0:
        desk.stay()
        name = screen.shell.texts.name(desk.scenario.units[desk.selected].name)
        key = "stay.on" if desk.selected in desk.staying else "stay.off"
        screen.message = screen.shell.texts(key, unit=name)


def _rail(screen: GameScreen) -> None:
    screen.set_train(not screen.desk.train)


def _interdict(screen: GameScreen) -> None:
    where = screen.hands.target
    if screen.free and where >= 0:
        open_interdiction(screen, where)


# -- the map -----------------------------------------------------------------------------------------------------------
def _zoom(screen: GameScreen, by: int) -> None:
    camera = screen.view.camera
    at = (camera.width / 2, camera.height / 2)
    if screen.hands.cursor >= 0 and camera.shows(screen.hands.cursor):
        at = camera.point(screen.hands.cursor)
    camera.zoom_by(by, at)
    screen.hands.close_fan()


def _scroll(screen: GameScreen, dx: int, dy: int) -> None:
    """Scroll the map, or the page that lies over it."""
    camera = screen.view.camera
    if not screen.hands.covered:
        camera.pan(dx * STEP, dy * STEP)
    elif dy:
        screen.shell.brush.wheel(camera.width // 2, TOP + camera.height // 2, -dy)


def _centre(screen: GameScreen) -> None:
    unit = screen.desk.selected
    where = screen.desk.world.state.hex[unit] if unit >= 0 else screen.hands.target
    if where >= 0:
        screen.view.camera.centre_on(where)


def _overlay(screen: GameScreen, number: int) -> None:
    if number <= len(overlays.NAMES):
        screen.toggle(overlays.NAMES[number - 1])


def _simple(screen: GameScreen) -> None:
    settings = screen.shell.settings
    settings.simple = not screen.simple
    screen.set_simple(settings.simple)
    _keep(screen)


def _keep(screen: GameScreen) -> None:
    """Write the settings."""
    try:
        save_settings(screen.shell.settings, screen.shell.config)
    except GameError as error:
        screen.message = str(error)


# -- panels ------------------------------------------------------------------------------------------------------------
def _sheet(screen: GameScreen) -> None:
    folds, unit = screen.folds, screen.desk.selected
    if unit < 0 and screen.inspected >= 0:
        unit = next(iter(screen.scene.stacks.get(screen.inspected, ())), -1)
    folds.sheet = -1 if folds.sheet == unit else unit


def _tree(screen: GameScreen) -> None:
    screen.folds.tree = not screen.folds.tree
    screen.folds.searching = False


def _find(screen: GameScreen) -> None:
    treepanel.open_tree(screen, search=True)


def _language(screen: GameScreen) -> None:
    screen.shell.switch()


# -- the attack planner ------------------------------------------------------------------------------------------------
def _planned(act: Callable[[Planner], None]) -> Act:
    """Return an action on the planner that does nothing unless it is open."""

    def run(screen: GameScreen) -> None:
        if screen.planner is not None:
            act(screen.planner)

    return run


def _join(number: int) -> Act:
    return _planned(lambda planner: planner.toggle_nth(number))


def _air(by: int) -> Act:
    """Return an action that sends more or fewer air points: with the attack, or against supply."""

    def run(screen: GameScreen) -> None:
        if screen.strike is not None:
            screen.strike.add(by)
        elif screen.planner is not None:
            screen.planner.add_air(by)

    return run


def _order(screen: GameScreen) -> None:
    if screen.free and screen.strike is not None:
        order_strike(screen)
    elif screen.free and screen.planner is not None:
        screen.attack()


# -- the computer's moves ----------------------------------------------------------------------------------------------
def _fast(screen: GameScreen) -> None:
    """Show the rest of the computer's turn at once; where two computers play, pause or go on."""
    if screen.watching:
        _pause(screen)
    elif screen.busy:
        screen.fast = True


def _pause(screen: GameScreen) -> None:
    if screen.busy:
        screen.watch.paused = not screen.watch.paused


def _single(screen: GameScreen) -> None:
    if screen.busy:
        screen.watch.single()


def set_pace(screen: GameScreen, pace: float) -> None:
    """Choose how fast the computer's moves are shown, and keep it."""
    screen.watch.pace = screen.shell.settings.pace = pace
    _keep(screen)


def _quicken(screen: GameScreen, by: int) -> None:
    screen.watch.quicken(by)
    set_pace(screen, screen.watch.pace)


def _by(act: Callable[[GameScreen, int], None], by: int) -> Act:
    return lambda screen: act(screen, by)


def _page(name: str) -> Act:
    return lambda screen: screen.folds.show_page(name)


def _cursor(way: str) -> Act:
    return lambda screen: screen.hands.move_cursor(way)


TURN: dict[str, Act] = {
    "end_turn": lambda s: s.ask_end(), "undo": lambda s: s.undo(), "quicksave": lambda s: s.save("quick"),
    "quickload": lambda s: s.load(), "cancel": lambda s: s.cancel(),
}  # fmt: skip
UNITS: dict[str, Act] = {
    "next": _by(_step, 1), "previous": _by(_step, -1), "cycle": _cycle, "formation": _formation, "stay": _stay,
    "stance_delay": lambda s: s.set_stance(0), "stance_hold": lambda s: s.set_stance(1),
    "stance_stand": lambda s: s.set_stance(2), "rail": _rail, "interdict": _interdict,
}  # fmt: skip
CURSOR: dict[str, Act] = {
    **{f"cursor_{way}": _cursor(way) for way in ("e", "ne", "nw", "w", "sw", "se", "up", "down")},
    "pick": lambda s: s.hands.pick_at_cursor(False), "pick_more": lambda s: s.hands.pick_at_cursor(True),
    "act": lambda s: s.hands.act_at_cursor(),
}  # fmt: skip
MAP: dict[str, Act] = {
    "zoom_in": _by(_zoom, 1), "zoom_out": _by(_zoom, -1), "centre": _centre,
    "scroll_up": lambda s: _scroll(s, 0, -1), "scroll_down": lambda s: _scroll(s, 0, 1),
    "scroll_left": lambda s: _scroll(s, -1, 0), "scroll_right": lambda s: _scroll(s, 1, 0),
    "fan": lambda s: s.hands.pin_fan(), "simple_icons": _simple, **{f"overlay_{n}": _by(_overlay, n) for n in range(1, 10)},
}  # fmt: skip
PANELS: dict[str, Act] = {
    "sheet": _sheet, "tree": _tree, "find": _find, "victory": _page("victory"), "arrivals": _page("arrivals"),
    "staff": _page("staff"), "help": _page("help"), "language": _language,
}  # fmt: skip
PLANNER: dict[str, Act] = {
    **{f"join_{n}": _join(n) for n in range(1, 10)},
    "method": _planned(lambda p: p.next_method()),
    "intensity": _planned(lambda p: p.next_intensity()),
    "air_more": _air(1),
    "air_less": _air(-1),
    "gas": _planned(lambda p: p.toggle_gas()),
    "order": _order,
}  # fmt: skip
WATCH: dict[str, Act] = {
    "fast": _fast, "pause": _pause, "single_step": _single, "slower": _by(_quicken, -1), "faster": _by(_quicken, 1),
    "again": lambda s: s.watch_again(),
}  # fmt: skip

GROUPS: dict[str, dict[str, Act]] = {
    "turn": TURN, "units": UNITS, "cursor": CURSOR, "map": MAP, "panels": PANELS, "planner": PLANNER, "watch": WATCH,
}  # fmt: skip
ACTIONS: dict[str, Act] = {name: act for group in GROUPS.values() for name, act in group.items()}
# where an action's keys count: those of the planner only while it is open, and then before all others
CONTEXTS: dict[str, str] = {name: "planner" if group == "planner" else "map" for group, acts in GROUPS.items() for name in acts}
