"""The pages that trainers prepare a meeting with, and its calendar."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.support.courses import DAYS, make_course
from tests.support.site import Site, Visitor
from trainer.store.models import Meeting, db

PAGES = ("draaiboek", "draaiboek?vorm=kort", "materialen", "papier", "papier/pakket")
FILE = "text/calendar; charset=utf-8"


def page(meeting: str, name: str) -> str:
    return f"/beheer/bijeenkomsten/{meeting}/{name}"


def change(site: Site, meeting: str, **values: object) -> None:
    with site.app.app_context():
        found = db.session.get_one(Meeting, meeting)
        for name, value in values.items():
            setattr(found, name, value)
        db.session.commit()


def expect_people(site: Site, meeting: str, number: int) -> None:
    """Trainers said how many people they expect, and took the meeting back."""
    change(site, meeting, state=f'{{"expected": {number}}}')


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    "commands", [None, (), ("next",), ("next", "close")], ids=["planned", "lobby", "live", "over"]
)
def test_every_page_is_there_before_during_and_after(
    site: Site, organiser: Visitor, course: list[str], name: str, commands: tuple[str, ...] | None
) -> None:
    if commands is not None:
        with site.app.app_context():
            site.host.open_meeting(course[0])
        for command in commands:
            site.command(course[0], command)

    answer = organiser.get(page(course[0], name))

    assert answer.status_code == 200
    assert "Dagdeel 1" in answer.text


@pytest.mark.parametrize("name", PAGES)
def test_part_that_is_nowhere_is_told(site: Site, organiser: Visitor, course: list[str], name: str) -> None:
    change(site, course[0], part="weg")

    answer = organiser.get(page(course[0], name))

    assert answer.status_code == 409
    assert "De tekst van dit deel kan nu niet gelezen worden." in answer.text


def test_meeting_and_course_lead_to_all_of_it(organiser: Visitor, course: list[str]) -> None:
    meeting, whole = organiser.get(f"/beheer/bijeenkomsten/{course[0]}"), organiser.get("/beheer/trajecten/1")

    for name in ("draaiboek", "materialen", "papier", "agenda.ics"):
        assert f'href="{page(course[0], name)}"' in meeting.text
    assert 'href="/beheer/trajecten/1/agenda.ics"' in whole.text


# The run sheet


def test_run_sheet_has_the_times_of_the_plan(organiser: Visitor, course: list[str]) -> None:
    answer = organiser.get(page(course[0], "draaiboek"))

    assert "Van <strong>13:15</strong> tot <strong>13:45</strong>" in answer.text
    assert "13:15 tot 13:30" in answer.text


def test_run_sheet_follows_what_trainers_chose(site: Site, organiser: Visitor, course: list[str]) -> None:
    change(site, course[0], state='{"minutes": {"welkom": 45}, "expected": 12}')

    answer = organiser.get(page(course[0], "draaiboek"))

    assert "Van <strong>13:15</strong> tot <strong>14:15</strong>" in answer.text
    assert "60 minuten. 12 mensen verwacht." in answer.text


# Materials and paper


def test_people_that_were_typed_come_back_in_the_address(organiser: Visitor, course: list[str]) -> None:
    answer = organiser.post(page(course[0], "materialen"), people="16", without="4")

    assert answer.location == page(course[0], "materialen?mensen=16&papier=4")
    assert "Je rekent met 16 mensen, van wie 4 op papier." in organiser.get(answer.location).text


@pytest.mark.parametrize("name", ["materialen", "papier"])
@pytest.mark.parametrize(
    ("people", "without", "told"),
    [
        ("veel", "", "Vul een heel getal in."),
        ("61", "", "Vul een getal in van 0 tot en met 60."),
        ("-1", "", "Vul een getal in van 0 tot en met 60."),
        ("5", "6", "Er zijn meer mensen op papier dan mensen."),
    ],
)
def test_numbers_that_cannot_be_are_told_and_stay_typed(
    organiser: Visitor, course: list[str], name: str, people: str, without: str, told: str
) -> None:
    answer = organiser.post(page(course[0], name), people=people, without=without, counted_for="0-0")

    assert answer.status_code == 400
    assert told in answer.text
    assert f'value="{people}"' in answer.text


def test_expected_people_are_the_group_as_long_as_nobody_says_otherwise(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    expect_people(site, course[0], 12)

    assert "Je rekent met 12 mensen, van wie 12 op papier." in organiser.get(page(course[0], "papier")).text
    assert "Je rekent met 8 " in organiser.get(page(course[0], "papier?mensen=8&papier=0")).text


@pytest.mark.parametrize(
    "asked", ["mensen=veel", "mensen=-3", "mensen=99999999", "w-hoe-was-het=9999", "w-x=3"]
)
def test_address_that_says_nonsense_is_read_as_if_it_did_not(
    organiser: Visitor, course: list[str], asked: str
) -> None:
    answer = organiser.get(page(course[0], f"papier/pakket?{asked}"))

    assert answer.status_code == 200
    assert answer.text.count('class="sheet"') == 1


def test_print_job_has_as_many_copies_as_were_chosen(organiser: Visitor, course: list[str]) -> None:
    sent = {"people": "12", "without": "3", "counted_for": "12-3", "w-hoe-was-het": "5", "lezen": "1"}
    answer = organiser.post(page(course[0], "papier"), **sent)
    job = organiser.get(answer.location)

    assert answer.location == page(course[0], "papier/pakket?mensen=12&papier=3&w-hoe-was-het=5&lezen=1")
    assert (job.text.count('class="sheet"'), job.text.count('class="sheet paper-copy"')) == (2, 4)
    assert job.text.count("Het tempo was") == 5
    assert "Fijn dat je er bent." in job.text
    assert "Doet niemand mee met een telefoon? Sla zinnen over de code en de telefoon over." in job.text


def test_way_back_keeps_what_was_chosen(organiser: Visitor, course: list[str]) -> None:
    job = organiser.get(page(course[0], "papier/pakket?mensen=12&papier=3&w-hoe-was-het=5"))
    back = page(course[0], "papier?mensen=12&amp;papier=3&amp;w-hoe-was-het=5")

    assert f'href="{back}"' in job.text
    assert 'name="w-hoe-was-het" type="number" min="0" inputmode="numeric" value="5"' in (
        organiser.get(back.replace("&amp;", "&")).text
    )


@pytest.mark.parametrize(
    "name", ["_scheme=javascript&_external=1", "meeting_id=x", "_anchor=x", "endpoint=x"]
)
def test_address_can_change_no_link(organiser: Visitor, course: list[str], name: str) -> None:
    answer = organiser.get(page(course[0], f"papier/pakket?{name}"))

    assert answer.status_code == 200
    assert f'href="{page(course[0], "papier?mensen=0&amp;papier=0")}"' in answer.text


def test_other_number_of_people_is_counted_before_anything_is_printed(
    organiser: Visitor, course: list[str]
) -> None:
    answer = organiser.post(
        page(course[0], "papier"), people="9", without="", counted_for="12-3", **{"w-hoe-was-het": "3"}
    )

    assert answer.location == page(course[0], "papier?mensen=9&papier=9")


@pytest.mark.parametrize("typed", ["101", "-1", "x", "1.5"])
def test_copies_that_cannot_be_are_told_and_stay_typed(
    organiser: Visitor, course: list[str], typed: str
) -> None:
    answer = organiser.post(
        page(course[0], "papier"), people="", counted_for="0-0", **{"w-hoe-was-het": typed}
    )

    assert answer.status_code == 400
    assert "Vul een getal in van 0 tot en met 100." in answer.text
    assert f'value="{typed}"' in answer.text


# The calendar


def test_calendar_of_a_meeting_is_a_file_that_a_calendar_reads(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    answer = organiser.get(page(course[0], "agenda.ics"))
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")

    assert (answer.content_type, answer.headers["Cache-Control"]) == (FILE, "no-store")
    assert answer.headers["Content-Disposition"] == "attachment; filename=wijkteam-oost-dagdeel-1.ics"
    assert event.decoded("dtstart").strftime("%Y-%m-%d %H:%M") == f"{DAYS[0]} 13:15"
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(minutes=30)
    assert (str(event["summary"]), str(event["location"])) == ("Wijkteam Oost: Dagdeel 1", "Gouda")
    assert "X-WR-CALNAME:Wijkteam Oost: Dagdeel 1\r\n" in answer.text


def test_calendar_of_a_course_has_all_its_meetings(organiser: Visitor, course: list[str]) -> None:
    answer = organiser.get("/beheer/trajecten/1/agenda.ics")
    events = Calendar.from_ical(answer.data).walk("VEVENT")

    assert answer.headers["Content-Disposition"] == "attachment; filename=wijkteam-oost.ics"
    assert [str(event["summary"]) for event in events] == [
        "Wijkteam Oost: Dagdeel 1",
        "Wijkteam Oost: Dagdeel 2",
    ]


def test_moved_meeting_is_the_same_in_the_calendar(organiser: Visitor, course: list[str]) -> None:
    def event() -> tuple[str, str]:
        (found,) = Calendar.from_ical(organiser.get(page(course[0], "agenda.ics")).data).walk("VEVENT")
        return str(found["uid"]), found.decoded("dtstart").strftime("%Y-%m-%d %H:%M")

    before = event()
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}", date=DAYS[2], start="09:00")
    after = event()

    assert before[0] == after[0]
    assert (before[1], after[1]) == (f"{DAYS[0]} 13:15", f"{DAYS[2]} 09:00")


def test_calendar_says_no_names_and_nothing_that_leads_into_the_meeting(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    with site.app.app_context():
        site.host.open_meeting(course[0])
        meeting = db.session.get_one(Meeting, course[0])
        secrets = [meeting.code or "", meeting.secret or "", "Olga", course[0]]

    text = organiser.get(page(course[0], "agenda.ics")).text

    assert [secret for secret in secrets if secret in text] == []
    assert "URL" not in text


def test_calendar_leads_to_the_meeting_where_the_address_is_known(site: Site, organiser: Visitor) -> None:
    make_course(organiser)
    (first, _) = site.meetings()
    object.__setattr__(site.host.settings, "base_url", "https://kwartier.example")
    (event,) = Calendar.from_ical(organiser.get(page(first.id, "agenda.ics")).data).walk("VEVENT")

    assert str(event["url"]) == f"https://kwartier.example/beheer/bijeenkomsten/{first.id}"


def test_meeting_of_an_unknown_day_is_in_no_calendar(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    with site.host.engine.connect() as connection:
        connection.exec_driver_sql(f"UPDATE meeting SET date = '2099-99-99' WHERE id = '{course[0]}'")
        connection.commit()

    whole = organiser.get("/beheer/trajecten/1/agenda.ics")

    assert organiser.get(page(course[0], "agenda.ics")).status_code == 404
    assert "agenda.ics" not in organiser.get(f"/beheer/bijeenkomsten/{course[0]}").text
    assert organiser.get(page(course[0], "draaiboek")).status_code == 200
    assert len(Calendar.from_ical(whole.data).walk("VEVENT")) == 1
