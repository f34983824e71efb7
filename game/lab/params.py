"""Values of the rules as parameters of an experiment: read from `path=value`, looked up, and listed with their bounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from game.core.errors import DataError, Problem, did_you_mean, fail
from game.model.rules import KEYS, Rules
from game.scenario.rulesfile import override, value_names

Overrides = tuple[tuple[str, int], ...]  # values of the rules by dotted path, sorted by path


@dataclass(frozen=True)
class Param:
    """A single number of the rules that an experiment may change."""

    path: str  # dotted, such as "combat.noise" or "movement.road_speed.foot"
    value: int
    low: int
    high: int
    unit: str
    doc: str


def read_overrides(words: Iterable[str], rules: Rules) -> Overrides:
    """Return the overrides of words like "combat.noise=200"; raises DataError with all that is wrong with them."""
    found: dict[str, int] = {}
    problems: list[Problem] = []
    for word in words:
        path, sign, text = word.partition("=")
        path, text = path.strip(), text.strip()
        if not sign or not path:
            problems.append(Problem("override", f"expected PATH=VALUE, found {word[:60]!r}", hint="such as combat.noise=200"))
        elif not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 12:
            problems.append(Problem("override", f"{path}: expected a whole number, found {text[:40]!r}"))
        elif path in found:
            problems.append(Problem("override", f"{path} is set twice"))
        else:
            found[path] = int(text)
    if problems:
        raise DataError(problems)
    override(rules, found)
    return tuple(sorted(found.items()))


def all_params(rules: Rules) -> list[Param]:
    """Return every single number of the rules, in the order of the rules file."""
    return [_param(rules, path) for path in value_names()]


def _param(rules: Rules, path: str) -> Param:
    about = rules.about[".".join(path.split(".")[:2])]
    return Param(path, value_of(rules, path), about.low, about.high, about.unit, about.doc)


def value_of(rules: Rules, path: str) -> int:
    """Return a single number of the rules by its dotted path."""
    section, name, *steps = path.split(".")
    value = getattr(getattr(rules, section), name)
    for step, known in zip(steps, KEYS.get(f"{section}.{name}", ()), strict=True):
        value = value[known.index(step)]
    return int(value)


def find_params(words: Iterable[str], rules: Rules) -> list[Param]:
    """Return the parameters that words name: whole paths, or patterns with * such as "combat.*".

    Values whose bounds leave no choice are left out of patterns. Raises DataError for a word that names nothing.
    """
    names = value_names()
    chosen: dict[str, Param] = {}
    for word in words:
        hits = [n for n in names if fnmatchcase(n, word) or n.startswith(word + ".")]
        if not hits:
            raise fail("override", f"the rules have no value {word[:60]!r}", hint=did_you_mean(word, names) or "see docs/rules.md")
        for path in hits:
            param = _param(rules, path)
            if param.low < param.high or path == word:
                chosen[path] = param
    return [chosen[n] for n in names if n in chosen]


def merged(base: Overrides, more: Mapping[str, int]) -> Overrides:
    """Return overrides with further ones on top."""
    return tuple(sorted({**dict(base), **more}.items()))
