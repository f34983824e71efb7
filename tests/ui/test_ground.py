"""The ground in pieces and the names on it: what is made when, what is shown meanwhile, and where names stand."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from game.model.scenario import Scenario
from game.scenario.load import load_scenario
from game.ui import namekernel, style
from game.ui.borders import province_curves
from game.ui.frame import Frame
from game.ui.ground import Ground
from game.ui.groundwork import NAMES, PIECE, PLACES, WHOLE, Key, file_of, ground_digest, make_piece
from game.ui.labels import Labels
from game.ui.namework import SCRIPTS, make_choices, names_file, read_choices, to_bytes
from game.ui.rivers import river_streams
from game.ui.routes import rail_curves
from game.ui.stacks import Standing, stacks
from game.ui.state import start_of


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Key]:
    """Return what the second process would be asked for, in order; each is taken as done when it is asked for."""
    import pygame

    pygame.display.init()
    pygame.display.set_mode((64, 64))
    found: list[Key] = []
    monkeypatch.setattr(Ground, "_ask", lambda self, key: found.append(key))
    return found


def wait_for(ground: Ground) -> None:
    until = time.monotonic() + 30
    while ground._loading and time.monotonic() < until:
        ground.poll()
        time.sleep(0.005)
    ground.poll()


def test_missing_pieces_are_asked_for_in_the_order_in_which_they_are_expected(
    tiny: Scenario, tmp_path: Path, asked: list[Key]
) -> None:
    ground = Ground(tiny, "tiny", tmp_path)
    ground.expect([(4, PLACES, 0), (4, 0, 0), WHOLE, (4, NAMES, 0)])
    for _ in range(6):
        ground.poll()
    assert asked == [(4, PLACES, 0), (4, 0, 0), WHOLE, (4, NAMES, 0)]
    ground.close()


def test_pieces_in_the_folder_are_loaded_in_the_background(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    import pygame

    make_piece(tiny, tmp_path, (2, 0, 0))
    ground = Ground(tiny, "tiny", tmp_path)
    ground.expect([(2, 0, 0)])
    wait_for(ground)
    assert (2, 0, 0) in ground.news
    assert not asked
    target = pygame.Surface((64, 64))
    assert ground.draw(target, 2, 0, 0, loads=0), "it is there without loading now"
    ground.close()


def test_a_rough_first_look_covers_the_view_at_once(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    import pygame

    ground = Ground(tiny, "tiny", tmp_path)
    target = pygame.Surface((200, 150))
    target.fill((255, 0, 255))
    assert not ground.draw(target, 4, 20, 10)
    assert not any(ground.rough.values()), "nothing can be drawn yet"
    ground.first_look(4, 20, 10, 200, 150)
    assert not ground.draw(target, 4, 20, 10)
    assert all(ground.rough.values())
    assert not (pygame.surfarray.array3d(target) == (255, 0, 255)).all(axis=2).any()
    make_piece(tiny, tmp_path, (4, 0, 0))
    sharp = pygame.Surface((200, 150))
    assert ground.draw(sharp, 4, 20, 10)
    rough, fine = (pygame.surfarray.array3d(s).astype(int) for s in (target, sharp))
    assert abs(rough - fine).mean() < 25, "the rough look shows the same land"
    ground.close()


def test_cut_railways_do_not_change_the_ground(tiny: Scenario) -> None:
    from dataclasses import replace

    broken = np.ones(tiny.map.size, np.uint8)
    assert ground_digest(tiny) == ground_digest(replace(tiny, broken_rail=broken))


def test_lines_are_the_same_in_every_frame(tiny: Scenario) -> None:
    whole = Frame(tiny.map, 40.0, 0.0, 0.0, 400, 300)
    part = Frame(tiny.map, 40.0, 120.0, 80.0, 100, 100)
    for lines in (rail_curves, province_curves):
        far, near = lines(whole), lines(part)
        assert far
        assert len(near) == len(far)
        for a, b in zip(far, near, strict=True):
            assert np.allclose(a.points - (120.0, 80.0), b.points)
    assert np.allclose(river_streams(whole)[0].curve.points - (120.0, 80.0), river_streams(part)[0].curve.points)


def test_lines_far_from_a_frame_are_left_out(tiny: Scenario) -> None:
    assert not rail_curves(Frame(tiny.map, 40.0, 5000.0, 5000.0, 100, 100))


def _labels(tiny: Scenario, folder: Path) -> Labels:
    labels = Labels(tiny, Ground(tiny, "tiny", folder))
    assert labels.ready(4, "en", wait=True)
    return labels


def _boxes(labels: Labels) -> np.ndarray:
    """Return the boxes that the placed names cover, without their halos."""
    placing = next(iter(labels._placing.values()))[1]
    return np.concatenate([placing.low + 8, placing.high - 8], axis=1)


def test_names_stand_clear_of_counters_and_move_when_they_come(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    labels = _labels(tiny, tmp_path)
    base = Frame(tiny.map, style.ZOOMS[4].hex, 0.0, 0.0, 1, 1)
    assert labels.place(4, "en", [], 1) is None, "the first time everything is new"
    free = _boxes(labels)
    assert len(free)
    assert labels.place(4, "en", [], 1) == []
    counter = stacks(tiny, base, start_of(tiny))[0].counter
    middle = (free[:, :2] + free[:, 2:]) / 2
    crowd = [Standing(counter, float(x), float(y)) for x, y in middle]
    changed = labels.place(4, "en", crowd, 2)
    assert changed, "names under the new counters go elsewhere"
    labels.close()


def test_names_do_not_cover_each_other(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    labels = _labels(tiny, tmp_path)
    labels.place(4, "en", [], 1)
    placing = next(iter(labels._placing.values()))[1]
    choices = placing.choices
    towns = [int(way) for item, way in zip(choices.item, placing.chosen, strict=True) if item >= 0 and way >= 0]
    assert len(towns) >= 2
    for n, a in enumerate(towns):
        for b in towns[n + 1 :]:
            (x0, y0, x1, y1), (u0, v0, u1, v1) = choices.boxes[choices.box_first[a]], choices.boxes[choices.box_first[b]]
            assert min(x1, u1) - max(x0, u0) <= 2 or min(y1, v1) - max(y0, v0) <= 2
    labels.close()


def test_names_chosen_by_the_compiled_kernel_are_those_of_the_plain_one(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    labels = _labels(tiny, tmp_path)
    choices = labels._choices[4, "both"]
    crowd = stacks(tiny, Frame(tiny.map, 40.0, 0.0, 0.0, 1, 1), start_of(tiny))
    compiled = labels._choose(choices, 4, crowd)
    run = namekernel.choose.run  # type: ignore[attr-defined]
    try:
        namekernel.choose.run = namekernel.choose.plain  # type: ignore[attr-defined]
        assert (labels._choose(choices, 4, crowd) == compiled).all()
    finally:
        namekernel.choose.run = run  # type: ignore[attr-defined]
    labels.close()


def test_names_are_kept_in_a_file_and_a_damaged_one_is_removed(tiny: Scenario, tmp_path: Path) -> None:
    choices = make_choices(tiny, 4, "zh")
    path = names_file(tmp_path, 4, "zh")
    path.write_bytes(to_bytes(choices))
    found = read_choices(path)
    assert found is not None
    assert (found.boxes == choices.boxes).all()
    path.write_bytes(b"rubbish")
    assert read_choices(path) is None
    assert not path.exists()


def test_towns_are_named_before_rivers_and_ranges(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    labels = Labels(tiny, Ground(tiny, "tiny", tmp_path))
    assert labels.keys_of(4, "zh") == [(4, PLACES, SCRIPTS.index("zh")), (4, NAMES, SCRIPTS.index("zh"))]
    make_piece(tiny, tmp_path, (4, PLACES, SCRIPTS.index("zh")))
    labels.look_again()
    assert labels.ready(4, "zh")
    assert (labels._choices[4, "zh"].item >= 0).all()
    assert labels.keys_of(4, "zh") == [(4, NAMES, SCRIPTS.index("zh"))]
    make_piece(tiny, tmp_path, (4, NAMES, SCRIPTS.index("zh")))
    labels.look_again()
    assert labels.ready(4, "zh")
    assert (labels._choices[4, "zh"].item < 0).any()
    assert labels.keys_of(4, "zh") == []
    labels.close()


def test_pieces_hold_whole_squares() -> None:
    from game.ui.tiles import TILE

    assert PIECE % TILE == 0
    assert file_of(Path("x"), WHOLE) != file_of(Path("x"), (0, 0, 0))


def test_the_first_picture_has_the_names_of_its_towns_at_once(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    labels = Labels(tiny, Ground(tiny, "tiny", tmp_path))
    labels.first_names((-10_000, -10_000, 20_000, 20_000), 4, "zh")
    assert labels.ready(4, "zh")
    assert len(labels._choices[4, "zh"].item)
    assert (labels._choices[4, "zh"].item >= 0).all(), "of towns only"
    assert labels.keys_of(4, "zh") == [(4, PLACES, SCRIPTS.index("zh")), (4, NAMES, SCRIPTS.index("zh"))], "the rest is wanted"
    make_piece(tiny, tmp_path, (4, NAMES, SCRIPTS.index("zh")))
    labels.look_again()
    assert labels.keys_of(4, "zh") == []
    labels.close()


def test_towns_outside_the_first_picture_are_named_later(tiny: Scenario, tmp_path: Path, asked: list[Key]) -> None:
    labels = Labels(tiny, Ground(tiny, "tiny", tmp_path))
    labels.first_names((90_000, 90_000, 10, 10), 4, "zh")
    assert not len(labels._choices[4, "zh"].item)
    make_piece(tiny, tmp_path, (4, PLACES, SCRIPTS.index("zh")))
    labels.look_again()
    assert labels.ready(4, "zh")
    assert len(labels._choices[4, "zh"].item)
    labels.close()


def test_names_come_without_a_cache_that_can_be_written(tmp_path: Path) -> None:
    """No second process and a folder that is gone: the names are worked out and used, and nothing is written."""
    scenario = load_scenario("first_steps")
    ground = Ground(scenario, "first_steps", tmp_path / "gone")
    ground.failed = True
    labels = Labels(scenario, ground)
    until = time.monotonic() + 60
    while not labels.ready(4, "en") and time.monotonic() < until:
        labels.look_again()
        time.sleep(0.02)
    assert labels.ready(4, "en")
    assert not (tmp_path / "gone").exists()
