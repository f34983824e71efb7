"""The models of scenario files: filled from plain values, strict, read-only, and quick to import."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import ValidationError

from game.scenario.schema import PlansFile, ScenarioFile, TaskPart
from game.scenario.schema.making import REQUIRED, keys, make, models_in
from game.scenario.schema.parts import Part

ROOT = Path(__file__).parent.parent.parent
TASK: dict[str, Any] = {"id": "p1", "formations": ["a"], "kind": "hold", "from": date(1944, 5, 1)}


def all_models(cls: type[Part] = Part) -> list[type[Part]]:
    """Return every model below one."""
    return [m for sub in cls.__subclasses__() for m in (sub, *all_models(sub))]


def test_a_model_holds_what_the_file_says_and_the_defaults_of_the_rest() -> None:
    task = make(TaskPart, TASK)
    assert (task.id, task.formations, task.from_, task.until) == ("p1", ["a"], date(1944, 5, 1), None)
    assert (task.places, task.priority, task.note) == ([], 5, "")


def test_lists_left_out_are_not_shared() -> None:
    one, two = make(PlansFile, {}), make(PlansFile, {})
    assert one.japan == two.japan == []
    assert one.japan is not two.japan


def test_what_a_file_says_cannot_be_changed() -> None:
    with pytest.raises(AttributeError, match="read-only"):
        make(TaskPart, TASK).priority = 1


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"priority": "1"}, "int_type"),
        ({"priority": True}, "int_type"),
        ({"priority": 1.0}, "int_type"),
        ({"priority": 10}, "less_than_equal"),
        ({"id": 5}, "string_type"),
        ({"id": "P1"}, "string_pattern_mismatch"),
        ({"kind": "holds"}, "literal_error"),
        ({"from": "1944-05-01"}, "date_type"),
        ({"from_": date(1944, 5, 1)}, "extra_forbidden"),
        ({"formations": []}, "too_short"),
        ({"formations": "a"}, "list_type"),
        ({"source": [""]}, "string_too_short"),
    ],
)
def test_values_are_not_guessed_at(change: dict[str, Any], kind: str) -> None:
    with pytest.raises(ValidationError) as error:
        make(TaskPart, TASK | change)
    (found,) = error.value.errors()
    assert found["type"] == kind
    assert found["loc"][0] == next(iter(change))


def test_every_model_can_be_made_and_no_two_share_a_name() -> None:
    models = all_models()
    assert len({m.__name__ for m in models}) == len(models) > 30
    for model in models:
        with_needs = [name for name, key in keys(model).items() if key.default is REQUIRED]
        if with_needs:
            with pytest.raises(ValidationError) as error:
                make(model, {})
            assert sorted(str(e["loc"][0]) for e in error.value.errors()) == sorted(with_needs)
        else:
            assert isinstance(make(model, {}), model)


def test_models_inside_an_annotation_are_found() -> None:
    known = keys(ScenarioFile)
    assert [m.__name__ for m in models_in(known["changes"].annotation)] == ["ChangePart"]
    assert list(models_in(known["rules"].annotation)) == []


def test_loading_needs_only_the_core_of_pydantic() -> None:
    """The whole of it takes a tenth of a second to import, which every command would wait for."""
    load = "from game.scenario.load import load_scenario; load_scenario('tests/fixtures/mini')"
    code = f"import sys; {load}; print('pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
