"""Reading the hand-made part of the map: gazetteer, railways, roads, rivers, labels and edits under assets/map/source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from game.core.errors import did_you_mean, fail
from game.core.files import read_limited

LIMIT = 8_000_000  # bytes of one file
FILES = ("gazetteer", "railways", "roads", "rivers", "labels", "edits")


def load_source(folder: Path) -> dict[str, Any]:
    """Return the content of every source file by its name."""
    return {name: load_yaml(folder / f"{name}.yaml") for name in FILES}


def load_yaml(path: Path) -> Any:
    """Return the content of a YAML file; raises DataError with the line when it is none."""
    import yaml

    data = read_limited(path, LIMIT, "a source file of the map (YAML)")
    try:
        return yaml.load(data, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line, col = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise fail("yaml", f"not readable as YAML: {error.problem}", str(path), line, col) from error
    except yaml.YAMLError as error:
        raise fail("yaml", f"not readable as YAML: {error}", str(path)) from error


def point_of(entry: Any, places: dict[str, dict[str, Any]], where: str) -> tuple[float, float, str]:
    """Return (lat, lon, place id or "") of a point: a place's id or a pair of degrees."""
    if isinstance(entry, str):
        if entry not in places:
            hint = did_you_mean(entry, list(places))
            raise fail("unknown_place", f"{where} names the place {entry!r}, which the gazetteer lacks", hint=hint)
        return float(places[entry]["lat"]), float(places[entry]["lon"]), entry
    if isinstance(entry, list) and len(entry) == 2 and all(isinstance(v, int | float) for v in entry):
        return float(entry[0]), float(entry[1]), ""
    raise fail("bad_point", f"{where} has the point {entry!r}; expected a place's id or [latitude, longitude]")
