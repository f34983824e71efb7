"""Keyed dice: fixed by their key, spread evenly, and a bell that is as wide as it says."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import fmean, pstdev

import pytest

from game.core.dice import bell, permille, throw

ROOT = Path(__file__).resolve().parents[2]


# expected values from another program: printf '1|combat|3' | b2sum -l 64, read as a little-endian number
@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ((1, "combat", 3), 9576543940027902185),
        ((2, "combat", 3), 2729924525071652842),
        ((1, "weather"), 968109359206027067),
        ((1,), 14653483680848036986),
    ],
)
def test_throws_of_recorded_keys_never_change(key: tuple[int | str, ...], expected: int) -> None:
    seed, *rest = key
    assert throw(int(seed), *rest) == expected


def test_a_throw_does_not_depend_on_throws_before_it() -> None:
    first = throw(7, 1, 0, "attack")
    for turn in range(50):
        throw(7, turn, 1, "weather")
    assert throw(7, 1, 0, "attack") == first


def test_other_processes_throw_the_same() -> None:
    code = "from game.core.dice import throw; print([throw(5, t, 'morale') for t in range(20)])"
    for hash_seed in ("0", "1944"):
        out = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert out.stdout.strip() == str([throw(5, t, "morale") for t in range(20)])


def test_seed_and_every_part_of_the_key_matter() -> None:
    throws = {throw(s, a, b) for s in range(10) for a in range(10) for b in ("x", "y", "1")}
    assert len(throws) == 300


def test_parts_of_a_key_do_not_run_together() -> None:
    assert throw(1, 12, 3) != throw(1, 1, 23)
    assert throw(11, 2) != throw(1, 12)
    assert throw(1, "ab", "c") != throw(1, "a", "bc")


def test_throws_are_64_bits() -> None:
    throws = [throw(3, i) for i in range(2000)]
    assert all(0 <= t < 1 << 64 for t in throws)
    for bit in range(64):
        ones = sum(t >> bit & 1 for t in throws)
        assert 850 <= ones <= 1150, f"bit {bit}"  # 1000 ± 6.7 deviations of 22.4


def test_permille_is_even() -> None:
    values = [permille(4, i) for i in range(20_000)]
    assert min(values) == 0 and max(values) == 999
    tenths = [0] * 10
    for v in values:
        tenths[v // 100] += 1
    assert all(1800 <= n <= 2200 for n in tenths), tenths  # 2000 ± 4.7 deviations of 42


def test_bell_bounds_and_middle() -> None:
    assert bell(0) == -186 * 1000 // 32
    assert bell((1 << 60) - 1) == 186 * 1000 // 32
    half = sum((15 if i % 2 else 16) << 5 * i for i in range(12))
    assert bell(half) == 0


def test_bell_ignores_the_bits_it_does_not_need() -> None:
    assert bell(0b1111 << 60) == bell(0)


def test_bell_mean_and_deviation() -> None:
    values = [bell(throw(9, i)) for i in range(20_000)]
    assert abs(fmean(values)) < 35  # 5 deviations of 7
    assert abs(pstdev(values) - 1000) < 35
    within = sum(abs(v) <= 1000 for v in values) / len(values)
    assert 0.66 < within < 0.71  # 68 % of a normal distribution
