"""A batch as it runs, with rate, time left and wins so far, and the tables at its end."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from game.cli.progress import COLOURS
from game.lab.task import Row
from game.model.units import SIDES


class Tally:
    """Counts finished games on the terminal. Use it in a with statement. quiet: say nothing on stdout."""

    def __init__(self, games: int, quiet: bool = False, what: str = "games") -> None:
        self.games = games
        self.done = 0
        self.wins = dict.fromkeys((*SIDES, "draw", "failed"), 0)
        self._first = -1  # games that were there before
        self._begun = time.perf_counter()
        self._console = Console(file=sys.stderr, highlight=False)
        self._bar = Progress(
            TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
            TextColumn("{task.fields[wins]}"), console=self._console, disable=quiet or not self._console.is_terminal,
        )  # fmt: skip
        self._task = self._bar.add_task("", total=games, rate="", wins="")

    def __enter__(self) -> Tally:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._bar.stop()

    def add(self, rows: list[Row]) -> None:
        """Count finished games; the first call brings those that were there before."""
        for row in rows:
            self.wins["failed" if "error" in row else row["outcome"]["winner"]] += 1
        self.done += len(rows)
        if self._first < 0:
            self._first, self._begun = self.done, time.perf_counter()
        self._bar.update(self._task, completed=self.done, rate=f"{self.rate:.1f}/s", wins=self._wins())

    @property
    def rate(self) -> float:
        """Return the games finished each second since the beginning."""
        return (self.done - max(self._first, 0)) / max(time.perf_counter() - self._begun, 1e-6)

    def _wins(self) -> str:
        parts = [f"[{COLOURS[s]}]{SIDES[s]} {self.wins[SIDES[s]]}[/]" for s in (0, 1)]
        parts += [f"{name} {self.wins[name]}" for name in ("draw", "failed") if self.wins[name]]
        return " ".join(parts)

    def interrupted(self, folder: Path) -> None:
        """Say what is kept after Ctrl-C."""
        self._bar.stop()
        print(f"{self.done} of {self.games} games are kept in {folder}; give the same command again to go on", file=sys.stderr)


def show_batch(result: dict[str, Any], rows: list[Row]) -> None:
    """Print the table of a batch."""
    console = Console(highlight=False)
    games = max(1, result["finished"])
    wins = ", ".join(f"{name} {count} ({count / games:.0%})" for name, count in result["winners"].items() if count)
    console.print(f"{result['finished']} of {result['games']} games finished: {wins}; {result['refused']} orders refused")
    for row in [*result["errors"], *result["faults"]][:10]:
        console.print(f"  [red]seed {row['seed']}[/]: {escape(row.get('error') or row.get('fault'))}")
    table = Table(box=None, padding=(0, 2))
    for name in ("", "median", "10 %", "90 %", "least", "most"):
        table.add_column(name, justify="right" if name else "left")
    lines = [("net points", result["net"], "{:,.0f}")]
    lines += [
        (f"lost {side}, {kind}", result["losses"][side][kind], "{:,.0f}")
        for side in SIDES
        for kind in ("killed", "wounded", "captured", "all")
    ]
    lines += [("unit-days in full attack", result["attack_share"], "{:.1%}")]
    for name, found, form in lines:
        table.add_row(name, *(form.format(found[k]) for k in ("median", "low", "high", "least", "most")))
    console.print(table)
    attacks = result["attacks"]
    console.print(f"attacks: {attacks['attacks']:,}, won {attacks['won']:,}, expected {attacks['expected']:,.0f}")
