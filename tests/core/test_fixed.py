"""Whole-number mathematics: near the true values, in order, and the same everywhere."""

from __future__ import annotations

import math

import pytest

from game.core.fixed import clamp, exp2_fixed, log2_fixed, lognormal, power, share

VALUES = [1, 2, 3, 7, 10, 99, 250, 500, 999, 1000, 1001, 1414, 2000, 3333, 10_000, 65_536, 1_000_000, 123_456_789]


@pytest.mark.parametrize(("value", "expected"), [(-5, 0), (0, 0), (3, 3), (10, 10), (11, 10)])
def test_clamp(value: int, expected: int) -> None:
    assert clamp(value, 0, 10) == expected


@pytest.mark.parametrize(
    ("value", "permille", "expected"),
    [(1000, 250, 250), (1, 500, 1), (1, 499, 0), (3, 500, 2), (0, 900, 0), (12_345, 1000, 12_345), (7, 2000, 14)],
)
def test_share_rounds_half_up(value: int, permille: int, expected: int) -> None:
    assert share(value, permille) == expected


@pytest.mark.parametrize("value", VALUES)
def test_log2_is_near_the_true_value(value: int) -> None:
    assert abs(log2_fixed(value) - math.log2(value / 1000) * 65536) < 2


def test_log2_of_powers_of_two_is_exact() -> None:
    assert [log2_fixed(1000 << k) for k in range(12)] == [k << 16 for k in range(12)]


def test_log2_of_nothing_counts_as_one_permille() -> None:
    assert log2_fixed(0) == log2_fixed(-8) == log2_fixed(1)


@pytest.mark.parametrize("exponent", [-10 * 65536, -65536, -30_000, -1, 0, 1, 12_345, 65535, 65536, 5 * 65536 + 77, 20 * 65536])
def test_exp2_is_near_the_true_value(exponent: int) -> None:
    true = 2 ** (exponent / 65536) * 1000
    assert abs(exp2_fixed(exponent) - true) <= 0.5 + true * 1e-6


def test_exp2_of_whole_numbers_is_exact() -> None:
    assert [exp2_fixed(k << 16) for k in range(-3, 40)] == [125, 250, 500, *(1000 << k for k in range(40))]


def test_exp2_far_below_vanishes() -> None:
    assert exp2_fixed(-300 << 16) == 0
    assert exp2_fixed(-12 << 16) == 0


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("exponent", [-1000, -500, 0, 250, 500, 1000, 1500, 2000])
def test_power_is_near_the_true_value(value: int, exponent: int) -> None:
    true = (value / 1000) ** (exponent / 1000) * 1000
    assert abs(power(value, exponent) - true) <= 1 + true * 5e-5


def test_power_of_one_and_to_the_nought() -> None:
    assert {power(1000, e) for e in range(-3000, 3001, 100)} == {1000}
    assert {power(v, 0) for v in VALUES} == {1000}


def test_lognormal_has_median_one_and_is_symmetric_in_odds() -> None:
    assert lognormal(0, 300) == lognormal(2500, 0) == 1000
    for deviate in range(-3000, 3001, 250):
        assert abs(lognormal(deviate, 300) - math.exp(deviate / 1000 * 0.3) * 1000) <= 2


def test_recorded_values_never_change() -> None:
    got = [log2_fixed(1414), exp2_fixed(12_345), power(1732, 1500), power(37, -250), lognormal(1234, 321), lognormal(-777, 150)]
    assert got == [32753, 1139, 2279, 2280, 1486, 890]


def test_properties() -> None:
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies

    @hypothesis.given(st.integers(1, 10**9), st.integers(0, 10**6))
    def log2_rises(value: int, more: int) -> None:
        assert log2_fixed(value) <= log2_fixed(value + more)

    @hypothesis.given(st.integers(-20 << 16, 30 << 16), st.integers(0, 1 << 16))
    def exp2_rises(exponent: int, more: int) -> None:
        assert exp2_fixed(exponent) <= exp2_fixed(exponent + more)

    @hypothesis.given(st.integers(20, 10**8))
    def exp2_undoes_log2(value: int) -> None:
        assert abs(exp2_fixed(log2_fixed(value)) - value) <= 1 + value * 3e-5

    @hypothesis.given(st.integers(0, 10**12), st.integers(0, 5000))
    def share_is_the_nearest(value: int, permille: int) -> None:
        assert abs(share(value, permille) * 1000 - value * permille) <= 500

    @hypothesis.given(st.integers(), st.integers(-100, 0), st.integers(0, 100))
    def clamped_lies_within(value: int, low: int, high: int) -> None:
        got = clamp(value, low, high)
        assert low <= got <= high and (got == value or not low <= value <= high)

    for check in (log2_rises, exp2_rises, exp2_undoes_log2, share_is_the_nearest, clamped_lies_within):
        check()
