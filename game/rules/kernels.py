"""The compiled cores: quickest ways over hexes, and what is seen. The same functions run as plain Python.

All arrays are C-contiguous; costs are whole minutes; ties are broken by hex number, so results are the same everywhere.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.jit import kernel

I32 = npt.NDArray[np.int32]
I8 = npt.NDArray[np.int8]
U8 = npt.NDArray[np.uint8]


@kernel
def ways(
    seeds: I32,
    first: I32,
    cost: I32,
    neighbours: I32,
    closed: U8,
    zoc: U8,
    extra: I32,
    leave: int,
    enter: int,
    limit: int,
    block: int,
) -> tuple[I32, I32, I8]:
    """Return the quickest ways from some hexes to all others (Dijkstra on a binary heap).

    seeds: (N,) hexes; first: (N,) minutes to begin with. cost: (H, 6) minutes to leave hex h by side d; `block` or more bars it.
    closed: (H,) 1 where a way ends, 2 where it may not enter. zoc: (H,) non-zero in zones of control, which cost `leave` and
    `enter` minutes. extra: (H,) more minutes to enter. limit: longest way that counts.

    Returns (H,) int32 minutes (-1 = none), (H,) int32 which seed serves the hex, (H,) int8 direction it came by.
    """
    size = cost.shape[0]
    dist = np.full(size, -1, np.int32)
    origin = np.full(size, -1, np.int32)
    came = np.full(size, -1, np.int8)
    # heap of keys minutes * 2**20 + hex; the seeds go in one by one before the first is taken out
    heap = np.empty(6 * size + seeds.shape[0] + 8, np.int64)
    count = 0
    seed = 0
    while True:
        if seed < seeds.shape[0]:
            at = seeds[seed]
            total = first[seed]
            if dist[at] >= 0 and dist[at] <= total:
                seed += 1
                continue
            dist[at] = total
            origin[at] = seed
            seed += 1
            pushes = 1
            here = np.int64(at)
        else:
            if count == 0:
                break
            top = heap[0]
            count -= 1
            last = heap[count]
            i = 0
            while True:
                child = 2 * i + 1
                if child >= count:
                    break
                if child + 1 < count and heap[child + 1] < heap[child]:
                    child += 1
                if heap[child] >= last:
                    break
                heap[i] = heap[child]
                i = child
            heap[i] = last
            here = np.int64(top & 0xFFFFF)
            used = np.int64(top >> 20)
            if used > dist[here] or closed[here] == 1:
                continue
            pushes = 6
        for d in range(pushes):
            if pushes == 1:
                key = np.int64(total) * 1048576 + here
            else:
                step = cost[here, d]
                there = neighbours[here, d]
                if there < 0 or step >= block or closed[there] == 2:
                    continue
                total = used + step + extra[there]
                if zoc[here] != 0:
                    total += leave
                if zoc[there] != 0:
                    total += enter
                if total > limit or (dist[there] >= 0 and dist[there] <= total):
                    continue
                dist[there] = total
                origin[there] = origin[here]
                came[there] = d
                key = np.int64(total) * 1048576 + there
            i = count
            count += 1
            while i > 0:
                parent = (i - 1) // 2
                if heap[parent] <= key:
                    break
                heap[i] = heap[parent]
                i = parent
            heap[i] = key
    return dist, origin, came


def reach(
    start: int, budget: int, cost: I32, neighbours: I32, zoc: U8, enemy: U8, extra: I32, leave: int, enter: int, block: int
) -> tuple[I32, I8]:
    """Return what a unit can reach: (H,) int32 minutes used (-1 = out of reach) and (H,) int8 direction it came by.

    zoc, enemy: (H,) non-zero in enemy zones of control and on known enemies; the rest as in `ways`.
    """
    seeds, closed = np.array([start], np.int32), (enemy > 0).view(np.uint8) * np.uint8(2)
    dist, _, came = ways(seeds, np.zeros(1, np.int32), cost, neighbours, closed, zoc, extra, leave, enter, budget, block)
    return dist, came


def field(seeds: I32, first: I32, cost: I32, neighbours: I32, closed: U8, limit: int, block: int) -> tuple[I32, I32]:
    """Return distances from many hexes at once: (H,) int32 minutes (-1 = none) and (H,) int32 which seed serves the hex."""
    size = len(cost)
    dist, origin, _ = ways(
        seeds, first, cost, neighbours, closed, np.zeros(size, np.uint8), np.zeros(size, np.int32), 0, 0, limit, block
    )
    return dist, origin


@kernel
def spread(hexes: I32, radius: int, neighbours: I32, mask: U8) -> int:
    """Set mask (H,) to 1 within `radius` hexes of each of some hexes (N,); return how many hexes were newly set."""
    size = neighbours.shape[0]
    queue = np.empty(size, np.int32)
    depth = np.full(size, -1, np.int32)
    new = 0
    for n in range(hexes.shape[0]):
        head = 0
        tail = 1
        queue[0] = hexes[n]
        depth[hexes[n]] = 0
        while head < tail:
            here = queue[head]
            head += 1
            if mask[here] == 0:
                mask[here] = 1
                new += 1
            if depth[here] == radius:
                continue
            for d in range(6):
                there = neighbours[here, d]
                if there >= 0 and depth[there] < 0:
                    depth[there] = depth[here] + 1
                    queue[tail] = there
                    tail += 1
        for k in range(tail):
            depth[queue[k]] = -1
    return new


@kernel
def influence(hexes: I32, values: I32, radius: int, neighbours: I32, out: I32) -> int:
    """Add values to out (H,), halved with every hex of distance from their hexes up to `radius`; return the hexes touched.

    hexes, values: (N,).
    """
    size = neighbours.shape[0]
    queue = np.empty(size, np.int32)
    depth = np.full(size, -1, np.int32)
    touched = 0
    for n in range(hexes.shape[0]):
        head = 0
        tail = 1
        queue[0] = hexes[n]
        depth[hexes[n]] = 0
        while head < tail:
            here = queue[head]
            head += 1
            out[here] += values[n] >> depth[here]
            touched += 1
            if depth[here] == radius:
                continue
            for d in range(6):
                there = neighbours[here, d]
                if there >= 0 and depth[there] < 0:
                    depth[there] = depth[here] + 1
                    queue[tail] = there
                    tail += 1
        for k in range(tail):
            depth[queue[k]] = -1
    return touched


def way_back(start: int, goal: int, came: Any, neighbours: Any) -> tuple[int, ...]:
    """Return the path start..goal from a `reach` result's directions; empty when there is none."""
    path = [goal]
    here = goal
    while here != start:
        d = int(came[here])
        if d < 0:
            return ()
        here = int(neighbours[here, (d + 3) % 6])
        path.append(here)
    path.reverse()
    return tuple(path)
