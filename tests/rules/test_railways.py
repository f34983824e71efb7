"""Railways: broken when they change hands, mended from a working end, out of the enemy's sight."""

from __future__ import annotations

from game.model.orders import End
from game.rules import engine
from game.rules.territory import enter
from game.rules.world import World
from tests.rules.worlds import Land, events, rules, start, unit

MEND = {"supply.repair_km": 5}  # a hex of 10 km takes one turn of two days


def line(cols: int = 12) -> Land:
    """Return a land with a railway from west to east."""
    return Land(cols=cols).draw("rail", *((c, 3) for c in range(cols)))


def works(world: World, land: Land) -> str:
    """Return the state of the line: one letter a hex, w works, x broken."""
    return "".join("wx"[int(world.state.rail[land.at(c, 3)] == 0)] for c in range(land.cols))


def one_turn(world: World) -> None:
    """End both phases."""
    engine.apply(world, End())
    engine.apply(world, End())


def test_the_loser_tears_up_the_track() -> None:
    land = line()
    world = start(land, [unit("jp_1", 0, 0), unit("cn_1", 11, 6)], rules(MEND), split=6)
    enter(world, land.at(6, 3), 0, 0, 0)
    assert works(world, land) == "wwwwwwxwwwww"
    assert events(world, "demolish") == [{"hex": land.at(6, 3), "by": 1}]


def test_track_is_mended_hex_by_hex_from_the_working_end() -> None:
    land = line()
    land.broken = [land.at(c, 3) for c in (4, 5, 6)]
    world = start(land, [unit("jp_1", 0, 0)], rules(MEND), split=12)
    found = [works(world, land)]
    for _ in range(2):
        one_turn(world)
        found.append(works(world, land))
    # both ends work, so the first turn mends one hex at either, the next the one between
    assert found == ["wwwwwxwwwwww", "wwwwwwwwwwww", "wwwwwwwwwwww"]


def test_slow_repair_adds_up_over_turns() -> None:
    land = line()
    land.broken = [land.at(c, 3) for c in range(8, 12)]
    world = start(land, [unit("jp_1", 0, 0)], rules({"supply.repair_km": 2}), split=12)
    found = [works(world, land).count("x")]
    for _ in range(5):
        one_turn(world)
        found.append(works(world, land).count("x"))
    # 4 km a turn: a hex of 10 km is whole after three, and the 2 km left over begin the next
    assert found == [4, 4, 3, 3, 2, 2]


def test_nothing_is_mended_under_the_enemy_s_eyes() -> None:
    land = line()
    land.broken = [land.at(6, 3)]
    units = [unit("jp_1", 0, 0), unit("cn_1", 6, 2)]
    assert land.at(6, 2) in land.build().neighbours[land.at(6, 3)]
    world = start(land, units, rules(MEND), split=12)
    one_turn(world)
    assert works(world, land) == "wwwwwwxwwwww"
    world.place(1, land.at(6, 0))
    one_turn(world)
    assert works(world, land) == "wwwwwwwwwwww"


def test_a_line_without_a_working_end_stays_broken() -> None:
    land = line()
    land.broken = [land.at(c, 3) for c in range(12)]
    world = start(land, [unit("jp_1", 0, 0)], rules(MEND), split=12)
    one_turn(world)
    assert works(world, land) == "x" * 12
