"""Whole-number mathematics: shares in permille (1000 = one) and powers without floating point.

Floats from the C library's pow and exp differ between machines; these functions do not.
"""

from __future__ import annotations

_FRAC = 16
_UNIT = 1 << _FRAC


def clamp(value: int, low: int, high: int) -> int:
    """Return value moved into low..high."""
    return low if value < low else high if value > high else value


def share(value: int, permille: int) -> int:
    """Return value x permille / 1000, rounded half up for value >= 0."""
    return (value * permille + 500) // 1000


def log2_fixed(value: int) -> int:
    """Return log2(value / 1000) x 65536 for value >= 1 [permille]."""
    if value < 1:
        value = 1
    # x = value / 1000 scaled to 2**46, then halve or double into 1..2 and square for the bits
    x = (value << 46) // 1000
    whole = x.bit_length() - 47
    x = x >> whole if whole >= 0 else x << -whole
    result = whole << _FRAC
    x >>= 16  # 30 bits after the point
    for bit in range(_FRAC - 1, -1, -1):
        x = (x * x) >> 30
        if x >= 1 << 31:
            x >>= 1
            result += 1 << bit
    return result


# 2**(2**-k) x 2**30 for k = 1..16, computed once by repeated integer square roots
def _roots() -> tuple[int, ...]:
    from math import isqrt

    values, x = [], 2 << 30
    for _ in range(_FRAC):
        x = isqrt(x << 30)
        values.append(x)
    return tuple(values)


_ROOTS = _roots()


def exp2_fixed(exponent: int) -> int:
    """Return 2**(exponent / 65536) x 1000 [permille], rounded half up."""
    whole, frac = exponent >> _FRAC, exponent & (_UNIT - 1)
    x = 1 << 30
    for k in range(_FRAC):
        if frac & (1 << (_FRAC - 1 - k)):
            x = (x * _ROOTS[k]) >> 30
    x *= 1000
    shift = 30 - whole
    if shift <= 0:
        return x << -shift
    if shift > 200:
        return 0
    return (x + (1 << (shift - 1))) >> shift


def power(value: int, exponent: int) -> int:
    """Return (value/1000) ** (exponent/1000) in permille, for value >= 1."""
    return exp2_fixed(log2_fixed(value) * exponent // 1000)


def lognormal(deviate: int, sigma: int) -> int:
    """Return exp(sigma x deviate) in permille; deviate x 1000, sigma in permille. Median 1000."""
    # exp(y) = 2**(y / ln 2); 1 / ln 2 = 1.442695 -> 94548 / 65536
    return exp2_fixed(deviate * sigma * 94548 // 1_000_000)
