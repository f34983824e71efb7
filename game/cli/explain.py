"""explain: why a unit, a hex or a battle of a recorded game was as it was."""

from __future__ import annotations

import argparse
from pathlib import Path

from game.cli.commands import FINE, make_parser, whole
from game.cli.verify import add_scenario_option, open_replay


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "explain",
        "Say why: supply line and share, strength, morale of a unit; cost of a hex; odds of a battle. "
        "Without one of them: the turn's battles.",
    )
    p.add_argument("file", type=Path, metavar="FILE", help="a replay, as written by run --replay")
    p.add_argument("--turn", type=whole(1, 2000, "a turn"), required=True, metavar="N", help="turn, from 1")
    what = p.add_mutually_exclusive_group()
    what.add_argument("--unit", metavar="ID", help="unit, by the id of the order of battle")
    what.add_argument("--hex", metavar="NAME", help="hex: number (CCRR), or id or name of a place")
    what.add_argument("--battle", type=whole(1, 10_000, "a battle"), metavar="K", help="battle of the turn, from 1")
    add_scenario_option(p)
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.play import inquest

    replay, scenario = open_replay(args.file, args.scenario)
    if args.unit is not None:
        lines = inquest.ask_unit(replay, scenario, args.turn, args.unit)
    elif args.hex is not None:
        lines = inquest.ask_hex(replay, scenario, args.turn, args.hex)
    elif args.battle is not None:
        lines = inquest.ask_battle(replay, scenario, args.turn, args.battle)
    else:
        lines = inquest.ask_turn(replay, scenario, args.turn)
    print("\n".join(lines))
    return FINE
