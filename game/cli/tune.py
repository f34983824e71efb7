"""tune: values of the rules fitted to the record, and written back into the file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.ai.registry import make_player
from game.cli.batch import add_workers, failing, overrides_of, seeds
from game.cli.commands import FINE, make_parser, print_json, whole
from game.cli.sensitivity import add_params
from game.core.errors import fail

if TYPE_CHECKING:
    from game.lab.history import Fit
    from game.lab.tune import Aim, Proposal, Study

EXAMPLES = """Without --apply the file stays as it is, and the change is shown as a diff. Held-out rows of the record are never used
for tuning; their score is shown beside the other.

examples:
  ichigo tune henan --params combat.give_way movement.day_minutes --trials 100
  ichigo tune henan changheng --params "supply.*" --span 0.3 --trials 200 --out runs/supply --apply"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("tune", "Fit values of the rules to the record with Optuna, over one or several scenarios.", EXAMPLES)
    p.add_argument("scenarios", nargs="+", metavar="SCENARIO", help="id, folder or scenario.yaml")
    add_params(p)
    p.add_argument(
        "--trials", type=whole(1, 100_000, "a number of trials"), default=100, metavar="N", help="trials in all (default 100)"
    )
    p.add_argument(
        "--games",
        type=whole(1, 10_000, "a number of games"),
        default=6,
        metavar="N",
        help="games of a trial in each scenario (default 6)",
    )
    p.add_argument("--seeds", type=seeds, metavar="A-B", help="play these seeds in place of 1 to N")
    p.add_argument("--japan", default="staff", metavar="AI", help="computer player of Japan (default staff)")
    p.add_argument("--china", default="staff", metavar="AI", help="computer player of China (default staff)")
    p.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="change a value of the rules that is not tuned")
    p.add_argument(
        "--rules",
        type=Path,
        metavar="FILE",
        help="begin with the values of this rules file and write into it (default: the scenario's own)",
    )
    p.add_argument(
        "--out",
        type=Path,
        default=Path("runs") / "tune",
        metavar="DIR",
        help="folder of the study and the diff (default runs/tune)",
    )
    p.add_argument("--storage", default="", metavar="URL", help="any storage of Optuna (default a SQLite file in the folder)")
    p.add_argument("--apply", action="store_true", help="write the proposed values into the rules file")
    add_workers(p)
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    return failing(lambda: _run(args))


def _run(args: argparse.Namespace) -> int:
    from game.lab.executor import executor_for
    from game.lab.tune import Study, optuna

    optuna()
    aim, file = _aim(args)
    storage = args.storage or f"sqlite:///{(args.out / 'study.sqlite3').resolve()}"
    with executor_for(args.workers, args.cluster) as executor:
        try:
            args.out.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise fail("io", f"cannot use the folder: {error.strerror or error}", str(args.out)) from error
        study = Study(aim, storage, "tune", executor)
        _search(study, args)
        found = study.proposal()
        fresh = range(aim.seeds[1] + 1, 2 * aim.seeds[1] - aim.seeds[0] + 2)
        before = study.fits({p.path: p.value for p in aim.params}, fresh)
        after = study.fits(found.values, fresh)
    text = _write(args, aim, file, found)
    if args.json:
        print_json(_plain(aim, found, before, after, text))
    else:
        _show(aim, found, before, after, text, args, file)
    return FINE


def _aim(args: argparse.Namespace) -> tuple[Aim, Path]:
    """Return what is tuned, and the rules file that the values belong to."""
    from game.lab.params import find_params, merged
    from game.lab.task import scenario_of
    from game.lab.tune import Aim
    from game.lab.variants import rules_changes
    from game.scenario.load import own_overrides, rules_file

    for name in (args.japan, args.china):
        make_player(name)
    files = {rules_file(s) for s in args.scenarios}
    if len(files) > 1:
        raise fail("tune", f"the scenarios play by different rules files: {', '.join(sorted(map(str, files)))}")
    file = args.rules or files.pop()
    source = args.scenarios[0]
    base = overrides_of(args.set, source)
    if args.rules:
        base = merged(base, rules_changes(args.rules, source, scenario_of(source, ())))
    params = find_params(args.params, scenario_of(source, base).rules)
    for s in args.scenarios:
        own = sorted(own_overrides(s).keys() & {p.path for p in params})
        if own:
            raise fail(
                "tune", f"{s} sets {own[0]} itself, so it cannot be tuned in the rules file", hint="leave it out of --params"
            )
        if not scenario_of(s, base).record:
            raise fail("tune", f"{s} has no record to be tuned to")
    rest = tuple((path, value) for path, value in base if path not in {p.path for p in params})
    wanted = args.seeds or (1, args.games)
    return Aim(tuple(args.scenarios), tuple(params), wanted, args.span, (args.japan, args.china), rest), file


def _search(study: Study, args: argparse.Namespace) -> None:
    """Run the trials with a progress bar; Ctrl-C keeps what was finished."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    screen = Console(file=sys.stderr, highlight=False)
    columns = (
        TextColumn("trials"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("best {task.fields[best]}"),
    )
    with Progress(*columns, console=screen, disable=args.json or not screen.is_terminal) as bar:
        task = bar.add_task("", total=args.trials, best="")
        try:
            study.run(args.trials, lambda done, best: bar.update(task, completed=done, best=f"{best:.1f}"))
        except KeyboardInterrupt:
            print("the finished trials are kept; give the same command again to go on", file=sys.stderr)
            raise


def _write(args: argparse.Namespace, aim: Aim, file: Path, found: Proposal) -> str:
    """Write the diff into the folder and, when asked to, the values into the rules file; return the diff."""
    from game.core.files import write_whole
    from game.lab.writeback import changed_rules, diff

    old, new = changed_rules(file, found.values)
    text = diff(file, old, new)
    write_whole(args.out / "proposal.diff", text.encode())
    if args.apply and new != old:
        write_whole(file, new)
    return text


def _plain(aim: Aim, found: Proposal, before: list[Fit], after: list[Fit], text: str) -> dict[str, Any]:
    from dataclasses import asdict

    scores = [
        {"scenario": s, "before": b.score, "after": a.score, "holdout_before": b.holdout, "holdout_after": a.holdout}
        for s, b, a in zip(aim.sources, before, after, strict=True)
    ]
    return {**asdict(found), "fresh_seeds": scores, "diff": text}


def _show(
    aim: Aim, found: Proposal, before: list[Fit], after: list[Fit], text: str, args: argparse.Namespace, file: Path
) -> None:
    from game.cli.progress import console, simple_table
    from game.scenario.yamlio import shown_path

    out = console()
    early = f"{found.trials} trials, {found.pruned} of them broken off early"
    out.print(f"{early}; score {found.start:.1f} → [bold]{found.score:.1f}[/] ± {found.noise:.1f}")
    table = simple_table("value", "was", "proposed", "as good", "bounds", numbers=("was", "proposed"))
    for p in aim.params:
        low, high = found.intervals[p.path]
        table.add_row(p.path, str(p.value), f"[bold]{found.values[p.path]}[/]", f"{low} to {high}", f"{p.low} to {p.high} {p.unit}")
    out.print(table)
    heads = ("fresh seeds", "score before", "after", "held out before", "held out after")
    fresh = simple_table(*heads, numbers=heads[1:])
    for s, b, a in zip(aim.sources, before, after, strict=True):
        held = ["-" if f.holdout is None else f"{f.holdout:.1f}" for f in (b, a)]
        fresh.add_row(s, f"{b.score:.1f}", f"{a.score:.1f}", *held)
    out.print(fresh)
    out.print(text or "the values stay as they are", markup=False)
    where = args.out / "proposal.diff"
    out.print(
        f"written into {shown_path(file)}"
        if args.apply
        else f"nothing is written yet: --apply does it; the diff is {where}"
    )
