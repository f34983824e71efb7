"""The texts of the window: complete in both languages, and every sentence of the rules is told in the player's own words."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice
from pathlib import Path

import pytest
import yaml

import game
from game.ai.registry import make_player
from game.core.errors import DataError
from game.model.hexmap import ROAD, TERRAIN
from game.model.orders import INTENSITIES, METHODS, STANCES, Attack, End, Interdict, Move, Stance, Verdict
from game.model.rules import COMMAND, RIVERS, WEATHERS
from game.model.state import LOSSES
from game.model.units import ECHELONS, MOBILITIES, QUALITIES, TYPES, Mobility
from game.play.session import Session
from game.rules import combat, command, power, supply, victory
from game.rules.costs import MarchCosts
from game.rules.world import World
from game.scenario.load import load_scenario
from game.ui import texts as texts_module
from game.ui.phrases import GAP
from game.ui.texts import LANGUAGES, Texts, catalogue, read_texts

SPOKEN = {"Factor": ("rules", "play"), "Verdict": ("rules", "play", "ui")}  # packages whose sentences players read
UNITS_OF_MEASURE = re.compile(r"[A-E](?=（)|\bkm\b|\bmin\b|\bVP\b")
LATIN = re.compile(r"[A-Za-z]")
RAW_ID = re.compile(r"[a-z0-9]+_[a-z0-9_]+")
PLAYED = (("first_steps", 99), ("henan", 8), ("hengyang", 8))  # scenario and the turns that are played of it


# -- the catalogues ----------------------------------------------------------------------------------------------------


def test_both_languages_say_the_same_things_with_the_same_gaps() -> None:
    english, chinese = catalogue("en"), catalogue("zh")
    assert set(english) == set(chinese)
    other = {k for k in english if sorted(set(re.findall(r"\{\w*", english[k]))) != sorted(set(re.findall(r"\{\w*", chinese[k])))}
    assert other == set()


def test_every_gap_of_a_sentence_of_the_rules_is_filled_in_its_text() -> None:
    for lang in LANGUAGES:
        for key, text in catalogue(lang).items():
            if key.startswith(("factor.", "refusal.")) and key != "factor.group":
                assert {g[0] for g in GAP.finditer(text)} <= {g[0] for g in GAP.finditer(key)}, key


def test_chinese_texts_are_chinese() -> None:
    """A text without a single Chinese character is a number, a sign, a unit of measure or was forgotten."""
    forgotten = {
        key: text
        for key, text in catalogue("zh").items()
        if re.search(r"[A-Za-z]{3,}", GAP.sub("", re.sub(r"\{[^}]*\}", "", text))) and not re.search(r"[\u4e00-\u9fff]", text)
    }
    assert set(forgotten) <= {"start.language", "problem.true", "problem.false"}, forgotten


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_of_the_rules_has_a_text(lang: str) -> None:
    groups = {
        "terrain": TERRAIN, "river": RIVERS, "road": ROAD, "weather": WEATHERS, "command": COMMAND, "stance": STANCES,
        "method": METHODS, "intensity": INTENSITIES, "arm": TYPES, "mobility": MOBILITIES,
        "quality": QUALITIES, "size": ECHELONS, "lost": LOSSES, "direction": ("E", "NE", "NW", "W", "SW", "SE"),
    }  # fmt: skip
    known = catalogue(lang)
    assert [f"{group}.{name}" for group, names in groups.items() for name in names if f"{group}.{name}" not in known] == []


@lru_cache(maxsize=500)
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Return the syntax tree of a source file, node by node."""
    return tuple(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def _literals(kind: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield every sentence that the rules give to a Factor or Verdict: where it stands, and it as a pattern."""
    for path in sorted(p for package in SPOKEN[kind] for p in (Path(game.__file__).parent / package).glob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == kind:
                said = node.args[0] if kind == "Factor" else node.args[1] if len(node.args) > 1 else None
                if isinstance(said, ast.JoinedStr):
                    parts = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else ".*" for v in said.values]
                    if any(part != ".*" for part in parts):
                        yield f"{path.name}:{node.lineno}", re.compile("".join(parts))
                elif isinstance(said, ast.Constant):
                    yield f"{path.name}:{node.lineno}", re.compile(re.escape(str(said.value)))


@pytest.mark.parametrize(("kind", "prefix"), [("Factor", "factor."), ("Verdict", "refusal.")])
def test_no_sentence_in_the_rules_was_forgotten(kind: str, prefix: str) -> None:
    known = [GAP.sub("x", key.removeprefix(prefix)) for key in catalogue("zh") if key.startswith(prefix)]
    found = dict(_literals(kind))
    assert len(found) > 20
    assert [f"{place}: {said.pattern}" for place, said in found.items() if not any(said.fullmatch(k) for k in known)] == []


def _asked() -> Iterator[tuple[str, str, bool]]:
    """Yield (where, text, whole): keys that the window asks for; of a key that is put together its beginning only."""
    for path in sorted(Path(texts_module.__file__).parent.glob("*.py")):
        for node in nodes(path):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            key, where = node.args[0], f"{path.name}:{node.lineno}"
            if name == "texts" and isinstance(key, ast.Constant):
                yield where, str(key.value), True
            elif name == "texts" and isinstance(key, ast.JoinedStr) and isinstance(key.values[0], ast.Constant):
                yield where, str(key.values[0].value), False
            elif name == "word" and isinstance(key, ast.Constant):
                yield where, str(key.value) + ".", False


def test_every_text_that_the_window_asks_for_exists() -> None:
    known = catalogue("en")
    asked = list(_asked())
    assert len(asked) > 200
    lost = [f"{where}: {key}" for where, key, whole in asked if (key not in known if whole else not any(map(starts(key), known)))]
    assert lost == []


def test_every_text_is_asked_for() -> None:
    """By its key, by a key that is put together, as a word of a group, or as a sentence that the rules say."""
    said = ("factor.", "refusal.", "problem.", "verdict.")  # found by what the rules say
    named = {"direction", "quality", "size", "arm"}  # groups of words that stand in gaps
    whole, parts = set(), []
    for path in sorted(Path(texts_module.__file__).parent.glob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                words = [re.escape(str(v.value)) if isinstance(v, ast.Constant) else "[^.]+" for v in node.values]
                parts += [re.compile("".join(words))] if re.match(r"[a-z_]+\\\.", words[0]) else []
            elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("word", "_word") and node.args:
                named |= {node.args[0].value} if isinstance(node.args[0], ast.Constant) else set()
    rest = [k for k in catalogue("en") if k not in whole and not k.startswith(said) and k.split(".", 1)[0] not in named]
    assert [k for k in rest if not any(p.fullmatch(k) for p in parts)] == []


def starts(beginning: str) -> Callable[[str], bool]:
    return lambda key: key.startswith(beginning)


def test_refusals_without_a_sentence_have_a_text_by_their_code() -> None:
    codes = set()
    for path in sorted(Path(texts_module.__file__).parent.parent.rglob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Verdict" and len(node.args) == 1:
                codes.add(ast.literal_eval(node.args[0]))
    assert codes >= {"ok", "there-already"}
    assert [code for code in codes - {"ok"} if f"verdict.{code}" not in catalogue("zh")] == []


# -- what the rules say in games ---------------------------------------------------------------------------------------


def factor_names(world: World) -> Iterator[str]:
    """Yield the names of all factors that can be asked for now."""
    for unit in (*world.present(0), *world.present(1)):
        where = world.state.hex[unit]
        _, _, parts = command.chance_of_command(world, world.chain.rating[unit], world.chain.post[unit], unit)
        for factors in (
            parts, supply.explain_supply(world, unit), power.explain_readiness(world, unit),
            power.explain_power(world, unit, where), command.explain_minutes(world, unit),
        ):  # fmt: skip
            yield from (f.name for f in factors)
        for target in world.near[where]:
            if target >= 0 and world.hard(target, 1 - world.side[unit]) and not world.soft[unit]:
                plan = combat.assess(world, Attack(target, (unit,), 0, unit % 4, unit % 3, unit % 2 == 0))
                yield from (f.name for f in plan.factors())
    for n in range(len(world.scenario.objectives)):
        yield from (f.name for f in victory.points(world, n)[1])
    for event in world.events:
        yield from (f.name for f in event.factors)
        if event.kind == "morale":
            yield str(event.data["why"])


def march_names(world: World) -> Iterator[str]:
    """Yield the names of the factors of many single steps."""
    costs: MarchCosts = world.costs
    for here in range(0, world.map.size, 7):
        for way in range(6):
            for mobility in Mobility:
                today = (here % 4, way % 4)
                yield from (f.name for f in costs.explain(mobility, today, here, way, here % 2 == 0))


def refusals(world: World) -> Iterator[Verdict]:
    """Yield the verdicts on a great many orders, most of them foolish."""
    from game.rules.engine import check

    size, side = world.map.size, world.state.side
    enemies = [world.state.hex[u] for u in world.present(1 - side)]
    for unit in range(len(world.scenario.units)):
        here = max(0, world.state.hex[unit])
        ring = [n for n in world.near[here] if n >= 0]
        for there in (*ring, (here * 7 + 3) % size):
            yield check(world, Move(unit, (here, there)))
            yield check(world, Move(unit, (here, there), True))
        far = [here, *(ring[0] + k for k in range(12) if ring and ring[0] + k < size)]
        yield check(world, Move(unit, tuple(far)))
        yield check(world, Stance(unit, unit % 5))
        for target in (*ring, *enemies[:8]):
            yield check(world, Attack(target, (unit,), unit % 3, unit % 5, unit % 4 * 9, unit % 7 == 0))
    for target in (*enemies, -1, size // 2):
        yield check(world, Interdict(target, 1))
        yield check(world, Interdict(target, 99))
    yield check(world, Move(9999, (0, 1)))
    yield check(world, Attack(5, ()))


def said_in(name: str, turns: int) -> tuple[set[str], set[Verdict], Texts]:
    """Return all factor names and refusals of a game played for some turns, and texts that know its names."""
    scenario = load_scenario(name)
    session = Session(scenario, 7)
    players = make_player("staff"), make_player("staff")
    names, refused = set(march_names(session.world)), set(refusals(session.world))
    while not session.over and session.world.state.turn <= turns:
        world = session.world
        for order in islice(players[world.state.side].orders(session.view(world.state.side)), 12):
            if not isinstance(order, End) and session.view(world.state.side).check(order).ok:
                session.order(order)
        refused |= set(refusals(world))
        session.play_phase(players[world.state.side])
        names |= set(factor_names(world))
    refused |= set(refusals(session.world))
    return names, {v for v in refused if not v.ok}, Texts("zh", scenario)


@pytest.mark.parametrize(("name", "turns"), PLAYED)
def test_games_are_explained_without_a_foreign_word(name: str, turns: int) -> None:
    factors, refused, texts = said_in(name, turns)
    assert len(factors) > 60
    assert len({v.code for v in refused}) > 8
    own = _names_in_latin(texts)
    for said in (
        *((f, texts.factor(f)) for f in sorted(factors)),
        *((v.detail, texts.refusal(v)) for v in sorted(refused, key=str)),
    ):
        plain = UNITS_OF_MEASURE.sub("", own.sub("", said[1]))
        assert not LATIN.search(plain), said
    english = Texts("en", texts.scenario)
    for factor in factors:
        assert not RAW_ID.search(english.factor(factor)), factor
    for verdict in refused:
        assert not RAW_ID.search(english.refusal(verdict)), verdict


def _names_in_latin(texts: Texts) -> re.Pattern[str]:
    """Return a pattern of the Latin words that Chinese names of this scenario contain themselves."""
    assert texts.scenario is not None
    names = {w for f in texts.scenario.formations for w in re.findall(r"[A-Za-z][A-Za-z0-9.-]*", texts.name(f.name))}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "(?!)")


def test_names_numbers_and_words_stand_in_the_gaps() -> None:
    scenario = load_scenario("henan")
    english, chinese = Texts("en", scenario), Texts("zh", scenario)
    place = next(p for p in scenario.map.places if p.hex >= 0 and p.rank == 0)
    unit = scenario.units[0]
    assert english.factor(f"line from {place.id} [min]") == f"line from {place.name_en} [min]"
    assert place.name_zh in chinese.factor(f"line from {place.id} [min]")
    assert chinese.factor(place.id) == place.name_zh
    assert english.factor(f"attack: {unit.id}, across a great river x 700").endswith(f"{unit.name.en}, across a great river × 0.70")
    assert "75 %" in english.factor("readiness 750")
    label = scenario.map.label(place.hex)
    late = Verdict("too-far", "the march takes 750 minutes, the unit has 90")
    assert english.refusal(late) == "the march takes 12.5 h, the unit has 1.5 h"
    assert chinese.refusal(Verdict("stacking", f"{label} is full")).startswith(f"{place.name_zh} {label}")
    assert english.refusal(Verdict("strange", "something new")) == "something new"
    assert Texts("zh").factor("line from nowhere_at_all [min]") == "补给线起自nowhere_at_all［分］"


# -- trouble with the files --------------------------------------------------------------------------------------------


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of texts that the test may spoil."""
    for lang in LANGUAGES:
        (tmp_path / lang).mkdir()
        known = yaml.safe_dump(catalogue(lang), allow_unicode=True)
        (tmp_path / lang / "all.yaml").write_text(known, encoding="utf-8")
    monkeypatch.setattr(texts_module, "text_folder", lambda: tmp_path)
    read_texts.cache_clear()
    return tmp_path


def test_a_spoilt_language_file_is_told_and_the_other_language_serves(own_folder: Path) -> None:
    (own_folder / "zh" / "all.yaml").write_text("end_turn: [\n", encoding="utf-8")
    texts = Texts("zh")
    assert "all.yaml" in texts.trouble and "cannot read" in texts.trouble
    assert texts("end_turn") == catalogue("en")["end_turn"]
    assert texts.factor("quality A").startswith("quality")
    with pytest.raises(DataError):
        catalogue("zh")


def test_a_missing_language_and_a_missing_text_do_not_stop_the_window(own_folder: Path) -> None:
    (own_folder / "zh" / "all.yaml").unlink()
    texts = Texts("zh")
    assert "missing" in texts.trouble
    assert texts("quit") == catalogue("en")["quit"]
    texts.switch()
    assert texts.lang == "en" and texts.trouble == ""
    assert texts("there.is.no.such.text", count=3) == "there.is.no.such.text"


def test_a_text_in_two_files_is_a_mistake(own_folder: Path) -> None:
    (own_folder / "en" / "zz.yaml").write_text("quit: Leave\n", encoding="utf-8")
    with pytest.raises(DataError, match="two files"):
        catalogue("en")
    assert Texts("en")("quit") == "Quit"


def test_errors_are_told_in_the_language() -> None:
    chinese = Texts("zh")
    damaged = "the replay is damaged in turn 7: its checksum does not fit its content"
    assert chinese.problem(damaged) == "文件在第 7 回合处损坏：校验值与内容不符"
    assert chinese.problem("no such file; expected the settings") == "没有这个文件；应为设置文件"
    wrong = "the setting text_size cannot be the whole number 5; the usual value is used"
    assert chinese.problem(wrong) == "设置 text_size 不能是整数 5；改用通常的值"
    assert chinese.problem("something that nobody has foreseen") == "something that nobody has foreseen"
    assert Texts("en").problem(damaged) == damaged


def test_every_english_text_of_an_error_is_what_the_program_says() -> None:
    assert all(text == key.removeprefix("problem.") for key, text in catalogue("en").items() if key.startswith("problem."))
