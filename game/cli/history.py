"""history: many games held against the record of what happened, event by event, with a score."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from game.cli.batch import add_games, plan_of
from game.cli.commands import FAILED, FINE, make_parser, print_json
from game.core.errors import fail
from game.model.units import SIDES

if TYPE_CHECKING:
    from game.lab.history import EventFit, Fit, LossFit
    from game.lab.task import Row
    from game.model.scenario import Scenario

EXAMPLES = """examples:
  ichigo history henan --games 50
  ichigo history --all --games 20
  ichigo history henan --from runs/henan-1a2b3c4d"""


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "history", "Hold many games against the record: which events happen, when, and how near the losses are.", EXAMPLES
    )
    p.add_argument("scenario", nargs="?", metavar="SCENARIO", help="id, folder or scenario.yaml")
    p.add_argument("--all", action="store_true", help="every scenario of the game that has a record, and one table of all")
    p.add_argument("--from", dest="folder", type=Path, metavar="DIR", help="use the games of a finished batch")
    add_games(p)
    p.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.lab.history import fit_of

    if args.all + bool(args.scenario) + bool(args.folder) != 1 and not (args.scenario and args.folder):
        raise fail("arguments", "expected a SCENARIO, --from DIR or --all", hint="ichigo history henan --games 20")
    if args.all:
        return _all(args)
    scenario, rows = _from_folder(args) if args.folder else _play(args, args.scenario)
    fit = fit_of(scenario, rows)
    if args.json:
        print_json(plain(fit))
    elif fit.games:
        show(scenario, fit)
    return _code(scenario, rows)


def _code(scenario: Scenario, rows: list[Row]) -> int:
    """Return the exit code of some games, and tell of those that failed."""
    bad = [r for r in rows if "error" in r]
    if bad:
        first = f"{bad[0]['error']} (seed {bad[0]['seed']})"
        print(f"history: {len(bad)} of {len(rows)} games of {scenario.id} failed: {first}", file=sys.stderr)
    return FAILED if bad else FINE


def _play(args: argparse.Namespace, source: str) -> tuple[Scenario, list[Row]]:
    """Play the games of a scenario, in memory."""
    from game.cli.tally import Tally
    from game.lab.batch import play_rows, tasks_of
    from game.lab.executor import executor_for
    from game.lab.task import scenario_of

    plan = plan_of(args, source)
    scenario = scenario_of(plan.source, plan.overrides)
    if not scenario.record and not scenario.recorded_losses:
        raise fail("history", f"{scenario.id} has no record to be compared with", hint="its record.yaml lists captures and losses")
    with executor_for(args.workers, args.cluster) as executor, Tally(plan.games, quiet=args.json, what=source) as tally:
        rows = play_rows(tasks_of(plan), executor, lambda done: tally.add([done.row]))
    return scenario, rows


def _from_folder(args: argparse.Namespace) -> tuple[Scenario, list[Row]]:
    from game.lab.runfolder import load_rows
    from game.lab.task import scenario_of

    card, rows = load_rows(args.folder)
    scenario = scenario_of(args.scenario or card["source"], tuple(sorted(card["set"].items())))
    if scenario.digest != card["digest"]:
        message = f"the scenario {scenario.id} has changed since these games were played"
        raise fail("run_folder", message, str(args.folder), hint="play them again: ichigo batch")
    return scenario, rows


def _all(args: argparse.Namespace) -> int:
    from game.lab.history import fit_of
    from game.scenario.load import find_scenarios, load_scenario

    fits, code = [], FINE
    for name, _ in find_scenarios():
        if load_scenario(name).record:
            scenario, rows = _play(args, name)
            fits.append(fit_of(scenario, rows))
            code = max(code, _code(scenario, rows))
    if args.json:
        print_json([plain(f) for f in fits])
    else:
        show_all(fits)
    return code


def plain(fit: Fit) -> dict[str, Any]:
    """Return a fit as plain values, the object that `history --json` prints."""
    return {
        "scenario": fit.scenario, "games": fit.games, "score": round(fit.score, 2),
        "holdout_score": None if fit.holdout is None else round(fit.holdout, 2),
        "dates": round(fit.dates, 4), "losses_mark": None if fit.men is None else round(fit.men, 4),
        "net": fit.net, "historical_net": fit.historical, "levels": dict(fit.levels), "attack_share": fit.attack_share,
        "events": [_plain_event(e) for e in fit.events],
        "losses": [_plain_loss(loss) for loss in fit.losses],
        "worst": [e.recorded.place for e in fit.worst],
    }  # fmt: skip


def _plain_event(e: EventFit) -> dict[str, Any]:
    r = e.recorded
    dates = {k: e.date_at(v) for k, v in (("median", e.median), ("low", e.low), ("high", e.high))}
    return {
        "date": r.date.isoformat(), "place": r.place, "by": SIDES[r.side], "kind": r.kind, "certainty": r.certainty,
        "holdout": r.holdout, "scored": e.counts, "share": round(e.share, 4), "tolerance_days": round(e.tolerance, 2),
        "shift_days": {"median": e.median, "low": e.low, "high": e.high},
        "dates": {k: v and v.isoformat() for k, v in dates.items()}, "hit": e.hit, "credit": round(e.credit, 4),
    }  # fmt: skip


def _plain_loss(loss: LossFit) -> dict[str, Any]:
    documented = asdict(loss.recorded) | {"side": SIDES[loss.recorded.side], "scored": loss.counts}
    return {
        **documented,
        "median": loss.median,
        "p10": loss.low,
        "p90": loss.high,
        "hit": loss.hit,
        "credit": round(loss.credit, 4),
    }


def show(scenario: Scenario, fit: Fit) -> None:
    """Print the tables of a scenario."""
    from game.cli.progress import console, day, simple_table

    out = console()
    places = scenario.map.place_by_id
    heads = ("recorded", "place", "by", "games", "median", "10–90 %", "days", "within", "")
    table = simple_table(*heads, numbers=("games", "days", "within"))
    for e in fit.events:
        r = e.recorded
        middle, low, high = (e.date_at(s) for s in (e.median, e.low, e.high))
        verdict = "[green]hit[/]" if e.hit else "[red]miss[/]"
        note = " held out" if r.holdout else ""
        table.add_row(
            day(r.date), f"{places[r.place].name_en} {places[r.place].name_zh}", SIDES[r.side], f"{e.share:.0%}",
            day(middle) if middle else "-",
            f"{day(low)} – {day(high)}" if low and high else "", "" if e.median is None else f"{e.median:+.0f}",
            f"± {e.tolerance:.0f}",
            (verdict if e.counts else "not scored") + note,
        )  # fmt: skip
    out.print(table)
    if fit.losses:
        out.print(_losses(fit))
    out.print(_closing(scenario, fit))


def _losses(fit: Fit) -> Any:
    from game.cli.progress import simple_table

    table = simple_table("lost", "kinds", "documented", "source", "median", "10–90 %", "", numbers=("documented", "median"))
    for loss in fit.losses:
        r = loss.recorded
        documented = f"{r.low:,}" if r.low == r.high else f"{r.low:,}–{r.high:,}"
        verdict = ("[green]inside[/]" if loss.hit else "[red]outside[/]") if loss.counts else "not scored"
        found = f"{loss.low:,.0f}–{loss.high:,.0f}"
        table.add_row(SIDES[r.side], ", ".join(r.kinds), documented, " ".join(r.source), f"{loss.median:,.0f}", found, verdict)
    return table


def _closing(scenario: Scenario, fit: Fit) -> str:
    places = scenario.map.place_by_id
    scored = [e for e in fit.events if e.counts]
    held = "" if fit.holdout is None else f"; held out: {fit.holdout:.1f}"
    worst = ", ".join(f"{places[e.recorded.place].name_en} ({e.credit:.2f})" for e in fit.worst)
    names = {v.id: v.name.en for v in scenario.levels}
    levels = ", ".join(f"{names[name]} {count}" for name, count in fit.levels if count)
    return (
        f"{fit.games} games, {sum(e.hit for e in scored)} of {len(scored)} scored events hit. Worst: {worst or 'none'}\n"
        f"net points: median {fit.net['median']:.0f} ({fit.net['low']:.0f} to {fit.net['high']:.0f}), the historical result scores "
        f"{fit.historical}; {levels}\n"
        f"unit-days in full attack: {fit.attack_share['median']:.1%}\n"
        f"[bold]score {fit.score:.1f} of 100[/]{held}"
    )


def show_all(fits: list[Fit]) -> None:
    """Print one line for each scenario."""
    from game.cli.progress import console, simple_table

    heads = ("scenario", "games", "score", "held out", "events hit", "losses inside", "net points", "history")
    table = simple_table(*heads, numbers=heads[1:])
    for fit in fits:
        scored, men = [e for e in fit.events if e.counts], [loss for loss in fit.losses if loss.counts]
        table.add_row(
            fit.scenario, str(fit.games), f"{fit.score:.1f}", "-" if fit.holdout is None else f"{fit.holdout:.1f}",
            f"{sum(e.hit for e in scored)} of {len(scored)}", f"{sum(loss.hit for loss in men)} of {len(men)}",
            f"{fit.net['median']:.0f} ({fit.net['low']:.0f} to {fit.net['high']:.0f})", str(fit.historical),
        )  # fmt: skip
    console().print(table)
