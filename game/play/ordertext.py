"""Orders as text, both ways: `move jp_225_inf_regt 0812-0813-0914`. See `model.orders` for all forms."""

from __future__ import annotations

from game.core.errors import Problem, ReplayError
from game.model.orders import INTENSITIES, METHODS, STANCES, Attack, End, Interdict, Move, Order, Stance
from game.model.scenario import Scenario


def write(order: Order, scenario: Scenario) -> str:
    """Return the text of an order."""
    units, label = scenario.units, scenario.map.label
    match order:
        case Move(unit, path, rail):
            return f"{'rail' if rail else 'move'} {units[unit].id} {'-'.join(map(label, path))}"
        case Attack(target, who, method, intensity, air, gas):
            names = ",".join(units[u].id for u in who)
            support = f" air={air}" if air else ""
            fumes = " gas" if gas else ""
            return f"attack {label(target)} {METHODS[method]} {INTENSITIES[intensity]}{support}{fumes} {names}"
        case Stance(unit, stance):
            return f"stance {units[unit].id} {STANCES[stance]}"
        case Interdict(target, points):
            return f"interdict {label(target)} {points}"
        case End():
            return "end"


def read(text: str, scenario: Scenario) -> Order:
    """Return the order of a text; raises ReplayError with what was expected."""
    words = text.split()
    try:
        return _READERS[words[0]](words, scenario)
    except (KeyError, IndexError, ValueError) as error:
        raise ReplayError(
            [Problem("order", f"cannot read the order {text[:120]!r}", hint=f"see the forms in the manual; {error}")]
        ) from error


def _unit(name: str, scenario: Scenario) -> int:
    if name not in scenario.unit_by_id:
        raise ValueError(f"no unit {name}")
    return scenario.unit_by_id[name]


def _hex(label: str, scenario: Scenario) -> int:
    index = scenario.map.index(label)
    if index < 0:
        raise ValueError(f"no hex {label}")
    return index


def _length(words: list[str], *lengths: int) -> None:
    if len(words) not in lengths:
        raise ValueError(f"{words[0]} takes {' or '.join(str(n - 1) for n in lengths)} words")


def _read_move(words: list[str], scenario: Scenario) -> Order:
    _length(words, 3)
    path = tuple(_hex(part, scenario) for part in words[2].split("-"))
    return Move(_unit(words[1], scenario), path, words[0] == "rail")


def _read_attack(words: list[str], scenario: Scenario) -> Order:
    _length(words, 5, 6, 7)
    air, gas = 0, False
    for word in words[4:-1]:
        if word == "gas" and not gas:
            gas = True
        elif word.startswith("air=") and not air and word[4:].isdigit() and not gas:
            air = int(word[4:])
        else:
            raise ValueError(f"expected air=N or gas, found {word}")
    who = tuple(_unit(name, scenario) for name in words[-1].split(","))
    return Attack(_hex(words[1], scenario), who, METHODS.index(words[2]), INTENSITIES.index(words[3]), air, gas)


def _read_stance(words: list[str], scenario: Scenario) -> Order:
    _length(words, 3)
    return Stance(_unit(words[1], scenario), STANCES.index(words[2]))


def _read_interdict(words: list[str], scenario: Scenario) -> Order:
    _length(words, 3)
    return Interdict(_hex(words[1], scenario), int(words[2]))


def _read_end(words: list[str], scenario: Scenario) -> Order:
    _length(words, 1)
    return End()


_READERS = {
    "move": _read_move,
    "rail": _read_move,
    "attack": _read_attack,
    "stance": _read_stance,
    "interdict": _read_interdict,
    "end": _read_end,
}
