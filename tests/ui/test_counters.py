from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.model.units import CHINA, JAPAN, TYPES
from game.ui.counters import Counter, Mark, sprite
from game.ui.symbols import size_mark

BASE = Counter(JAPAN, "division", "infantry", 0, "37D", "12A", 120, 900, 1000, 0, Mark.NONE, 0)


def pixels(counter: Counter, size: float = 45.0, detail: int = 3) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    import pygame

    face = sprite(counter, size, detail).face
    return np.dstack([pygame.surfarray.array3d(face), pygame.surfarray.array_alpha(face)])


@pytest.mark.parametrize("size", [17.0, 32.0, 70.0])
def test_the_sides_differ_in_shape_and_not_only_in_colour(size: float) -> None:
    shapes = [pixels(replace(BASE, side=side), size, 1)[..., 3] > 127 for side in (JAPAN, CHINA)]
    assert shapes[0].shape == shapes[1].shape
    assert shapes[0].sum() > shapes[1].sum()  # round corners cover less
    assert np.logical_xor(*shapes).any()


def test_the_stripe_lies_at_the_left_for_japan_and_on_top_for_china() -> None:
    def stripe(side: int) -> tuple[float, float]:
        image = pixels(replace(BASE, side=side), 70.0, 4).astype(int)
        gold = (np.abs(image[..., :3] - np.array([0xEB, 0xBB, 0x4A])).sum(axis=2) < 30) & (image[..., 3] > 200)
        x, y = np.nonzero(gold)
        return float(np.ptp(x)), float(np.ptp(y))

    wide, high = stripe(JAPAN)
    assert high > 3 * wide
    wide, high = stripe(CHINA)
    assert wide > 3 * high


def test_every_type_has_its_own_symbol() -> None:
    assert len({pixels(replace(BASE, type=kind)).tobytes() for kind in TYPES}) == len(TYPES)


def test_numbers_and_marks_change_the_picture() -> None:
    changed = [
        replace(BASE, hundreds=60), replace(BASE, readiness=300), replace(BASE, supply=300), replace(BASE, supply=0),
        replace(BASE, supply=600), replace(BASE, entrenched=2), replace(BASE, stripe=5), replace(BASE, short="38D"),
        replace(BASE, echelon="corps"), replace(BASE, below=1),
        *(replace(BASE, marks=mark) for mark in Mark if mark),
    ]  # fmt: skip
    assert len({pixels(c).tobytes() for c in [BASE, *changed]}) == len(changed) + 1


def test_a_chinese_army_group_counts_as_an_army() -> None:
    assert size_mark("army_group", CHINA) == size_mark("army", JAPAN) == "XXXX"
    assert size_mark("corps", CHINA) == "XXX"
    assert size_mark("regiment", JAPAN) == "III"
