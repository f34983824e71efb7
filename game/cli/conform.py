"""conform: test a computer player of one's own."""

from __future__ import annotations

import argparse

from game.ai.registry import make_player
from game.cli.commands import FAILED, FINE, make_parser, print_json, seed_number
from game.cli.sensitivity import share


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "conform",
        "Test a computer player: legal orders, the same game twice, only what its side sees, time of a phase.",
        "example:\n  ichigo conform my/player.py:Cautious first_steps henan",
    )
    p.add_argument("player", metavar="AI", help="a player by name, or path/to/player.py:Class")
    p.add_argument("scenarios", nargs="*", default=["first_steps"], metavar="SCENARIO", help="where it plays (default first_steps)")
    p.add_argument("--rival", default="staff", metavar="AI", help="who plays the other side (default staff)")
    p.add_argument("--seed", type=seed_number, default=1, metavar="N", help="number that fixes all chance (default 1)")
    p.add_argument("--limit", type=share, default=5.0, metavar="S", help="seconds that a phase may take (default 5)")
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from dataclasses import asdict

    from game.lab.conformance import conform
    from game.lab.task import scenario_of

    make_player(args.player)
    make_player(args.rival)
    for source in args.scenarios:
        scenario_of(source, ())
    found = {source: conform(args.player, source, args.seed, args.rival, args.limit) for source in args.scenarios}
    if args.json:
        print_json({source: [asdict(f) for f in findings] for source, findings in found.items()})
    else:
        for source, findings in found.items():
            print(f"{args.player} in {source}")
            for f in findings:
                print(f"  {'good' if f.good else 'BAD '}  {f.check}: {f.detail}")
    return FINE if all(f.good for findings in found.values() for f in findings) else FAILED
