"""The window's words in English and Chinese, switched while the game runs."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from game.core.errors import fail
from game.core.paths import data_folder
from game.ui.state import date_text

if TYPE_CHECKING:
    from game.model.hexmap import HexMap
    from game.model.units import Name

LANGUAGES = ("en", "zh")


@lru_cache(maxsize=4)
def catalogue(lang: str) -> dict[str, str]:
    """Return all texts of a language by key, from the files of its folder; raises DataError when one is missing or wrong."""
    import yaml

    folder = data_folder("assets") / "text" / lang
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        part = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(part, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in part.items()):
            raise fail("texts", "expected one text for each key", str(path))
        twice = sorted(found.keys() & part.keys())
        if twice:
            raise fail("texts", f"the text {twice[0]!r} stands in two files", str(path))
        found |= part
    if not found:
        raise fail("install", f"the texts of the language {lang!r} are missing", str(folder), hint="install the game again")
    return found


@lru_cache(maxsize=4)
def _factor_words(lang: str) -> tuple[str, ...]:
    """Return the words of factor names that have a translation, the longest first."""
    known = [key.removeprefix("factor.") for key in catalogue(lang) if key.startswith("factor.")]
    return tuple(sorted(known, key=lambda word: (-len(word), word)))


class Texts:
    """Texts in the language that is chosen now."""

    def __init__(self, lang: str = "en") -> None:
        self.lang = lang if lang in LANGUAGES else "en"
        self._known = catalogue(self.lang)

    def switch(self) -> None:
        """Change to the other language."""
        self.lang = LANGUAGES[1 - LANGUAGES.index(self.lang)]
        self._known = catalogue(self.lang)

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return self._known[key].format(**values)

    def word(self, group: str, name: str) -> str:
        """Return the word for a name of the rules, such as a terrain; the name itself when there is none."""
        return self._known.get(f"{group}.{name}", name)

    def factor(self, name: str) -> str:
        """Return the name of a factor of the rules: its known words in the language, the rest as the rules say it."""
        if self.lang == "en":
            return name
        for word in _factor_words(self.lang):
            name = re.sub(rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])", self._known[f"factor.{word}"], name)
        return name

    def name(self, name: Name) -> str:
        """Return a name in the language."""
        return (name.zh or name.en) if self.lang == "zh" else name.en

    def day(self, day: date) -> str:
        """Return a date."""
        return date_text(day, self.lang)

    def place(self, map_: HexMap, where: int) -> str:
        """Return the best name of a hex: its main place, or its terrain, and its number."""
        from game.model.hexmap import TERRAIN

        found = map_.places_by_hex.get(where)
        if found:
            best = found[0].name_zh if self.lang == "zh" else found[0].name_en
        else:
            best = self.word("terrain", TERRAIN[int(map_.terrain[where])])
        return f"{best} {map_.label(where)}"
