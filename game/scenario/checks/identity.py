"""Checks of ids: each is used once, the scenario's is its folder's, and both sides are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from game.core.errors import Problem
from game.model.units import SIDES
from game.scenario.build import Context
from game.scenario.bundle import Part
from game.scenario.checks.references import Reference


def folder(context: Context) -> Iterator[Problem]:
    """The scenario's id is the name of its folder, so that saves and replays find it again."""
    bundle = context.bundle
    name = bundle.folder.resolve().name
    if bundle.entry.id != name:
        yield bundle.entry_at("id").problem("id_folder", f"the scenario's id is {bundle.entry.id!r}, but its folder is {name!r}")


def both_sides_present(context: Context) -> Iterator[Problem]:
    """Each side has a counter."""
    for side, name in enumerate(SIDES):
        if not any(u.side == side for u in context.scenario.units):
            yield context.bundle.entry_at("files", "forces").problem("sides", f"the forces hold no unit of {name}")


def formation_ids(context: Context) -> Iterator[Problem]:
    """No two formations share an id, in all forces files together."""
    yield from _twice((Reference(n.own.id, n.part.at("id")) for n in context.nodes), "formation")


def other_ids(context: Context) -> Iterator[Problem]:
    """No two places, sources, air bases, tasks, objectives, levels or events share an id."""
    bundle = context.bundle
    entry, plans = bundle.entry, bundle.plans
    own = (Reference(p.id, bundle.entry_at("places", i, "id")) for i, p in enumerate(entry.places))
    yield from _twice(own, "place")
    gazetteer = {p.id for p in context.map.places[: len(context.map.places) - len(entry.places)]}
    for i, place in enumerate(entry.places):
        if place.id in gazetteer:
            yield bundle.entry_at("places", i, "id").problem(
                "duplicate_id", f"the gazetteer has a place {place.id!r} already", "use it, or take another id"
            )
    yield from _twice((Reference(p.id, bundle.entry_at("supply", i, "id")) for i, p in enumerate(entry.supply)), "source of supply")
    yield from _twice((Reference(p.id, bundle.entry_at("air", i, "id")) for i, p in enumerate(entry.air)), "air base")
    tasks = [(side, i, t) for side, found in (("japan", plans.japan), ("china", plans.china)) for i, t in enumerate(found)]
    yield from _twice((Reference(t.id, Part(bundle.plans_file, (side, i, "id"))) for side, i, t in tasks), "task")
    goals = bundle.objectives
    yield from _twice(
        (Reference(o.id, Part(bundle.objectives_file, ("objectives", i, "id"))) for i, o in enumerate(goals.objectives)),
        "objective",
    )
    levels = enumerate(goals.victory.levels)
    yield from _twice((Reference(v.id, Part(bundle.objectives_file, ("victory", "levels", i, "id"))) for i, v in levels), "level")
    yield from _twice(
        (Reference(e.id, Part(bundle.record_file, ("events", i, "id"))) for i, e in enumerate(bundle.record.events)), "event"
    )


def _twice(found: Iterable[Reference], what: str) -> Iterator[Problem]:
    first: dict[str, Part] = {}
    for name, part in found:
        if name in first:
            earlier = first[name]
            line = earlier.document.place(earlier.path)[0]
            yield part.problem(
                "duplicate_id", f"the {what} {name!r} stands here a second time", f"the first is in {earlier.document.shown}:{line}"
            )
        else:
            first[name] = part
