"""The settings file: written whole, read strictly, and never in the way of the game."""

from __future__ import annotations

from pathlib import Path

import pytest

from game.core.errors import DataError
from game.ui.settings import AT_ONCE, NAME, PACES, SIZES, Settings, config_folder, load_settings, save_settings


def test_what_is_saved_is_loaded_again(tmp_path: Path) -> None:
    for made in (Settings(), Settings("zh", 1.3, AT_ONCE, False, True), Settings("en", 1.15, 8.0)):
        save_settings(made, tmp_path / "new" / "folder")
        assert load_settings(tmp_path / "new" / "folder") == (made, "")


def test_without_a_file_the_usual_settings_count(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == (Settings(), "")
    assert Settings().text_size in SIZES and Settings().pace in PACES


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        ("text_sise: 1.15\n", 1, "did you mean text_size?"),
        ("lang: zh\ntext_size: 7\n", 2, "one of 1.0, 1.15, 1.3"),
        ("edges: maybe\n", 1, "one of true, false"),
        ("edges: 1\n", 1, "one of true, false"),
        ("pace: true\n", 1, "pace cannot be true"),
        ("lang: de\n", 1, "one of en, zh"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, text: str, line: int, part: str) -> None:
    (tmp_path / NAME).write_text(text)
    found, message = load_settings(tmp_path)
    assert f"{NAME}:{line}:" in message and part in message
    assert (found.text_size, found.edges, found.pace) == (1.0, True, 1.0)
    assert found.lang == ("zh" if "zh" in text else "")  # what is right in the file still counts


@pytest.mark.parametrize("data", [b"lang: [en\n", b"\x00\x01", b"\xff\xfe", b"", b"- en\n", b"lang: en\nlang: zh\n"])
def test_a_broken_file_gives_a_message_and_the_usual_settings(tmp_path: Path, data: bytes) -> None:
    (tmp_path / NAME).write_bytes(data)
    found, message = load_settings(tmp_path)
    assert found == Settings()
    assert NAME in message


def test_a_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot make the folder"):
        save_settings(Settings(), tmp_path / "file" / "below")


def test_the_folder_can_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICHIGO_CONFIG", str(tmp_path))
    assert config_folder() == tmp_path
    save_settings(Settings("zh"))
    assert (tmp_path / NAME).is_file()
    assert load_settings()[0].lang == "zh"
