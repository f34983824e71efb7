"""Files written whole or not at all: a temporary file beside the target, synced, then renamed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from game.core.errors import fail


def write_whole(path: Path, data: bytes) -> None:
    """Write data to path in one step; raises DataError (io) with a clear sentence when it cannot."""
    folder = path.parent
    try:
        if path.is_dir():
            raise fail("io", "cannot write: it is a folder", str(path), hint="give a file name")
        if path.exists() and not path.is_file():  # a device or pipe would be replaced by a file
            raise fail("io", "cannot write: it is no regular file", str(path), hint="give a file name")
        handle, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as f:
                f.write(data)
                f.flush()
                os.fsync(f.fileno())
            os.chmod(name, 0o644)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise fail(
            "io", f"cannot write: {error.strerror or error}", str(path), hint="does the folder exist, and may you write there?"
        ) from error


def read_limited(path: Path, limit: int, what: str) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes; raises DataError otherwise."""
    try:
        if path.is_dir():
            raise fail("io", f"expected {what}, found a folder", str(path))
        if not path.exists():
            raise fail("io", f"no such file; expected {what}", str(path))
        if not path.is_file():
            raise fail("io", f"expected {what}, found something that is no regular file", str(path))
        size = path.stat().st_size
        if size > limit:
            raise fail("io", f"the file has {size:,} bytes; {what} may have {limit:,} at most", str(path))
        return path.read_bytes()
    except OSError as error:
        raise fail("io", f"cannot read: {error.strerror or error}", str(path)) from error
