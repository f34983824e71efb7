"""oob: print a scenario's order of battle as a tree or as JSON rows."""

from __future__ import annotations

import argparse

from game.cli.commands import FINE, make_parser, print_json


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("oob", "Print the order of battle of a scenario: who leads whom, how strong, where and from when.")
    p.add_argument("scenario", metavar="SCENARIO", help="id, folder or scenario.yaml")
    p.add_argument("--json", action="store_true", help="rows: id, side, level, type, parent, name, men, place, date, source")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.scenario.load import load_scenario
    from game.scenario.oob import oob_rows, oob_tree

    scenario = load_scenario(args.scenario)
    if args.json:
        print_json(oob_rows(scenario))
    else:
        print(oob_tree(scenario), end="")
    return FINE
