"""Replays: a game as text that people can read and compare. It holds orders and state hashes, never the players' thoughts.

    ichigo-replay 1
    game 0.1.0
    scenario henan 05e12cb6a47899d8b38901e892e8aec7
    seed 1
    players staff staff
    folder /home/me/my_henan        where the scenario lies, if it does not come with the game
    set combat.noise=300            values of the rules that were changed for this game, if any
    check 3f…                       checksum of everything above
    turn 1 japan
    move jp_225_inf_regt 0812-0813
    end
    state 71451ca0…                 hash of the state after these orders
    check 9b…                       checksum of this block and of all before it
    …
    whole 58 c0…                    number of phases and the digest of the game

A phase that was not finished when the file was written ends in `open HASH` in place of `end` and `state HASH`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from game import __version__
from game.core.digest import digest_bytes
from game.core.errors import DataError, Problem, ReplayError, fail
from game.core.files import read_limited, write_whole
from game.model.units import SIDES
from game.play import ordertext
from game.play.session import Phase, Session

MAGIC = "ichigo-replay"
FORMAT = 1
LIMIT = 64_000_000  # bytes of a file
MOST_PHASES = 4000
_HASH = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Recorded:
    """One side's orders in one turn as text, and the hash of the state after them, with their lines in the file."""

    turn: int
    side: int
    orders: tuple[str, ...]
    lines: tuple[int, ...]
    state: str
    line: int  # of the state
    closed: bool  # False: the phase was under way when the file was written


@dataclass(frozen=True)
class Replay:
    """A recorded game. All checksums have been found right."""

    path: str
    version: str  # of the game that wrote it
    scenario: str
    digest: str  # of the scenario
    seed: int
    players: tuple[str, str]
    phases: tuple[Recorded, ...]
    whole: str
    folder: str = ""  # where the scenario lay, "" = it came with the game
    changed: tuple[tuple[str, int], ...] = ()  # values of the rules that were changed for the game

    @property
    def turns(self) -> int:
        """Return the last turn."""
        return self.phases[-1].turn if self.phases else 0


def game_digest(session: Session) -> str:
    """Return the fingerprint of a whole game: of the hashes of all its phases and of the last state."""
    return _whole([p.digest for p in session.phases if p.digest], session.digest())


def _whole(phases: list[str], final: str) -> str:
    return digest_bytes(*(d.encode() for d in phases), final.encode())


# -- writing -----------------------------------------------------------------------------------------------------------


def write_replay(session: Session, players: tuple[str, str], path: Path) -> None:
    """Write a game, finished or not, with the names of (Japan's, China's) player; raises DataError when it cannot."""
    write_whole(path, replay_text(session, players).encode())


def replay_text(session: Session, players: tuple[str, str]) -> str:
    """Return the text of a replay."""
    scenario = session.scenario
    header = [
        f"{MAGIC} {FORMAT}", f"game {__version__}", f"scenario {scenario.id} {scenario.digest}", f"seed {session.seed}",
        f"players {_word(players[0])} {_word(players[1])}",
    ]  # fmt: skip
    if scenario.folder.isprintable() and scenario.folder:
        header.append(f"folder {scenario.folder}")
    if scenario.changed:
        header.append("set " + " ".join(f"{path}={value}" for path, value in scenario.changed))
    check = _check("", header)
    lines = [*header, f"check {check}"]
    for phase in session.phases:
        block = _block(phase, session)
        check = _check(check, block)
        lines += [*block, f"check {check}"]
    lines.append(f"whole {len(session.phases)} {game_digest(session)}")
    return "\n".join(lines) + "\n"


def _word(name: str) -> str:
    """Return a player's name as one word of at most 60 letters."""
    return "_".join(name.split())[:60] or "-"


def _block(phase: Phase, session: Session) -> list[str]:
    orders = [ordertext.write(order, session.scenario) for order in phase.orders]
    last = f"state {phase.digest}" if phase.digest else f"open {session.digest()}"
    return [f"turn {phase.turn} {SIDES[phase.side]}", *orders, last]


def _check(before: str, block: list[str]) -> str:
    return digest_bytes(before.encode(), "\n".join(block).encode())


# -- reading -----------------------------------------------------------------------------------------------------------


def read_replay(path: Path) -> Replay:
    """Return a replay whose checksums are all right.

    Raises DataError when the file cannot be read at all, and ReplayError, naming the turn, when it is damaged or edited.
    """
    data = read_limited(path, LIMIT, "a replay")
    first = f"{MAGIC} "
    if not data.startswith(first.encode()):
        raise fail(
            "replay_foreign",
            "this is no replay of the game",
            str(path),
            1,
            1,
            f"a replay begins with {first}{FORMAT}; write one with run --replay",
        )
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _Reader(data[: error.start].decode(), path).error("it holds bytes that are no text") from error
    return _Reader(text, path).read()


class _Reader:
    """Reads a replay line by line and knows in which turn it is."""

    def __init__(self, text: str, path: Path) -> None:
        self.path = str(path)
        self.lines = text.split("\n")
        self.at = 0  # lines read
        self.turn = 0  # last turn whose first line was read

    def error(self, what: str) -> ReplayError:
        """Return the error for the line last read (or missing)."""
        headings = [m for m in (re.fullmatch(r"turn (\d{1,6}) \w+", n) for n in self.lines[: self.at or len(self.lines)]) if m]
        turn = int(headings[-1][1]) if headings else 0
        where = f"in turn {turn}" if turn else "before turn 1, in its header"
        hint = "it was cut short, damaged or edited; only a file as the game wrote it can be used"
        return ReplayError(
            [Problem("replay_damaged", f"the replay is damaged {where}: {what}", self.path, max(1, self.at), 1, hint)]
        )

    def next(self) -> str:
        """Return the next line."""
        if self.at >= len(self.lines) - 1:
            self.at = len(self.lines)
            raise self.error("the file ends too early")
        self.at += 1
        return self.lines[self.at - 1]

    def words(self, *pattern: str) -> re.Match[str]:
        """Return the next line matched against a pattern of words."""
        line = self.next()
        match = re.fullmatch(" ".join(pattern), line)
        if match is None:
            raise self.error(f"expected a line like {pattern[0]!r}, found {line[:60]!r}")
        return match

    def read(self) -> Replay:
        """Return the replay."""
        version = self._format()
        scenario, digest = self.words("scenario", "([a-z0-9_]{1,60})", "([0-9a-f]{32})").groups()
        seed = int(self.words("seed", r"(\d{1,19})")[1])
        players = self.words("players", r"(\S{1,60})", r"(\S{1,60})").groups()
        folder = self.next()[7:] if self.lines[self.at].startswith("folder ") else ""
        changed = self._changed()
        check = self._checked("", 0)
        phases: list[Recorded] = []
        while not self.lines[self.at].startswith("whole "):
            phase, check = self._phase(check, phases[-1] if phases else None)
            phases.append(phase)
            if len(phases) > MOST_PHASES:
                raise self.error(f"more than {MOST_PHASES:,} phases")
        whole = self._end(phases)
        return Replay(self.path, version, scenario, digest, seed, (players[0], players[1]), tuple(phases), whole, folder, changed)

    def _changed(self) -> tuple[tuple[str, int], ...]:
        """Read the values of the rules that were changed, if there are any."""
        if not self.lines[self.at].startswith("set "):
            return ()
        words = self.words("set", r"([a-z0-9_.]{1,80}=-?\d{1,9}(?: [a-z0-9_.]{1,80}=-?\d{1,9}){0,999})")[1].split()
        return tuple((path, int(value)) for path, _, value in (word.partition("=") for word in words))

    def _format(self) -> str:
        number = self.words(MAGIC, r"(\d{1,6})")[1]
        if int(number) != FORMAT:
            hint = f"this version of the game reads {FORMAT}"
            raise DataError([Problem("replay_format", f"the replay has format {number}", self.path, 1, 1, hint)])
        return self.words("game", r"(\S{1,40})")[1]

    def _checked(self, before: str, first: int) -> str:
        """Read a check line and return it; the block since line `first` must give it."""
        block = self.lines[first : self.at]
        found = self.words("check", "([0-9a-f]{32})")[1]
        if found != _check(before, block):
            raise self.error("its checksum does not fit its content")
        return found

    def _phase(self, before: str, last: Recorded | None) -> tuple[Recorded, str]:
        first = self.at
        match = self.words("turn", r"(\d{1,6})", f"({'|'.join(SIDES)})")
        if last is not None and not last.closed:
            raise self.error("orders follow a phase that was not finished")
        orders, numbers = [], []
        while not re.match("(state|open) ", line := self.next()):
            if line.startswith(("turn ", "check ", "whole ")):
                raise self.error(f"expected an order or a state, found {line[:60]!r}")
            orders.append(line)
            numbers.append(self.at)
        kind, _, state = line.partition(" ")
        if not _HASH.fullmatch(state):
            raise self.error("the state is no hash")
        phase = Recorded(int(match[1]), SIDES.index(match[2]), tuple(orders), tuple(numbers), state, self.at, kind == "state")
        return phase, self._checked(before, first)

    def _end(self, phases: list[Recorded]) -> str:
        match = self.words("whole", r"(\d{1,6})", "([0-9a-f]{32})")
        final = phases[-1].state if phases else ""
        if int(match[1]) != len(phases) or match[2] != _whole([p.state for p in phases if p.closed], final):
            raise self.error("its last line does not fit the phases before it")
        if self.lines[self.at :] != [""]:
            raise self.error("something follows its last line")
        return match[2]
