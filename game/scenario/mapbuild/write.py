"""Writing the built map: arrays in an .npz whose bytes depend on nothing but the map, the rest in JSON beside it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from game.core.digest import digest_bytes
from game.core.files import write_whole
from game.model.hexmap import Label, Line, Place
from game.scenario.mapfile import FORMAT, MAGIC


def pack_arrays(arrays: dict[str, npt.NDArray[Any]]) -> bytes:
    """Return the arrays as .npz, with fixed dates so that the same map gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for name in sorted(arrays):
            member = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            data = io.BytesIO()
            np.lib.format.write_array(data, np.ascontiguousarray(arrays[name]), version=(1, 0), allow_pickle=False)
            z.writestr(member, data.getvalue(), compresslevel=9)
    return out.getvalue()


def write_map(out: Path, name: str, arrays: dict[str, npt.NDArray[Any]], head: dict[str, Any]) -> Path:
    """Write name.npz and name.json into the folder `out`; return the path of the JSON file."""
    out.mkdir(parents=True, exist_ok=True)
    packed = pack_arrays(arrays)
    whole = {"magic": MAGIC, "format": FORMAT, "id": name, "arrays_digest": digest_bytes(packed), **head}
    write_whole(out / f"{name}.npz", packed)
    write_whole(out / f"{name}.json", _json(whole))
    return out / f"{name}.json"


def _json(whole: dict[str, Any]) -> bytes:
    """Return the head as JSON: one place, line or label to a text line, so that changes can be read in a diff."""
    parts = []
    for key, value in whole.items():
        if key in ("places", "lines", "labels"):
            rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in value)
            parts.append(f'"{key}":[\n{rows}\n]')
        else:
            parts.append(f'"{key}":{json.dumps(value, ensure_ascii=False, separators=(",", ":"))}')
    return ("{" + ",\n".join(parts) + "}\n").encode()


def place_row(p: Place) -> list[Any]:
    """Return a place as the JSON file keeps it."""
    return [p.id, p.name_en, p.name_zh, p.kind, p.lat, p.lon, p.hex, p.rank, int(p.airfield), p.accuracy, p.province]


def line_row(n: Line) -> list[Any]:
    """Return a line as the JSON file keeps it."""
    return [n.id, n.name_en, n.name_zh, n.kind, list(n.hexes), list(n.sides), n.grade]


def label_row(n: Label) -> list[Any]:
    """Return a label as the JSON file keeps it."""
    return [n.text_en, n.text_zh, n.kind, n.lat, n.lon, n.angle, n.rank]
