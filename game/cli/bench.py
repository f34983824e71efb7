"""bench: how fast the game is, how much memory it needs, whether it repeats itself exactly, and how it compares with history."""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from statistics import median

from game.ai.registry import make_player
from game.cli import games, measure
from game.cli.commands import FAILED, FINE, make_parser, whole
from game.cli.games import Outcome
from game.core.errors import fail
from game.model.scenario import Scenario
from game.model.state import LOSSES
from game.model.units import SIDES

SECTIONS = ("speed", "memory", "determinism", "games", "history", "window")
USUAL = SECTIONS[:-1]  # the window is measured only when it is asked for


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser(
        "bench", "Measure the game: speed, memory, repeatability, soundness over many games, and the fit with the record."
    )
    p.add_argument("scenario", nargs="?", default="henan", metavar="SCENARIO", help="id, folder or scenario.yaml (default henan)")
    p.add_argument(
        "--games", type=whole(1, 100_000, "a number of games"), default=20, metavar="N", help="play seeds 1 to N (default 20)"
    )
    p.add_argument("--seeds", type=_seeds, metavar="A-B", help="play these seeds in place of 1 to N")
    known = f"sections, with commas: {', '.join(SECTIONS)} (default all but window)"
    p.add_argument("--only", type=_sections, default=USUAL, metavar="LIST", help=known)
    p.add_argument("--check", action="store_true", help="look for broken invariants after every phase of every game")
    p.add_argument("--japan", default="staff", metavar="AI", help="computer player of Japan (default staff)")
    p.add_argument("--china", default="staff", metavar="AI", help="computer player of China (default staff)")
    p.add_argument(
        "--workers", type=whole(1, 256, "a number of processes"), default=2, metavar="N", help="processes that play (default 2)"
    )
    return p


def _seeds(text: str) -> range:
    match = re.fullmatch(r"(\d{1,9})-(\d{1,9})", text)
    if not match or int(match[2]) < int(match[1]):
        raise argparse.ArgumentTypeError(f"expected seeds like 1-20, found {text[:40]!r}")
    return range(int(match[1]), int(match[2]) + 1)


def _sections(text: str) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [n for n in names if n not in SECTIONS]
    if unknown:
        raise argparse.ArgumentTypeError(f"unknown section {unknown[0][:40]!r}; known: {', '.join(SECTIONS)}")
    return names


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.scenario.load import load_scenario

    begun = time.perf_counter()
    scenario = load_scenario(args.scenario)
    loaded = time.perf_counter() - begun
    names = (args.japan, args.china)
    for name in names:
        make_player(name)
    seeds = args.seeds or range(1, args.games + 1)
    words = ["run", args.scenario, "--seed", str(seeds[0]), "--japan", names[0], "--china", names[1]]
    print(
        f"{scenario.id}: {len(scenario.units)} units, {scenario.map.size:,} hexes, {scenario.calendar.turns} turns; "
        f"{' against '.join(names)}"
    )
    good = True
    if "window" in args.only:
        _window(args.scenario)
    if "speed" in args.only:
        _speed(scenario, names, seeds[:5], words, loaded)
    if "memory" in args.only:
        print(f"peak memory of a game in a fresh process: {measure.fresh_peak(words) / 1e6:.0f} MB")
    if "determinism" in args.only:
        good &= _determinism(scenario, names, seeds[0], words)
    if "games" in args.only or "history" in args.only:
        outcomes = games.play_many(args.scenario, seeds, names, args.check, args.workers)
        good &= _games(outcomes, args.check)
        if "history" in args.only:
            _history(scenario, [o for o in outcomes if not o.error])
    return FINE if good else FAILED


def _window(scenario: str) -> None:
    """Print how fast the window is, beside its targets."""
    from game.ui.windowbench import measure_window

    measure_window(scenario, lambda line: print(line, flush=True))


def _speed(scenario: Scenario, names: games.Names, seeds: range, words: list[str], loaded: float) -> None:
    print(f"loading the scenario: {loaded:.2f} s with imports")
    measure.seconds_to_first_line(words)  # fills the caches of the disk and of the compiler
    starts = [measure.seconds_to_first_line(words) for _ in range(3)]
    print(f"from the start of a fresh process to the first turn: {median(starts):.2f} s (median of {len(starts)})")
    games.play(scenario, seeds[0], names)
    played = [games.play(scenario, seed, names) for seed in seeds]
    rates = [session.unit_turns / max(seconds, 1e-6) for session, seconds in played]
    print(
        f"speed after a warm-up: {median(rates):,.0f} unit-turns per second of processor time (median of {len(rates)} games of "
        f"{median(s.unit_turns for s, _ in played):,.0f} unit-turns, {median(t for _, t in played):.2f} s)"
    )


def _determinism(scenario: Scenario, names: games.Names, seed: int, words: list[str]) -> bool:
    """Print the digest of one game played in many ways; return whether all agree."""
    from game.play.replay import game_digest

    def here() -> tuple[str, float]:
        session, seconds = games.play(scenario, seed, names)
        return game_digest(session), seconds

    def fresh(extra: dict[str, str]) -> Callable[[], tuple[str, float]]:
        def run() -> tuple[str, float]:
            result, seconds = measure.fresh_result([*words, "--json"], extra)
            return str(result["digest"]), seconds

        return run

    ways: list[tuple[str, Callable[[], tuple[str, float]]]] = [
        ("in this process", here), ("again in this process", here), ("in a fresh process", fresh({})),
        ("with PYTHONHASHSEED=1", fresh({"PYTHONHASHSEED": "1"})), ("with PYTHONHASHSEED=2", fresh({"PYTHONHASHSEED": "2"})),
        ("without numba", fresh({"ICHIGO_NO_NUMBA": "1"})),
    ]  # fmt: skip
    found = []
    for name, way in ways:
        digest, seconds = way()
        found.append(digest)
        print(f"digest {name:24} {digest}  {seconds:6.2f} s")
    same = len(set(found)) == 1
    print("all digests are equal" if same else "THE DIGESTS DIFFER")
    return same


def _games(outcomes: list[Outcome], checked: bool) -> bool:
    """Print how many games finished; return whether all did without a fault."""
    errors, faults = [o for o in outcomes if o.error], [o for o in outcomes if o.fault]
    refused = sum(o.refused for o in outcomes)
    text = f"{len(outcomes)} games: {len(outcomes) - len(errors)} finished, {len(errors)} failed, {refused} orders refused"
    print(text + (f", {len(faults)} with a broken invariant" if checked else ""))
    for o in [*errors, *faults][:10]:
        print(f"  seed {o.seed}: {o.error or o.fault}")
    return not errors and not faults


def _history(scenario: Scenario, outcomes: list[Outcome]) -> None:
    if not outcomes:
        raise fail("bench", "no game finished, so there is nothing to compare")
    _captures(scenario, outcomes)
    for side in SIDES:
        for kind in (*LOSSES, "all"):
            values = sorted(sum(v for k, v in o.summary["losses"][side].items() if kind in ("all", k)) for o in outcomes)
            print(f"lost {side:5} {kind:9} median {median(values):10,.0f}   from {values[0]:9,} to {values[-1]:9,} men")
    shares = sorted(o.summary["attack_share"] for o in outcomes)
    print(f"unit-days in full attack: median {median(shares):.1%}, from {shares[0]:.1%} to {shares[-1]:.1%}")
    nets = sorted(o.summary["outcome"]["points"]["net"] for o in outcomes)
    print(f"net points: median {median(nets):.0f}, {nets[0]} to {nets[-1]}; the historical result scores {scenario.historical[0]}")
    for level in scenario.levels:
        count = sum(o.summary["outcome"]["level"] == level.id for o in outcomes)
        print(f"  {level.name.en:40} {count:4} of {len(outcomes)}")


def _captures(scenario: Scenario, outcomes: list[Outcome]) -> None:
    """Print for each capture of the record how often it happened and when."""
    from datetime import timedelta

    print(f"{'recorded':10} {'place':22} {'by':6} {'games':>6} {'median':>11} {'days':>6}  (earliest to latest)")
    places = scenario.map.place_by_id
    for n, row in enumerate(scenario.record):
        shifts = sorted(s for o in outcomes if (s := o.shifts[n]) is not None)
        share = f"{len(shifts) / len(outcomes):.0%}"
        line = f"{row.date} {places[row.place].name_en:22.22} {SIDES[row.side]:6} {share:>6}"
        if shifts:
            middle = round(median(shifts))
            line += f" {row.date + timedelta(middle)!s:>11} {middle:+6d}  ({shifts[0]:+d} to {shifts[-1]:+d})"
        print(line)
