"""The page 'Voorbereiden', by its forms: who trains a meeting reads and chooses, as long as it is planned."""

import re

import pytest

from tests.support.noted import NOTED, give
from tests.support.site import Site, Visitor
from trainer.live.stored import prepared_from_json
from trainer.store.models import Meeting, db


@pytest.fixture
def meeting(site: Site, course: list[str]) -> str:
    give(site, NOTED)
    return course[0]


@pytest.fixture
def trainer(site: Site, organiser: Visitor, meeting: str) -> Visitor:
    """Somebody who trains the meeting, and is no organiser."""
    trainer = site.logged_in("sam")
    organiser.post(f"/beheer/bijeenkomsten/{meeting}/trainers", page="/beheer", trainers="2")
    return trainer


@pytest.fixture
def page(meeting: str) -> str:
    return f"/beheer/bijeenkomsten/{meeting}/voorbereiden"


def stored(site: Site, meeting: str) -> tuple[object, ...]:
    with site.app.app_context():
        found = db.session.get_one(Meeting, meeting)
        part = site.host.library.given(found)
        assert part is not None
        state = prepared_from_json(found.state, part)
        return dict(state.choices), state.skipped, dict(state.minutes), state.expected, state.trainers


def keys(text: str) -> list[str]:
    return re.findall(r'name="point" value="([0-9a-f]+)"', text)


def ticked(text: str) -> list[str]:
    return re.findall(r'name="point" value="([0-9a-f]+)" checked', text)


def test_trainer_reads_the_part_before_it_is_opened(trainer: Visitor, page: str) -> None:
    text = trainer.get(page).text

    assert "Iedereen loopt hem zelf." in text
    assert "Vraag trainer 2 om een voorbeeld." in text
    assert "Praat met je buur." in text
    assert "Zo geef je deze werkvorm" in text
    assert "Optie 2, niet gekozen: Alleen" in text
    assert '<strong class="num">30 minuten</strong>' in text


def test_it_is_found_from_home_the_course_and_the_meeting(
    trainer: Visitor, organiser: Visitor, page: str
) -> None:
    link = f'href="{page}"'

    assert link in trainer.get("/beheer").text
    assert link in organiser.get("/beheer/trajecten/1").text
    assert link in trainer.get(page.removesuffix("/voorbereiden")).text


def test_it_is_found_there_too_while_the_meeting_is_open(
    trainer: Visitor, organiser: Visitor, meeting: str, page: str
) -> None:
    trainer.post(f"/beheer/bijeenkomsten/{meeting}/openen", page="/beheer")
    link = f'href="{page}">Lees het dagdeel<'

    assert link in trainer.get("/beheer").text
    assert link in organiser.get("/beheer/trajecten/1").text


def test_each_form_saves_one_thing_and_leads_back_to_it(
    site: Site, trainer: Visitor, meeting: str, page: str
) -> None:
    forms: list[tuple[dict[str, str], str]] = [
        ({"command": "choose", "group": "welkom:1", "option": "2"}, "kies-welkom"),
        ({"command": "block-minutes", "block": "welkom", "minutes": " 20 "}, "kies-welkom"),
        ({"command": "skip", "block": "afsluiting"}, "kies-afsluiting"),
        ({"command": "expect", "people": "12"}, "wie"),
        ({"command": "lead", "first": "Sam", "second": "Kim"}, "wie"),
        ({"command": "swap", "block": "welkom", "to": "yes"}, "kies-welkom"),
    ]

    before = trainer.get(page).text
    answers = [trainer.post(page, anchor=anchor, **form) for form, anchor in forms]

    for _, anchor in forms:
        assert f'name="anchor" value="{anchor}"' in before
        assert f'id="{anchor}"' in before
    assert [each.status_code for each in answers] == [303] * len(forms)
    assert [each.location for each in answers] == [f"{page}#{anchor}" for _, anchor in forms]
    assert stored(site, meeting) == ({"welkom:1": 2}, ("afsluiting",), {"welkom": 20}, 12, ("Sam", "Kim"))
    text = trainer.get(page).text
    assert "Kim opent." in text
    assert "Vraag Sam om een voorbeeld." in text
    assert '<strong class="num">20 minuten</strong>' in text


def test_what_was_chosen_is_there_in_control(site: Site, trainer: Visitor, meeting: str, page: str) -> None:
    trainer.post(page, command="lead", first="Sam", second="Kim")
    trainer.post(page, command="choose", group="welkom:1", option="2")

    trainer.post(f"/beheer/bijeenkomsten/{meeting}/openen", page="/beheer")
    site.command(meeting, "start")

    text = trainer.get(f"/regie/{meeting}").text
    assert "Sam opent." in text
    assert "Vraag Kim om een voorbeeld." in text
    assert re.findall(r'id="lead-(first|second)"[^>]*value="([^"]*)"', text) == [
        ("first", "Sam"),
        ("second", "Kim"),
    ]


@pytest.mark.parametrize(
    ("form", "message", "typed"),
    [
        ({"command": "block-minutes", "block": "welkom", "minutes": "999"}, "van 1 tot 480", "999"),
        ({"command": "expect", "people": "veel"}, "Vul een aantal mensen in", "veel"),
        ({"command": "lead", "first": "Sam", "second": "Kim★"}, "gewone letters", "Kim★"),
        ({"command": "explode"}, "Deze knop ken ik niet.", ""),
    ],
)
def test_what_cannot_be_saved_is_told_and_kept_in_its_field(
    site: Site, trainer: Visitor, meeting: str, page: str, form: dict[str, str], message: str, typed: str
) -> None:
    answer = trainer.post(page, **form)

    assert answer.status_code == 400
    assert "Niet bewaard." in answer.text and message in answer.text
    assert f'value="{typed}"' in answer.text
    assert stored(site, meeting) == ({}, (), {}, 0, ())


def test_ticks_are_shared_and_an_old_page_undoes_nothing(
    trainer: Visitor, organiser: Visitor, page: str
) -> None:
    first, second = keys(trainer.get(page).text)

    # Both have the page on which nothing is ticked.
    trainer.post(page, command="tick", point=first)
    organiser.post(page, command="tick", point=second)
    assert set(ticked(trainer.get(page).text)) == {first, second}

    # One sees one tick, and takes it away; the other one was set meanwhile.
    trainer.post(page, command="tick", was=first)
    assert ticked(organiser.get(page).text) == [second]


def test_tick_of_a_line_goes_when_its_words_change(site: Site, trainer: Visitor, page: str) -> None:
    both = keys(trainer.get(page).text)
    trainer.post(page, command="tick", point=both)
    give(site, NOTED.replace("een bel", "twee bellen"))

    left = trainer.get(page).text

    assert len(keys(left)) == 2
    assert len(ticked(left)) == 1
    assert "Dit punt staat er niet meer." in trainer.post(page, command="tick", point="0" * 16).text


def test_script_that_ticks_gets_the_points_alone(trainer: Visitor, page: str) -> None:
    point = keys(trainer.get(page).text)[0]

    answer = trainer.post(page, command="tick", point=point, deel="klaar")
    text = trainer.get(answer.location).text

    assert "deel=klaar" in answer.location
    assert ticked(text) == [point]
    assert "Iedereen loopt hem zelf." not in text


def test_page_of_a_meeting_that_is_open_is_for_reading(trainer: Visitor, meeting: str, page: str) -> None:
    trainer.post(page, command="block-minutes", block="welkom", minutes="20")
    token = trainer.token(page)
    trainer.post(f"/beheer/bijeenkomsten/{meeting}/openen", page="/beheer")

    text = trainer.get(page).text
    late = trainer.client.post(
        page, data={"csrf_token": token, "command": "lead", "first": "Sam", "second": "Kim"}
    )

    assert "Deze bijeenkomst is open." in text
    assert "Iedereen loopt hem zelf." in text
    assert 'name="command" value="lead"' not in text
    assert '<strong class="num">35 minuten</strong>' in text
    assert late.status_code == 409
    assert "intussen geopend" in late.text and "Je vulde in: Sam, Kim." in late.text


def test_page_of_a_meeting_that_is_over_can_still_be_read(
    site: Site, trainer: Visitor, meeting: str, page: str
) -> None:
    trainer.post(page, command="lead", first="Sam", second="Kim")
    trainer.post(f"/beheer/bijeenkomsten/{meeting}/openen", page="/beheer")
    site.command(meeting, "close")

    text = trainer.get(page).text

    assert "Deze bijeenkomst is geweest." in text
    assert "Sam opent." in text
    assert f'href="{page}"' in trainer.get(page.removesuffix("/voorbereiden")).text


def test_page_without_a_programme_says_what_to_do(site: Site, trainer: Visitor, page: str) -> None:
    give(site, "kapot")

    assert "Er zit een fout in het programma." in trainer.get(page).text


def test_part_without_choices_or_notes_has_nothing_of_them(organiser: Visitor, course: list[str]) -> None:
    text = organiser.get(f"/beheer/bijeenkomsten/{course[1]}/voorbereiden").text

    assert "Kies een werkvorm" not in text
    assert keys(text) == []
    assert "Bewaar namen" in text


def test_names_that_are_suggested_are_those_of_the_trainers(trainer: Visitor, page: str) -> None:
    text = trainer.get(page).text

    assert re.findall(r'name="(first|second)"[^>]*value="([^"]*)"', text) == [
        ("first", "Sam"),
        ("second", ""),
    ]
    assert '<option value="Sam">' in text


def test_course_gives_its_own_text_here_too(site: Site, trainer: Visitor, meeting: str, page: str) -> None:
    with site.app.app_context():
        own = db.session.get_one(Meeting, meeting).course
        assert site.host.library.keep(own, "dagdeel-1", NOTED.replace("Tot ziens.", "Dag Gouda.")) == ()
        db.session.commit()

    assert "Dag Gouda." in trainer.get(page).text
