"""The folder of a batch: what is played in it, the journal of finished games, and the results in the order of the games.

run.json       what is played: scenario, digests, players, values changed, seeds
journal.jsonl  one finished game a line, as they come; synced, so that an interruption loses nothing that was finished
times.csv      seconds of processor time of each game; they differ from run to run and stand apart
games.jsonl    the rows in the order of the games, written when all are finished
games.sqlite   the same as a table
"""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from game import __version__
from game.core.errors import DataError, Problem, fail
from game.core.files import read_limited, write_whole
from game.lab.params import Overrides
from game.lab.task import Done, Row, row_text, scenario_of

LIMIT = 4_000_000_000  # bytes of a results file
FORMAT = 1
CARD: dict[str, type] = {
    "game": str, "scenario": str, "source": str, "digest": str, "seeds": list, "players": list, "check": bool, "set": dict,
}  # fmt: skip
PLAY_AGAIN = "remove the line and give the batch's command again: its game is played again"
# what a row of a game that came to its end has at least, so that reports and scores can be made of it
ROW: dict[str, type | tuple[type, ...]] = {
    "scenario": str, "players": dict, "outcome": dict, "losses": dict, "shifts": list, "luck": dict, "curve": dict, "fronts": dict,
    "captures": list, "refused": int, "unit_turns": int, "attack_share": (int, float), "digest": str,
}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """What a batch plays."""

    source: str  # as given: id, folder or file
    seeds: tuple[int, int]  # first and last
    players: tuple[str, str]
    overrides: Overrides = ()
    check: bool = False

    @property
    def games(self) -> int:
        """Return the number of games."""
        return self.seeds[1] - self.seeds[0] + 1

    def card(self) -> dict[str, Any]:
        """Return what run.json holds: enough to tell whether a folder belongs to this plan."""
        scenario = scenario_of(self.source, self.overrides)
        return {
            "format": FORMAT, "game": __version__, "scenario": scenario.id, "source": self.source, "digest": scenario.digest,
            **{k: v for k, v in asdict(self).items() if k not in ("source", "overrides")},
            "set": dict(self.overrides),
        }  # fmt: skip


class RunFolder:
    """An open folder of a batch; use it in a with statement. Only one batch may have it open."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self.path = path
        self.plan = plan
        self.rows: dict[int, Row] = {}  # by seed, from the journal
        self._journal: IO[bytes]
        self._times: IO[str]

    def __enter__(self) -> RunFolder:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._take()
        except OSError as error:
            raise fail("io", f"cannot use the folder: {error.strerror or error}", str(self.path)) from error
        try:
            self._check_card()
            self._read_journal()
            self._journal = (self.path / "journal.jsonl").open("ab")
            self._times = (self.path / "times.csv").open("a", encoding="utf-8")
        except BaseException:
            self._leave()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._journal.close()
        self._times.close()
        self._leave()

    def _take(self) -> None:
        """Mark the folder as in use; a mark left by a process that is gone is taken over."""
        lock = self.path / "in-use"
        for _ in range(2):
            try:
                handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                holder = lock.read_text(encoding="ascii", errors="replace").strip()
                if holder.isdecimal() and _alive(int(holder)):
                    hint = f"wait for it, choose another folder with --out, or remove {lock} if process {holder} is no batch"
                    raise fail("run_folder", "another batch is at work in this folder", str(self.path), hint=hint) from None
                lock.unlink(missing_ok=True)
                continue
            os.write(handle, str(os.getpid()).encode())
            os.close(handle)
            return

    def _leave(self) -> None:
        (self.path / "in-use").unlink(missing_ok=True)

    def _check_card(self) -> None:
        """Compare run.json with the plan, or write it."""
        file, card = self.path / "run.json", self.plan.card()
        if not file.exists():
            strangers = [p.name for p in sorted(self.path.iterdir()) if p.name != "in-use"]
            if strangers:
                hint = "choose an empty or a new folder with --out"
                raise fail("run_folder", f"the folder holds other files ({strangers[0]})", str(self.path), hint=hint)
            write_whole(file, (json.dumps(card, indent=2) + "\n").encode())
            return
        found, wanted = read_card(file), json.loads(json.dumps(card))
        for key in ("scenario", "players", "set", "check", "game", "digest"):
            if found[key] != wanted[key]:
                message = f"the folder holds another run: {key} is {found[key]!r} there and {wanted[key]!r} here"
                if key == "digest":
                    message = "the folder holds another run: the scenario or its rules have changed since"
                raise fail("run_folder", message, str(file), hint="choose another folder with --out")
        if found.get("seeds") != list(self.plan.seeds):  # more games of the same kind: the finished ones are kept
            write_whole(file, (json.dumps(card, indent=2) + "\n").encode())

    def _read_journal(self) -> None:
        """Read the games that are finished. A last line without an end is what an interruption left, and is cut off."""
        file = self.path / "journal.jsonl"
        if not file.exists():
            return
        data = read_limited(file, LIMIT, "a journal of games")
        whole = data.rfind(b"\n") + 1
        if whole < len(data):
            with file.open("r+b") as f:
                f.truncate(whole)
        first, last = self.plan.seeds
        rows = read_rows(data[:whole], str(file))
        self.rows = {row["seed"]: row for row in rows if first <= row["seed"] <= last and "error" not in row}

    def add(self, group: list[Done]) -> None:
        """Note finished games; raises DataError when the disk does not take them (those noted before are safe)."""
        try:
            self._journal.write(b"".join(row_text(d.row).encode() + b"\n" for d in group))
            self._journal.flush()
            os.fsync(self._journal.fileno())
            self._times.writelines(f"{d.row['seed']},{d.seconds:.3f}\n" for d in group)
            self._times.flush()
        except OSError as error:
            hint = "make room and give the same command again: the games finished so far are kept"
            raise fail("io", f"cannot write a result: {error.strerror or error}", str(self.path), hint=hint) from error
        self.rows.update({d.row["seed"]: d.row for d in group})

    def finish(self) -> list[Row]:
        """Write games.jsonl and games.sqlite from the rows of all games; return the rows in the order of the seeds."""
        rows = [self.rows[seed] for seed in range(self.plan.seeds[0], self.plan.seeds[1] + 1)]
        write_whole(self.path / "games.jsonl", b"".join(row_text(row).encode() + b"\n" for row in rows))
        write_whole(self.path / "games.sqlite", table_bytes(rows))
        return rows


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def read_card(file: Path) -> dict[str, Any]:
    """Return the content of a run.json; raises DataError when it is none."""
    try:
        found = json.loads(read_limited(file, 1_000_000, "the card of a run"))
    except ValueError as error:
        raise fail("run_folder", f"expected the card of a run: {error}", str(file)) from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise fail("run_folder", f"expected the card of a run in format {FORMAT}", str(file))
    for key, kind in CARD.items():
        if not isinstance(found.get(key), kind):
            raise fail("run_folder", f"the card of the run is damaged: its {key!r} is missing or is of another kind", str(file))
    if len(found["players"]) != 2 or not all(type(v) is int for v in found["set"].values()):
        raise fail("run_folder", "the card of the run is damaged: expected two players and whole numbers", str(file))
    return found


def read_rows(data: bytes, shown: str) -> list[Row]:
    """Return the rows of a results file; raises DataError naming every line that is no row."""
    rows: list[Row] = []
    problems: list[Problem] = []
    for n, line in enumerate(data.splitlines(), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            problems.append(Problem("results", f"the row is damaged: {error}", shown, n, 1, PLAY_AGAIN))
            continue
        if wrong := _wrong_in(row):
            problems.append(Problem("results", f"expected the row of a game, with {wrong}", shown, n, 1, PLAY_AGAIN))
            continue
        rows.append(row)
    if problems:
        raise DataError(problems)
    return rows


def _wrong_in(row: object) -> str:
    """Return what a row lacks, "" = nothing."""
    if not isinstance(row, dict) or type(row.get("seed")) is not int:
        return "its seed"
    if "error" in row:
        return "" if isinstance(row["error"], str) else "its error as text"
    return next((f"its {key}" for key, kind in ROW.items() if not isinstance(row.get(key), kind)), "")


def load_rows(folder: Path) -> tuple[dict[str, Any], list[Row]]:
    """Return the card and the rows of a finished batch; raises DataError when it is damaged or not finished."""
    card = read_card(folder / "run.json")
    file = folder / "games.jsonl"
    if not file.is_file():
        raise fail("run_folder", "the batch is not finished", str(folder), hint="give its command again to finish it")
    return card, read_rows(read_limited(file, LIMIT, "results of games"), str(file))


def table_bytes(rows: list[Row]) -> bytes:
    """Return a SQLite file with one row a game and one row a capture."""
    base = sqlite3.connect(":memory:")
    try:
        base.executescript(
            "CREATE TABLE games (seed INTEGER PRIMARY KEY, scenario TEXT, japan TEXT, china TEXT, winner TEXT, level TEXT,"
            " net INTEGER, points_japan INTEGER, points_china INTEGER, losses_japan INTEGER, losses_china INTEGER,"
            " attack_share REAL, unit_turns INTEGER, digest TEXT, error TEXT, row TEXT);"
            "CREATE TABLE captures (seed INTEGER, number INTEGER, date TEXT, place TEXT, side TEXT, PRIMARY KEY (seed, number));"
        )
        base.executemany(f"INSERT INTO games VALUES ({','.join('?' * 16)})", [_columns(row) for row in rows])
        base.executemany(
            "INSERT INTO captures VALUES (?,?,?,?,?)",
            [(r["seed"], n, c["date"], c["place"], c["by"]) for r in rows for n, c in enumerate(r.get("captures", ()))],
        )
        base.commit()
        return base.serialize()
    finally:
        base.close()


def _columns(row: Row) -> tuple[Any, ...]:
    if "error" in row:
        return (row["seed"], *[None] * 13, row["error"], row_text(row))
    points = row["outcome"]["points"]
    return (
        row["seed"], row["scenario"], row["players"]["japan"], row["players"]["china"], row["outcome"]["winner"],
        row["outcome"]["level"], points["net"], points["japan"], points["china"], sum(row["losses"]["japan"].values()),
        sum(row["losses"]["china"].values()), row["attack_share"], row["unit_turns"], row["digest"], None, row_text(row),
    )  # fmt: skip
