"""Which key does what: the game's own list, and the player's file that overrides single actions.

A key that is wrong (no such key, no such action, one key for two actions) never stops the game: a message says where, and the
game's own keys count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from game.core.errors import DataError, Problem, did_you_mean
from game.core.paths import data_folder
from game.scenario.yamlio import Document, describe, read_yaml
from game.ui.messages import Message
from game.ui.settings import config_folder

NAME = "keys.yaml"
LIMIT = 50_000  # bytes of a file
MODIFIERS = ("ctrl", "shift", "alt")
SHORT = {
    "return": "Enter", "escape": "Esc", "pageup": "PgUp", "pagedown": "PgDn", "insert": "Ins", "delete": "Del", "space": "Space",
    "backspace": "Bksp", "plus": "+", "minus": "−", "equals": "=", "comma": ",", "period": ".", "slash": "/", "left": "←",
    "right": "→", "up": "↑", "down": "↓", "kp_plus": "Num +", "kp_minus": "Num −", "kp_enter": "Num Enter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """A key with its modifiers: ctrl (or Cmd), shift, alt."""

    code: int  # pygame's key code
    ctrl: bool = False
    shift: bool = False
    alt: bool = False


@lru_cache(maxsize=1)
def key_codes() -> dict[str, int]:
    """Return the code of every key by its name."""
    import pygame

    found = {name[2:].lower(): getattr(pygame, name) for name in dir(pygame) if name.startswith("K_")}
    return found | {f"kp{n}": found[f"kp_{n}"] for n in range(10) if f"kp_{n}" in found}


def read_key(text: str) -> Key:
    """Return the key of a text such as `ctrl+f5`; raises ValueError with what is wrong."""
    *held, name = text.strip().lower().split("+")
    wrong = [word for word in held if word not in MODIFIERS]
    if wrong:
        raise ValueError(f"there is no modifier {wrong[0]!r}", did_you_mean(wrong[0], list(MODIFIERS)) or "ctrl, shift or alt")
    if name not in key_codes():
        raise ValueError(f"there is no key {name!r}", did_you_mean(name, sorted(key_codes())) or "such as n, f5, tab, kp7, ctrl+s")
    return Key(key_codes()[name], *(word in held for word in MODIFIERS))


def shown_key(text: str) -> str:
    """Return a key as it is shown to the player: `Ctrl+Enter`."""
    *held, name = text.strip().lower().split("+")
    last = SHORT.get(name) or (f"Num {name[2:]}" if name.startswith("kp") and name[2:].isdigit() else name.capitalize())
    return "+".join([*(word.capitalize() for word in held), last])


class Keys:
    """The keys of each action, and the action of each key in a context."""

    def __init__(self, names: dict[str, tuple[str, ...]], contexts: dict[str, str]) -> None:
        self.names = names  # action: its keys as written
        self._by_key: dict[tuple[str, Key], str] = {}
        for action, texts in names.items():
            for text in texts:
                self._by_key[contexts[action], read_key(text)] = action

    def action(self, key: Key, contexts: Iterable[str]) -> str:
        """Return what a key does in the first of some contexts that knows it, "" = nothing.

        On many keyboards a sign such as + needs shift, so a key with shift that means nothing counts without it.
        """
        plain = Key(key.code, key.ctrl, False, key.alt)
        for one in (key, plain) if key.shift else (key,):
            for context in contexts:
                found = self._by_key.get((context, one))
                if found:
                    return found
        return ""

    def shown(self, action: str) -> str:
        """Return the first key of an action as it is shown, "" = it has none."""
        texts = self.names.get(action, ())
        return shown_key(texts[0]) if texts else ""

    def all_shown(self, action: str) -> str:
        """Return all keys of an action as they are shown."""
        return "  ".join(shown_key(text) for text in self.names.get(action, ()))


def load_keys(contexts: dict[str, str], folder: Path | None = None) -> tuple[Keys, Message]:
    """Return the keys, and a message when something in the player's file is wrong: then the game's own keys count.

    Args:
        contexts: every action there is, and where it counts ("map", "planner", ...): a key may mean something else elsewhere.
        folder: where the player's file lies, None = his settings folder.
    """
    usual = _names(read_yaml(data_folder("assets") / NAME, "the keys", LIMIT), contexts, {})
    path = (folder or config_folder()) / NAME
    if not path.exists():
        return Keys(usual, contexts), Message()
    try:
        return Keys(_names(read_yaml(path, "the keys", LIMIT), contexts, usual), contexts), Message()
    except DataError as error:
        return Keys(usual, contexts), Message(error.problems)


def _names(document: Document, contexts: dict[str, str], usual: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Return the keys of every action: the usual ones and over them those of a file; raises DataError with all problems."""
    problems: list[Problem] = []
    found = dict(usual)
    for action, value in document.data.items():
        if action not in contexts:
            hint = did_you_mean(action, list(contexts)) or "the game's own keys.yaml lists all actions"
            problems.append(document.problem("keys", f"there is no action {action!r}", (action,), hint, key=True))
            continue
        found[action] = tuple(_texts(document, action, value, problems))
    if not problems:
        problems += _twice(document, found, contexts)
    if problems:
        raise DataError(problems)
    return found


def _texts(document: Document, action: str, value: object, problems: list[Problem]) -> list[str]:
    """Return the keys of one action as written; notes what is wrong with them."""
    good = []
    listed = value if isinstance(value, list) else [] if value is None else [value]
    for n, one in enumerate(listed):
        at = (action, n) if isinstance(value, list) else (action,)
        text = str(one) if isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= 9 else one
        if not isinstance(text, str):
            message = f"expected the name of a key, found {describe(one)}"
            problems.append(document.problem("keys", message, at, "such as n or ctrl+s"))
            continue
        try:
            read_key(text)
            good.append(text)
        except ValueError as error:
            problems.append(document.problem("keys", error.args[0], at, error.args[1]))
    return good


def _twice(document: Document, names: dict[str, tuple[str, ...]], contexts: dict[str, str]) -> list[Problem]:
    """Return a problem for every key that two actions of a context share."""
    owner: dict[tuple[str, Key], str] = {}
    problems = []
    for action, texts in names.items():
        for text in texts:
            first = owner.setdefault((contexts[action], read_key(text)), action)
            if first != action:
                new, old = (action, first) if action in document.data else (first, action)
                message = f"the key {text} means {old} and {new}"
                problems.append(document.problem("keys", message, (new,), f"give {old} another key as well", key=True))
    return problems
