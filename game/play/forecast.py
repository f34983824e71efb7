"""What an attack may bring: the engine itself fights it many times, on a copy, with dice of the forecast's own.

The throws come from a sequence that fills the square of luck and throw evenly, so that few samples give steady shares.
They are keyed by the word "forecast" and the sample's number, never by the game's seed: a forecast is the same however
the game's dice will fall, and cannot tell how they will. Enemies whom the side does not see are taken off the copy
before the first sample; those it sees count with the numbers that `combat.assess` uses. The ways back to the enemy's
depots are those of its last administration, as in the engine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.core import dice
from game.core.fixed import clamp
from game.model.events import Event, Factor, Value
from game.model.orders import Attack
from game.model.state import WAITING
from game.rules.battle import resolve, with_luck
from game.rules.combat import Assessment, assess
from game.rules.world import World

SAMPLES = 200
# what becomes of the defenders, from best to worst for them; "trapped" = beaten, but nowhere to go, so they stay
FATES = ("hold", "trapped", "retreat", "rout", "lost")
HOLD, TRAPPED, RETREAT, ROUT, LOST = range(5)
FATE_OF = {"retreat": RETREAT, "rout": ROUT, "surrender": LOST, "dispersed": LOST}
WORD = (1 << 64) - 1
STEPS = (0xC13FA9A902A6328F, 0x91E10DA5C79E7B1D)  # the two irrational steps of the R2 sequence (M. Roberts 2018) x 2**64
LUCKS = 16  # points at which the spread of luck is added up

Range = tuple[int, int, int]  # 10 %, 50 % and 90 % of the samples lie at or below


@dataclass(frozen=True, slots=True)
class UnitOutlook:
    """What the fight means for one unit."""

    unit: int
    lost: Range  # [permille of its men]
    morale: Range  # change [permille]
    ammunition: int  # spent [1/10 combat day]
    fatigue: int  # added [permille]
    gone: int  # share of the samples in which it is destroyed [permille]


@dataclass(frozen=True, slots=True)
class Forecast:
    """The spread of an attack's results. Shares are counts of samples; `share` turns them into permille."""

    plan: Assessment
    samples: int  # fought so far
    fates: tuple[int, ...]  # samples by what becomes of most defenders, see FATES
    taken: int  # samples in which an attacker enters the hex
    attackers_lost: Range  # [men]
    defenders_lost: Range  # [men], as far as the strength seen goes
    goes: tuple[tuple[int, int], ...]  # (hex, share of the units that fall back [permille]), the most likely first
    units: tuple[UnitOutlook, ...]  # attackers, then defenders
    chance: int  # that the defenders give ground, luck counted [permille]
    luck: Range  # factor on the ratio [permille]

    def share(self, count: int) -> int:
        """Return a count of samples in permille."""
        return (count * 1000 + self.samples // 2) // max(1, self.samples)

    def outlook(self, unit: int) -> UnitOutlook:
        """Return what the fight means for a unit that takes part."""
        return next(u for u in self.units if u.unit == unit)

    def factors(self) -> tuple[Factor, ...]:
        """Return how the chance comes about: before luck, what luck does to the ratio, and with it."""
        return (
            Factor("chance to give ground before luck", self.plan.give_way, "="),
            Factor("luck, one time in ten below", self.luck[0]),
            Factor("luck, one time in ten above", self.luck[2]),
            Factor("chance to give ground with luck", self.chance, "="),
        )


class Rehearsal(World):
    """A copy of a world on which one attack can be fought again and again; each time all is put back."""

    def __init__(self, world: World, hidden: Sequence[int]) -> None:
        self.__dict__.update(world.__dict__)
        self.state = world.state.copy()
        self.state.seed = 0
        self.stacks = list(world.stacks)
        self.occupied, self.control_zone = world.occupied.copy(), world.control_zone.copy()
        self.sighted, self.events = world.sighted.copy(), []
        self.sample = 0
        self._touched: dict[int, list[int]] = {}
        for unit in hidden:
            self.place(unit, -1)
            self.state.status[unit] = WAITING
        self._touched.clear()
        self._before = (self.state, self.occupied.copy(), self.control_zone.copy(), self.sighted.copy())

    def again(self, sample: int) -> None:
        """Put everything back and take the dice of a sample."""
        self.sample = sample
        for where, stack in self._touched.items():
            self.stacks[where] = stack
        self._touched.clear()
        state, self.occupied[:], self.control_zone[:], self.sighted[:] = self._before
        self.state = state.copy()
        self.events = []

    def place(self, unit: int, where: int) -> None:
        """Move a unit as the game does; the stacks it leaves and joins are noted for `again`."""
        for at in (self.state.hex[unit], where):
            if at >= 0 and at not in self._touched:
                self._touched[at] = self.stacks[at]
                self.stacks[at] = list(self.stacks[at])
        super().place(unit, where)

    def throw(self, *key: int | str) -> int:
        """Return a throw 0..999 of this sample."""
        if key[-1] == "ground":
            return (_point(self.sample, 1) * 1000) >> 64
        return dice.permille(0, "forecast", self.sample, *key)

    def bell(self, *key: int | str) -> int:
        """Return this sample's luck, a normal deviate x 1000."""
        return bell_at(_point(self.sample, 0))

    def tell(self, kind: str, data: dict[str, Value], factors: tuple[Factor, ...] = (), side: int | None = None) -> Event:
        """Keep what tells a unit's fate, without its factors."""
        event = Event(self.state.turn, self.state.side if side is None else side, kind, data)
        if kind in FATE_OF or kind in ("battle", "advance"):
            self.events.append(event)
        return event


def _point(sample: int, axis: int) -> int:
    """Return where a sample lies on an axis [2**-64]."""
    return ((sample + 1) * STEPS[axis]) & WORD


@lru_cache(maxsize=1)
def _bell_counts() -> tuple[int, ...]:
    """Return how many of the 2**60 throws of `dice.bell` give each sum of its twelve numbers, or a lower one."""
    counts = np.ones(1, np.int64)
    for _ in range(12):
        counts = np.convolve(counts, np.ones(32, np.int64))
    return tuple(int(c) for c in np.cumsum(counts))


def bell_at(point: int) -> int:
    """Return the deviate of `dice.bell` below which a share of its throws lies [x 1000]; point: the share [2**-64]."""
    from bisect import bisect_right

    return (bisect_right(_bell_counts(), point >> 4) - 186) * 1000 // 32


def chance_with_luck(world: World, plan: Assessment) -> int:
    """Return the chance that the defenders give ground, averaged over the spread of luck [permille]."""
    total = sum(with_luck(world, plan, bell_at((2 * n + 1) * (1 << 63) // LUCKS))[1] for n in range(LUCKS))
    return (total + LUCKS // 2) // LUCKS


class Forecaster:
    """Fights an attack sample by sample: call `step` until `done`, in slices if need be; `result` at any time.

    Args:
        world: the game; it is not changed.
        side: whose forecast it is.
        known: enemy units that the side sees.
        estimate: men that the side sees in the target, 0 = the true number.
        order: the attack; it need not be legal, but gas must be there to be spent.
        samples: how often it is fought.
    """

    def __init__(
        self, world: World, side: int, known: Sequence[int], estimate: int, order: Attack, samples: int = SAMPLES
    ) -> None:
        seen = set(known)
        hidden = [u for u in world.present(1 - side) if u not in seen]
        self.order, self.samples = order, samples
        self._world = Rehearsal(world, hidden)
        self.plan = assess(self._world, order)
        state = self._world.state
        self._men = {u: state.men[u] for u in (*self.plan.attackers, *self.plan.defenders)}
        self._start = state
        self._chance = chance_with_luck(self._world, self.plan)
        self._estimate = estimate
        self._fates = [0] * len(FATES)
        self._taken = 0
        self._lost: dict[int, list[int]] = {u: [] for u in self._men}
        self._morale: dict[int, list[int]] = {u: [] for u in self._men}
        self._gone: Counter[int] = Counter()
        self._goes: Counter[int] = Counter()
        self._wear: dict[int, tuple[int, int]] = {}
        self._chances: list[int] = []
        self._lucks: list[int] = []

    @property
    def done(self) -> bool:
        """Return whether all samples have been fought."""
        return len(self._chances) >= self.samples

    def step(self, count: int = 1) -> None:
        """Fight some more samples."""
        for _ in range(min(count, self.samples - len(self._chances))):
            self._world.again(len(self._chances))
            resolve(self._world, self.order)
            self._note()

    def _note(self) -> None:
        """Count what a sample has brought."""
        world, state = self._world, self._world.state
        fates = dict.fromkeys(self.plan.defenders, HOLD)
        for event in world.events:
            unit, kind = event.data.get("unit"), event.kind
            if kind == "battle":
                self._chances.append(int(str(event.data["chance"])))
                self._lucks.append(int(str(event.data["luck"])))
            elif kind == "advance":
                self._taken += 1
            elif isinstance(unit, int) and unit in fates:
                trapped = bool(event.data.get("trapped"))
                fates[unit] = max(fates[unit], TRAPPED if trapped else FATE_OF[kind])
                if kind == "retreat" and not trapped:
                    self._goes[int(str(event.data["to"]))] += 1
        self._fates[self._common(fates)] += 1
        for unit, men in self._men.items():
            self._lost[unit].append(men - state.men[unit])
            self._morale[unit].append(state.morale[unit] - self._start.morale[unit])
            self._gone[unit] += fates.get(unit) == LOST
        if not self._wear:
            for unit in self._men:
                spent = self._start.ammunition[unit] - state.ammunition[unit]
                self._wear[unit] = (spent, state.fatigue[unit] - self._start.fatigue[unit])

    def _common(self, fates: dict[int, int]) -> int:
        """Return what becomes of most of the defenders' men."""
        men = [0] * len(FATES)
        for unit, fate in fates.items():
            men[fate] += self._men[unit] + 1
        return max(range(len(FATES)), key=lambda f: (men[f], f)) if fates else HOLD

    def result(self) -> Forecast:
        """Return what the samples so far have brought; at least one is fought."""
        if not self._chances:
            self.step()
        plan, count = self.plan, len(self._chances)
        sums = [[sum(self._lost[u][n] for u in units) for n in range(count)] for units in (plan.attackers, plan.defenders)]
        true = max(1, sum(self._men[u] for u in plan.defenders))
        seen = self._estimate or true
        away = max(1, sum(self._goes.values()))
        goes = sorted(((h, n * 1000 // away) for h, n in self._goes.items()), key=lambda g: (-g[1], g[0]))
        low, middle, high = spread(sums[1])
        return Forecast(
            plan, count, tuple(self._fates), self._taken, spread(sums[0]),
            (low * seen // true, middle * seen // true, high * seen // true), tuple(goes),
            tuple(self._outlook(u) for u in self._men), self._chance, spread(self._lucks),
        )  # fmt: skip

    def _outlook(self, unit: int) -> UnitOutlook:
        men = max(1, self._men[unit])
        low, middle, high = spread(self._lost[unit])
        spent, tired = self._wear[unit]
        gone = self._gone[unit] * 1000 // len(self._chances)
        lost = (low * 1000 // men, middle * 1000 // men, high * 1000 // men)
        return UnitOutlook(unit, lost, spread(self._morale[unit]), spent, tired, gone)


def spread(values: Sequence[int]) -> Range:
    """Return the 10 %, 50 % and 90 % points of some values."""
    ordered, last = sorted(values), len(values) - 1
    low, middle, high = (ordered[clamp((len(values) * p) // 100, 0, last)] for p in (10, 50, 90))
    return low, middle, high
