"""Orders: frozen values with a text form both ways, so that replays can be read and diffed.

move jp_225_inf_regt 0812-0813-0914        march along a path of neighbouring hexes
rail jp_27_div 0812-0813                   the same by train on the side's own working line
attack 0914 deliberate attack air=2 jp_225_inf_regt,jp_226_inf_regt
                                           method hasty | deliberate; intensity probe | limited | attack | assault;
                                           air=N air points in support; gas: spend one use of gas (assaults only)
stance cn_20_div hold                      delay | hold | stand: how hard it clings to its ground
interdict 0914 2                           air points against the enemy's supply through a hex
end                                        the side has finished its operations
"""

from __future__ import annotations

from dataclasses import dataclass

METHODS = ("hasty", "deliberate")
INTENSITIES = ("probe", "limited", "attack", "assault")
STANCES = ("delay", "hold", "stand")
DELAY, HOLD, STAND = range(3)


@dataclass(frozen=True, slots=True)
class Move:
    """March (or go by train) along a path; path[0] is where the unit stands."""

    unit: int
    path: tuple[int, ...]
    rail: bool = False


@dataclass(frozen=True, slots=True)
class Attack:
    """Attack a hex with units that stand next to it."""

    target: int
    units: tuple[int, ...]
    method: int = 1  # index into METHODS
    intensity: int = 2  # index into INTENSITIES
    air: int = 0  # air points in support
    gas: bool = False  # spend one of the side's documented uses of gas; assaults only


@dataclass(frozen=True, slots=True)
class Stance:
    """Set how a unit defends until told otherwise."""

    unit: int
    stance: int


@dataclass(frozen=True, slots=True)
class Interdict:
    """Send air points against supply passing a hex and its neighbours until the side's next turn."""

    target: int
    points: int


@dataclass(frozen=True, slots=True)
class End:
    """Finish the operations of the side to move."""


Order = Move | Attack | Stance | Interdict | End


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an order may be given: code "ok", or why not, with a sentence for people."""

    code: str
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Return whether the order is legal."""
        return self.code == "ok"


LEGAL = Verdict("ok")
