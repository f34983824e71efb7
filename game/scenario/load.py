"""Loading a scenario by its name or its path, with single values of the rules changed if the player wants.

A scenario that loads has passed every check; the message of the error lists all that is wrong with one that does not.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from game.core.errors import DataError
from game.model.scenario import Scenario
from game.scenario.bundle import entry_path, read_bundle
from game.scenario.bundle import find_scenarios as _find_scenarios
from game.scenario.codes import is_error
from game.scenario.lint import inspect
from game.scenario.rulesfile import rules_path


def load_scenario(path_or_id: str | Path, overrides: Mapping[str, int] | None = None) -> Scenario:
    """Return a scenario, complete and checked; raises DataError with every error found.

    Args:
        path_or_id: the id of a scenario of the game ("henan"), the path of its folder or of its scenario.yaml.
        overrides: values of the rules by dotted path, such as {"combat.noise": 200}.
    """
    context, problems = inspect(path_or_id, overrides)
    errors = [p for p in problems if is_error(p)]
    if errors or context is None:
        raise DataError(errors)
    return context.scenario


def own_overrides(path_or_id: str | Path) -> dict[str, int]:
    """Return the values of the rules that a scenario's own file changes, by dotted path; raises DataError if it cannot be read."""
    bundle, problems = read_bundle(entry_path(path_or_id))
    if bundle is None:
        raise DataError([p for p in problems if is_error(p)])
    return dict(bundle.entry.overrides)


def rules_file(path_or_id: str | Path) -> Path:
    """Return the file of the rules that a scenario plays by; raises DataError if the scenario cannot be read."""
    bundle, problems = read_bundle(entry_path(path_or_id))
    if bundle is None:
        raise DataError([p for p in problems if is_error(p)])
    return rules_path(bundle.entry.rules, bundle.folder)


def find_scenarios() -> list[tuple[str, Path]]:
    """Return (id, entry file) of every scenario that comes with the game, by id."""
    return _find_scenarios()
