"""The player's manual: the same in both languages, its keys are the game's, what it names exists."""

from __future__ import annotations

import re

import pytest

from game.cli.commands import COMMANDS
from game.core.errors import DataError
from game.ui.badges import PARTS
from game.ui.handbook import FILES, keys_table, manual_folder, with_keys
from game.ui.shots import MANUAL
from game.ui.texts import LANGUAGES


def manual(lang: str) -> str:
    return (manual_folder() / FILES[lang]).read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_keys_of_the_manual_are_those_of_the_game(lang: str) -> None:
    assert with_keys(manual(lang), lang) == manual(lang), "run python -m game.ui.handbook"
    assert keys_table(lang).count("\n| ") > 40


def test_a_manual_without_a_place_for_the_keys_is_told() -> None:
    with pytest.raises(DataError, match="table of keys"):
        with_keys("# Manual\n", "en")


def test_both_manuals_have_the_same_parts() -> None:
    english, chinese = manual("en"), manual("zh")
    for sign in (r"^#+ ", r"^\d+\. ", r"^\| ", r"^!\[", r"^- "):
        assert len(re.findall(sign, english, re.M)) == len(re.findall(sign, chinese, re.M)), sign


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_is_taken_by_the_command_and_every_link_leads_somewhere(lang: str) -> None:
    taken = {name for names in MANUAL.values() for name in names.values()}
    pictures = re.findall(r"!\[[^]]*\]\(img/([^)]+)\)", manual(lang))
    assert pictures and set(pictures) <= taken
    for link in re.findall(r"(?<!!)\[[^]]*\]\(([^)#]+)", manual(lang)):
        assert (manual_folder() / link).exists(), link


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_command_of_the_manual_exists(lang: str) -> None:
    named = set(re.findall(r"`(?:python main\.py|…) ([a-z]+)", manual(lang)))
    assert len(named) > 6
    assert named <= {*COMMANDS}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_on_the_picture_of_the_screen_is_explained(lang: str) -> None:
    section = manual(lang).split("screen_map", 1)[1].split("###", 1)[0]
    assert len(re.findall(r"^\d+\. ", section, re.M)) == len(PARTS)
