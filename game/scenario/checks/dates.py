"""Checks of dates: inside the scenario, and in their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from game.core.errors import Problem
from game.scenario.build import Context
from game.scenario.bundle import Part

_UNIT_DATES = ("arrives", "leaves", "held_until", "crossing_until")
AROUND = 180  # days before and after the scenario that events of the record may tell of


def _outside(context: Context, when: date | None, part: Part, slack: int = 0) -> Iterator[Problem]:
    """Yield a problem when a date is not within the scenario (plus some days after its end)."""
    calendar = context.scenario.calendar
    if when is not None and not calendar.start <= when <= calendar.end + timedelta(days=slack):
        yield part.problem("date_outside", f"{when} lies outside the scenario, {calendar.start} to {calendar.end}")


def within_calendar(context: Context) -> Iterator[Problem]:
    """Dates of units, of everything in scenario.yaml, of plans and of objectives lie within the scenario.

    held_until may be the day after the end: held to the end.
    """
    bundle = context.bundle
    for node in context.nodes:
        for key in _UNIT_DATES:
            yield from _outside(context, getattr(node.own, key), node.part.at(key), 1 if key == "held_until" else 0)
    for document, forces in bundle.forces:
        for key in _UNIT_DATES:
            yield from _outside(
                context, getattr(forces.defaults, key), Part(document, ("defaults", key)), 1 if key == "held_until" else 0
            )
    for when, part in _days(context):
        yield from _outside(context, when, part)
    for first, last, part in _spans(context):
        yield from _outside(context, first, part.at("from"))
        yield from _outside(context, last, part.at("until"))
    for i, goal in enumerate(bundle.objectives.objectives):
        for k, step in enumerate(goal.steps or ()):
            yield from _outside(context, step.by, Part(bundle.objectives_file, ("objectives", i, "steps", k, "by")))


def _days(context: Context) -> Iterator[tuple[date | None, Part]]:
    """Yield every single date of scenario.yaml with its place."""
    at, entry = context.bundle.entry_at, context.bundle.entry
    yield from ((p.date, at("replacements", i, "date")) for i, p in enumerate(entry.replacements))
    yield from ((p.date, at("waterways", i, "date")) for i, p in enumerate(entry.waterways))
    yield from ((p.date, at("changes", i, "date")) for i, p in enumerate(entry.changes))
    for i, move in enumerate(entry.transfers):
        yield move.date, at("transfers", i, "date")
        yield move.arrives, at("transfers", i, "arrives")


def _spans(context: Context) -> Iterator[tuple[date | None, date | None, Part]]:
    """Yield every (from, until) with its place."""
    bundle = context.bundle
    at, entry = bundle.entry_at, bundle.entry
    yield from ((p.from_, p.until, at("supply", i)) for i, p in enumerate(entry.supply))
    yield from ((p.from_, p.until, at("air", i)) for i, p in enumerate(entry.air))
    yield from ((p.from_, p.until, at("countryside", i)) for i, p in enumerate(entry.countryside))
    yield from ((p.from_, p.until, at("gas", i)) for i, p in enumerate(entry.gas))
    yield from ((p.from_, p.until, at("disease", i)) for i, p in enumerate(entry.disease))
    yield from ((p.from_, p.until, at("guerrillas", i)) for i, p in enumerate(entry.guerrillas))
    for side, tasks in (("japan", bundle.plans.japan), ("china", bundle.plans.china)):
        yield from ((t.from_, t.until, Part(bundle.plans_file, (side, i))) for i, t in enumerate(tasks))
    yield from (
        (g.from_, None, Part(bundle.objectives_file, ("objectives", i))) for i, g in enumerate(bundle.objectives.objectives)
    )


def in_order(context: Context) -> Iterator[Problem]:
    """Nothing ends before it begins, and no unit leaves before it has arrived."""
    for first, last, part in _spans(context):
        if first is not None and last is not None and last < first:
            yield part.at("until").problem("date_order", f"{last} lies before the beginning, {first}")
    calendar = context.scenario.calendar
    for node in context.nodes:
        leaves = node.get("leaves")
        if (
            leaves is not None
            and node.counter
            and calendar.turn_of(leaves) <= calendar.turn_of(node.get("arrives") or calendar.start)
        ):
            yield node.part.at("leaves").problem(
                "date_order", f"{node.own.id} leaves on {leaves}, in the turn of its arrival or before"
            )


def record_dates(context: Context) -> Iterator[Problem]:
    """Captures of the record lie within the scenario's dates; events may tell of the months before and after."""
    bundle, calendar = context.bundle, context.scenario.calendar
    rows = [("captures", i, c.date, 0) for i, c in enumerate(bundle.record.captures)]
    rows += [("events", i, e.date, AROUND) for i, e in enumerate(bundle.record.events)]
    for kind, i, when, days in rows:
        if not calendar.start - timedelta(days=days) <= when <= calendar.end + timedelta(days=days):
            message = f"{when} lies outside the scenario, {calendar.start} to {calendar.end}"
            yield Part(bundle.record_file, (kind, i, "date")).problem("record_date", message)
