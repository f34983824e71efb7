"""What the country does to an army: junks, air drops, disease, guerrillas, changes of command, transfers, lost airfields."""

from __future__ import annotations

import numpy as np

from game.model.orders import End, Move
from game.model.scenario import AirBase, Change, Disease, Guerrillas, Transfer, Waterway
from game.model.state import AWAY, PRESENT
from game.model.units import CHINA, JAPAN, Commander, Name
from game.rules import engine, supply
from game.rules.world import World
from tests.rules.worlds import Land, events, find, rules, source, start, unit

NAME = Name("Base", "基地")
QUIET = {"movement.day_minutes": 600}


def turns(world: World, count: int) -> None:
    """End so many whole turns."""
    for _ in range(2 * count):
        engine.apply(world, End())


def river(land: Land, row: int) -> tuple[tuple[int, int], ...]:
    """Return the hexsides between a row and the one below it, from west to east (SE and SW sides by turns)."""
    hexmap = land.build()
    found = []
    for col in range(land.cols):
        here = land.at(col, row)
        found += [(here, d) for d in (4, 5) if hexmap.neighbours[here, d] >= 0]
    return tuple(found)


def test_junks_shorten_the_line_while_both_banks_are_held() -> None:
    land = Land(cols=9, terrain="mountain")
    way = Waterway(JAPAN, "river", river(land, 3), 1, ("K",))
    units = [unit("jp_1", 8, 3), unit("cn_far", 0, 0, type="services", mobility=5)]
    slow = start(land, units[:1], split=9)
    fast = start(land, units[:1], split=9, waterways=(way,))
    assert fast.state.path[0] < slow.state.path[0] // 3
    # one enemy-held bank in the middle closes the river there
    fast.state.control[land.at(4, 4)] = CHINA
    fast.state.control[land.at(3, 4)] = CHINA
    supply.trace(fast, JAPAN)
    assert slow.state.path[0] >= fast.state.path[0] > 0
    closed = fast.state.path[0]
    fast.state.control[land.at(4, 4)] = fast.state.control[land.at(3, 4)] = JAPAN
    supply.trace(fast, JAPAN)
    assert fast.state.path[0] < closed


def test_a_waterway_opens_at_its_date() -> None:
    land = Land(cols=9, terrain="mountain")
    later = Waterway(JAPAN, "river", river(land, 3), 3, ("K",))
    world = start(land, [unit("jp_1", 8, 3)], split=9, waterways=(later,))
    before = world.state.path[0]
    turns(world, 2)
    assert world.state.turn == 3 and world.state.path[0] < before // 3


def test_air_drops_feed_a_surrounded_garrison_by_the_weather() -> None:
    land = Land()
    drop = source("drop", JAPAN, land.at(6, 3), men=3000)
    drop = type(drop)(drop.id, drop.side, drop.place, drop.hex, "air", drop.men, 1, 0, -1, ("K",))
    ring = [unit(f"cn_{n}", c, r) for n, (c, r) in enumerate(((7, 3), (5, 3), (6, 2), (5, 2), (6, 4), (5, 4)))]
    shares = []
    for kind in ("clear", "rain"):
        weather = {f"weather.north.{m}.{k}": 1000 * (k == kind) for m in range(1, 13) for k in ("clear", "dust", "rain", "mud")}
        world = start(
            land, [unit("jp_1", 6, 3, men=3000), *ring], rules(weather | {"weather.air.rain": 400}), sources=(drop,), split=1
        )
        world.state.control[land.at(6, 3)] = JAPAN
        supply.trace(world, JAPAN)
        shares.append(world.state.supply[0])
    assert shares == [1000, 400]


def test_disease_takes_its_share_in_its_provinces_and_time() -> None:
    land = Land()
    rule = Disease(JAPAN, (1,), 1, 1, 10, ("K",))
    world = start(land, [unit("jp_1", 1, 3, men=3000)], rules({"replacement.returning": 0}), disease=(rule,))
    assert world.state.sick[0] == 60  # two days at 10 permille
    turns(world, 1)
    assert world.state.sick[0] == 60  # its time is over
    there = Disease(JAPAN, (7,), 1, 0, 10, ("K",))
    elsewhere = start(land, [unit("jp_1", 1, 3, men=3000)], rules({"replacement.returning": 0}), disease=(there,))
    assert elsewhere.state.sick[0] == 0
    assert engine.fault(world) == ""


def test_guerrillas_break_the_railway_that_nobody_watches() -> None:
    land = Land(cols=9).draw("rail", *((c, 3) for c in range(9)))
    sure = Guerrillas(JAPAN, (), 1, 0, 1000, ("K",))
    world = start(land, [unit("jp_1", 1, 3)], split=9, guerrillas=(sure,))
    broken = [c for c in range(9) if not world.state.rail[land.at(c, 3)]]
    assert broken == [3, 4, 5, 6, 7, 8]  # the regiment watches its own hex and its neighbours
    none = start(land, [unit("jp_1", 1, 3)], split=9, guerrillas=(Guerrillas(JAPAN, (), 1, 0, 0, ("K",)),))
    assert none.state.rail[land.at(8, 3)] == 1


def test_a_change_of_command_puts_a_unit_under_another_army_on_its_date() -> None:
    land = Land()
    better = Commander(Name("New", "新"), "A", "documented")
    changes = (Change(2, "cn_1", "cn_corps2", None, ("K",)), Change(2, "jp_army", "", better, ("K",)))
    world = start(land, [unit("jp_1", 1, 3), unit("cn_1", 7, 3)], changes=changes)
    china, japan = find(world, "cn_1"), find(world, "jp_1")
    assert (world.corps[china], world.chain.rating[japan]) == ("cn_corps", 1)
    turns(world, 1)
    assert (world.corps[china], world.chain.rating[japan]) == ("cn_corps2", 0)
    assert [e["formation"] for e in events(world, "regroup")] == ["cn_1", "jp_army"]
    world.rebuild()
    assert world.corps[china] == "cn_corps2"


def test_a_transfer_takes_a_unit_away_and_brings_it_back_elsewhere_with_its_men() -> None:
    land = Land()
    world = start(land, [unit("jp_1", 3, 3, men=3000)], transfers=(Transfer(2, 4, (0,), land.at(0, 0), "corner", ("K",)),))
    turns(world, 1)
    assert (world.state.status[0], world.state.hex[0]) == (AWAY, -1)
    assert engine.check(world, Move(0, (land.at(3, 3), land.at(4, 3)))).code == "not-present"
    men = world.state.men[0]
    turns(world, 2)
    assert (world.state.status[0], world.state.hex[0]) == (PRESENT, land.at(0, 0))
    assert 0 < world.state.men[0] <= men + world.state.returned[0]
    assert engine.fault(world) == ""


def test_aircraft_of_a_lost_field_fly_from_the_next_one_back_in_smaller_numbers() -> None:
    land = Land()
    front = AirBase("front", JAPAN, NAME, land.at(3, 3), 10, 300, 1, 0, ("K",), moves_to="rear", share=600)
    rear = AirBase("rear", JAPAN, NAME, land.at(0, 0), 0, 500, 1, 0, ("K",))
    world = start(land, [unit("jp_1", 1, 3)], air=(front, rear))
    assert world.state.air[JAPAN] == 20  # two clear days
    world.state.control[land.at(3, 3)] = CHINA
    turns(world, 1)
    assert world.state.air[JAPAN] == 12
    world.state.control[land.at(0, 0)] = CHINA
    turns(world, 1)
    assert world.state.air[JAPAN] == 0
    assert np.all(world.state.interdicted == 0)
