"""What holds in every game: men are conserved, the same seed gives the same game, and undoing leaves no trace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.ai.random_player import RandomPlayer
from game.ai.staff import StaffPlayer
from game.model.orders import End, Order
from game.model.scenario import Scenario
from game.play.replay import game_digest
from game.play.session import Player, Session
from game.rules import engine
from game.rules.world import World
from game.scenario.load import load_scenario


@pytest.fixture(scope="module")
def henan() -> Scenario:
    return load_scenario("henan")


def play(scenario: Scenario, seed: int, phases: int, player: type[Player] = RandomPlayer, check: bool = False) -> Session:
    session = Session(scenario, seed)
    players = (player(), player())
    for _ in range(phases):
        if session.over:
            break
        session.play_phase(players[session.world.state.side])
        if check:
            assert engine.fault(session.world) == ""
    return session


@settings(max_examples=25)
@given(seed=st.integers(0, 2**53))
def test_no_rule_is_broken_in_a_random_game(mini: Scenario, seed: int) -> None:
    session = play(mini, seed, 99, check=True)
    assert session.over
    assert session.refused == 0


@settings(max_examples=10)
@given(seed=st.integers(0, 2**53))
def test_no_rule_is_broken_when_the_staff_plays(mini: Scenario, seed: int) -> None:
    assert play(mini, seed, 99, StaffPlayer, check=True).over


@pytest.mark.parametrize("player", [RandomPlayer, StaffPlayer])
def test_no_rule_is_broken_in_henan(henan: Scenario, player: type[Player]) -> None:
    for seed in (1, 2):
        assert len(play(henan, seed, 24, player, check=True).phases) == 25


@settings(max_examples=15)
@given(seed=st.integers(0, 2**53))
def test_the_same_seed_gives_the_same_game_and_another_seed_another(mini: Scenario, seed: int) -> None:
    first = game_digest(play(mini, seed, 99))
    assert game_digest(play(mini, seed, 99)) == first
    assert game_digest(play(mini, seed + 1, 99)) != first


def test_henan_repeats_itself(henan: Scenario) -> None:
    games = [play(henan, seed, 10, StaffPlayer) for seed in (1, 1, 2)]
    digests = [game_digest(g) for g in games]
    assert digests[0] == digests[1] != digests[2]
    assert games[0].world.events == games[1].world.events


def test_men_are_conserved_unit_by_unit(mini: Scenario) -> None:
    world = play(mini, 7, 99).world
    state = world.state
    for spec in mini.units:
        u = spec.index
        begun = spec.men if spec.arrives <= 1 else state.arrived[u]
        assert begun + state.replaced[u] + state.returned[u] == state.men[u] + state.losses(u), spec.id


def rest(world: World, orders: list[Order]) -> list[str]:
    digests = []
    for order in orders:
        engine.apply(world, order)
        digests.append(world.state.digest())
    return digests


@settings(max_examples=20)
@given(seed=st.integers(0, 1000), data=st.data())
def test_an_order_undone_leaves_no_trace(mini: Scenario, seed: int, data: st.DataObject) -> None:
    """The window undoes by putting a copy of the state back; the game must go on as if nothing had been ordered."""
    orders = [o for phase in play(mini, seed, 99).phases for o in phase.orders]
    at = data.draw(st.integers(0, len(orders) - 2))
    until = min(len(orders), at + 12)
    world = engine.start(mini, seed)
    rest(world, orders[:at])
    # an order that stays within the phase: ending it cannot be undone
    until_end = next(n for n in range(at, len(orders)) if isinstance(orders[n], End))
    saved, heard, seen = world.state.copy(), len(world.events), world.sighted.copy()
    expected = rest_of_copy(mini, seed, orders, at, until)
    rest(world, orders[at:until_end])
    world.state = saved
    del world.events[heard:]
    world.rebuild()
    world.sighted |= seen  # what marches have seen on the way stays known within the turn
    assert rest(world, orders[at:until]) == expected


def rest_of_copy(scenario: Scenario, seed: int, orders: list[Order], at: int, until: int) -> list[str]:
    world = engine.start(scenario, seed)
    rest(world, orders[:at])
    return rest(world, orders[at:until])
