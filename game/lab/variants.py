"""The two sides of a comparison: a scenario, a rules file, changed values, or a computer player."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.ai.registry import make_player
from game.core.errors import GameError, fail
from game.lab.params import Overrides, all_params, merged, read_overrides
from game.lab.task import scenario_of
from game.model.scenario import Scenario
from game.scenario.load import find_scenarios, own_overrides
from game.scenario.rulesfile import load_rules

Players = tuple[str, str]
SHIPPED = "-"  # the scenario as it is


@dataclass(frozen=True)
class Variant:
    """A way to play: which scenario, which values of the rules, which players."""

    name: str
    source: str
    players: Players
    overrides: Overrides


def read_variant(word: str, source: str, players: Players, side: str, base: Overrides) -> Variant:
    """Return what a word of the command line means.

    Args:
        word: a scenario (id, folder or scenario.yaml), a rules file, values as PATH=VALUE with commas, a player, or "-".
        source: the scenario for words that are none themselves.
        players: for words that are no player.
        side: whom a player plays: "japan", "china" or "both".
        base: values changed for both variants.

    Raises:
        DataError: the word means nothing of these, or what it names cannot be used.
    """
    if "=" in word:
        values = dict(read_overrides(word.split(","), _base(source, word).rules))
        return Variant(word, source, players, merged(base, values))
    if word == SHIPPED:
        _base(source, word)
        return Variant("as shipped", source, players, base)
    path = Path(word)
    if path.is_file() and path.name != "scenario.yaml" and path.suffix in (".yaml", ".yml"):
        return Variant(path.name, source, players, merged(base, rules_changes(path, source, _base(source, word))))
    if (word and path.exists() and path.suffix != ".py") or word in dict(find_scenarios()):
        scenario_of(word, base)
        return Variant(word, word, players, base)
    try:
        make_player(word)
    except GameError as error:
        if ".py" in word:
            raise
        if path.suffix in (".yaml", ".yml") or "/" in word:
            raise fail("variant", "no such file; expected a scenario or a rules file", word[:200]) from error
        hint = "a scenario, a rules file, PATH=VALUE, a computer player, or - for the scenario as it is"
        raise fail("variant", f"{word[:80]!r} is none of: {hint}") from error
    _base(source, word)
    return Variant(word, source, (word if side != "china" else players[0], word if side != "japan" else players[1]), base)


def _base(source: str, word: str) -> Scenario:
    if not source:
        raise fail("variant", f"{word[:60]!r} is no scenario", hint="name one with --on, such as --on henan")
    return scenario_of(source, ())


def rules_changes(path: Path, source: str, scenario: Scenario) -> dict[str, int]:
    """Return the values in which a rules file differs from the rules that a scenario plays by.

    Values that the scenario itself overrides are its own in both and stay.
    """
    own = own_overrides(source)
    theirs = {p.path: p.value for p in all_params(load_rules(path).rules)}
    return {p.path: theirs[p.path] for p in all_params(scenario.rules) if theirs[p.path] != p.value and p.path not in own}
