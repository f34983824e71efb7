"""batch: many games between computer players, kept in a folder, resumed where they were interrupted."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from game.ai.registry import make_player
from game.cli.commands import FAILED, FINE, make_parser, print_json, whole
from game.core.digest import digest_bytes
from game.core.errors import fail

if TYPE_CHECKING:
    from game.lab.params import Overrides
    from game.lab.runfolder import Plan
    from game.lab.task import Row

EXAMPLES = """examples:
  ichigo batch henan --games 200
  ichigo batch henan --seeds 1-50 --set combat.noise=350 --out runs/noisy
  ichigo batch hengyang --games 40 --china random --workers 1"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("batch", "Play many games between computer players and keep their results in a folder.", EXAMPLES)
    p.add_argument("scenario", metavar="SCENARIO", help="id, folder or scenario.yaml")
    add_games(p)
    p.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="folder of the results (default runs/SCENARIO-DIGEST); the same command resumes there",
    )
    p.add_argument("--check", action="store_true", help="look for broken invariants after every phase of every game")
    p.add_argument("--no-report", action="store_true", help="write no report.html")
    p.add_argument("--json", action="store_true", help="print the summary as one JSON object and nothing else")
    return p


def add_games(p: argparse.ArgumentParser, games: int = 20) -> None:
    """Add the arguments that say which games are played and where."""
    p.add_argument(
        "--games",
        type=whole(1, 1_000_000, "a number of games"),
        default=games,
        metavar="N",
        help=f"play seeds 1 to N (default {games})",
    )
    p.add_argument("--seeds", type=seeds, metavar="A-B", help="play these seeds in place of 1 to N")
    p.add_argument("--japan", default="staff", metavar="AI", help="computer player of Japan (default staff)")
    p.add_argument("--china", default="staff", metavar="AI", help="computer player of China (default staff)")
    p.add_argument(
        "--set", action="append", default=[], metavar="PATH=VALUE", help="change a value of the rules, such as combat.noise=350"
    )
    add_workers(p)


def add_workers(p: argparse.ArgumentParser) -> None:
    """Add the arguments that say who plays."""
    import os

    most = max(1, os.cpu_count() or 1)
    p.add_argument(
        "--workers",
        type=whole(1, 256, "a number of processes"),
        default=most,
        metavar="W",
        help=f"processes that play (default {most})",
    )
    p.add_argument(
        "--cluster", default="", metavar="ADDRESS", help="play on a Dask cluster, such as tcp://host:8786 (needs the extra cluster)"
    )


def seeds(text: str) -> tuple[int, int]:
    """Return the first and the last seed of a text like 1-20."""
    match = re.fullmatch(r"(\d{1,15})-(\d{1,15})", text)
    if not match or int(match[2]) < int(match[1]):
        raise argparse.ArgumentTypeError(f"expected seeds like 1-20, found {text[:40]!r}")
    return int(match[1]), int(match[2])


def plan_of(args: argparse.Namespace, source: str) -> Plan:
    """Return what a command line asks to be played; raises DataError for what cannot be."""
    from game.lab.runfolder import Plan
    from game.lab.task import scenario_of

    for name in (args.japan, args.china):
        make_player(name)
    changed: Overrides = overrides_of(args.set, source)
    scenario_of(source, changed)
    return Plan(source, args.seeds or (1, args.games), (args.japan, args.china), changed, getattr(args, "check", False))


def overrides_of(words: list[str], source: str) -> Overrides:
    """Return the values of the rules that `--set` changes in a scenario."""
    from game.lab.params import read_overrides
    from game.lab.task import scenario_of

    return read_overrides(words, scenario_of(source, ()).rules) if words else ()


def folder_of(plan: Plan) -> Path:
    """Return the folder of a batch that was given none: it tells scenario, players and changed values apart."""
    card = {k: v for k, v in plan.card().items() if k not in ("seeds", "source")}
    return Path("runs") / f"{card['scenario']}-{digest_bytes(repr(sorted(card.items())).encode())[:8]}"


def failing(work: Callable[[], int]) -> int:
    """Do the work of a command; when too many of its games fail, say so and return the exit code for that."""
    from game.lab.summary import GamesFailed

    try:
        return work()
    except GamesFailed as error:
        print(error, file=sys.stderr)
        return FAILED


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.cli.tally import Tally
    from game.lab.batch import run_batch
    from game.lab.executor import executor_for

    plan = plan_of(args, args.scenario)
    folder = args.out or folder_of(plan)
    if folder.exists() and not folder.is_dir():
        raise fail("io", "expected a folder, found a file", str(folder))
    with executor_for(args.workers, args.cluster) as executor, Tally(plan.games, quiet=args.json) as tally:
        try:
            rows = run_batch(plan, folder, executor, tally.add)
        except KeyboardInterrupt:
            tally.interrupted(folder)
            raise
    bad = [r for r in rows if "error" in r or r.get("fault")]
    _show(args, plan, folder, rows)
    return FAILED if bad else FINE


def _show(args: argparse.Namespace, plan: Plan, folder: Path, rows: list[Row]) -> None:
    from game.cli.tally import show_batch
    from game.lab.summary import batch_summary

    result = batch_summary(rows)
    if not args.no_report and any("error" not in r for r in rows):
        from game.lab.batch_report import write_batch_report

        write_batch_report(plan, folder, rows)
    if args.json:
        print_json(result)
        return
    show_batch(result, rows)
    print(f"results: {folder}" + ("" if args.no_report else f"; open {folder / 'report.html'} in a browser"))
