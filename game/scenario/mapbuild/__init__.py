"""Building the map from the geodata pack and the hand-made source files (gazetteer, railways, roads, rivers, edits)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def build_map(
    geo: Path, history: Path | None, out: Path, spacing_km: float = 10.0, progress: Callable[[str], None] | None = None
) -> Path:
    """Build the theatre's map and write it to the folder `out`; return the path of its JSON file.

    Args:
        geo: the folder of the geodata pack.
        history: the folder of the dossier, or None; given, the gazetteer is compared with its places.
        out: the folder to write to.
        spacing_km: between hex centres [km].
        progress: called with a sentence for each step and each finding.
    """
    from game.scenario.mapbuild.build import build

    return build(geo, history, out, spacing_km, progress or (lambda _line: None))
