"""Make the fonts that come with the game: small subsets of the Noto fonts, with every character the game writes.

Run `python -m game.ui.fontmaker [--from FOLDER] [--text FOLDER ...]` after adding names with new characters. The full
fonts are those of Debian's packages fonts-noto-cjk and fonts-noto-extra.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from game.core.errors import DataError, fail
from game.core.files import write_whole
from game.core.paths import data_folder

FOLDER = Path("/usr/share/fonts")
TEXT_ENDINGS = (".yaml", ".yml", ".json", ".md", ".txt", ".py")


@dataclass(frozen=True)
class Source:
    """One font to make: its name here, the file it is cut from, the face inside that file."""

    name: str
    path: str  # below the fonts folder
    face: str  # family that must be chosen in a collection; "" = the file has a single face
    chinese: bool


SOURCES = (
    Source("sans", "opentype/noto/NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", True),
    Source("sans_bold", "opentype/noto/NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", True),
    Source("serif_bold", "opentype/noto/NotoSerifCJK-Bold.ttc", "Noto Serif CJK SC", True),
    Source("serif_italic", "truetype/noto/NotoSerif-SemiBoldItalic.ttf", "", False),
)
# Latin with accents and pinyin, punctuation, super- and subscripts, currency, letterlike, arrows, mathematics, boxes, shapes
RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1CD, 0x1DC), (0x1E00, 0x1EFF), (0x391, 0x3C9),
    (0x400, 0x45F), (0x2010, 0x2027), (0x2030, 0x203E), (0x2044, 0x2044), (0x2070, 0x208E), (0x20AC, 0x20AC), (0x2100, 0x2122),
    (0x2150, 0x218B), (0x2190, 0x21D4), (0x2200, 0x22A5), (0x2460, 0x2473), (0x2500, 0x257F), (0x2588, 0x2588), (0x25A0, 0x25EF),
    (0x2600, 0x2606), (0x2640, 0x2642), (0x2713, 0x2717), (0x3000, 0x3017), (0xFF01, 0xFF5E),
)  # fmt: skip


def gb2312() -> set[str]:
    """Return the characters of GB 2312: the simplified Chinese of ordinary text."""
    found: set[str] = set()
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            found.update(bytes((high, low)).decode("gb2312", errors="ignore"))
    return found


def text_folders() -> list[Path]:
    """Return the folders whose texts the window can show: data, texts, its own program; the manual where the checkout has it."""
    assets = data_folder("assets")
    manual = assets.parent / "docs"
    return [data_folder("scenarios"), assets, Path(__file__).parent, *([manual] if manual.is_dir() else [])]


def characters_of(folders: Iterable[Path]) -> set[str]:
    """Return every character in the text files below folders."""
    found: set[str] = set()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in TEXT_ENDINGS and path.is_file():
                found.update(path.read_text(encoding="utf-8", errors="ignore"))
    return {c for c in found if c.isprintable()}


def wanted(folders: Iterable[Path]) -> set[str]:
    """Return all characters that the fonts should have."""
    ranges = {chr(code) for low, high in RANGES for code in range(low, high + 1)}
    return ranges | gb2312() | characters_of(folders)


def _face_number(path: Path, face: str) -> int:
    """Return the number of a face in a collection (the first one is the Japanese face)."""
    from fontTools.ttLib import TTCollection

    for number, font in enumerate(TTCollection(path, lazy=True).fonts):
        if font["name"].getDebugName(1) == face or font["name"].getDebugName(16) == face:
            return number
    raise fail("font", f"the collection has no face named {face!r}", str(path))


def subset(path: Path, face: str, characters: set[str]) -> bytes:
    """Return a font file that holds only the given characters of a face."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    if not path.is_file():
        raise fail("font", "the full font is missing", str(path), hint="install fonts-noto-cjk and fonts-noto-extra")
    font = TTFont(path, fontNumber=_face_number(path, face) if face else -1, recalcTimestamp=False)
    options = Options(hinting=False, layout_features=["kern", "mark"], notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 6, 13, 14])
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE"]
    cutter = Subsetter(options)
    cutter.populate(unicodes=sorted(ord(c) for c in characters))
    cutter.subset(font)
    out = BytesIO()
    font.save(out)
    return out.getvalue()


def make_fonts(source: Path, out: Path, folders: Iterable[Path]) -> dict[str, int]:
    """Write the fonts to the folder `out`; return their sizes by name [bytes]."""
    characters = wanted(folders)
    latin = {c for c in characters if ord(c) < 0x3000}
    out.mkdir(parents=True, exist_ok=True)
    sizes: dict[str, int] = {}
    for font in SOURCES:
        data = subset(source / font.path, font.face, characters if font.chinese else latin)
        write_whole(out / f"{font.name}.{'otf' if data[:4] == b'OTTO' else 'ttf'}", data)
        sizes[font.name] = len(data)
    return sizes


def main(arguments: list[str] | None = None) -> int:
    """Make the fonts from the command line; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m game.ui.fontmaker", description=__doc__)
    parser.add_argument("--from", dest="source", type=Path, default=FOLDER, help="folder of the full fonts (%(default)s)")
    parser.add_argument("--text", type=Path, nargs="*", default=[], help="more folders whose characters must be in the fonts")
    given = parser.parse_args(arguments)
    try:
        sizes = make_fonts(given.source, data_folder("assets") / "fonts", [*text_folders(), *given.text])
    except DataError as error:
        print(error, file=sys.stderr)
        return 2
    for name, size in sizes.items():
        print(f"{name}: {size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
