from __future__ import annotations

import json
from pathlib import Path

import pytest

from game.core.paths import data_folder
from game.ui.fontmaker import TEXT_ENDINGS
from game.ui.fonts import STYLES, font_path, glyphs, missing_glyphs, text_width

CHINESE = ("sans", "sans_bold", "serif_bold")


@pytest.mark.parametrize("style", CHINESE)
def test_the_fonts_write_what_the_game_writes(style: str) -> None:
    assert missing_glyphs("Ōkamura Eitarō ǎ ü — – − × → ← ↑ ↓ Δ ½ … · • ± ≥ ≤ ≈ ° ′ ″ ‰ ✓ ★ ● ■ ▲ ▶ 祐 豫湘桂会战", style) == set()


@pytest.mark.parametrize("style", CHINESE)
def test_every_character_of_the_data_has_a_glyph(style: str) -> None:
    missing: dict[str, set[str]] = {}
    for folder in ("scenarios", "assets"):
        for path in sorted(data_folder(folder).rglob("*")):
            if path.suffix in TEXT_ENDINGS and path.is_file():
                lost = missing_glyphs(path.read_text(encoding="utf-8"), style)
                if lost:
                    missing[path.name] = lost
    assert missing == {}, "run python -m game.ui.fontmaker"


def test_every_name_on_the_map_can_be_written_in_its_style() -> None:
    head = json.loads((data_folder("assets") / "map" / "theatre_10km.json").read_text(encoding="utf-8"))
    text = json.dumps(head, ensure_ascii=False)
    assert missing_glyphs("".join(c for c in text if ord(c) < 0x2E80), "serif_italic") == set()


def test_missing_characters_are_found() -> None:
    assert missing_glyphs("a\U0001f600b\U00020000") == {"\U0001f600", "\U00020000"}
    assert missing_glyphs("line\nbreak\tand tab") == set()


def test_the_fonts_are_small_and_come_with_their_licence() -> None:
    folder = data_folder("assets") / "fonts"
    assert sum(p.stat().st_size for p in folder.iterdir()) < 8_000_000
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    for style in STYLES:
        assert font_path(style).name in (folder / "CREDITS.md").read_text(encoding="utf-8")
        assert len(glyphs(style)) > 800


def test_width_grows_with_text_and_size() -> None:
    assert text_width("Zhengzhou", "sans", 12) < text_width("Zhengzhou 郑州", "sans", 12) < text_width("Zhengzhou 郑州", "sans", 15)
    assert text_width("ab", "sans", 12, 3.0) == pytest.approx(text_width("ab", "sans", 12) + 3.0)


def test_a_font_can_be_cut_down_to_a_few_characters(tmp_path: Path) -> None:
    pytest.importorskip("fontTools")
    from game.ui.fontmaker import subset
    from game.ui.fonts import read_cmap

    assert read_cmap(subset(font_path("sans"), "", {"A", "郑"})) == {ord("A"), ord("郑")}
