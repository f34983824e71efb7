"""The window's words in English and Chinese, switched while the game runs."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from game.core.errors import DataError, Problem, fail
from game.core.paths import data_folder
from game.ui.messages import Message
from game.ui.phrases import WORDS, Phrases, number_form
from game.ui.state import date_text

if TYPE_CHECKING:
    from game.model.hexmap import HexMap
    from game.model.orders import Verdict
    from game.model.scenario import Scenario
    from game.model.units import Name

LANGUAGES = ("en", "zh")
GROUPS = ("attack", "defence", "result")  # parts of a battle's factors
WORD_GROUPS = {"grade": "quality", "type": "arm"}  # gaps whose words stand under another name


def text_folder() -> Path:
    """Return the folder that holds one folder of texts for each language."""
    return data_folder("assets") / "text"


@lru_cache(maxsize=8)
def read_texts(folder: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return all texts of a folder by key, and what is wrong with its files; a file that cannot be read is left out."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            part = _part(path)
        except DataError as error:
            problems += error.problems
            continue
        twice = sorted(found.keys() & part.keys())
        if twice:
            problems.append(Problem("texts", f"the text {twice[0]!r} stands in two files", str(path)))
        found = part | found
    if not found and not problems:
        problems.append(
            Problem("install", f"the texts of the language {folder.name!r} are missing", str(folder), hint="install the game again")
        )
    return found, tuple(problems)


def _part(path: Path) -> dict[str, str]:
    """Return the texts of one file; raises DataError when it cannot be read."""
    import yaml

    try:
        part = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        raise fail("texts", "cannot read the texts: it is no YAML in UTF-8", str(path), mark.line + 1 if mark else 0) from error
    if not isinstance(part, dict) or not all(isinstance(k, str) and isinstance(v, str) for k, v in part.items()):
        raise fail("texts", "expected one text for each key", str(path))
    return part


def catalogue(lang: str) -> dict[str, str]:
    """Return all texts of a language by key; raises DataError when a file is missing or wrong."""
    found, problems = read_texts(text_folder() / lang)
    if problems:
        raise DataError(list(problems))
    return found


@lru_cache(maxsize=8)
def _phrases(folder: Path, prefix: str) -> Phrases:
    return Phrases(read_texts(folder)[0], prefix)


class Texts:
    """Texts in the language that is chosen now. What a language lacks is said in the other one.

    `trouble` tells in one sentence what is wrong with the files, "" = nothing. `scenario` is the one whose units and
    places the sentences of the rules speak of; a screen that shows a game sets it.
    """

    def __init__(self, lang: str = "en", scenario: Scenario | None = None) -> None:
        self.lang = lang if lang in LANGUAGES else "en"
        self.scenario = scenario
        self.trouble = Message()
        self._read()

    def _read(self) -> None:
        self._folder = text_folder() / self.lang
        other = LANGUAGES[1 - LANGUAGES.index(self.lang)]
        self._known, problems = read_texts(self._folder)
        self._spare, _ = read_texts(text_folder() / other)
        self.trouble = Message(problems[:1])

    def switch(self) -> None:
        """Change to the other language."""
        self.lang = LANGUAGES[1 - LANGUAGES.index(self.lang)]
        self._read()

    def _text(self, key: str) -> str | None:
        return self._known.get(key, self._spare.get(key))

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in; the key itself where no language has it."""
        text = self._text(key)
        return key if text is None else text.format(**values)

    def word(self, group: str, name: str) -> str:
        """Return the word for a name of the rules, such as a terrain; the name itself when there is none."""
        found = self._text(f"{group}.{name}")
        return name if found is None else found

    def factor(self, name: str) -> str:
        """Return the name of a factor of the rules as the player reads it; the rules' own words when it is unknown."""
        group, colon, rest = name.partition(": ")
        if colon and group in GROUPS:
            return self("factor.group", group=self.word("factor_group", group), name=self.factor(rest))
        return self._say("factor.", name) or self._named(name)

    def refusal(self, verdict: Verdict) -> str:
        """Return why an order is refused, as a sentence."""
        said = self._say("refusal.", verdict.detail) if verdict.detail else None
        return said or verdict.detail or self.word("verdict", verdict.code)

    def problem(self, sentence: str) -> str:
        """Return a sentence of an error, such as a problem's message or hint; as it is where no language has it."""
        return self._say("problem.", sentence) or sentence

    def _say(self, prefix: str, sentence: str) -> str | None:
        said = _phrases(self._folder, prefix).say(sentence, self._gap)
        if said is None and self._folder.name != LANGUAGES[0]:
            return _phrases(text_folder() / LANGUAGES[0], prefix).say(sentence, self._gap)
        return said

    def _gap(self, kind: str, said: str) -> str:
        """Return what stands in a gap of a sentence."""
        if kind in ("unit", "place"):
            return self._named(said)
        if kind == "what":
            return self.problem(said)
        if kind == "hex":
            where = self.scenario.map.index(said) if self.scenario else -1
            return self.place(self.scenario.map, where) if self.scenario and where >= 0 else said
        if kind in WORDS:
            group = "terrain" if kind == "road" and said not in ("track", "road") else WORD_GROUPS.get(kind, kind)
            word = self.word(group, said)
            return word if kind == "grade" else word[:1].lower() + word[1:]  # in the middle of a sentence
        return number_form(kind, said)

    def _named(self, id_: str) -> str:
        """Return the name of a formation, place or side; the id itself when the scenario has none such."""
        if self.scenario is not None:
            formation = self.scenario.formation_by_id.get(id_)
            if formation is not None:
                return self.name(formation.name)
            place = self.scenario.map.place_by_id.get(id_)
            if place is not None:
                return (place.name_zh or place.name_en) if self.lang == "zh" else place.name_en
        return id_

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
