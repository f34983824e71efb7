"""Fog of war: a side's view never shows enemies that it does not see, and asking about them raises."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from game.core.errors import IllegalOrder
from game.model.orders import Attack, Move
from game.play.view import SideView
from game.rules import engine
from game.rules.world import World
from tests.rules.worlds import Land, rules, start, unit

PINNED = {"sight.hexes": 2, "sight.estimate_step": 500}


def world(col: int) -> World:
    """Return a world with a Japanese unit at (2, 3) and a Chinese division of 2,260 men at (col, 3)."""
    return start(Land(cols=12), [unit("jp_1", 2, 3), unit("cn_1", col, 3, men=2260, entrenched=1300)], rules(PINNED))


@pytest.mark.parametrize(("col", "seen"), [(3, True), (4, True), (5, False), (9, False)])
def test_an_enemy_is_seen_within_two_hexes(col: int, seen: bool) -> None:
    view = SideView(world(col), 0)
    assert bool(view.contacts()) is seen
    assert (view.contact(Land(cols=12).at(col, 3)) is not None) is seen


def test_strength_is_known_to_the_nearest_five_hundred() -> None:
    (contact,) = SideView(world(4), 0).contacts()
    assert (contact.units, contact.men, contact.entrench) == ((1,), 2500, 1300)


ASKED = (
    SideView.hex, SideView.men, SideView.minutes, SideView.readiness, SideView.power, SideView.own, SideView.present,
    SideView.held, SideView.reach,
)  # fmt: skip


@pytest.mark.parametrize("ask", ASKED)
def test_asking_about_an_enemy_unit_raises(ask: Callable[[SideView, int], object]) -> None:
    view = SideView(world(3), 0)
    ask(view, 0)
    with pytest.raises(IllegalOrder, match="fog"):
        ask(view, 1)


def test_an_attack_on_the_unseen_can_neither_be_weighed_nor_given() -> None:
    view = SideView(world(9), 0)
    order = Attack(Land(cols=12).at(9, 3), (0,))
    with pytest.raises(IllegalOrder, match="fog"):
        view.assess(order)
    assert view.check(order).code == "no-target"


def test_zones_of_control_out_of_sight_are_not_shown() -> None:
    far, near = SideView(world(9), 0), SideView(world(4), 0)
    assert not far.enemy_zone.any() and near.enemy_zone.any()


def test_a_march_shows_what_lies_beside_its_way() -> None:
    land = Land(cols=12)
    game = start(land, [unit("jp_1", 2, 3, morale=1000), unit("cn_1", 7, 3, type="hq")], rules(PINNED | {"sight.hexes": 1}))
    assert not SideView(game, 0).contacts()
    engine.apply(game, Move(0, tuple(land.at(c, 3) for c in (2, 3, 4, 5, 6))))
    assert [c.units for c in SideView(game, 0).contacts()] == [(1,)]


def test_each_side_sees_for_itself() -> None:
    game = world(4)
    game.place(1, Land(cols=12).at(9, 3))
    game.look(0)
    game.look(1)
    assert not SideView(game, 0).contacts() and not SideView(game, 1).contacts()
    assert SideView(game, 1).units() == [1] and SideView(game, 0).units() == [0]
