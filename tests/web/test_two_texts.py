"""Two texts of one part: what two people saved at once, and a newer national text beside a local one."""

import re

import pytest

from tests.support.courses import make_course
from tests.support.localtexts import (
    NATIONAL,
    PART_1,
    followed,
    given,
    greeting,
    hidden,
    publish,
    said,
    save,
    states,
)
from tests.support.site import Site, Visitor


@pytest.fixture
def course(site: Site, organiser: Visitor) -> list[str]:
    """The ids of the meetings of course 1."""
    make_course(organiser)
    return [meeting.id for meeting in site.meetings()]


def test_the_second_of_two_is_shown_both_texts_and_chooses(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    path = f"{PART_1}/samenvoegen/2"

    page = organiser.get(path).text
    undecided = organiser.post(path, gezien=hidden(page, "gezien"), bewaar="ja")
    after = followed(organiser, path, gezien=hidden(page, "gezien"), bewaar="ja", **{"keuze-welkom": "wij"})

    assert [words in page for words in ("Hallo van Ana.", "Dag van Bo.")] == [True, True]
    assert (undecided.status_code, "Kies wat het wordt." in undecided.text) == (400, True)
    assert (given(site), said(after)) == (greeting("Dag van Bo."), ["Bewaard als versie 3."])
    assert states(site)[0] == (3, "given", "Olga")
    assert organiser.get(path).location == PART_1


def test_a_text_of_ones_own_may_be_written_between_two(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    path = f"{PART_1}/samenvoegen/2"
    own = "## Welkom {#welkom minuten=20}\r\n\r\nHallo en dag."

    seen = hidden(organiser.get(path).text, "gezien")
    tried = organiser.post(path, gezien=seen, bekijk="ja", **{"keuze-welkom": "zelf", "zelf-welkom": own})
    followed(organiser, path, gezien=seen, bewaar="ja", **{"keuze-welkom": "zelf", "zelf-welkom": own})

    assert ("Met deze keuzes: samen 35 minuten." in tried.text, "Hallo en dag." in tried.text) == (True, True)
    assert given(site) == greeting("Hallo en dag.").replace("#welkom minuten=15", "#welkom minuten=20")


def test_choices_of_a_page_that_is_too_old_are_not_saved_and_not_lost(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    path = f"{PART_1}/samenvoegen/2"
    seen = hidden(organiser.get(path).text, "gezien")
    save(site, greeting("Hoi van Ana."), 1, "Ana")

    late = organiser.post(
        path, gezien=seen, bewaar="ja", **{"keuze-welkom": "zelf", "zelf-welkom": "Wij samen."}
    )

    assert (late.status_code, said(late.text)) == (400, ["Er is intussen weer iets veranderd. Kijk opnieuw."])
    assert "Wij samen." in late.text
    assert given(site) == greeting("Hoi van Ana.")


NEWER = NATIONAL.replace("Fijn dat je er bent.", "Welkom allemaal.").replace(
    "Het tempo was", "Het tempo bleef"
)


def test_a_newer_national_text_is_shown_beside_the_own_text_and_decided_once(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NEWER)
    path = f"{PART_1}/nieuw"

    page = organiser.get(path).text
    seen = hidden(page, "gezien")
    after = followed(
        organiser, path, gezien=seen, bewaar="ja", **{"keuze-welkom": "wij", "keuze-hoe-was-het": "zij"}
    )

    assert [words in page for words in ("Hallo in Oost.", "Welkom allemaal.", "<ins>bleef</ins>")] == [
        True
    ] * 3
    assert given(site) == greeting("Hallo in Oost.").replace("Het tempo was", "Het tempo bleef")
    assert said(after) == ["Bewaard als versie 2."]
    assert "Er is niets nieuws" in organiser.get(path).text


def test_what_only_the_national_text_changed_is_chosen_already_and_can_be_refused(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NATIONAL.replace("Het tempo was", "Het tempo bleef"))
    path = f"{PART_1}/nieuw"

    page = organiser.get(path).text
    followed(organiser, path, gezien=hidden(page, "gezien"), bewaar="ja", **{"keuze-hoe-was-het": "wij"})

    assert re.findall(r'value="(\w+)" checked', page) == ["zij"]
    assert given(site) == greeting("Hallo in Oost.")
    assert "Er is niets nieuws" in organiser.get(path).text


def test_a_national_text_that_changes_again_meanwhile_is_looked_at_again(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NEWER)
    path = f"{PART_1}/nieuw"
    seen = hidden(organiser.get(path).text, "gezien")
    publish(site, NEWER.replace("Welkom", "Goedemorgen"))

    late = organiser.post(
        path, gezien=seen, bewaar="ja", **{"keuze-welkom": "wij", "keuze-hoe-was-het": "zij"}
    )

    assert (late.status_code, "Goedemorgen allemaal." in late.text) == (400, True)
    assert given(site) == greeting("Hallo in Oost.")


def test_choices_that_make_a_fault_are_kept_as_a_draft(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    save(site, greeting("Hallo in Oost."), 0)
    publish(site, NEWER)
    path = f"{PART_1}/nieuw"
    choices = {
        "keuze-welkom": "zelf",
        "zelf-welkom": "## Welkom {#welkom}\n\nZonder minuten.",
        "keuze-hoe-was-het": "zij",
    }

    after = followed(
        organiser, path, gezien=hidden(organiser.get(path).text, "gezien"), bewaar="ja", **choices
    )

    assert said(after) == [
        "Bewaard als concept. Er zit nog een fout in. De groep krijgt deze tekst nog niet."
    ]
    assert given(site) == greeting("Hallo in Oost.")


def test_who_prepares_a_meeting_reads_what_its_text_waits_for(
    site: Site, organiser: Visitor, course: list[str]
) -> None:
    trainer = site.logged_in("sam")
    organiser.post(f"/beheer/bijeenkomsten/{course[0]}/trainers", page="/beheer", trainers="2")
    page = f"/beheer/bijeenkomsten/{course[0]}/voorbereiden"
    assert "jullie eigen tekst" not in organiser.get(page).text

    save(site, greeting("Hallo van Ana."), 0, "Ana")
    save(site, greeting("Dag van Bo."), 0, "Bo")
    save(site, greeting("Hallo.").replace("werkvorm=evaluatie", "werkvorm=evaluati"), 1, "Ana")
    publish(site, greeting("Welkom."))

    told = organiser.get(page).text
    for said_of_it in ("heeft nog een fout", f'href="{PART_1}/nieuw"', f'href="{PART_1}/samenvoegen/2"'):
        assert said_of_it in told
    # Who trains this meeting alone may not change the texts of the course.
    assert "jullie eigen tekst" not in trainer.get(page).text
