"""The command line: finds the command, runs it, and turns errors into one clear line and an exit code.

Exit codes: 0 fine, 1 a check failed (or the program did), 2 bad input.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import TextIO

from game.cli.commands import COMMANDS, FAILED, FINE, INPUT, INTERRUPTED, PROGRAM
from game.core.errors import GameError, did_you_mean


def main(argv: list[str] | None = None) -> int:
    """Run a command line (None = the program's own) and return the exit code."""
    _speak_unicode(sys.stdout, sys.stderr)
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _dispatch(words)
        sys.stdout.flush()
        return code
    except GameError as error:
        print(error, file=sys.stderr)
        return INPUT
    except SystemExit as stop:  # argparse: help shown (0) or arguments not understood (2)
        return stop.code if isinstance(stop.code, int) else INPUT
    except KeyboardInterrupt:
        if argv is None:  # a second Ctrl-C must not break into the end of the program
            signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        _drop_output()
        return FINE
    except Exception as error:
        print(_report(error, words), file=sys.stderr)
        return FAILED


def _speak_unicode(*streams: TextIO | None) -> None:
    """Let a terminal that lacks a letter show its number in place of failing."""
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="backslashreplace")


def _drop_output() -> None:
    """Forget what could not be written, so that the interpreter does not complain at its end."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - it stays open until the program ends


def _dispatch(words: list[str]) -> int:
    if not words:
        return _open_window()
    if words[0] in ("-h", "--help", "help"):
        print(overview())
        return FINE
    if words[0] in ("-V", "--version"):
        from game import __version__

        print(f"{PROGRAM} {__version__}")
        return FINE
    name = words[0]
    if name not in COMMANDS:
        hint = did_you_mean(name, list(COMMANDS))
        print(f"command: there is no command {name[:60]!r} ({hint or f'see {PROGRAM} --help'})", file=sys.stderr)
        return INPUT
    module = import_module(COMMANDS[name][0])
    code: int = module.execute(module.parser().parse_args(words[1:]))
    return code


def _open_window() -> int:
    """Open the window at the start screen; without a display say how to play without one, after the list of commands."""
    from game.ui.app import display_usable

    if display_usable():
        from game.cli import play

        return play.execute(play.parser().parse_args([]))
    print(overview())
    print(f"\ndisplay: no display to open a window on; {PROGRAM} run henan plays a game without one", file=sys.stderr)
    return INPUT


def overview() -> str:
    """Return the help that lists all commands."""
    width = max(map(len, COMMANDS))
    about = "Ichi-Go 1944: an operational wargame of Japan's 1944 offensive in China."
    lines = [f"usage: {PROGRAM} COMMAND ...", "", about, "", "commands:"]
    lines += [f"  {name:{width}}  {text}" for name, (_, text) in COMMANDS.items()]
    lines += ["", f"{PROGRAM} COMMAND --help explains a command. Exit codes: 0 fine, 1 a check failed, 2 bad input."]
    return "\n".join(lines)


def _report(error: Exception, words: list[str]) -> str:
    """Write the whole story of an unexpected error to a log file; return the message that names it."""
    import traceback
    from pathlib import Path

    what = f"{type(error).__name__}: {error}"
    try:
        import platformdirs

        from game import __version__

        folder = Path(platformdirs.user_log_dir("ichigo-1944", appauthor=False))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "last-error.log"
        text = f"ichigo {__version__}, Python {sys.version}\narguments: {words}\n\n{''.join(traceback.format_exception(error))}"
        path.write_text(text, encoding="utf-8", errors="backslashreplace")
    except OSError as trouble:
        return f"internal: the game failed: {what} (no log could be written: {trouble})"
    return f"internal: the game failed: {what} (the details are in {path}; please report them)"
