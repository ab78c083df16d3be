"""The page on which a trainer begins a rehearsal, and what the other pages say while it goes on."""

import re

import pytest

from tests.support.site import Site, Visitor
from trainer.kinds.contract import Command
from trainer.rehearsing.habits import MOST_PEOPLE
from trainer.store.keys import new_token


@pytest.fixture
def trainer(site: Site, organiser: Visitor, course: list[str]) -> Visitor:
    """A trainer of the first meeting."""
    trainer = site.logged_in("trui")
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers="2")
    return trainer


@pytest.fixture
def page(course: list[str]) -> str:
    return f"/beheer/bijeenkomsten/{course[0]}/oefenen"


def phase(site: Site) -> tuple[str, bool]:
    meeting = site.meetings()[0]
    return meeting.phase, meeting.rehearsal


def test_the_page_offers_the_beginning_and_each_exercise(trainer: Visitor, page: str) -> None:
    offered = dict(re.findall(r'<option value="([^"]*)"[^>]*>([^<]+)</option>', trainer.get(page).text))

    assert offered[""] == "Het begin: iedereen komt binnen"
    assert offered["hoe-was-het"] == "Hoe was het vandaag? (Afsluiting)"
    assert "welkom" not in offered


def test_a_step_in_the_address_is_chosen(trainer: Visitor, page: str) -> None:
    for asked, chosen in (("hoe-was-het", "hoe-was-het"), ("bestaat-niet", "")):
        found = re.search(r'<option value="([^"]*)" selected', trainer.get(f"{page}?stap={asked}").text)
        assert found is not None
        assert found[1] == chosen


@pytest.mark.parametrize(("expected", "offered"), [("", "12"), ("8", "8"), ("200", str(MOST_PEOPLE))])
def test_as_many_people_are_offered_as_trainers_expect(
    trainer: Visitor, page: str, expected: str, offered: str
) -> None:
    prepare = page.replace("oefenen", "voorbereiden")
    trainer.post(prepare, page=prepare, command="expect", people=expected)

    assert f'name="people" type="number" autocomplete="off" value="{offered}"' in trainer.get(page).text


def test_a_trainer_begins_a_rehearsal_and_is_on_control(site: Site, trainer: Visitor, page: str) -> None:
    answer = trainer.post(page, people="12", step="")

    assert answer.location == f"/regie/{site.meetings()[0].id}"
    assert phase(site) == ("lobby", True)


def test_a_rehearsal_begins_at_the_step_that_was_chosen(site: Site, trainer: Visitor, page: str) -> None:
    trainer.post(page, people="12", step="hoe-was-het")

    room = site.host.room(site.meetings()[0].id)
    assert room is not None
    assert (room.state.phase, room.state.step) == ("live", "hoe-was-het")


@pytest.mark.parametrize("people", ["", "0", str(MOST_PEOPLE + 1), "-1", "veel", "1e3"])
def test_another_number_of_people_is_refused_and_what_was_chosen_stays(
    site: Site, trainer: Visitor, page: str, people: str
) -> None:
    answer = trainer.post(page, people=people, step="hoe-was-het")

    assert (answer.status_code, phase(site)) == (400, ("planned", False))
    assert '<option value="hoe-was-het" selected' in answer.text
    assert 'id="people-error"' in answer.text


def test_a_step_that_is_not_offered_is_refused(site: Site, trainer: Visitor, page: str) -> None:
    answer = trainer.post(page, people="12", step="welkom")

    assert (answer.status_code, phase(site)) == (400, ("planned", False))
    assert 'id="step-error"' in answer.text


def test_who_does_not_lead_the_meeting_cannot_rehearse_it(
    site: Site, organiser: Visitor, trainer: Visitor, page: str
) -> None:
    assert organiser.get(page).status_code == 403
    assert organiser.post(page, page="/beheer", people="12", step="").status_code == 403
    assert phase(site) == ("planned", False)
    assert "/oefenen" not in organiser.get("/beheer").text
    assert page in trainer.get("/beheer").text


def test_without_the_token_of_the_form_nothing_happens(site: Site, trainer: Visitor, page: str) -> None:
    answer = trainer.client.post(page, data={"people": "12", "step": ""})

    assert (answer.status_code, phase(site)) == (400, ("planned", False))


def test_a_meeting_with_phones_in_it_is_not_rehearsed(
    site: Site, trainer: Visitor, course: list[str], page: str
) -> None:
    trainer.post(f"/beheer/bijeenkomsten/{course[0]}/openen", page="/beheer")
    site.host.joining.knock(course[0], new_token(), anew=True)

    told = trainer.get(trainer.post(page, people="12", step="").location).text

    assert "Deze bijeenkomst is al echt open, met telefoons erin." in told
    assert phase(site) == ("lobby", False)


def test_pages_say_that_it_is_a_rehearsal_and_offer_its_end(
    site: Site, trainer: Visitor, course: list[str], page: str
) -> None:
    trainer.post(page, people="12", step="")
    meeting = f"/beheer/bijeenkomsten/{course[0]}"

    for path in ("/beheer", meeting, f"{meeting}/voorbereiden"):
        found = re.findall(r'badge--rehearsal">([^<]+)<', trainer.get(path).text)
        assert (path, set(found)) == (path, {"Oefening"})
    assert "Nu open" not in trainer.get("/beheer").text
    assert "Toch niet openen" not in trainer.get(meeting).text

    answer = trainer.post(f"{meeting}/oefening-stoppen", page=meeting)

    assert (answer.location, phase(site)) == (meeting, ("planned", False))
    assert "De oefening is gestopt. Alles ervan is gewist." in trainer.get(meeting).text


def test_a_meeting_in_earnest_is_not_ended_as_a_rehearsal(
    site: Site, trainer: Visitor, course: list[str]
) -> None:
    meeting = f"/beheer/bijeenkomsten/{course[0]}"
    trainer.post(f"{meeting}/openen", page="/beheer")
    site.host.steering.command(course[0], Command("start"), 0)

    trainer.post(f"{meeting}/oefening-stoppen", page=meeting)

    assert phase(site) == ("live", False)


def test_a_closed_meeting_is_not_rehearsed(
    site: Site, trainer: Visitor, course: list[str], page: str
) -> None:
    site.hold(course[0], [0] * 6, ["goed"] * 6)

    assert "Deze bijeenkomst is geweest. Oefenen kan niet meer." in trainer.get(page).text
    trainer.post(page, page="/beheer", people="12", step="")
    assert phase(site) == ("closed", False)


def test_joining_a_rehearsal_promises_nothing_that_it_cannot_keep(
    site: Site, trainer: Visitor, course: list[str], page: str
) -> None:
    trainer.post(page, people="12", step="")

    shown = site.visitor().get(f"/j/{site.meetings()[0].secret}").text

    assert "Daardoor is te raden wat jij schreef." in shown
    assert "Niemand ziet wie wat schreef." not in shown
