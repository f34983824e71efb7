"""Keyed dice: a throw is a hash of what is decided, never the next number of a stream.

Undoing a move cannot change an attack's throw, and games give the same bytes in any order on any machine.
"""

from __future__ import annotations

from hashlib import blake2b


def throw(seed: int, *key: int | str) -> int:
    """Return 64 random bits, fixed by the seed and the key (whole numbers and words)."""
    text = f"{seed}|" + "|".join(map(str, key))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def permille(seed: int, *key: int | str) -> int:
    """Return a throw in 0..999."""
    return throw(seed, *key) % 1000


def bell(bits: int) -> int:
    """Turn 64 random bits into a standard normal deviate times 1000 (sum of twelve 5-bit numbers).

    Range -6000..6000; mean 0, standard deviation 1000 to within 1 %.
    """
    total = 0
    for _ in range(12):
        total += bits & 31
        bits >>= 5
    # twelve uniforms on 0..31: mean 186, variance 12 * (32² - 1) / 12 = 1023, so a deviation of 31.98
    return (total - 186) * 1000 // 32
