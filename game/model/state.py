"""The state of a game: everything that changes, in columns. Letters: H hexes, U units, S sides, T turns.

Unit columns are plain lists of whole numbers of length U: rules read and write single entries far more often than
whole columns, and a list answers in a fifth of the time of a NumPy scalar. Hex columns are NumPy arrays.
One table, COLUMNS, drives allocation, hashing, saving and the debug print.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from game.core.digest import digest_bytes

# status of a unit: not yet arrived, on the map, destroyed, transferred for good, on the way to another part of the map
WAITING, PRESENT, GONE, LEFT, AWAY = range(5)


@dataclass(frozen=True, slots=True)
class Column:
    """One unit column: name, unit of measure, bounds and meaning."""

    name: str
    unit: str
    low: int
    high: int
    doc: str


COLUMNS: tuple[Column, ...] = (
    Column("hex", "hex", -1, 1 << 20, "where it stands; -1 = not on the map"),
    Column("status", "code", 0, 4, "waiting, present, gone, left, on the way"),
    Column("men", "men", 0, 1 << 24, "men present"),
    Column("guns", "guns", 0, 1 << 16, "guns"),
    Column("tanks", "tanks", 0, 1 << 16, "tanks"),
    Column("morale", "permille", 0, 1000, "will to fight"),
    Column("fatigue", "permille", 0, 1000, "weariness"),
    Column("food", "1/10 day", 0, 10000, "food carried"),
    Column("ammunition", "1/10 combat day", 0, 10000, "ammunition carried"),
    Column("entrench", "1/1000 level", 0, 10000, "entrenchment"),
    Column("minutes", "min", 0, 1 << 16, "march time left in this turn"),
    Column("stance", "code", 0, 2, "delay, hold, stand"),
    Column("supply", "permille", 0, 1000, "share of its needs that last reached it"),
    Column("path", "min", -1, 1 << 24, "length of its line of communication; -1 = none"),
    Column("isolated", "turns", 0, 1 << 16, "turns on end without supply"),
    Column("command", "code", 0, 2, "full, slow, stalled"),
    Column("moved", "flag", 0, 1, "marched in this turn"),
    Column("fought", "1/1000 day", 0, 1 << 20, "combat days since its side's last administration"),
    Column("streak", "1/1000 day", 0, 1 << 20, "combat days on end"),
    Column("routed", "turns", 0, 100, "turns of rout left"),
    Column("leaderless", "turns", 0, 100, "turns that the loss of its commander is still felt (headquarters)"),
    Column("beaten", "flag", 0, 1, "retreated since its side's last administration"),
    Column("hospital", "men", 0, 1 << 24, "wounded and sick who may return"),
    Column("killed", "men", 0, 1 << 24, "dead"),
    Column("wounded", "men", 0, 1 << 24, "wounded"),
    Column("sick", "men", 0, 1 << 24, "sick"),
    Column("missing", "men", 0, 1 << 24, "missing"),
    Column("captured", "men", 0, 1 << 24, "captured"),
    Column("deserted", "men", 0, 1 << 24, "deserted or disarmed"),
    Column("arrived", "men", 0, 1 << 24, "men it brought when it arrived after the start"),
    Column("replaced", "men", 0, 1 << 24, "replacements received"),
    Column("returned", "men", 0, 1 << 24, "men back from hospital"),
)
LOSSES = ("killed", "wounded", "sick", "missing", "captured", "deserted")


class State:
    """All that changes. Make with `rules.engine.initial_state`; copy before changing a published one."""

    __slots__ = (
        *(c.name for c in COLUMNS), "turn", "side", "over", "seed", "weather", "control", "rail", "repair", "fort",
        "interdicted", "air", "pool", "stock", "progress", "gas",
    )  # fmt: skip
    hex: list[int]
    status: list[int]
    men: list[int]
    guns: list[int]
    tanks: list[int]
    morale: list[int]
    fatigue: list[int]
    food: list[int]
    ammunition: list[int]
    entrench: list[int]
    minutes: list[int]
    stance: list[int]
    supply: list[int]
    path: list[int]
    isolated: list[int]
    command: list[int]
    moved: list[int]
    fought: list[int]
    streak: list[int]
    routed: list[int]
    leaderless: list[int]
    beaten: list[int]
    hospital: list[int]
    killed: list[int]
    wounded: list[int]
    sick: list[int]
    missing: list[int]
    captured: list[int]
    deserted: list[int]
    arrived: list[int]
    replaced: list[int]
    returned: list[int]
    turn: int  # from 1
    side: int  # to move
    over: bool
    seed: int
    weather: list[int]  # by zone: north, south; index into WEATHERS
    control: npt.NDArray[np.uint8]  # (H,) side, NOBODY on water
    rail: npt.NDArray[np.uint8]  # (H,) 1 = the railway here works for whoever holds the hex
    repair: npt.NDArray[np.int32]  # (H,) metres of track mended in a hex under repair
    fort: npt.NDArray[np.int32]  # (H,) prepared defences [permille]
    interdicted: npt.NDArray[np.uint8]  # (S, H) air points against that side's supply
    air: list[int]  # (S,) air points left in this turn
    pool: list[int]  # (S,) replacement men waiting
    stock: list[int]  # per supply source [man-days]; -1 = endless
    progress: list[int]  # per objective, see rules.victory
    gas: list[int]  # uses left of each of the scenario's gas supports

    def copy(self) -> State:
        """Return an independent copy."""
        new = State()
        for name in State.__slots__:
            value = getattr(self, name)
            setattr(new, name, value.copy() if isinstance(value, (list, np.ndarray)) else value)
        return new

    def digest(self) -> str:
        """Return the fingerprint of everything that changes, the same on every machine."""
        parts: list[bytes] = []
        for name in State.__slots__:
            value = getattr(self, name)
            if isinstance(value, list):
                data = array("q", value)
                if data.itemsize != 8:
                    raise OverflowError("this platform has no 64-bit whole numbers")
                parts.append(np.asarray(data, "<i8").tobytes())
            elif isinstance(value, np.ndarray):
                parts.append(value.astype(value.dtype.newbyteorder("<"), copy=False).tobytes())
            else:
                parts.append(str(int(value)).encode())
        return digest_bytes(*parts)

    def losses(self, unit: int) -> int:
        """Return all men that a unit has lost so far."""
        return sum(getattr(self, name)[unit] for name in LOSSES)
