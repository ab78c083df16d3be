"""How a kind declares and reads its settings."""

from dataclasses import dataclass

import pytest

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline
from trainer.kinds.settings import choice, described, flag, ident, read_settings, setting, words


@dataclass(frozen=True, slots=True)
class Settings:
    question: Text
    most: int = setting("max", "Max", default=5, low=1, high=20)
    define: bool = flag("definitie", "Definitie")
    named: bool = flag("namen", "Namen", default=True)
    form: str = choice("vorm", "Vorm", ("stellingen", "keuze"))
    order: str = choice("volgorde", "Volgorde", ("vast", "willekeurig"), default="willekeurig")
    sheet: str = ident("blad", "Blad")
    to: str = words("naar", "Naar", default="het team", most=20)


QUESTION = inline("Wat is *herstel*?")


def read(**attributes: str) -> tuple[Settings, list[str]]:
    step = StepSource("a.md", 7, "stap", "Stap", "flap", attributes, "", 8, "", None)
    problems = Problems()
    settings = read_settings(Settings, step, problems, question=QUESTION)
    return settings, [str(problem) for problem in problems.sorted()]


def test_settings_without_attributes_are_the_defaults() -> None:
    assert read() == (
        Settings(QUESTION, 5, False, True, "stellingen", "willekeurig", "", "het team"),
        [],
    )


def test_settings_from_attributes() -> None:
    settings, problems = read(
        max="20",
        definitie="ja",
        namen="nee",
        vorm="keuze",
        volgorde="vast",
        blad="mijn-droom",
        naar=" de  raad ",
    )

    assert problems == []
    assert settings == Settings(QUESTION, 20, True, False, "keuze", "vast", "mijn-droom", "de raad")


def test_wrong_settings_are_reported_all_at_once() -> None:
    settings, problems = read(
        max="0", definitie="Ja", vorm="keus", blad="Mijn blad", tekens="5", minute="3", question="x"
    )

    assert problems == [
        "a.md:7: 'blad' heeft kleine letters, cijfers en streepjes nodig, niet 'Mijn blad' [step.bad-value]",
        "a.md:7: 'definitie' moet 'ja' of 'nee' zijn, niet 'Ja' [step.bad-value]",
        "a.md:7: 'max' moet van 1 tot en met 20 zijn, niet 0 [step.bad-value]",
        "a.md:7: 'vorm' moet 'stellingen' of 'keuze' zijn, niet 'keus'; bedoel je 'keuze'? [step.bad-value]",
        "a.md:7: onbekende instelling 'minute'; bedoel je 'minuten'? [step.unknown-setting]",
        "a.md:7: onbekende instelling 'question' [step.unknown-setting]",
        "a.md:7: onbekende instelling 'tekens' [step.unknown-setting]",
    ]
    assert settings == Settings(QUESTION)


def test_settings_are_described_in_order() -> None:
    found = described(Settings)

    assert [each.name for each in found] == ["max", "definitie", "namen", "vorm", "volgorde", "blad", "naar"]
    assert [each.label for each in found][:2] == ["Max", "Definitie"]


@pytest.mark.parametrize("name", ["id", "minuten", "werkvorm", "optie"])
def test_setting_with_the_name_of_a_common_one_cannot_be_made(name: str) -> None:
    with pytest.raises(ValueError, match="read by the curriculum itself"):
        setting(name, "Naam", default=1)


def test_choice_with_a_default_that_is_no_option_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="not one of the options"):
        choice("vorm", "Vorm", ("a", "b"), default="c")


@pytest.mark.parametrize("text", ["", "x" * 21])
def test_words_that_are_none_or_too_many_are_reported(text: str) -> None:
    settings, problems = read(naar=text)

    assert problems == ["a.md:7: 'naar' moet een tekst van 1 tot en met 20 tekens zijn [step.bad-value]"]
    assert settings == Settings(QUESTION)
