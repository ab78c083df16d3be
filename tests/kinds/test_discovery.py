"""Kinds are found by their folder."""

import pytest

from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Kind


class _Loose(Kind):
    name = "los-zand"
    title = "Los zand"


def test_two_kinds_with_one_name_fail_at_start() -> None:
    with pytest.raises(kinds.BadKind, match="two kinds are called 'los-zand'"):
        kinds.registry([("los_zand", _Loose()), ("ook_los_zand", _Loose())])


def test_folder_without_kind_fails_at_start() -> None:
    with pytest.raises(kinds.BadKind, match="trainer/kinds/leeg"):
        kinds.registry([("leeg", None)])


def test_kind_in_a_folder_of_another_name_fails_at_start() -> None:
    with pytest.raises(kinds.BadKind, match="must be in trainer/kinds/los_zand"):
        kinds.registry([("ergens_anders", _Loose())])


def test_unknown_kind_is_a_problem_with_a_suggestion() -> None:
    problems = Problems()
    data = b"---\ntitel: x\n---\n\n## Blok {#blok minuten=5 werkvorm=presentatje}\n\ntekst\n"
    assert read_part(data, "x.md", kinds.interpret, problems) is None
    assert [str(problem) for problem in problems.sorted()] == [
        "x.md:5: onbekende werkvorm 'presentatje'; bedoel je 'presentatie'? [step.unknown-kind]"
    ]
