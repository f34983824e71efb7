"""Digests: recorded values hold, and parts do not run together."""

from __future__ import annotations

import pytest

from game.core.digest import digest_bytes


def test_recorded_digests_never_change() -> None:
    # expected values from another program, b2sum -l 128
    assert digest_bytes() == "cae66941d9efbd404e4d88758ea67670"
    assert digest_bytes(b"ichi-go", b"1944") == "76763b9c76b36f73dafd6917cabb9408"


def test_form() -> None:
    text = digest_bytes(b"x")
    assert len(text) == 32 and set(text) <= set("0123456789abcdef")


def test_parts_do_not_run_together() -> None:
    same_bytes = [(b"abc",), (b"ab", b"c"), (b"a", b"bc"), (b"a", b"b", b"c"), (b"abc", b""), (b"", b"abc")]
    assert len({digest_bytes(*parts) for parts in same_bytes}) == len(same_bytes)


def test_one_changed_bit_changes_the_digest() -> None:
    hypothesis = pytest.importorskip("hypothesis")
    st = hypothesis.strategies

    @hypothesis.given(st.binary(min_size=1, max_size=200), st.integers(0), st.integers(0, 7))
    def check(data: bytes, place: int, bit: int) -> None:
        other = bytearray(data)
        other[place % len(data)] ^= 1 << bit
        assert digest_bytes(bytes(other)) != digest_bytes(data)

    check()
