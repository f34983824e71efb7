"""What the files of a scenario must agree on: one function a check, all of them run each time.

`CHECKS` is the table; `game.scenario.codes` says what each code means and how serious it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from game.core.errors import Problem
from game.scenario.build import Context
from game.scenario.bundle import Bundle
from game.scenario.checks import circumstances, dates, goals, identity, references, units

Check = Callable[[Context], Iterator[Problem]]
MOST_TURNS = 400
MOST_FINDINGS = 100  # of one check: looking for a hint takes milliseconds, and nobody reads more

CHECKS: tuple[Check, ...] = (
    identity.folder, identity.both_sides_present, identity.formation_ids, identity.other_ids,
    references.known_places, references.places_on_map, references.known_formations, references.own_formations,
    references.known_lines, references.known_provinces, references.control_places,
    dates.within_calendar, dates.in_order, dates.record_dates,
    units.values, units.where, units.on_land, units.stacking, units.one_side_a_hex, units.establishment,
    units.empty_formations, units.men_sums,
    circumstances.waterways, circumstances.air_moves, circumstances.changes_known, circumstances.changes_form_a_tree,
    circumstances.transfers,
    goals.objective_keys, goals.steps, goals.reachable, goals.levels, goals.historical_level, goals.losses,
    goals.tasks, goals.plans,
)  # fmt: skip


def run(context: Context) -> list[Problem]:
    """Return what all checks find, of each check at most MOST_FINDINGS."""
    return [problem for check in CHECKS for problem in islice(check(context), MOST_FINDINGS)]


def before_building(bundle: Bundle) -> list[Problem]:
    """Return what keeps a scenario from being built at all: a calendar or a window that makes no sense."""
    problems = []
    calendar, window = bundle.entry.calendar, bundle.entry.map.window
    turns = -(-((calendar.end - calendar.start).days + 1) // calendar.days_per_turn)
    if turns < 1:
        problems.append(
            bundle.entry_at("calendar", "end").problem("calendar", f"the end {calendar.end} lies before the start {calendar.start}")
        )
    if turns > MOST_TURNS:
        problems.append(
            bundle.entry_at("calendar", "end").problem("calendar", f"the calendar has {turns} turns; {MOST_TURNS} at most")
        )
    if window is not None and (window.west >= window.east or window.south >= window.north):
        message = "the window is empty: west must be less than east, and south less than north"
        problems.append(bundle.entry_at("map", "window").problem("window", message))
    return problems
