from __future__ import annotations

from dataclasses import replace
from datetime import date

from game.model.events import Event
from game.model.scenario import NOBODY, Scenario
from game.model.state import GONE, LEFT
from game.model.units import SIDES
from game.play import stats
from game.play.session import Session


def test_men_and_losses_balance_for_both_sides(finished: Session) -> None:
    for side in (0, 1):
        men, losses = stats.men(finished.world, side), stats.losses(finished.world, side)
        assert men["start"] + men["arrived"] + men["replaced"] + men["returned"] == men["present"] + sum(losses.values())
        assert sum(losses.values()) > 0


def test_transferred_units_count_as_present(finished: Session) -> None:
    world = finished.world
    left = [u for u, s in enumerate(world.state.status) if s == LEFT]
    assert left
    here = sum(m for u, m in enumerate(world.state.men) if world.side[u] == 0 and world.state.status[u] != GONE)
    assert stats.men(world, 0)["present"] == here


def test_captures_lead_from_the_first_holders_to_the_last(finished: Session) -> None:
    scenario, world = finished.scenario, finished.world
    held = {p.id: int(scenario.control[p.hex]) for p in scenario.map.places if p.hex >= 0 and scenario.control[p.hex] != NOBODY}
    taken = stats.captures(world)
    assert taken
    for c in taken:
        assert held[c.place] != c.side
        held[c.place] = c.side
        assert scenario.calendar.start <= c.date <= scenario.calendar.end
        assert scenario.calendar.turn_of(c.date) == c.turn
    last = stats.holders(world)
    assert {p: SIDES[s] for p, s in held.items()} == {p: last[p] for p in held}


def test_holders_name_every_place_on_the_map(finished: Session) -> None:
    assert set(stats.holders(finished.world)) == {p.id for p in finished.scenario.map.places if p.hex >= 0}


def test_watched_places_are_held_by_one_side_each(finished: Session) -> None:
    holders = stats.holders(finished.world)
    expected = tuple(sum(holders[p] == side for p in finished.scenario.watched) for side in SIDES)
    assert stats.watched_held(finished.world) == expected


def test_the_day_of_a_capture_counts_within_the_turn(mini: Scenario) -> None:
    session = Session(mini, 1)
    session.world.events.append(Event(3, 1, "capture", {"place": "xuchang", "hex": 0, "by": 1, "day": 1, "unit": 0}))
    assert stats.captures(session.world) == [stats.Capture(date(1944, 4, 22), "xuchang", 1, 3)]


def test_no_capture_is_dated_after_the_end(mini: Scenario) -> None:
    """The last turn may be longer than the days that are left."""
    short = replace(mini, calendar=replace(mini.calendar, end=date(1944, 4, 29)))
    session = Session(short, 1)
    session.world.events.append(Event(7, 0, "capture", {"place": "xuchang", "hex": 0, "by": 0, "day": 1, "unit": 0}))
    assert [c.date for c in stats.captures(session.world)] == [date(1944, 4, 29)]


def _battle(turn: int, attackers: tuple[int, ...], intensity: int, days: int) -> Event:
    data: dict[str, int | str | tuple[int, ...] | tuple[str, ...]] = {
        "hex": 0, "attackers": attackers, "defenders": (9,), "method": 0, "intensity": intensity, "ratio": 2000, "luck": 1000,
        "chance": 500, "throw": 300, "beaten": 1, "days": days, "attacker_losses": 10, "defender_losses": 20,
    }  # fmt: skip
    return Event(turn, 0, "battle", data)


def test_attack_share_counts_days_of_full_attack_only(mini: Scenario) -> None:
    session = Session(mini, 1)
    session.world.events += [_battle(1, (0, 1), 2, 500), _battle(1, (2,), 3, 1000), _battle(2, (3, 4), 1, 1000)]
    # 2 x 0.5 + 1 x 1 days of the 2 days of each of 10 unit-turns
    assert stats.attack_share(session.world, 10) == 0.1
    assert stats.attack_share(session.world, 0) == 0.0


def test_battles_are_numbered_by_turn(mini: Scenario) -> None:
    session = Session(mini, 1)
    session.world.events += [_battle(1, (0,), 2, 500), _battle(1, (1,), 2, 500), _battle(4, (2,), 3, 500)]
    rows = stats.battles(session.world)
    assert [(r["turn"], r["battle"]) for r in rows] == [(1, 1), (1, 2), (4, 1)]
    assert rows[2]["intensity"] == "assault"
    assert rows[0]["attackers"] == [mini.units[0].id]


def test_the_record_is_compared_capture_by_capture(mini: Scenario) -> None:
    session = Session(mini, 1)
    captures = [("zhengzhou", 0, 2, 1), ("zhengzhou", 1, 3, 0), ("zhengzhou", 0, 4, 0)]
    for place, by, turn, day in captures:
        session.world.events.append(Event(turn, by, "capture", {"place": place, "hex": 0, "by": by, "day": day, "unit": 0}))
    rows = stats.compare(session.world)
    assert [(r.recorded.place, r.played, r.days) for r in rows] == [("zhengzhou", date(1944, 4, 20), 1), ("xuchang", None, None)]


def test_the_summary_has_exactly_the_agreed_keys(finished: Session) -> None:
    result = stats.summary(finished, ("staff", "random"), 1.25)
    assert list(result) == [
        "scenario", "seed", "players", "turns_played", "start", "end", "captures", "control", "men", "losses", "outcome",
        "attack_share", "unit_turns", "cpu_seconds", "digest",
    ]  # fmt: skip
    assert result["turns_played"] == finished.scenario.calendar.turns
    assert result["outcome"]["points"]["net"] == next(e for e in finished.world.events if e.kind == "end").data["net"]
    assert result["outcome"]["winner"] in ("japan", "china", "draw")


def test_turns_played_counts_finished_turns(mini: Scenario) -> None:
    assert stats.summary(Session(mini, 1), ("a", "b"), 0.0)["turns_played"] == 0


def test_the_points_of_the_objectives_make_the_score(finished: Session) -> None:
    rows = stats.objectives(finished.world)
    points = stats.outcome(finished.world)["points"]
    for side in SIDES:
        assert sum(r["points"] for r in rows if r["side"] == side) == points[side]


def test_the_nearest_place_is_the_place_itself_in_its_hex(mini: Scenario) -> None:
    world = Session(mini, 1).world
    zhengzhou = mini.map.place_by_id["zhengzhou"]
    assert stats.nearest_place(world, zhengzhou.hex) == zhengzhou.name_en
