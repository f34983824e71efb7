from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

from game.core.paths import data_folder
from game.ui.fontmaker import TEXT_ENDINGS, text_folders
from game.ui.fonts import STYLES, font_path, glyphs, missing_glyphs, text_width

DRAWN = {"⊓"}  # signs that the program draws with lines and never writes
CHINESE = ("sans", "sans_bold", "serif_bold")


@pytest.mark.parametrize("style", CHINESE)
def test_the_fonts_write_what_the_game_writes(style: str) -> None:
    assert missing_glyphs("Ōkamura Eitarō ǎ ü — – − × → ← ↑ ↓ Δ ½ … · • ± ≥ ≤ ≈ ° ′ ″ ‰ ✓ ★ ● ■ ▲ ▶ 祐 豫湘桂会战", style) == set()


def written(path: Path) -> str:
    """Return what of a file may be shown: all of a text file, the texts of a program without what explains it."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    nodes = list(ast.walk(ast.parse(text)))
    spoken = {id(n.value) for n in nodes if isinstance(n, ast.Expr)}
    return "".join(n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in spoken)


@pytest.mark.parametrize("style", CHINESE)
def test_every_character_of_the_data_has_a_glyph(style: str) -> None:
    """All texts of the window in both languages and what its program writes itself, all scenarios, the map's names, the manual."""
    paths = [p for folder in text_folders() for p in sorted(folder.rglob("*")) if p.suffix in TEXT_ENDINGS and p.is_file()]
    assert sum(p.parent.parent.name == "text" for p in paths) > 12 and any(p.name == "counters.py" for p in paths)
    missing = {p.name: lost for p in paths if (lost := missing_glyphs(written(p), style) - DRAWN)}
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
