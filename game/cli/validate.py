"""validate: check scenarios and print every problem with its place and a hint."""

from __future__ import annotations

import argparse

from game.cli.commands import FINE, INPUT, make_parser


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("validate", "Check scenarios: format, references, places, dates, numbers. Exit code 2 if there is an error.")
    p.add_argument(
        "scenarios", nargs="*", metavar="SCENARIO", help="id, folder or scenario.yaml; none = every scenario of the game"
    )
    p.add_argument("--explain", action="store_true", help="also say what each code means")
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.scenario.codes import explain, is_error
    from game.scenario.lint import check_scenario
    from game.scenario.load import find_scenarios

    names = args.scenarios or [name for name, _ in find_scenarios()]
    errors = warnings = 0
    codes: dict[str, None] = {}
    for name in names:
        for problem in check_scenario(name):
            print(problem if is_error(problem) else f"{problem} [warning]")
            errors, warnings = errors + is_error(problem), warnings + (not is_error(problem))
            codes[problem.code] = None
    if args.explain:
        for code in codes:
            print(f"{code}: {explain(code)}")
    print(f"{_count(len(names), 'scenario')}, {_count(errors, 'error')}, {_count(warnings, 'warning')}")
    return INPUT if errors else FINE


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("" if number == 1 else "s")
