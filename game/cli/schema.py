"""schema: JSON Schemas of the scenario and rules files, for editors."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from game.cli.commands import FINE, make_parser, print_json
from game.core.errors import fail


def parser() -> argparse.ArgumentParser:
    """Return the command's arguments."""
    p = make_parser("schema", "Write the JSON Schemas of scenario and rules files, with which editors complete and check them.")
    p.add_argument(
        "folder", nargs="?", type=Path, metavar="DIR", help="where NAME.schema.json are written (default: print all as one object)"
    )
    return p


def execute(args: argparse.Namespace) -> int:
    """Run the command."""
    from game.core.files import write_whole
    from game.scenario.editor import editor_schemas

    schemas = editor_schemas()
    if args.folder is None:
        print_json(schemas)
        return FINE
    if args.folder.exists() and not args.folder.is_dir():
        raise fail("io", "expected a folder, found a file", str(args.folder))
    try:
        args.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise fail("io", f"cannot make the folder: {error.strerror or error}", str(args.folder)) from error
    for name, schema in schemas.items():
        path = args.folder / f"{name}.schema.json"
        write_whole(path, (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode())
        print(f"written: {path}")
    return FINE
