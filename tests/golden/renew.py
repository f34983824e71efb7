"""A whole game as text that a person can read and compare, with every order, event and state hash.

When a change of the rules, the map or a computer player is meant, write the texts anew and read the difference:

    python -m tests.golden.renew
"""

from __future__ import annotations

from pathlib import Path

from game.ai.registry import make_player
from game.core.files import write_whole
from game.model.orders import End
from game.model.units import SIDES
from game.play import ordertext
from game.play.explain import event_text
from game.play.replay import game_digest
from game.play.session import Session
from game.scenario.load import load_scenario

HERE = Path(__file__).parent
MINI = HERE.parent / "fixtures" / "mini"
# file -> seed, Japan's and China's player
GAMES = {"mini_seed1.txt": (1, "staff", "random")}


def play_text(seed: int, japan: str, china: str) -> str:
    """Return a game of the small scenario as text: orders, the events that each caused, and the state after each phase."""
    session = Session(load_scenario(MINI), seed)
    players = make_player(japan), make_player(china)
    lines = [f"mini, seed {seed}: {japan} against {china}"]
    lines += [f"    {event_text(session.world, e)}" for e in session.world.events]
    while not session.over:
        side = session.world.state.side
        lines += ["", f"turn {session.world.state.turn} {SIDES[side]}"]
        for order in players[side].orders(session.view(side)):
            lines += _carry_out(session, ordertext.write(order, session.scenario))
        lines += _carry_out(session, ordertext.write(End(), session.scenario))
        lines.append(f"state {session.digest()}")
    lines += ["", f"game {game_digest(session)}"]
    return "\n".join(lines) + "\n"


def _carry_out(session: Session, text: str) -> list[str]:
    """Carry out an order read back from its text; return it with what it caused."""
    events = session.order(ordertext.read(text, session.scenario))
    return [text, *(f"    {event_text(session.world, e)}" for e in events)]


def renew() -> None:
    """Write all texts anew."""
    for name, (seed, japan, china) in GAMES.items():
        write_whole(HERE / name, play_text(seed, japan, china).encode())
        print(f"written: {name}")


if __name__ == "__main__":
    renew()
