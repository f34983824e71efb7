"""The computer players: legal orders only, the same game from the same seed, and no knowledge that their side does not have."""

from __future__ import annotations

import pytest

from game.ai.random_player import RandomPlayer
from game.ai.registry import make_player
from game.ai.staff import StaffPlayer
from game.core.errors import GameError, IllegalOrder
from game.model.orders import Attack
from game.model.scenario import Scenario
from game.play.session import Session
from game.rules import engine
from game.scenario.load import load_scenario


@pytest.fixture(scope="module")
def henan() -> Scenario:
    return load_scenario("henan")


def _play(scenario: Scenario, seed: int, phases: int) -> Session:
    session = Session(scenario, seed)
    players = (StaffPlayer(), StaffPlayer())
    while not session.over and len(session.phases) <= phases:
        session.play_phase(players[session.world.state.side])
    return session


def test_staff_gives_legal_orders_and_breaks_no_invariant(henan: Scenario) -> None:
    session = Session(henan, 11)
    players = (StaffPlayer(), StaffPlayer())
    while not session.over:
        session.play_phase(players[session.world.state.side])
        assert engine.fault(session.world) == ""
    assert session.refused == 0
    assert session.world.state.turn == henan.calendar.turns


def test_staff_plays_the_same_game_from_the_same_seed(henan: Scenario) -> None:
    first, second, other = _play(henan, 5, 16), _play(henan, 5, 16), _play(henan, 6, 16)
    assert [p.digest for p in first.phases] == [p.digest for p in second.phases]
    assert first.phases[-2].digest != other.phases[-2].digest


def test_staff_does_not_know_what_its_side_cannot_see(henan: Scenario) -> None:
    """Change the strength and condition of every enemy too far away to be met in this phase: the orders stay the same."""
    orders = []
    for tamper in (False, True):
        session = Session(henan, 3)
        world = session.world
        if tamper:
            own = [world.state.hex[u] for u in world.present(0)]
            far = [u for u in world.present(1) if min(henan.map.distance(world.state.hex[u], h) for h in own) > 9]
            assert len(far) > 10
            for unit in far:
                if not world.sighted[0][world.state.hex[unit]]:
                    world.state.men[unit] //= 3
                    world.state.morale[unit] = 100
                    world.state.food[unit] = 0
        orders.append(list(_orders_of(session)))
    assert orders[0] == orders[1]
    assert orders[0]


def _orders_of(session: Session) -> list[object]:
    session.play_phase(StaffPlayer())
    return list(session.phases[0].orders)


def test_view_hides_the_enemy(henan: Scenario) -> None:
    session = Session(henan, 1)
    view, world = session.view(0), session.world
    hidden = next(u for u in world.present(1) if not world.sighted[0][world.state.hex[u]] and not world.soft[u])
    where = world.state.hex[hidden]
    assert view.contact(where) is None
    assert all(hidden not in c.units for c in view.contacts())
    with pytest.raises(IllegalOrder):
        view.men(hidden)
    with pytest.raises(IllegalOrder):
        view.assess(Attack(where, (view.units()[0],)))


def test_staff_does_better_than_random_orders(henan: Scenario) -> None:
    """The staff as Japan takes Zhengzhou and Xuchang from random orders; random orders take less from the staff."""
    took = []
    for players in ((StaffPlayer(), RandomPlayer()), (RandomPlayer(), StaffPlayer())):
        session = Session(henan, 2)
        session.play(players)
        took.append(sum(1 for e in session.world.events if e.kind == "capture" and e.data["by"] == 0))
        names = {e.data["place"] for e in session.world.events if e.kind == "capture" and e.data["by"] == 0}
        if isinstance(players[0], StaffPlayer):
            assert {"zhengzhou", "xuchang"} <= names
    assert took[0] > took[1]


def test_an_unknown_player_is_refused_with_a_hint() -> None:
    with pytest.raises(GameError, match="staff"):
        make_player("staf")
