"""Choosing a place for every name of the map at once, the most important first: names dodge counters, signs and each other."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from game.core.jit import kernel

F32 = npt.NDArray[np.float32]
I64 = npt.NDArray[np.int64]
CELL = 64  # side of the squares by which boxes are found [px]


@kernel
def choose(
    taken: F32, order: I64, first: I64, base: F32, box_first: I64, boxes: F32, most_over: F32, limit: F32, group: I64, at: F32,
    gap: F32, anchor: F32, heads: I64, links: I64, owners: I64, store: F32, cells: int, chosen: I64,
) -> None:  # fmt: skip
    """Fill `chosen` (I,) with a candidate for each item, -1 where none has room.

    Args:
        taken: (T, 4) boxes that are taken from the start: left, top, right, bottom [px].
        order: (I,) items, the most important first.
        first: (I + 1,) where an item's candidates begin; candidates lie in order of their base cost.
        base: (C,) cost of a candidate before crowding.
        box_first: (C + 1,) where a candidate's boxes begin.
        boxes: (B, 4) what a candidate covers [px].
        most_over: (I,) share of a box that may be covered already.
        limit: (I,) highest cost that is accepted.
        group: (I,) equal for labels of the same name, -1 = none.
        at: (I, 2) where a label belongs [px].
        gap: (I,) how far from `at` the same name must stand for it to be written again [px].
        anchor: (C, 2) where a candidate begins [px].
        heads: (cells * rows,) filled with -1: the table of taken boxes by square, whose lists run through links.
        links: room for entries, see `squares`.
        owners: as long as links.
        store: (T + B, 4) room for the taken boxes.
        cells: columns of the table.
        chosen: the result.
    """
    rows = len(heads) // cells
    used, count = 0, 0
    for step in range(len(taken) + len(order)):
        if step < len(taken):
            low, high = step, step + 1
            source = taken
        else:
            item = order[step - len(taken)]
            chosen[item] = -1
            again = False
            if group[item] >= 0:
                for other in range(len(order)):
                    if other != item and group[other] == group[item] and chosen[other] >= 0:
                        dx, dy = anchor[chosen[other], 0] - at[item, 0], anchor[chosen[other], 1] - at[item, 1]
                        if dx * dx + dy * dy < gap[item] * gap[item]:
                            again = True
            if again:
                continue
            best, found = limit[item], -1
            for c in range(first[item], first[item + 1]):
                if base[c] >= best:
                    break
                cost = base[c]
                for b in range(box_first[c], box_first[c + 1]):
                    x0, y0, x1, y1 = boxes[b, 0], boxes[b, 1], boxes[b, 2], boxes[b, 3]
                    covered = 0.0
                    i0, i1 = max(int(x0) // 64, 0), min(int(x1) // 64, cells - 1)
                    j0, j1 = max(int(y0) // 64, 0), min(int(y1) // 64, rows - 1)
                    for j in range(j0, j1 + 1):
                        for i in range(i0, i1 + 1):
                            k = heads[j * cells + i]
                            while k >= 0:
                                o = owners[k]
                                w = min(x1, store[o, 2]) - max(x0, store[o, 0])
                                h = min(y1, store[o, 3]) - max(y0, store[o, 1])
                                # a box that lies in several squares counts in the first one that both share
                                i2, j2 = max(int(store[o, 0]) // 64, i0), max(int(store[o, 1]) // 64, j0)
                                if w > 0 and h > 0 and i2 == i and j2 == j:
                                    covered += w * h
                                k = links[k]
                    share = covered / max((x1 - x0) * (y1 - y0), 1.0)
                    if share > most_over[item]:
                        cost = 1e9
                        break
                    cost += 80 * share
                if cost < best:
                    best, found = cost, c
            chosen[item] = found
            if found < 0:
                continue
            low, high = box_first[found], box_first[found + 1]
            source = boxes
        for b in range(low, high):
            for q in range(4):
                store[count, q] = source[b, q]
            i0, i1 = max(int(source[b, 0]) // 64, 0), min(int(source[b, 2]) // 64, cells - 1)
            j0, j1 = max(int(source[b, 1]) // 64, 0), min(int(source[b, 3]) // 64, rows - 1)
            for j in range(j0, j1 + 1):
                for i in range(i0, i1 + 1):
                    links[used] = heads[j * cells + i]
                    owners[used] = count
                    heads[j * cells + i] = used
                    used += 1
            count += 1


def squares(boxes: F32) -> int:
    """Return an upper bound of the squares that boxes (N, 4) touch together."""
    if not len(boxes):
        return 0
    wide = (boxes[:, 2] - boxes[:, 0]) // CELL + 2
    high = (boxes[:, 3] - boxes[:, 1]) // CELL + 2
    return int((wide * high).sum())


def warm() -> None:
    """Have the kernel compiled and kept on the disk, so that the window does not wait for it."""
    none, no = np.zeros((0, 4), np.float32), np.zeros(0, np.int64)
    few, one = np.zeros(0, np.float32), np.zeros(1, np.int64)
    pairs = np.zeros((0, 2), np.float32)
    heads, links, store = np.full(1, -1, np.int64), np.zeros(1, np.int64), np.zeros((1, 4), np.float32)
    choose(none, no, one, few, one, none, few, few, no, pairs, few, pairs, heads, links, links.copy(), store, 1, no.copy())


__all__ = ["CELL", "choose", "squares", "warm"]
