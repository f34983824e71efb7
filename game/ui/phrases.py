"""Sentences of the rules in a player's words: names of factors, reasons of refusal and errors, by patterns with gaps.

The rules speak plain English with ids in it ("line from xinxiang [min]"). A catalogue entry's key is such a sentence with its
gaps in braces, and its text uses the same gaps; a gap's name says what stands in it and how it is written:
`{place}`, `{unit}`, `{hex}` names; `{minutes}` hours; `{share}` percent; `{times}` a factor; a group of words such as
`{terrain}`; `{name}` a word as it is; `{what}` anything, translated where it can be; all others numbers.
A digit at the end tells two gaps of a kind apart (`{minutes2}`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

GAP = re.compile(r"\{([a-z_]+)(\d*)\}")
FORMS = {
    "unit": r"[a-z][a-z0-9_]*",
    "place": r"[a-z][a-z0-9_]*",
    "hex": r"\d{4}(?:\d\d)?",
    "minutes": r"\d[\d,]*",
    "share": r"\d+",
    "times": r"\d+",
    "name": r"\S+",
    "what": r".+",
}
WORDS = ("terrain", "road", "river", "weather", "mobility", "type", "grade", "command", "stance", "method", "intensity")
NUMBER = r"-?[\d,]+(?:\.\d+)?"


@dataclass(frozen=True)
class Pattern:
    """One sentence with gaps: what recognises it, its gaps in order and the key of its text."""

    found: re.Pattern[str]
    gaps: tuple[tuple[str, str], ...]  # (name with its digit, kind)
    key: str


def pattern(key: str, sentence: str) -> Pattern:
    """Return the pattern of a sentence with gaps in braces."""
    gaps, expression, at = [], "", 0
    for gap in GAP.finditer(sentence):
        kind = gap[1]
        form = FORMS.get(kind, r"[A-Za-z]+" if kind in WORDS else NUMBER)
        expression += re.escape(sentence[at : gap.start()]) + f"({form})"
        gaps.append((gap[1] + gap[2], kind))
        at = gap.end()
    return Pattern(re.compile(expression + re.escape(sentence[at:])), tuple(gaps), key)


class Phrases:
    """The patterns of one language. Patterns without gaps go first, then those with most fixed text."""

    def __init__(self, texts: Mapping[str, str], prefix: str) -> None:
        self._texts = texts
        plain = {key.removeprefix(prefix): key for key in texts if key.startswith(prefix)}
        self._plain = {sentence: key for sentence, key in plain.items() if not GAP.search(sentence)}
        gapped = [sentence for sentence in plain if GAP.search(sentence)]
        gapped.sort(key=lambda s: (-len(GAP.sub("", s)), s))
        self._patterns = tuple(pattern(plain[s], s) for s in gapped)

    def say(self, sentence: str, gap: Callable[[str, str], str]) -> str | None:
        """Return a sentence in the language; gap(kind, what was said) gives what stands in a gap. None = unknown."""
        if sentence in self._plain:
            return self._texts[self._plain[sentence]]
        for one in self._patterns:
            found = one.found.fullmatch(sentence)
            if found:
                said = {name: gap(kind, word) for (name, kind), word in zip(one.gaps, found.groups(), strict=True)}
                return self._texts[one.key].format(**said)
        return None


def number_form(kind: str, said: str) -> str:
    """Return a number of the rules as a player reads it: minutes as hours, shares as percent, factors as such."""
    plain = said.replace(",", "")
    if kind == "minutes":
        return f"{int(plain) / 60:,.1f}"
    if kind == "share":
        return f"{int(plain) / 10:.0f} %"
    if kind == "times":
        return f"× {int(plain) / 1000:.2f}"
    return said
