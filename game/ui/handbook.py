"""The tables of the player's manual that follow from data: the keys. Run `python -m game.ui.handbook` after changing keys."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from game.core.errors import fail
from game.core.files import write_whole
from game.core.paths import data_folder
from game.ui.actions import CONTEXTS
from game.ui.helppage import help_lines
from game.ui.keys import load_keys
from game.ui.texts import LANGUAGES, Texts

FILES = {"en": "manual.md", "zh": "manual.zh.md"}
BLOCK = re.compile(r"(<!-- keys -->\n).*?(<!-- /keys -->)", re.DOTALL)
HEADS = {"en": "| what | key |", "zh": "| 作用 | 按键 |"}


def manual_folder() -> Path:
    """Return the folder of the manual, which only a checkout has."""
    return data_folder("assets").parent / "docs"


def keys_table(lang: str) -> str:
    """Return the game's own keys as a table of Markdown, with a line for each group."""
    os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    keys, _ = load_keys(CONTEXTS, Path("no folder: the game's own keys"))
    lines = help_lines(Texts(lang), keys)
    rows = [f"| **{what}** | |" if heading else f"| {what} | {pressed} |" for what, pressed, heading in lines]
    return "\n".join([HEADS[lang], "|---|---|", *rows]) + "\n"


def with_keys(text: str, lang: str) -> str:
    """Return a manual with the table of keys in its place."""
    if not BLOCK.search(text):
        raise fail("manual", "the marks of the table of keys are missing", FILES[lang], hint="<!-- keys --> and <!-- /keys -->")
    return BLOCK.sub(lambda found: f"{found[1]}{keys_table(lang)}{found[2]}", text)


def main() -> int:
    """Write the tables into both manuals; return the exit code."""
    for lang in LANGUAGES:
        path = manual_folder() / FILES[lang]
        write_whole(path, with_keys(path.read_text(encoding="utf-8"), lang).encode("utf-8"))
        print(f"written: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
