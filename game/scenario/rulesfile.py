"""The values of the rules as a file: every value has a unit, bounds, a source and a sentence that explains it.

Which names exist is told by `game.model.rules`: each must be in the file once, no other may. A scenario or a player may
override single values by their dotted path, rows and tables by their entries: `combat.noise`, `movement.road_speed.foot`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from game.core.errors import DataError, Problem, did_you_mean, fail
from game.core.paths import data_folder
from game.model.rules import KEYS, SECTIONS, About, Row, Rules, Table
from game.scenario.yamlio import COMMA_HINT, Document, describe, read_yaml

Value = int | Row | Table
_ABOUT = ("unit", "bounds", "source", "doc")


@dataclass(frozen=True)
class RulesFile:
    """A rules file that has been read: the rules without overrides, and the document for digests."""

    rules: Rules
    document: Document


def rules_path(name: str, near: Path | None = None) -> Path:
    """Return the file of a set of rules: in `rules/` beside the scenario's folder if it is there, else the game's own.

    Args:
        name: the rules' id, such as "standard".
        near: the scenario's folder.
    """
    if near is not None and (beside := near.parent / "rules" / f"{name}.yaml").is_file():
        return beside
    return data_folder("scenarios") / "rules" / f"{name}.yaml"


def load_rules(path: Path) -> RulesFile:
    """Return the rules of a file; raises DataError with everything that is wrong in it."""
    document = read_yaml(path, "a rules file")
    reader = _Reader(document)
    rules = reader.read()
    if reader.problems or rules is None:
        raise DataError(reader.problems)
    return RulesFile(rules, document)


def value_names() -> list[str]:
    """Return the dotted path of every single number in the rules, in the order of the model."""
    return [path for name in _names() for path in _leaves(name, KEYS.get(name, ()))]


def override(rules: Rules, changes: Mapping[str, int], where: Callable[[str], Problem] | None = None) -> Rules:
    """Return rules with single values replaced.

    Args:
        rules: the rules to start from.
        changes: new values by dotted path.
        where: gives a problem without text at the place of a change, for messages; None = the command line.
    """
    problems: list[Problem] = []
    new: dict[str, Any] = {name: _get(rules, name) for name in {_owner(path) for path in changes} if name in rules.about}
    for path, value in changes.items():
        verdict = _override_one(rules, new, path, value)
        if verdict is not None:
            at = where(path) if where else Problem("override", "")
            problems.append(Problem("override", verdict[0], at.file, at.line, at.col, verdict[1]))
    if problems:
        raise DataError(problems)
    return _replaced(rules, new)


def _override_one(rules: Rules, new: dict[str, Any], path: str, value: object) -> tuple[str, str] | None:
    """Set one value in `new`, or return what is wrong and a hint."""
    if not isinstance(value, int) or isinstance(value, bool):
        return f"the override of {path} must be a whole number, not {describe(value)}", ""
    owner = _owner(path)
    if owner not in new:
        return f"the rules have no value {path!r}", did_you_mean(path, value_names())
    steps = path.split(".")[2:]
    keys = KEYS.get(owner, ())
    if len(steps) != len(keys):
        names = " and ".join(f"one of {', '.join(k)}" for k in keys[len(steps) :])
        return f"{path!r} is no single number of the rules", f"add {names}" if names else f"{owner} is one"
    for step, known in zip(steps, keys, strict=True):
        if step not in known:
            return f"the rules have no value {path!r}", did_you_mean(step, list(known)) or f"one of {', '.join(known)}"
    about = rules.about[owner]
    if not about.low <= value <= about.high:
        return f"{path} = {value} lies outside its bounds {about.low} to {about.high} [{about.unit}]", ""
    new[owner] = _put(new[owner], [known.index(s) for s, known in zip(steps, keys, strict=True)], value)
    return None


def _names() -> Iterator[str]:
    for section, cls in SECTIONS.items():
        for f in fields(cls):
            yield f"{section}.{f.name}"


def _leaves(path: str, keys: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    if not keys:
        yield path
        return
    for key in keys[0]:
        yield from _leaves(f"{path}.{key}", keys[1:])


def _owner(path: str) -> str:
    return ".".join(path.split(".")[:2])


def _get(rules: Rules, name: str) -> Any:
    section, _, key = name.partition(".")
    return getattr(getattr(rules, section), key)


def _put(old: Any, steps: list[int], value: int) -> Any:
    if not steps:
        return value
    return tuple(_put(item, steps[1:], value) if i == steps[0] else item for i, item in enumerate(old))


def _replaced(rules: Rules, new: Mapping[str, Any]) -> Rules:
    def section(name: str, cls: type) -> Any:
        return cls(**{f.name: new.get(f"{name}.{f.name}", getattr(getattr(rules, name), f.name)) for f in fields(cls)})

    return Rules(id=rules.id, about=rules.about, **{name: section(name, cls) for name, cls in SECTIONS.items()})


class _Reader:
    """Reads one rules document; `problems` gathers all that is wrong."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems: list[Problem] = []
        self.about: dict[str, About] = {}

    def read(self) -> Rules | None:
        """Return the rules, or None when something is wrong."""
        data = self.document.data
        if data.get("format") != 1:
            self._note("format", f"expected format: 1, found {describe(data.get('format'))}", ("format",))
        if not isinstance(data.get("id"), str):
            self._note("missing_key", "the key 'id' is missing", ("id",))
        self._unknown((), data, ["format", "id", *SECTIONS])
        parts = {name: self._section(name, cls) for name, cls in SECTIONS.items()}
        if self.problems:
            return None
        sections: dict[str, Any] = {name: SECTIONS[name](**values) for name, values in parts.items()}
        return Rules(id=data["id"], about=self.about, **sections)

    def _section(self, name: str, cls: type) -> dict[str, Value]:
        part = self.document.data.get(name)
        if not isinstance(part, dict):
            self._note("missing_key", f"the section {name!r} is missing or holds no values", (name,))
            return {}
        names = [f.name for f in fields(cls)]
        self._unknown((name,), part, names)
        values = {}
        for key in names:
            if key not in part:
                self._note(
                    "missing_key", f"the value '{name}.{key}' is missing", (name,), "every value of the rules stands in the file"
                )
            else:
                values[key] = self._value(name, key, part[key])
        return values

    def _value(self, section: str, key: str, entry: object) -> Value:
        path = (section, key)
        if not isinstance(entry, dict):
            self._note("type", f"expected value, unit, bounds, source and doc, found {describe(entry)}", path)
            return 0
        keys = KEYS.get(f"{section}.{key}", ())
        kind = "values" if keys else "value"
        self._unknown(path, entry, [kind, *_ABOUT])
        about = self._about(section, key, entry)
        if kind not in entry:
            self._note("missing_key", f"the key {kind!r} of {section}.{key} is missing", path)
            return 0
        found: Value = self._entries((*path, kind), entry[kind], keys, about)
        return found

    def _about(self, section: str, key: str, entry: dict[str, Any]) -> About:
        path = (section, key)
        for name in _ABOUT:
            if name not in entry:
                self._note("missing_key", f"the key {name!r} of {section}.{key} is missing", path)
        for name in ("unit", "doc"):
            if name in entry and not isinstance(entry[name], str):
                self._note("type", f"expected text, found {describe(entry[name])}", (*path, name))
        sources = entry.get("source", ["K"])
        if not isinstance(sources, list) or not sources or not all(isinstance(s, str) for s in sources):
            self._note("type", f"expected a list of sources such as [S2, K], found {describe(sources)}", (*path, "source"))
            sources = []
        low, high = self._bounds((*path, "bounds"), entry.get("bounds", [0, 0]))
        dotted = f"{section}.{key}"
        self.about[dotted] = About(dotted, str(entry.get("unit")), low, high, ", ".join(map(str, sources)), str(entry.get("doc")))
        return self.about[dotted]

    def _bounds(self, path: tuple[str, ...], bounds: object) -> tuple[int, int]:
        if isinstance(bounds, list) and len(bounds) == 2 and all(type(b) is int for b in bounds) and bounds[0] <= bounds[1]:
            return bounds[0], bounds[1]
        self._note("type", f"expected [least, greatest] in whole numbers, found {describe(bounds)}", path)
        return -(10**18), 10**18

    def _entries(self, path: tuple[str, ...], found: object, keys: tuple[tuple[str, ...], ...], about: About) -> Any:
        """Return a number, row or table: one level of names is used up at each call."""
        if not keys:
            return self._number(path, found, about)
        if not isinstance(found, dict):
            self._note("type", f"expected a value for each of {', '.join(keys[0])}, found {describe(found)}", path)
            return ()
        self._unknown(path, found, list(keys[0]))
        for name in keys[0]:
            if name not in found:
                self._note("missing_key", f"{about.path} lacks the entry {name!r}", path)
        return tuple(self._entries((*path, name), found[name], keys[1:], about) for name in keys[0] if name in found)

    def _number(self, path: tuple[str, ...], found: object, about: About) -> int:
        if not isinstance(found, int) or isinstance(found, bool):
            self._note("type", f"expected a whole number, found {describe(found)}", path)
            return 0
        if not about.low <= found <= about.high:
            self._note("bounds", f"{about.path}: {found} lies outside its bounds {about.low} to {about.high}", path)
        return found

    def _unknown(self, path: tuple[str, ...], found: dict[str, Any], known: list[str]) -> None:
        for key in found:
            if key not in known:
                message = f"unknown key {key!r} in {'.'.join(path) or 'the file'}"
                hint = did_you_mean(key, known) or (COMMA_HINT if " " in key else "")
                self.problems.append(self.document.problem("unknown_key", message, (*path, key), hint, key=True))

    def _note(self, code: str, message: str, path: tuple[str, ...], hint: str = "") -> None:
        self.problems.append(self.document.problem(code, message, path, hint))


def find_rules(name: str, near: Path | None = None) -> RulesFile:
    """Return the rules of an id, such as "standard"; raises DataError naming the known ones when there is none."""
    path = rules_path(name, near)
    if not path.is_file():
        known = sorted(p.stem for p in path.parent.glob("*.yaml"))
        hint = did_you_mean(name, known) or (f"known rules: {', '.join(known)}" if known else "")
        raise fail("unknown_rules", f"there are no rules {name!r}", hint=hint)
    return load_rules(path)
