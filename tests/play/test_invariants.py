"""What holds in every game: men are conserved, the same seed gives the same game, and undoing leaves no trace."""

from __future__ import annotations

from random import Random

import pytest

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


@pytest.mark.parametrize("seed", [*range(20), 2**31, 2**53])
def test_no_rule_is_broken_in_a_random_game(mini: Scenario, seed: int) -> None:
    session = play(mini, seed, 99, check=True)
    assert session.over
    assert session.refused == 0


@pytest.mark.parametrize("seed", range(10))
def test_no_rule_is_broken_when_the_staff_plays(mini: Scenario, seed: int) -> None:
    assert play(mini, seed, 99, StaffPlayer, check=True).over


@pytest.mark.parametrize("player", [RandomPlayer, StaffPlayer])
def test_no_rule_is_broken_in_henan(henan: Scenario, player: type[Player]) -> None:
    for seed in (1, 2):
        assert len(play(henan, seed, 24, player, check=True).phases) == 25


@pytest.mark.parametrize("seed", range(0, 30, 2))
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


def carry_out(world: World, orders: list[Order]) -> list[str]:
    digests = []
    for order in orders:
        engine.apply(world, order)
        digests.append(world.state.digest())
    return digests


@pytest.mark.parametrize("seed", range(12))
def test_an_order_undone_leaves_no_trace(mini: Scenario, seed: int) -> None:
    """The window undoes by putting a copy of the state back; the game must go on as if nothing had been ordered."""
    orders = [o for phase in play(mini, seed, 99).phases for o in phase.orders]
    rng = Random(seed)
    for at in rng.sample(range(len(orders) - 1), min(8, len(orders) - 1)):
        until = min(len(orders), at + 12)
        # what is undone stays within the phase: ending it cannot be undone
        end = next(n for n in range(at, len(orders)) if isinstance(orders[n], End))
        world = engine.start(mini, seed)
        carry_out(world, orders[:at])
        saved, heard, seen = world.state.copy(), len(world.events), world.sighted.copy()
        carry_out(world, orders[at:end])
        world.state = saved
        del world.events[heard:]
        world.rebuild()
        world.sighted |= seen  # what marches have seen on the way stays known within the turn
        assert carry_out(world, orders[at:until]) == undisturbed(mini, seed, orders, at, until)


def undisturbed(scenario: Scenario, seed: int, orders: list[Order], at: int, until: int) -> list[str]:
    world = engine.start(scenario, seed)
    carry_out(world, orders[:at])
    return carry_out(world, orders[at:until])
