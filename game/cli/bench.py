"""bench: how fast the game is, how much memory it needs, whether it repeats itself exactly, and how it compares with history."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from statistics import median
from typing import TYPE_CHECKING

from game.ai.registry import make_player
from game.cli import games, measure
from game.cli.batch import seeds as seed_range
from game.cli.commands import FAILED, FINE, make_parser, whole
from game.model.scenario import Scenario

if TYPE_CHECKING:
    from game.lab.task import Row

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
    p.add_argument("--seeds", type=seed_range, metavar="A-B", help="play these seeds in place of 1 to N")
    known = f"sections, with commas: {', '.join(SECTIONS)} (default all but window)"
    p.add_argument("--only", type=_sections, default=USUAL, metavar="LIST", help=known)
    p.add_argument("--check", action="store_true", help="look for broken invariants after every phase of every game")
    p.add_argument("--japan", default="staff", metavar="AI", help="computer player of Japan (default staff)")
    p.add_argument("--china", default="staff", metavar="AI", help="computer player of China (default staff)")
    p.add_argument(
        "--workers", type=whole(1, 256, "a number of processes"), default=2, metavar="N", help="processes that play (default 2)"
    )
    return p


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
    first, last = args.seeds or (1, args.games)
    seeds = range(first, last + 1)
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
        rows = _rows(args, (seeds[0], seeds[-1]), names)
        good &= _games(rows, args.check)
        if "history" in args.only and any("error" not in row for row in rows):
            _history(scenario, rows)
    return FINE if good else FAILED


def _rows(args: argparse.Namespace, seeds: tuple[int, int], names: games.Names) -> list[Row]:
    """Play the games in worker processes."""
    from game.lab.batch import play_rows, tasks_of
    from game.lab.executor import executor_for
    from game.lab.runfolder import Plan

    with executor_for(args.workers) as executor:
        return play_rows(tasks_of(Plan(args.scenario, seeds, names, (), args.check)), executor)


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


def _games(rows: list[Row], checked: bool) -> bool:
    """Print how many games finished; return whether all did without a fault."""
    errors, faults = [r for r in rows if "error" in r], [r for r in rows if r.get("fault")]
    refused = sum(r.get("refused", 0) for r in rows)
    text = f"{len(rows)} games: {len(rows) - len(errors)} finished, {len(errors)} failed, {refused} orders refused"
    print(text + (f", {len(faults)} with a broken invariant" if checked else ""))
    for row in [*errors, *faults][:10]:
        print(f"  seed {row['seed']}: {row.get('error') or row.get('fault')}")
    return not errors and not faults


def _history(scenario: Scenario, rows: list[Row]) -> None:
    """Print the games beside the record, as `history` does."""
    from game.cli.history import show
    from game.lab.history import fit_of

    show(scenario, fit_of(scenario, rows))
