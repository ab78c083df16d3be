"""Werkblad: a sheet in stages, of which only what its owner shares is ever seen by others."""

import re

import pytest

from tests.kinds.material_support import read, settings_of
from tests.kinds.stage_support import Stage, ask
from tests.kinds.template_support import template_of
from trainer.kinds.contract import Command, Rejected

BODY = """Dit is van jou.

#### De droom

Denk aan morgen.

> In stilte.

- **Wat zie je?** Iets kleins. {#zie}
- [tekening] Teken het {#beeld}

#### De stap

- [ ] Ik vraag hulp {#hulp}"""


def kept(html: str) -> list[str]:
    return re.findall(r'data-keep="([^"]+)"', html)


def phone(stage: Stage) -> str:
    return stage.play.shared("phone", stage.sitting)


def test_sheet_is_read_in_stages_with_fields() -> None:
    settings = settings_of("werkblad", BODY, "blad=morgen")

    assert settings.intro.plain == "Dit is van jou."
    assert [
        (stage.title, [(field.id, field.form, field.label.plain, field.hint.plain) for field in stage.fields])
        for stage in settings.stages
    ] == [
        (
            "De droom",
            [("zie", "lines", "Wat zie je?", "Iets kleins."), ("beeld", "drawing", "Teken het", "")],
        ),
        ("De stap", [("hulp", "tick", "Ik vraag hulp", "")]),
    ]
    assert "blockquote" in settings.stages[0].text.html


def test_sheet_without_stages_is_one() -> None:
    settings = settings_of("werkblad", "Schrijf op.\n\n- Wat neem je mee? {#mee}")

    assert [(stage.title, stage.text.plain) for stage in settings.stages] == [("Stap", "Schrijf op.")]


LONG = "Een heel lange zin die maar doorgaat. " * 40


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Alleen tekst.", ["7 werkblad.no-fields"]),
        ("- Wat neem je mee?", ["9 werkblad.field-id"]),
        ("- Wat? {#Mee naar huis}\n- Wat? {#mee}", ["9 werkblad.field-id"]),
        ("#### Een\n\n- Wat? {#mee}\n\n#### Twee\n\n- Wie? {#mee}", ["15 werkblad.double-field"]),
        ("- Wat? {#mee}\n- [ ] {#leeg}", ["10 werkblad.no-question"]),
        ("#### Een\n\n#### Twee\n\n- Wie? {#mee}", ["9 werkblad.empty-stage"]),
        (f"#### Een\n\n{LONG}\n\n- Wie? {{#mee}}", ["9 werkblad.too-long"]),
        ("\n\n".join(f"#### Stap {n}\n\n- Wie? {{#wie-{n}}}" for n in range(9)), ["7 werkblad.too-many"]),
    ],
)
def test_parse_reports_what_is_wrong(body: str, found: list[str]) -> None:
    assert read("werkblad", body) == (None, found)


def test_name_of_a_sheet_is_an_id() -> None:
    assert read("werkblad", "- Wat? {#mee}", 'blad="Mijn blad"') == (None, ["7 step.bad-value"])


def test_steps_with_the_same_sheet_keep_the_same_fields() -> None:
    first = Stage("werkblad", "- Wat? {#mee}", "blad=morgen")
    later = Stage("werkblad", "Kijk terug.\n\n- Wat was het? {#mee}", "blad=morgen")

    assert kept(phone(first)) == kept(phone(later)) == ["morgen-mee"]


def test_step_without_a_name_for_its_sheet_has_one_of_its_own() -> None:
    assert kept(phone(Stage("werkblad", "- Wat? {#mee}"))) == ["stap-mee"]


def test_trainer_opens_the_stages_one_by_one() -> None:
    stage = Stage("werkblad", BODY, "blad=morgen")
    assert kept(phone(stage)) == ["morgen-zie", "morgen-beeld"]

    stage.press(ask("stage", number="1"))

    assert kept(phone(stage)) == ["morgen-zie", "morgen-beeld", "morgen-hulp"]
    assert stage.view("screen")["stage"].title == "De stap"
    stage.press(ask("stage", number="0"))
    assert kept(phone(stage)) == ["morgen-zie", "morgen-beeld"]


def test_who_goes_alone_has_every_stage_and_nothing_is_opened() -> None:
    stage = Stage("werkblad", BODY, "blad=morgen tempo=zelf")

    assert kept(phone(stage)) == ["morgen-zie", "morgen-beeld", "morgen-hulp"]
    assert stage.view("screen")["stage"] is None
    assert "stage" not in [control.name for control in stage.controls]
    assert stage.play.kind.forward(stage.play.settings, stage.state) is None


def test_one_text_is_shared_at_a_time() -> None:
    stage = Stage("werkblad", BODY)

    answers = [stage.offer("a", shared=texts) for texts in (["een", "twee"], ["x" * 201], [])]

    assert [answer.code for answer in answers] == ["invalid", "too-long", "empty"]
    assert stage.offer("a", shared="  een\ntekst ") == {"1": {"text": "een tekst"}}


def test_fourth_text_of_a_phone_is_refused() -> None:
    stage = Stage("werkblad", BODY)
    for text in ("een", "twee", "drie"):
        stage.send("a", shared=text)

    assert stage.offer("a", shared="vier").code == "full"


def test_what_three_shared_is_seen_when_the_trainer_shows_it() -> None:
    stage = Stage("werkblad", BODY)
    for author in ("a", "b"):
        stage.send(author, shared=f"tekst {author}")
    refused = stage.refusal("draw")
    assert refused is not None
    assert refused.code == "few"
    stage.send("c", shared="tekst c")

    stage.press("draw", "show-all")

    assert sorted(stage.view("screen")["cards"]) == ["tekst a", "tekst b", "tekst c"]
    assert stage.kept == ()


def test_those_who_shared_at_one_stage_hide_nobody_of_another() -> None:
    stage = Stage("werkblad", BODY)
    stage.send("a", shared="tekst a")
    stage.press(ask("stage", number="1"))
    for author in ("b", "c"):
        stage.send(author, shared=f"tekst {author}")
    assert stage.refusal("draw") is not None

    # A text that waited for a connection is of the stage in which its owner pressed.
    stage.send("d", "1", shared="tekst d")
    assert stage.refusal("draw") is not None
    stage.send("d", shared="nog een")

    assert sorted(card.item for card in stage.press("draw").seen.cards) == ["2", "2", "2"]


def test_text_of_a_stage_that_does_not_exist_is_refused() -> None:
    assert [Stage("werkblad", BODY).offer("a", item, shared="x").code for item in ("", "3")] == [
        "invalid"
    ] * 2


@pytest.mark.parametrize("press", [ask("clear"), ask("stage", number="1")])
def test_what_was_shared_leaves_the_screen_and_can_be_shown_again(press: Command) -> None:
    stage = Stage("werkblad", BODY)
    for author in ("a", "b", "c"):
        stage.send(author, shared=f"tekst {author}")
    stage.press("draw", "show-all", press)
    assert stage.view("screen")["cards"] == []

    stage.press("show-all")

    assert len(stage.view("screen")["cards"]) == 3


def test_nothing_is_shared_once_that_is_closed_and_writing_goes_on() -> None:
    stage = Stage("werkblad", BODY).press("close")

    answer = stage.offer("a", shared="tekst")

    assert isinstance(answer, Rejected)
    assert answer.code == "closed"
    assert kept(phone(stage)) == ["stap-zie", "stap-beeld"]


@pytest.mark.parametrize(("home", "fields"), [("ja", ["stap-zie", "stap-beeld", "stap-hulp"]), ("nee", [])])
def test_sheet_for_home_is_whole_once_the_meeting_is_over(home: str, fields: list[str]) -> None:
    play = Stage("werkblad", BODY, f"thuis={home}").play

    template = template_of(play.kind, "closed")
    assert template is not None
    html = template.render(step=play.step, settings=play.settings)

    assert kept(html) == fields
