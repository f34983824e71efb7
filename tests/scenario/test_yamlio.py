"""Strict YAML: what stands in the file is what is read, and damaged or foreign files give one clear sentence each."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from game.core.errors import DataError, Problem
from game.scenario.yamlio import MAX_VALUES, Document, describe, parse_yaml, read_yaml


def read(text: str | bytes) -> Document:
    raw = text.encode() if isinstance(text, str) else text
    return parse_yaml(raw, Path("t.yaml"), "t.yaml", "a test file")


def problems(text: str | bytes) -> list[Problem]:
    with pytest.raises(DataError) as error:
        read(text)
    assert all(p.file == "t.yaml" and p.message and "\n" not in str(p) for p in error.value.problems)
    return error.value.problems


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("12:30", "12:30"),
        ("010", "010"),
        ("0x10", "0x10"),
        ("0o7", "0o7"),
        ("1_000", "1_000"),
        ("1e3", "1e3"),
        (".5", ".5"),
        (".inf", ".inf"),
        ("0", 0),
        ("-5", -5),
        ("+5", 5),
        ("7000", 7000),
        ("1.50", 1.5),
        ("-0.25", -0.25),
        ("1944-04-17", date(1944, 4, 17)),
        ("1944-4-17", "1944-4-17"),
        ("'5'", "5"),
        ('"1944-04-17"', "1944-04-17"),
        ("第12军", "第12军"),
        ("=", "="),
        ("<<", "<<"),
        ("a: b", {"a": "b"}),
    ],
)
def test_a_value_means_what_it_says(text: str, value: object) -> None:
    found = read(f"key:\n  {text}\n").data["key"]
    assert found == value
    assert type(found) is type(value)


def test_keys_are_always_text() -> None:
    assert list(read("1: a\nno: b\n1944-04-17: c\nnull: d\n010: e").data) == ["1", "no", "1944-04-17", "null", "010"]


def test_places_of_values_and_keys_are_known() -> None:
    document = read("a: 1\nlist:\n  - {x: 5, y: [7, 8]}\n  - z: 第\n    w: 9\n")
    assert document.place(("a",)) == (1, 4)
    assert document.place(("list", 0, "y", 1)) == (3, 19)
    assert document.place(("list", 0, "y"), key=True) == (3, 12)
    assert document.place(("list", 1, "w")) == (5, 8)
    assert document.place(("list", 1, "absent")) == (4, 5)
    assert document.place(("list", 9)) == (3, 3)


@pytest.mark.parametrize(
    ("text", "code", "line", "col"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate_key", 3, 1),
        ("x: {b: 1, c: 2, b: 3}", "duplicate_key", 1, 17),
        ("a: &anchor 1\nb: *anchor", "alias", 1, 4),
        ("a: 1\nb: *unknown", "alias", 2, 4),
        ("a: !!python/object/apply:os.system [ls]", "tag", 1, 4),
        ("a: !!int '3'", "tag", 1, 4),
        ("? [1, 2]\n: 3", "key", 1, 3),
        ("a: 1944-02-30", "date", 1, 4),
        ("a: 1234567890123456789012", "number", 1, 4),
        ("a: 1\n---\nb: 2", "documents", 2, 1),
        ("- 1\n- 2", "type", 1, 1),
        ("just words", "type", 1, 1),
        ("a: [1, 2\n", "yaml", 2, 1),
        ('a: "open\nb: 1\n', "yaml", 3, 1),
        ("a:\n  b: 1\n c: 2\n", "yaml", 3, 2),
        ("a:\n\tb: 1\n", "yaml", 2, 1),
        ("a: %bad", "yaml", 1, 4),
        ("a: b: c", "yaml", 1, 5),
        ("", "empty", 0, 0),
        ("# only a comment\n", "empty", 0, 0),
        ("---\n", "empty", 0, 0),
    ],
)
def test_a_mistake_is_told_with_its_place(text: str, code: str, line: int, col: int) -> None:
    (found,) = problems(text)
    assert (found.code, found.line, found.col) == (code, line, col)


def test_every_duplicate_key_is_told_at_once() -> None:
    found = problems("a: 1\na: 2\nb: {c: 1, c: 2}\nd: 1944-13-01\n")
    assert [(p.code, p.line) for p in found] == [("duplicate_key", 2), ("duplicate_key", 3), ("date", 4)]
    assert "line 1" in found[0].hint


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"PK\x03\x04\x14\0\0\0", "binary"),
        (b"title: caf\xe9\n", "encoding"),
        ("title: 豫中会战\n".encode("gbk"), "encoding"),
        ("title: 1\n".encode("utf-16"), "binary"),
        (b"\x1f\x8b\x08\x08", "encoding"),
        (b"a: \x07", "yaml"),
        (b"\xed\xa0\x80: 1", "encoding"),
    ],
)
def test_foreign_files_are_refused(raw: bytes, code: str) -> None:
    (found,) = problems(raw)
    assert found.code == code


def test_the_place_of_a_byte_that_is_no_utf_8() -> None:
    (found,) = problems(b"a: 1\nname: caf\xe9\n")
    assert (found.line, found.col) == (2, 10)


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    text = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    (found,) = problems(text)
    assert (found.code, found.line, found.col) == ("alias", 1, 4)


def test_too_deep_and_too_many_values_are_refused() -> None:
    assert problems("a: " + "[" * 100_000)[0].code == "depth"
    assert problems("a:\n" + "".join(f"{' ' * i}b:\n" for i in range(1, 200)))[0].code == "depth"
    assert problems("a: [" + "1," * (MAX_VALUES + 1) + "]")[0].code == "size"


def test_a_byte_order_mark_is_no_content() -> None:
    assert read(b"\xef\xbb\xbfa: 1\n").data == {"a": 1}


def file_problem(path: Path) -> Problem:
    with pytest.raises(DataError) as error:
        read_yaml(path, "a scenario file")
    (found,) = error.value.problems
    assert "\n" not in str(found)
    return found


def test_missing_file_folder_and_odd_names(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml", tmp_path / ("x" * 300), tmp_path / "nul\0.yaml", Path("")):
        assert file_problem(path).code == "io"


def test_a_file_of_a_gigabyte_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as f:
        f.truncate(1 << 30)
    found = file_problem(path)
    assert found.code == "io"
    assert "1,073,741,824" in found.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert file_problem(tmp_path / "pipe.yaml").code == "io"


def test_messages_name_files_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.yaml").write_text("a: 1\na: 2\n")
    monkeypatch.chdir(tmp_path)
    found = file_problem(tmp_path / "sub" / "a.yaml")
    assert str(found).startswith(f"{Path('sub', 'a.yaml')}:2:1: duplicate_key: ")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "nothing"),
        (True, "true"),
        (5, "the whole number 5"),
        (1.5, "the decimal number 1.5"),
        ("a", "the text 'a'"),
        ([1], "a list"),
        ({}, "keys with values"),
        (date(1944, 4, 17), "the date 1944-04-17"),
        ("x" * 99, f"the text '{'x' * 37}...'"),
    ],
)
def test_describing_values(value: Any, words: str) -> None:
    assert describe(value) == words


def test_the_slow_parser_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML without its C part gives the same values and places."""
    text = "a: [1, {b: no}]\nc: |\n  words\n  more\nd: 'x'\n"
    fast = read(text)
    monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    slow = read(text)
    assert slow.data == fast.data
    assert [slow.place(p) for p in (("a", 1, "b"), ("c",), ("d",))] == [fast.place(p) for p in (("a", 1, "b"), ("c",), ("d",))]
    (found,) = problems("a: 1\na: 2")
    assert (found.code, found.line) == ("duplicate_key", 2)
