"""Checking a scenario: every problem of every file at once, so that a designer can mend them all before the next try."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from game.core.errors import DataError, Problem
from game.model.rules import Rules
from game.scenario import build, checks, rulesfile
from game.scenario.bundle import Bundle, entry_path, read_bundle
from game.scenario.codes import is_error
from game.scenario.yamlio import shown_path


def check_scenario(path_or_id: str | Path, overrides: Mapping[str, int] | None = None) -> list[Problem]:
    """Return every problem of a scenario, warnings too, in the order of files and lines."""
    return inspect(path_or_id, overrides)[1]


def inspect(path_or_id: str | Path, overrides: Mapping[str, int] | None = None) -> tuple[build.Context | None, list[Problem]]:
    """Return a scenario with its files, and every problem found; None when it cannot be built at all."""
    try:
        bundle, problems = read_bundle(entry_path(path_or_id))
    except DataError as error:
        return None, list(error.problems)
    if bundle is None:
        return None, problems
    context, more = _assemble(bundle, dict(overrides or {}), damaged=any(map(is_error, problems)))
    order = {d.shown: i for i, d in enumerate(bundle.documents())}
    found = list(dict.fromkeys([*problems, *more]))
    return context, sorted(found, key=lambda p: (order.get(p.file, 99), p.line, p.col))


def _assemble(bundle: Bundle, changes: dict[str, int], damaged: bool) -> tuple[build.Context | None, list[Problem]]:
    """Return the scenario of some files and what the checks between files find.

    Args:
        bundle: the files.
        changes: overrides from the command line; they win over the scenario's own.
        damaged: whether a file has mistakes of its own, so that sums may be wrong for that reason.
    """
    problems = checks.before_building(bundle)
    if problems:
        return None, problems
    try:
        hexmap = build.open_map(bundle)
    except DataError as error:
        problems += [_placed(p, bundle) for p in error.problems]
    try:
        rules, raw, merged = _rules(bundle, changes)
    except DataError as error:
        problems += [_placed(p, bundle) for p in error.problems]
    if problems:
        return None, problems
    digest = build.digest_of(bundle, raw, merged, hexmap.digest)
    context = build.build(bundle, hexmap, rules, digest, tuple(sorted(changes.items())))
    found = checks.run(context)
    return context, [p for p in found if not damaged or is_error(p)]


def _rules(bundle: Bundle, changes: dict[str, int]) -> tuple[Rules, bytes, dict[str, int]]:
    """Return the rules with all overrides, the bytes of their file, and the overrides."""
    loaded = rulesfile.find_rules(bundle.entry.rules, bundle.folder)
    own = bundle.entry.overrides
    rules = loaded.rules
    if own:
        rules = rulesfile.override(rules, own, lambda name: bundle.entry_at("overrides", name).problem("override", ""))
    if changes:
        rules = rulesfile.override(rules, changes)
    return rules, loaded.document.raw, own | changes


def _placed(problem: Problem, bundle: Bundle) -> Problem:
    """Return a problem of the map or rules at the key of the scenario that asks for them, if it has no better place."""
    if problem.line or problem.code == "override":
        return problem
    keys = {"map_missing": ("map", "name"), "window_empty": ("map", "window"), "unknown_rules": ("rules",)}
    if problem.code in keys:
        at = bundle.entry_at(*keys[problem.code]).problem(problem.code, "")
        return replace(problem, file=at.file, line=at.line, col=at.col)
    return replace(problem, file=shown_path(Path(problem.file))) if problem.file else problem
