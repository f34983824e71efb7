"""The figures of a game: captures, control, men, losses, outcome, battles, and how all that compares with the record.

Everything is derived from the events and the state; nothing is counted while the game runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from game.core.hexgrid import distance
from game.model.events import Event
from game.model.orders import INTENSITIES, METHODS
from game.model.scenario import NOBODY, RecordedCapture
from game.model.state import AWAY, LEFT, LOSSES, PRESENT
from game.model.units import SIDES
from game.play.replay import game_digest
from game.play.session import Session
from game.rules import victory
from game.rules.world import World

FULL_ATTACK = INTENSITIES.index("attack")


@dataclass(frozen=True, slots=True)
class Capture:
    """A named place that changed hands."""

    date: date
    place: str
    side: int  # who took it
    turn: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row of the record beside what the game made of it."""

    recorded: RecordedCapture
    played: date | None  # None = it did not happen
    days: int | None  # played later than recorded [days]; negative = earlier


def captures(world: World) -> list[Capture]:
    """Return every change of control of a watched place, in order."""
    taken = [e for e in world.events if e.kind == "capture"]
    return [Capture(capture_date(world, e), str(e.data["place"]), number(e, "by"), e.turn) for e in taken]


def capture_date(world: World, event: Event) -> date:
    """Return the date of a capture; the last turn may be longer than the days that the scenario has left."""
    calendar = world.scenario.calendar
    return min(calendar.date_of(event.turn, number(event, "day")), calendar.end)


def number(event: Event, name: str) -> int:
    """Return a whole number of an event."""
    value = event.data[name]
    if not isinstance(value, int):
        raise TypeError(f"{event.kind}.{name} is no whole number")
    return value


def numbers(event: Event, name: str) -> tuple[int, ...]:
    """Return the whole numbers of an event's list."""
    value = event.data[name]
    if not isinstance(value, tuple):
        raise TypeError(f"{event.kind}.{name} is no list")
    return tuple(int(v) for v in value)


def holders(world: World) -> dict[str, str | None]:
    """Return who holds every named place on the map now, by id: "japan", "china" or None (water)."""
    control = world.state.control
    places = sorted((p.id, p.hex) for p in world.map.places if p.hex >= 0)
    return {pid: SIDES[int(control[h])] if control[h] != NOBODY else None for pid, h in places}


def watched_held(world: World) -> tuple[int, int]:
    """Return how many watched places Japan and China hold now."""
    places, control = world.map.place_by_id, world.state.control
    held = [int(control[places[p].hex]) for p in world.scenario.watched if places[p].hex >= 0]
    return held.count(0), held.count(1)


def men(world: World, side: int) -> dict[str, int]:
    """Return a side's men: at the start, arrived, replaced, returned from hospital, and present (transferred units too)."""
    state = world.state
    units = [u for u in world.scenario.units if u.side == side]
    here = [u.index for u in units if state.status[u.index] in (PRESENT, LEFT, AWAY)]
    return {
        "start": sum(u.men for u in units if u.arrives <= 1),
        "arrived": sum(state.arrived[u.index] for u in units),
        "replaced": sum(state.replaced[u.index] for u in units),
        "returned": sum(state.returned[u.index] for u in units),
        "present": sum(state.men[u] for u in here),
    }


def losses(world: World, side: int) -> dict[str, int]:
    """Return a side's losses by kind [men]; those who came back from hospital are counted as lost and as returned."""
    units = [u for u, owner in enumerate(world.side) if owner == side]
    return {name: sum(getattr(world.state, name)[u] for u in units) for name in LOSSES}


def outcome(world: World) -> dict[str, Any]:
    """Return winner ("japan", "china" or "draw"), the id of the victory level, and the points of both sides and net."""
    level = victory.level(world)
    both = victory.score(world)
    return {
        "winner": SIDES[level.winner] if level.winner >= 0 else "draw",
        "level": level.id,
        "points": {"japan": both[0], "china": both[1], "net": victory.net(world)},
    }


def attack_share(world: World, unit_turns: int) -> float:
    """Return the share of unit-days spent in full attack (intensity attack or assault), 0..1.

    Args:
        world: the game.
        unit_turns: units on the map, summed over the phases of their side.
    """
    spent = 0
    for e in world.events:
        if e.kind == "battle" and number(e, "intensity") >= FULL_ATTACK:
            spent += len(numbers(e, "attackers")) * number(e, "days")
    living = unit_turns * world.days * 1000
    return round(spent / living, 6) if living else 0.0


def battles(world: World) -> list[dict[str, Any]]:
    """Return one row for each attack: turn, number in the turn, hex, sides, odds, luck, result and losses."""
    rows, count, turn = [], 0, 0
    for e in world.events:
        if e.kind != "battle":
            continue
        count = count + 1 if e.turn == turn else 1
        turn = e.turn
        rows.append(_battle_row(world, e, count))
    return rows


def _battle_row(world: World, e: Event, count: int) -> dict[str, Any]:
    units = world.scenario.units
    return {
        "turn": e.turn, "battle": count, "side": SIDES[e.side], "hex": world.map.label(number(e, "hex")),
        "place": world.map.describe(number(e, "hex")),
        "method": METHODS[number(e, "method")], "intensity": INTENSITIES[number(e, "intensity")],
        "attackers": [units[u].id for u in numbers(e, "attackers")], "defenders": [units[u].id for u in numbers(e, "defenders")],
        "ratio": number(e, "ratio"), "luck": number(e, "luck"), "chance": number(e, "chance"), "throw": number(e, "throw"),
        "beaten": bool(number(e, "beaten")), "attacker_losses": number(e, "attacker_losses"),
        "defender_losses": number(e, "defender_losses"),
    }  # fmt: skip


def compare(world: World) -> list[Comparison]:
    """Return the record's captures beside the game's: the n-th capture of a place by a side with the n-th recorded one."""
    played: dict[tuple[str, int], list[date]] = {}
    for c in captures(world):
        played.setdefault((c.place, c.side), []).append(c.date)
    rows, seen = [], dict.fromkeys(played, 0)
    for r in world.scenario.record:
        key = (r.place, r.side)
        dates, n = played.get(key, []), seen.get(key, 0)
        seen[key] = n + 1
        when = dates[n] if n < len(dates) else None
        rows.append(Comparison(r, when, (when - r.date).days if when else None))
    return rows


def objectives(world: World) -> list[dict[str, Any]]:
    """Return one row for each objective: id, side, title, points and the factors behind them."""
    rows = []
    for n, objective in enumerate(world.scenario.objectives):
        points, parts = victory.points(world, n)
        rows.append(
            {"id": objective.id, "side": SIDES[objective.side], "title": objective.title.en, "points": points, "factors": parts}
        )
    return rows


def nearest_place(world: World, where: int) -> str:
    """Return the English name of the watched place nearest to a hex, "near" before it when it is not there itself."""
    places = world.map.place_by_id
    known = [
        (distance(where, places[p].hex, world.map.cols), places[p].rank, p) for p in world.scenario.watched if places[p].hex >= 0
    ]
    if not known:
        return world.map.describe(where)
    away, _, pid = min(known)
    return places[pid].name_en if away == 0 else f"near {places[pid].name_en}"


def summary(session: Session, players: tuple[str, str], cpu_seconds: float) -> dict[str, Any]:
    """Return the whole result of a game as plain values, the object that `run --json` prints.

    Args:
        session: the game, finished or not.
        players: names of Japan's and China's player.
        cpu_seconds: processor time of the play [s].
    """
    world, scenario = session.world, session.scenario
    return {
        "scenario": scenario.id,
        "seed": session.seed,
        "players": dict(zip(SIDES, players, strict=True)),
        "turns_played": world.state.turn if session.over else world.state.turn - 1,
        "start": scenario.calendar.start.isoformat(),
        "end": scenario.calendar.end.isoformat(),
        "captures": [{"date": c.date.isoformat(), "place": c.place, "by": SIDES[c.side]} for c in captures(world)],
        "control": holders(world),
        "men": {name: men(world, side) for side, name in enumerate(SIDES)},
        "losses": {name: losses(world, side) for side, name in enumerate(SIDES)},
        "outcome": outcome(world),
        "attack_share": attack_share(world, session.unit_turns),
        "unit_turns": session.unit_turns,
        "cpu_seconds": round(cpu_seconds, 3),
        "digest": game_digest(session),
    }
