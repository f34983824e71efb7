"""sensitivity: which values of the rules matter for which outcome."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from game.ai.registry import make_player
from game.cli.batch import add_games, failing, overrides_of
from game.cli.commands import FAILED, FINE, make_parser, print_json, whole

if TYPE_CHECKING:
    from game.lab.sensitivity import Screening

EXAMPLES = """PARAM is a value of the rules (see docs/rules.md), the beginning of several (combat), or a pattern ("supply.*").

examples:
  ichigo sensitivity henan --params combat.noise combat.give_way morale --games 4
  ichigo sensitivity first_steps --params "combat.*" --span 0.3 --trajectories 6"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "sensitivity", "Screen values of the rules (Morris): which matter for the score, the points, the losses.", EXAMPLES
    )
    p.add_argument("scenario", metavar="SCENARIO", help="id, folder or scenario.yaml")
    add_params(p)
    p.add_argument(
        "--trajectories", type=whole(2, 1000, "a number of trajectories"), default=6, metavar="R",
        help="how often each value is changed; games = R x (values + 1) x games at each point (default 6)",
    )  # fmt: skip
    add_games(p, 4)
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def add_params(p: argparse.ArgumentParser) -> None:
    """Add the arguments that name parameters and their ranges."""
    p.add_argument("--params", nargs="+", required=True, metavar="PARAM", help="values of the rules that are changed")
    p.add_argument(
        "--span",
        type=share,
        default=0.0,
        metavar="X",
        help="range: the value and X times it either way, inside its bounds (default: the bounds)",
    )


def share(text: str) -> float:
    """Return a share 0..10 from the command line."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 < value <= 10:
        raise argparse.ArgumentTypeError(f"expected a share such as 0.3, found {text[:40]!r}")
    return value


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    return failing(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    from game.cli.tally import Tally
    from game.lab.executor import executor_for
    from game.lab.params import find_params
    from game.lab.sensitivity import salib, screen
    from game.lab.task import scenario_of

    salib()
    players = (args.japan, args.china)
    for name in players:
        make_player(name)
    base = overrides_of(args.set, args.scenario)
    params = find_params(args.params, scenario_of(args.scenario, base).rules)
    first, last = args.seeds or (1, args.games)
    games = args.trajectories * (len(params) + 1) * (last - first + 1)
    with executor_for(args.workers, args.cluster) as executor, Tally(games, quiet=args.json) as tally:
        found = screen(
            args.scenario, params, args.span, args.trajectories, range(first, last + 1), players, base, executor,
            lambda done: tally.add([done.row]),
        )  # fmt: skip
    if args.json:
        print_json({**asdict(found), "scenario": args.scenario, "params": [asdict(p) for p in params]})
    else:
        _show(found)
    return FAILED if found.left_out else FINE


def _show(found: Screening) -> None:
    from game.cli.progress import console, simple_table

    out = console()
    note = f", {found.left_out} trajectories left out because a game failed" if found.left_out else ""
    out.print(
        f"{found.points} points, {found.games} games{note}. mu*: mean size of the effect of a step of two thirds of the range."
    )
    for outcome, effects in found.outcomes.items():
        out.print(f"\n[bold]{outcome}[/]")
        table = simple_table("", "mu*", "±", "mu", "sigma", numbers=("mu*", "±", "mu", "sigma"))
        for e in effects[:12]:
            table.add_row(e.path, f"{e.mu_star:,.2f}", f"{e.conf:,.2f}", f"{e.mu:+,.2f}", f"{e.sigma:,.2f}")
        out.print(table)
        if len(effects) > 12:
            out.print(f"and {len(effects) - 12} with less effect")
