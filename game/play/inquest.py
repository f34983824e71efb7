"""Questions to a replay: why a unit, a hex or a battle of a turn was as it was. The orders are played again up to there."""

from __future__ import annotations

from collections.abc import Callable

from game.core.errors import DataError, did_you_mean, fail
from game.model.events import Event
from game.model.orders import Attack
from game.model.scenario import Scenario
from game.model.units import SIDES
from game.play import explain, stats
from game.play.replay import Replay
from game.play.rerun import play_to, remaining_orders
from game.play.session import Session


def find_unit(scenario: Scenario, name: str) -> int:
    """Return a unit by id; raises DataError with the nearest ids."""
    if name in scenario.unit_by_id:
        return scenario.unit_by_id[name]
    formation = scenario.formation_by_id.get(name)
    if formation:
        below = ", ".join(scenario.units[u].id for u in scenario.below(name)[:6])
        raise fail("unknown_unit", f"{name} has no counter of its own", hint=f"below it: {below}" if below else "")
    raise fail("unknown_unit", f"there is no unit {name[:60]!r}", hint=did_you_mean(name, list(scenario.unit_by_id)))


def find_hex(scenario: Scenario, name: str) -> int:
    """Return a hex by its number (CCRR), or by the id or either name of a place; raises DataError with the nearest names."""
    where = scenario.map.index(name)
    if where >= 0:
        return where
    here = [p for p in scenario.map.places if p.hex >= 0]
    wanted = name.casefold()
    for p in sorted(here, key=lambda p: (p.rank, p.id)):
        if wanted in (p.id, p.name_en.casefold(), p.name_zh):
            return p.hex
    near = did_you_mean(wanted, [p.id for p in here]) or did_you_mean(name, [p.name_en for p in here])
    first, last = scenario.map.label(0), scenario.map.label(scenario.map.size - 1)
    raise fail(
        "unknown_hex", f"there is no hex or place {name[:60]!r} on this map", hint=near or f"hexes run from {first} to {last}"
    )


def heading(scenario: Scenario, turn: int, rest: str) -> str:
    """Return the first line of an answer."""
    calendar = scenario.calendar
    last = min(calendar.end, calendar.date_of(turn, calendar.days_per_turn - 1))
    return f"turn {turn}, {calendar.date_of(turn)} to {last}{rest}"


def ask_unit(replay: Replay, scenario: Scenario, turn: int, name: str) -> list[str]:
    """Return why a unit was as it was at the beginning of its side's orders in a turn, and what then happened to it."""
    unit = find_unit(scenario, name)
    side = scenario.units[unit].side
    session = _begin(replay, scenario, turn, side)
    world = session.world
    lines = [heading(scenario, turn, f", as {SIDES[side]} begins its orders"), *explain.explain_unit(world, unit)]
    before = explain.lost_so_far(world, unit)
    for order in remaining_orders(session, replay, turn + 1):
        if world.state.turn > turn and world.state.side == side:
            break
        session.order(order)
    events = [e for e in world.events if e.turn == turn]
    lines += explain.morale_lines(world, events, unit)
    lines += [
        "  events",
        *(f"    {explain.event_text(world, e)}" for e in events if explain.concerns(e, unit) and e.kind != "morale"),
    ]
    return [*lines, explain.loss_line(world, unit, before)]


def ask_hex(replay: Replay, scenario: Scenario, turn: int, name: str) -> list[str]:
    """Return what a hex was at the beginning of a turn, and the supply of each side there as it began its orders."""
    where = find_hex(scenario, name)
    session = _begin(replay, scenario, turn, None)
    world, first = session.world, scenario.calendar.first
    lines = [heading(scenario, turn, f", as {SIDES[first]} begins its orders"), *explain.explain_hex(world, where)]
    supply = [explain.hex_supply(world, where, first)]
    for order in remaining_orders(session, replay, turn):
        session.order(order)
        if world.state.side != first:
            supply.append(explain.hex_supply(world, where, world.state.side))
            break
    return [*lines, *(line for part in supply for line in part)]


def ask_battle(replay: Replay, scenario: Scenario, turn: int, count: int) -> list[str]:
    """Return why the battle of a number (from 1) in a turn went as it did."""
    found: list[str] = []

    def look(session: Session, order: Attack, number: int) -> Callable[[list[Event]], None] | None:
        if number != count:
            return None
        found.extend(explain.before_battle(session.world, order))
        return lambda events: found.extend(explain.explain_battle(session.world, events))

    battles = _each_battle(replay, scenario, turn, look)
    if not found:
        some = f"the battles of turn {turn} are numbered 1 to {battles}" if battles else f"turn {turn} has no battle"
        raise fail("battle", f"turn {turn} has no battle {count}", replay.path, hint=some)
    return [heading(scenario, turn, f", battle {count}"), *found]


def ask_turn(replay: Replay, scenario: Scenario, turn: int) -> list[str]:
    """Return a list of a turn's battles by number, and its captures."""
    session = _begin(replay, scenario, turn, None)
    for order in remaining_orders(session, replay, turn):
        session.order(order)
    world = session.world
    lines = [heading(scenario, turn, "")]
    for b in stats.battles(world):
        if b["turn"] == turn:
            verdict = "gives ground" if b["beaten"] else "holds"
            what = f"{b['side']}, {b['method']} {b['intensity']} on {b['place']}, ratio {b['ratio']}"
            lines.append(f"  battle {b['battle']}: {what}, the defence {verdict}")
    lines += [f"  {c.date}: {c.place} taken by {SIDES[c.side]}" for c in stats.captures(world) if c.turn == turn]
    return lines if len(lines) > 1 else [*lines, "  no battle and no capture"]


def _each_battle(
    replay: Replay, scenario: Scenario, turn: int, look: Callable[[Session, Attack, int], Callable[[list[Event]], None] | None]
) -> int:
    """Play a turn; call `look` before each battle and what it returns after it. Return the number of battles."""
    session, battles = _begin(replay, scenario, turn, None), 0
    for order in remaining_orders(session, replay, turn):
        after = None
        if isinstance(order, Attack):
            battles += 1
            after = look(session, order, battles)
        events = session.order(order)
        if after:
            after(events)
    return battles


def _begin(replay: Replay, scenario: Scenario, turn: int, side: int | None) -> Session:
    """Return the session at a side's orders in a turn; raises DataError for a turn that the replay does not have."""
    if not 1 <= turn <= replay.turns:
        raise _no_turn(replay, turn)
    return play_to(replay, scenario, turn, side)


def _no_turn(replay: Replay, turn: int) -> DataError:
    return fail("turn", f"the replay has no turn {turn}", replay.path, hint=f"it runs from turn 1 to turn {replay.turns}")
