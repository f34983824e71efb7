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


@pytest.mark.parametrize("scenario", ["henan", "changheng", "guiliu", "ichigo", "hengyang", "west_hunan", "first_steps"])
def test_every_unit_of_every_scenario_has_its_size_mark_and_symbol(scenario: str) -> None:
    from game.scenario.load import load_scenario
    from game.ui.icons import _ICONS
    from game.ui.symbols import _PARTS

    marks = {
        (JAPAN, "front"): "XXXXX", (JAPAN, "army"): "XXXX", (CHINA, "front"): "XXXXX", (CHINA, "army_group"): "XXXX",
        (CHINA, "corps"): "XXX",
    }  # fmt: skip
    both = {"division": "XX", "brigade": "X", "regiment": "III", "battalion": "II", "company": "I", "detachment": "⊓", "air": ""}
    for spec in load_scenario(scenario).formations:
        expected = marks.get((spec.side, spec.echelon), both.get(spec.echelon))
        assert expected is not None, spec.echelon
        assert size_mark(spec.echelon, spec.side) == expected
        assert spec.type in _PARTS and spec.type in _ICONS
        if spec.name.zh[-1:] == "军" and spec.side == CHINA and spec.echelon == "corps":
            assert expected == "XXX"
        if spec.name.zh[-3:] == "集团军":
            assert size_mark(spec.echelon, spec.side) == "XXXX"


def test_simple_counters_have_their_own_icons_and_no_designation() -> None:
    plain = replace(BASE, simple=True)
    assert len({pixels(replace(plain, type=kind)).tobytes() for kind in TYPES}) == len(TYPES)
    assert (pixels(plain) == pixels(replace(plain, short="38D", echelon="corps"))).all()
    assert (pixels(plain) != pixels(replace(plain, hundreds=60))).any()
    assert (pixels(plain) != pixels(BASE)).any()


def test_a_designation_of_six_letters_is_not_cut() -> None:
    assert (pixels(replace(BASE, short="2/568")) != pixels(replace(BASE, short="2/56"))).any()


@pytest.mark.parametrize("size", [32.0, 45.0, 70.0])
def test_a_disrupted_unit_bears_a_letter_beside_its_hatching(size: float) -> None:
    image = pixels(replace(BASE, marks=Mark.DISRUPTED), size, 4).astype(int)
    yellow = (np.abs(image[..., :3] - np.array([0xFF, 0xE0, 0x66])).sum(axis=2) < 60) & (image[..., 3] > 200)
    assert yellow.any()
    assert not (np.abs(pixels(BASE, size, 4).astype(int)[..., :3] - np.array([0xFF, 0xE0, 0x66])).sum(axis=2) < 60).any()
