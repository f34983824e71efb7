"""The files of a scenario, read and checked one by one: the entry, the forces, the plans, the objectives and the record."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from game.core.errors import DataError, Problem, did_you_mean, fail
from game.core.paths import data_folder
from game.model.units import SIDES
from game.scenario import schema, validate
from game.scenario.yamlio import Document, read_yaml

ENTRY = "scenario.yaml"


@dataclass(frozen=True)
class Part:
    """A file and the place in it that something was read from."""

    document: Document
    path: tuple[str | int, ...]

    def at(self, *steps: str | int) -> Part:
        """Return a place below this one."""
        return Part(self.document, (*self.path, *steps))

    def problem(self, code: str, message: str, hint: str = "") -> Problem:
        """Return a problem at this place."""
        return self.document.problem(code, message, self.path, hint)


@dataclass(frozen=True)
class Bundle:
    """All files of one scenario, as their models."""

    folder: Path
    entry: schema.ScenarioFile
    entry_file: Document
    forces: tuple[tuple[Document, schema.ForcesFile], ...]  # Japan's files first
    plans: schema.PlansFile
    plans_file: Document
    objectives: schema.ObjectivesFile
    objectives_file: Document
    record: schema.RecordFile
    record_file: Document

    def documents(self) -> list[Document]:
        """Return every file, the entry first."""
        return [self.entry_file, *(d for d, _ in self.forces), self.plans_file, self.objectives_file, self.record_file]

    def entry_at(self, *path: str | int) -> Part:
        """Return a place in scenario.yaml."""
        return Part(self.entry_file, path)


def find_scenarios() -> list[tuple[str, Path]]:
    """Return (id, entry file) of every scenario that comes with the game, by id."""
    return sorted((p.parent.name, p) for p in data_folder("scenarios").glob(f"*/{ENTRY}"))


def entry_path(path_or_id: str | Path) -> Path:
    """Return the entry file of a scenario given by its id, its folder or its entry file; raises DataError if there is none."""
    if isinstance(path_or_id, str):
        known = dict(find_scenarios())
        if path_or_id in known:
            return known[path_or_id]
        if not _looks_like_path(path_or_id):
            hint = did_you_mean(path_or_id, list(known)) or f"known: {', '.join(known)}; or give the path of a folder"
            raise fail("unknown_scenario", f"there is no scenario {path_or_id[:60]!r}", hint=hint)
    path = Path(path_or_id)
    try:
        return path / ENTRY if path.is_dir() else path
    except OSError:
        return path


def _looks_like_path(text: str) -> bool:
    if "/" in text or "\\" in text or text.endswith((".yaml", ".yml")):
        return True
    try:
        return Path(text).is_dir()
    except (OSError, ValueError):
        return False


def read_bundle(path: Path) -> tuple[Bundle | None, list[Problem]]:
    """Return the files of a scenario and the problems of each; None when one of them cannot be used at all."""
    reader = _Reader(path.parent)
    entry = reader.read(path.name, schema.ScenarioFile, "a scenario file")
    if entry is None:
        return None, reader.problems
    files = entry[1].files
    forces = [reader.read(name, schema.ForcesFile, "a file of formations") for name in files.forces]
    plans = reader.read(files.plans, schema.PlansFile, "a file of plans")
    objectives = reader.read(files.objectives, schema.ObjectivesFile, "a file of objectives")
    record = reader.read(files.record, schema.RecordFile, "a file of historical events")
    good = [f for f in forces if f is not None]
    if plans is None or objectives is None or record is None or len(good) < len(forces):
        return None, reader.problems
    good.sort(key=lambda pair: SIDES.index(pair[1].side))
    bundle = Bundle(
        path.parent, entry[1], entry[0], tuple(good), plans[1], plans[0], objectives[1], objectives[0], record[1], record[0]
    )  # fmt: skip
    return bundle, reader.problems


class _Reader:
    """Reads files of one folder; `problems` gathers what is wrong in any of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.seen: dict[str, Document] = {}

    def read(self, name: str, model: type[validate.M], what: str) -> tuple[Document, validate.M] | None:
        """Return a file and its model, or None after noting its problems."""
        try:
            document = read_yaml(self.folder / name, what)
        except DataError as error:
            self.problems += error.problems
            return None
        found, problems = validate.validate(document, model)
        self.problems += problems
        return None if found is None else (document, found)
