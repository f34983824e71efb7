"""Pictures kept on disk: they are made anew when code changes that they depend on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import game.ui
from game.ui import groundwork, thumbnails

HERE = Path(game.ui.__file__).parent
SILENT = {"messages"}  # words only
# loaded beside the ground, but nothing of them is in its pieces
BESIDE_THE_GROUND = SILENT | {"canvas", "counters", "icons", "namekernel", "png", "sheet", "stacks", "state", "symbols"}


def imported(module: str) -> set[str]:
    """Return the modules of game.ui that a module imports when it runs."""
    tree = ast.parse((HERE / f"{module}.py").read_text(encoding="utf-8"))
    blocks = [n for n in ast.walk(tree) if isinstance(n, ast.If) and ast.unparse(n.test) == "TYPE_CHECKING"]
    skipped = {id(n) for block in blocks for n in ast.walk(block)}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and id(node) not in skipped:
            if node.module == "game.ui":
                found |= {a.name for a in node.names}
            elif node.module.startswith("game.ui."):
                found.add(node.module.removeprefix("game.ui."))
    return found


def behind(modules: set[str]) -> set[str]:
    """Return modules with all that they import, directly or not."""
    found: set[str] = set()
    while modules:
        found |= modules
        modules = {m for one in modules for m in imported(one)} - found
    return found


@pytest.mark.parametrize(
    ("drawn_with", "known", "beside"),
    [
        ({"picture", "rivers", "namework"}, groundwork.MODULES, BESIDE_THE_GROUND),
        ({"picture", "state"}, thumbnails.MODULES, SILENT),
    ],
    ids=["ground", "thumbnails"],
)
def test_the_digest_covers_all_code_that_draws(drawn_with: set[str], known: tuple[str, ...], beside: set[str]) -> None:
    assert len(drawn_with) < len(behind(drawn_with))
    assert behind(drawn_with) - beside - set(known) == set()
