"""compare: two scenarios, rules files, sets of values or computer players on the same seeds."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from game.ai.registry import make_player
from game.cli.batch import add_games, failing, overrides_of
from game.cli.commands import FAILED, FINE, make_parser, print_json
from game.core.errors import fail

if TYPE_CHECKING:
    from game.lab.compare import Difference
    from game.lab.task import Row
    from game.lab.variants import Variant

EXAMPLES = """A and B are each one of: a scenario (id, folder or scenario.yaml), a rules file, PATH=VALUE[,PATH=VALUE…], a computer
player, or - for the scenario as it is. All but scenarios need --on.

examples:
  ichigo compare henan my/henan --games 40
  ichigo compare - combat.noise=350 --on henan --games 40
  ichigo compare staff random --on first_steps --side japan"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("compare", "Play two variants on the same seeds: wins, dates and losses with intervals and p-values.", EXAMPLES)
    p.add_argument("a", metavar="A", help="the first variant")
    p.add_argument("b", metavar="B", help="the second variant")
    p.add_argument("--on", default="", metavar="SCENARIO", help="the scenario, where A and B are not scenarios themselves")
    p.add_argument(
        "--side", choices=("japan", "china", "both"), default="both", help="whom a player given as A or B plays (default both)"
    )
    add_games(p)
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    return failing(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    from game.lab.compare import compare_rows
    from game.lab.summary import games_failed
    from game.lab.task import scenario_of
    from game.lab.variants import read_variant

    base = overrides_of(args.set, args.on) if args.on else ()
    if args.set and not args.on:
        raise fail("arguments", "--set needs --on SCENARIO")
    players = (args.japan, args.china)
    for name in players:
        make_player(name)
    a, b = (read_variant(word, args.on, players, args.side, base) for word in (args.a, args.b))
    rows = _play(args, (a, b))
    scenario = scenario_of(a.source, a.overrides)
    found = compare_rows(scenario, *rows)
    if not found or not found[0].pairs:
        raise games_failed("compare", "no pair of games came to its end", [*rows[0], *rows[1]])
    if args.json:
        print_json(_plain(a, b, found))
    else:
        _show(a, b, found)
    return FAILED if any("error" in r for part in rows for r in part) else FINE


def _play(args: argparse.Namespace, variants: tuple[Variant, Variant]) -> tuple[list[Row], list[Row]]:
    """Play both variants, pair by pair, so that an interruption would leave pairs."""
    from game.cli.tally import Tally
    from game.lab.batch import play_rows
    from game.lab.executor import executor_for
    from game.lab.task import Task

    first, last = args.seeds or (1, args.games)
    tasks = [
        Task(2 * n + k, v.source, seed, v.players, v.overrides)
        for n, seed in enumerate(range(first, last + 1))
        for k, v in enumerate(variants)
    ]
    with executor_for(args.workers, args.cluster) as executor, Tally(len(tasks), quiet=args.json) as tally:
        rows = play_rows(tasks, executor, lambda done: tally.add([done.row]))
    return rows[0::2], rows[1::2]


def _plain(a: Variant, b: Variant, found: list[Difference]) -> dict[str, Any]:
    return {"a": asdict(a), "b": asdict(b), "pairs": found[0].pairs, "differences": [asdict(d) for d in found]}


def _show(a: Variant, b: Variant, found: list[Difference]) -> None:
    print(f"A: {a.name}   B: {b.name}   {found[0].pairs} pairs of games")
    show_differences(found)


def show_differences(found: list[Difference]) -> None:
    """Print a table of differences between A and B."""
    from rich.markup import escape

    from game.cli.progress import console, simple_table

    out = console()
    table = simple_table("", "A", "B", "B − A", "95 % interval", "p", "pairs", numbers=("A", "B", "B − A", "p", "pairs"))
    for d in found:
        mark = ("[bold]", "[/]") if d.clear else ("", "")
        table.add_row(
            escape(d.name), f"{d.a:,.1f}", f"{d.b:,.1f}", f"{mark[0]}{d.mean:+,.1f}{mark[1]}", f"{d.low:+,.1f} to {d.high:+,.1f}",
            f"{d.p:.3f}" if d.p >= 0.001 else "< 0.001", str(d.pairs),
        )  # fmt: skip
    out.print(table)
    out.print("Dates are compared where the event happened in both games of a pair. Bold: the interval leaves out zero.")
