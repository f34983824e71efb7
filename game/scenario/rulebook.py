"""The rule book: a template for people, filled with the values of the rules file so that no number is typed twice.

`python -m game.scenario.rulebook` writes `docs/rules.md` anew from `docs/rules.template.md`; `--check` only compares.
Placeholders: `{{combat.give_way}}` a value, `{{supply.full_minutes|hours}}` in another unit, `{{table:movement.crossing}}` a
table, `{{example.march.road}}` a number of a worked example, `{{appendix}}` all values.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from game.core.errors import DataError, GameError, Problem, did_you_mean
from game.core.files import read_limited, write_whole
from game.model.rules import KEYS, SECTIONS, Rules
from game.scenario.examples import examples
from game.scenario.rulesfile import find_rules, value_names

PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
LIMIT = 1_000_000  # bytes of a template


def _thousandths(value: int) -> str:
    return f"{value / 1000:,.3f}".rstrip("0").rstrip(".")


def _plural(value: float, word: str) -> str:
    number = f"{value:.1f}".rstrip("0").rstrip(".")
    return f"{number} {word}" + ("" if number == "1" else "s")


# how a whole number of the rules is written for people
FORMATS: dict[str, Callable[[int], str]] = {
    "": lambda v: f"{v:,}".replace("-", "−"),
    "%": lambda v: f"{v / 10:.1f}".removesuffix(".0") + " %",  # permille
    "times": _thousandths,  # permille as a factor
    "off": lambda v: f"{(1000 - v) / 10:.1f}".removesuffix(".0") + " %",  # what a factor takes away
    "more": lambda v: f"{(v - 1000) / 10:.1f}".removesuffix(".0") + " %",  # what a factor adds
    "km/h": lambda v: f"{v / 1000:g} km/h",  # metres an hour
    "hours": lambda v: _plural(v / 60, "hour"),  # minutes
    "days": lambda v: _plural(v / 10, "day"),  # tenths of a day
    "turns": lambda v: _plural(v, "turn"),
    "hexes": lambda v: _plural(v, "hex").replace("hexs", "hexes"),
    "levels": lambda v: _plural(v / 1000, "level"),  # thousandths of a level
    "degrees": lambda v: f"{v / 100:g}°",  # hundredths of a degree
}


def render(template: str, rules: Rules, file: str = "") -> str:
    """Return the rule book; raises DataError with the line of every placeholder that means nothing."""
    problems: list[Problem] = []
    numbers = examples(rules)
    lines = []
    for at, line in enumerate(template.splitlines(), 1):

        def fill(match: re.Match[str], at: int = at) -> str:
            try:
                return _fill(match.group(1).strip(), rules, numbers)
            except DataError as error:
                first = error.problems[0]
                problems.append(Problem(first.code, first.message, file, at, match.start() + 1, first.hint))
                return ""

        lines.append(PLACEHOLDER.sub(fill, line))
    if problems:
        raise DataError(problems)
    return "\n".join(lines) + "\n"


def used(template: str) -> set[str]:
    """Return the rule paths that a template's placeholders name, down to section and name."""
    found = set()
    for match in PLACEHOLDER.finditer(template):
        path = match.group(1).strip().partition("|")[0].removeprefix("table:")
        found.add(".".join(path.split(".")[:2]))
    return {path for path in found if path.partition(".")[0] in SECTIONS}


def _fill(text: str, rules: Rules, numbers: dict[str, int]) -> str:
    if text == "appendix":
        return appendix(rules)
    path, _, unit = text.partition("|")
    if unit not in FORMATS:
        raise DataError([Problem("rulebook", f"unknown unit {unit!r}", hint=did_you_mean(unit, list(FORMATS)))])
    show = FORMATS[unit]
    if path.startswith("table:"):
        return table(rules, path.removeprefix("table:"), show)
    if path.startswith("example."):
        name = path.removeprefix("example.")
        if name not in numbers:
            raise DataError([Problem("rulebook", f"there is no example {name!r}", hint=did_you_mean(name, list(numbers)))])
        return show(numbers[name])
    if path not in value_names():
        raise DataError([Problem("rulebook", f"the rules have no value {path!r}", hint=did_you_mean(path, value_names()))])
    return show(value(rules, path))


def value(rules: Rules, path: str) -> int:
    """Return a single number of the rules by its dotted path."""
    section, name, *steps = path.split(".")
    found: Any = getattr(getattr(rules, section), name)
    for step, known in zip(steps, KEYS.get(f"{section}.{name}", ()), strict=True):
        found = found[known.index(step)]
    return int(found)


def table(rules: Rules, name: str, show: Callable[[int], str] = FORMATS[""]) -> str:
    """Return a row or table of the rules as a table of Markdown: a row of the rules has one line a name."""
    keys = KEYS.get(name)
    if keys is None:
        raise DataError([Problem("rulebook", f"{name!r} is no row or table of the rules", hint=did_you_mean(name, list(KEYS)))])
    section, _, key = name.partition(".")
    values: Any = getattr(getattr(rules, section), key)
    if len(keys) == 1:
        return _markdown(list(keys[0]), [[show(v) for v in values]], right=True)
    return _markdown(["", *keys[1]], [[k, *(show(v) for v in row)] for k, row in zip(keys[0], values, strict=True)], right=True)


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]], right: bool = False) -> str:
    rule = ["---:" if right and h else "---" for h in heads]
    lines = [heads, rule, *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def appendix(rules: Rules) -> str:
    """Return a table of every value with its unit, bounds, source and meaning, section by section."""
    parts = []
    for section, cls in SECTIONS.items():
        rows, after = [], []
        for f in fields(cls):
            path = f"{section}.{f.name}"
            about = rules.about[path]
            keys = KEYS.get(path, ())
            shown = _entries(rules, path) if len(keys) < 2 else "see below"
            bounds = f"{FORMATS[''](about.low)} … {FORMATS[''](about.high)}"
            rows.append([f"`{path}`", shown, about.unit, bounds, about.source, about.doc])
            if len(keys) == 2:
                after.append(f"`{path}` [{about.unit}]\n\n{table(rules, path)}")
        heads = ["path", "value", "unit", "bounds", "source", "meaning"]
        parts.append(f"### {section}\n\n{_markdown(heads, rows)}" + "".join(f"\n\n{t}" for t in after))
    return "\n\n".join(parts)


def _entries(rules: Rules, path: str) -> str:
    keys = KEYS.get(path)
    if not keys:
        return FORMATS[""](value(rules, path))
    return ", ".join(f"{key} {FORMATS[''](value(rules, f'{path}.{key}'))}" for key in keys[0])


def folder() -> Path:
    """Return the folder `docs` of a checkout."""
    return Path(__file__).resolve().parent.parent.parent / "docs"


def written(docs: Path, rules: Rules) -> str:
    """Return what the rule book in a folder should say, from the template there."""
    path = docs / "rules.template.md"
    return render(read_limited(path, LIMIT, "the template of the rule book").decode(), rules, path.name)


def main(arguments: Sequence[str]) -> int:
    """Write `docs/rules.md` anew, or with `--check` say whether it is up to date (exit code 1 when it is not)."""
    docs = folder()
    try:
        text = written(docs, find_rules("standard").rules)
        target = docs / "rules.md"
        if "--check" in arguments:
            same = target.is_file() and target.read_text("utf-8") == text
            sys.stdout.write(
                "docs/rules.md is up to date\n" if same else "docs/rules.md is out of date: python -m game.scenario.rulebook\n"
            )
            return 0 if same else 1
        write_whole(target, text.encode())
    except GameError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
