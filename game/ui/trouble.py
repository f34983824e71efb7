"""Errors in the player's words: where, what, and what to do about it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from game.core.errors import DataError, GameError, Problem
from game.ui.crash import keep_game, write_log
from game.ui.dialogs import say
from game.ui.messages import Message
from game.ui.texts import Texts

if TYPE_CHECKING:
    from game.ui.desk import Desk

MOST = 6  # problems of a file that a dialog lists


def error_text(texts: Texts, error: GameError) -> str:
    """Return an error that the game raised on purpose, one paragraph for each problem."""
    parts = [problem_text(texts, p) for p in error.problems[:MOST]]
    if len(error.problems) > MOST:
        parts.append(say(texts, "trouble.more", count=len(error.problems) - MOST))
    return "\n".join(parts)


def failure_text(texts: Texts, error: GameError | OSError) -> str:
    """Return in one line why something failed that files or the game refused."""
    if isinstance(error, GameError):
        return error_text(texts, error).replace("\n", " ")
    why = texts.problem(error.strerror) if error.strerror else str(error)
    return f"{why}: {error.filename}" if error.strerror and error.filename else why


def told_text(texts: Texts, message: str) -> str:
    """Return a message in the player's language, as far as it knows its problems."""
    return error_text(texts, DataError(list(message.problems))) if isinstance(message, Message) else message


def problem_text(texts: Texts, problem: Problem) -> str:
    """Return a problem: what is wrong, in which file and line, and the hint."""
    message = texts.problem(problem.message)
    lines = [message[:1].upper() + message[1:] + say(texts, "trouble.stop")]
    if problem.file and problem.line:
        lines.append(say(texts, "trouble.line", file=problem.file, line=problem.line, column=problem.col))
    elif problem.file:
        lines.append(say(texts, "trouble.file", file=problem.file))
    if problem.hint:
        lines.append(say(texts, "trouble.hint", hint=texts.problem(problem.hint)))
    return "\n".join(lines)


def crash_text(
    texts: Texts, error: BaseException, doing: str, desk: Desk | None, saves: Path, behind: bool = False
) -> str:
    """Log an unexpected error and save the game; return what the player is told.

    Args:
        texts: the words.
        error: what was raised.
        doing: what the program was doing, for the log.
        desk: the game under way, None = there is none.
        saves: folder of saved games.
        behind: whether it happened in the background, so that the game goes on.
    """
    log, unwritten = write_log(error, doing)
    what = f"{type(error).__name__}: {error}"
    lines = [say(texts, "crash.behind" if behind else "crash.what", what=what)]
    lines.append(say(texts, "crash.not_logged", path=log, why=unwritten) if unwritten else say(texts, "crash.logged", path=log))
    if desk is not None:
        kept, why = keep_game(desk, saves, error)
        lines.append(say(texts, "crash.not_kept", why=why) if why else say(texts, "crash.kept", path=kept))
    return "\n".join(lines)
