"""Actions as numbers: every legal one is carried out, every other refused, none tells what the side cannot know."""

from __future__ import annotations

import numpy as np
import pytest

from game.lab.env import actions, observe
from game.model.orders import Attack, End, Move, Stance
from game.play.session import Session
from game.scenario.load import load_scenario
from tests.lab.conftest import MINI


def session(seed: int = 1) -> Session:
    """Return a game of the mini scenario."""
    return Session(load_scenario(MINI), seed)


def test_numbers_and_parts_fit() -> None:
    """Each number is one unit's step, attack or stance."""
    units = len(load_scenario(MINI).units)
    found = [actions.split(a) for a in range(1, actions.count_actions(units))]
    assert len(set(found)) == len(found) == units * actions.EACH
    assert {u for u, _, _ in found} == set(range(units))


def test_the_mask_is_what_the_rules_allow() -> None:
    """Through a game of random actions the mask and the verdict of the rules agree on every single action."""
    game, rng = session(), np.random.default_rng(3)
    for _ in range(60):
        if game.over:
            break
        view = game.view(game.world.state.side)
        mask = actions.mask_of(view)
        own = set(view.units())
        for action in range(1, len(mask)):
            unit, kind, n = actions.split(action)
            if unit not in own:
                assert not mask[action]
                continue
            order = actions.order_of(view, action)
            legal = view.check(order).ok
            if kind == "stance":
                legal = legal and n != view.own(unit).stance[unit]
            assert bool(mask[action]) == legal, (order, action)
        chosen = int(rng.choice(np.flatnonzero(mask)))
        game.order(actions.order_of(view, chosen) if rng.random() < 0.9 else End())


def test_orders_have_their_kind() -> None:
    """Zero ends the phase; a number beyond the last is no action."""
    view = session().view(0)
    unit = view.units()[0]
    base = 1 + actions.EACH * unit
    assert isinstance(actions.order_of(view, 0), End)
    assert isinstance(actions.order_of(view, base), Move)
    assert isinstance(actions.order_of(view, base + 6), Attack)
    assert isinstance(actions.order_of(view, base + 12), Stance)
    for wrong in (-1, actions.count_actions(len(view.scenario.units))):
        with pytest.raises(ValueError, match="no action"):
            actions.order_of(view, wrong)


def test_observations_do_not_tell_of_unseen_enemies() -> None:
    """Strengthening an enemy whom nobody sees, or wearing down his works, changes nothing that an agent gets."""
    game = session()
    view, world = game.view(0), game.world
    seen = {u for c in view.contacts() for u in c.units}
    hidden = [u for u in world.present(1) if u not in seen and not world.sighted[0, world.state.hex[u]]]
    assert hidden, "the mini scenario has an enemy out of sight"
    before = observe.units_of(view), observe.hexes_of(view), actions.mask_of(view)
    for u in hidden:
        world.state.men[u] += 500
        world.state.morale[u] = 1
    works = (world.state.fort > 1) & (world.state.control == 1) & (world.sighted[0] == 0)
    assert works.any()
    world.state.fort[works] //= 2
    after = observe.units_of(view), observe.hexes_of(view), actions.mask_of(view)
    assert all((a == b).all() for a, b in zip(before, after, strict=True))
    rows = observe.units_of(view)
    assert not rows[hidden].any() and rows[view.units()][:, 0].all()
