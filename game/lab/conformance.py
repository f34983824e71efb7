"""Tests of a computer player: does it give legal orders, repeat itself, keep to what its side sees, and keep to time?

Every check plays the player through the same door as the game does (`game.ai.registry.make_player`), so that what passes here
plays everywhere.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from game.ai.registry import make_player
from game.lab.executor import Pool
from game.lab.task import Task, scenario_of
from game.model.orders import Attack, End, Order
from game.model.units import SIDES
from game.play.replay import game_digest
from game.play.session import Player, Session
from game.rules import engine

TURNS_FOR_FOG = 6  # phases in which what is unseen is changed


@dataclass(frozen=True)
class Finding:
    """The result of one check."""

    check: str
    good: bool
    detail: str


@dataclass(frozen=True)
class Times:
    """How long the phases of a game took its player [s]."""

    phases: tuple[float, ...]

    def text(self) -> str:
        """Return median and worst."""
        return f"median {median(self.phases):.3f} s, worst {max(self.phases):.3f} s of {len(self.phases)} phases"


def conform(name: str, source: str, seed: int, rival: str, limit: float) -> list[Finding]:
    """Return what all checks find, for the player as Japan and as China.

    Args:
        name: the player, as `make_player` takes it.
        source: the scenario.
        seed: of the games.
        rival: who plays the other side.
        limit: time that a phase may take [s].
    """
    return [finding for side in (0, 1) for finding in _as_side(name, source, seed, rival, limit, side)]


def _as_side(name: str, source: str, seed: int, rival: str, limit: float, side: int) -> Iterator[Finding]:
    words = (name, rival) if side == 0 else (rival, name)
    who = f"as {SIDES[side]}: "
    try:
        session, times, touched = _watched_game(words, source, seed, side)
    except Exception as error:  # whatever it raises is what the check is for
        yield Finding(who + "plays a game to its end", False, f"{type(error).__name__}: {error}")
        return
    yield Finding(who + "plays a game to its end", True, f"{session.world.state.turn} turns, {_orders(session, side):,} orders")
    refused = f"{session.refused} refused" if session.refused else "none refused"
    yield Finding(who + "gives legal orders only", not session.refused, refused)
    yield Finding(who + "leaves the game alone between its orders", not touched, touched or "the state never changed by itself")
    worst = max(times.phases)
    yield Finding(who + f"keeps to {limit:g} s a phase", worst <= limit, times.text())
    yield _repeats(words, source, seed, game_digest(session), who)
    yield _keeps_to_sight(name, words, source, seed, side, who)


def _orders(session: Session, side: int) -> int:
    return sum(len(p.orders) for p in session.phases if p.side == side)


def _watched_game(words: tuple[str, str], source: str, seed: int, side: int) -> tuple[Session, Times, str]:
    """Play a game; return it, the times of a side's phases, and where its player changed the state himself ("" = nowhere)."""
    session = Session(scenario_of(source, ()), seed)
    players = make_player(words[0]), make_player(words[1])
    times: list[float] = []
    touched = ""
    while not session.over:
        if session.world.state.side != side:
            session.play_phase(players[1 - side])
            continue
        turn = session.world.state.turn
        spent, changed = _watched_phase(session, players[side])
        times.append(spent)
        touched = touched or (f"in turn {turn} the state changed without an order" if changed else "")
    return session, Times(tuple(times)), touched


def _watched_phase(session: Session, player: Player) -> tuple[float, bool]:
    """Play a phase; return the time that the player took [s], and whether it changed the state himself."""
    orders = player.orders(session.view(session.world.state.side))
    spent, changed = 0.0, False
    while True:
        digest, begun = session.digest(), time.perf_counter()
        order = next(orders, End())
        spent += time.perf_counter() - begun
        changed = changed or session.digest() != digest
        if isinstance(order, End):
            break
        if engine.check(session.world, order).ok:
            session.order(order)
        else:
            session.refused += 1
    session.order(End())
    return spent, changed


def _repeats(words: tuple[str, str], source: str, seed: int, digest: str, who: str) -> Finding:
    """Play the game again here, and in a fresh process, where hashes are seeded otherwise; all phases must have the same states."""
    again = Session(scenario_of(source, ()), seed)
    again.play((make_player(words[0]), make_player(words[1])))
    name = who + "plays the same game twice"
    if game_digest(again) != digest:
        return Finding(name, False, "a second game of the same seed went another way in the same process")
    with Pool(1) as pool:
        row = next(pool.play([Task(0, source, seed, words)]))[0].row
    if row.get("digest") != digest:
        why = row.get("error", "does it use the order of a set, or the clock?")
        return Finding(name, False, f"the game went another way in a fresh process: {why}")
    return Finding(name, True, "here and in a fresh process")


def _keeps_to_sight(name: str, words: tuple[str, str], source: str, seed: int, side: int, who: str) -> Finding:
    """Change enemies whom the side does not see, and expect the same first orders."""
    check = who + "uses only what its side sees"
    rival = make_player(words[1 - side])
    session = Session(scenario_of(source, ()), seed)
    player, compared = make_player(name), 0
    while not session.over and compared < TURNS_FOR_FOG:
        if session.world.state.side != side:
            session.play_phase(rival)
            continue
        turn = session.world.state.turn
        if _unseen(session, side):
            plain, changed = _first_orders(name, session, side, False), _first_orders(name, session, side, True)
            compared += 1
            if any(a != b for a, b in zip(plain, changed, strict=False)):
                return Finding(check, False, f"in turn {turn} its orders changed with enemies whom nobody sees")
        session.play_phase(player)
    return Finding(check, True, f"the same first orders in {compared} phases with unseen enemies changed")


def _unseen(session: Session, side: int) -> list[int]:
    world = session.world
    return [u for u in world.present(1 - side) if not world.sighted[side, world.state.hex[u]]]


def _first_orders(name: str, session: Session, side: int, changed: bool) -> list[Order]:
    """Return what a new player orders until chance or new sight comes in; changed: unseen enemies have other men and morale.

    The orders are carried out on a copy of the state; the game is afterwards as it was.
    """
    world = session.world
    state, sighted, events = world.state, world.sighted.copy(), len(world.events)
    world.state = state.copy()
    try:
        if changed:
            for u in _unseen(session, side):
                world.state.men[u] = world.state.men[u] // 2 + 1
                world.state.morale[u] = 1000 - world.state.morale[u]
                world.state.supply[u] = 0
        found: list[Order] = []
        view = session.view(side)
        for order in make_player(name).orders(view):
            found.append(order)
            seen = [c.hex for c in view.contacts()]
            if isinstance(order, (End, Attack)):
                break
            if engine.check(world, order).ok:
                engine.apply(world, order)
            if [c.hex for c in view.contacts()] != seen or any(e.data.get("stopped") for e in world.events[events:]):
                break
        return found
    finally:
        world.state = state
        world.rebuild()
        world.sighted[:] = sighted
        del world.events[events:]
