"""Files are written whole or not at all, and trouble is told in one sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from game.core.errors import DataError
from game.core.files import read_limited, write_whole


def problem(error: pytest.ExceptionInfo[DataError]) -> str:
    """Return the code of the only problem, having checked that it names a file and is one line."""
    (found,) = error.value.problems
    assert found.file and "\n" not in str(found)
    return found.code


def test_what_is_written_is_read(tmp_path: Path) -> None:
    data = bytes(range(256)) * 3
    write_whole(tmp_path / "a.bin", data)
    assert read_limited(tmp_path / "a.bin", len(data), "a save") == data


def test_an_old_file_is_replaced_and_nothing_is_left_over(tmp_path: Path) -> None:
    target = tmp_path / "save 存档.json"
    write_whole(target, b"old and longer")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_others_may_read_the_file(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", b"x")
    if os.name == "posix":
        assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a"
    write_whole(target, b"old")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", no_space)
    with pytest.raises(DataError, match="No space left on device") as error:
        write_whole(target, b"new")
    assert problem(error) == "io"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_an_interrupted_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", b"new")
    assert list(tmp_path.iterdir()) == []


def test_writing_over_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    with pytest.raises(DataError, match="it is a folder") as error:
        write_whole(tmp_path / "sub", b"x")
    assert problem(error) == "io"
    assert [p.name for p in tmp_path.iterdir()] == ["sub"]


def test_writing_into_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot write") as error:
        write_whole(tmp_path / "none" / "a", b"x")
    assert problem(error) == "io"


def test_reading_what_is_missing_or_a_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file; expected a replay") as error:
        read_limited(tmp_path / "none", 10, "a replay")
    assert problem(error) == "io"
    with pytest.raises(DataError, match="expected a replay, found a folder"):
        read_limited(tmp_path, 10, "a replay")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_reading_a_pipe_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="no regular file"):
        read_limited(tmp_path / "pipe", 10, "a replay")


def test_the_limit_is_the_largest_size_allowed(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"12345")
    assert read_limited(path, 5, "a save") == b"12345"
    with pytest.raises(DataError, match=r"the file has 5 bytes; a save may have 4 at most"):
        read_limited(path, 4, "a save")
