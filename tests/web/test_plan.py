"""The plan of a course: filled in by several people, without a script and by pages that save themselves."""

import re

import pytest

from tests.support.courses import make_course
from tests.support.plan_pages import PLAN, button, form_of, said, send, texts, versions, write
from tests.support.plans import SMALL, write_form
from tests.support.site import Site, Visitor


@pytest.fixture
def anna(site: Site, organiser: Visitor) -> Visitor:
    """An organiser with a course that has a plan."""
    write_form(site)
    make_course(organiser)
    return organiser


@pytest.fixture
def bea(site: Site, anna: Visitor) -> Visitor:
    """Another organiser."""
    return site.logged_in("bea", is_organiser=True)


def test_whole_form_is_saved_without_a_script(anna: Visitor) -> None:
    page = send(anna, anna.get(PLAN).text, **{"kop/locatie": " Oost ", "doelen/2/wie": "Team\r\nOost"})

    assert "Bewaard." in page
    found = texts(page)
    assert (found["kop/locatie"], found["doelen/2/wie"], found["kop/thema"]) == ("Oost", "Team\nOost", "")


def test_two_people_who_saved_the_whole_form_lose_nothing(anna: Visitor, bea: Visitor) -> None:
    seen_by_both = anna.get(PLAN).text

    send(anna, seen_by_both, **{"kop/locatie": "Oost", "kop/thema": "Meedoen"})
    page = send(bea, seen_by_both, **{"kop/thema": "Thuis", "training/letop": "Geen lift"})

    assert "Kies hieronder welke tekst blijft" in page
    found = texts(page)
    assert (found["kop/locatie"], found["training/letop"]) == ("Oost", "Geen lift")
    assert (found["kop/thema"], re.findall("<blockquote>([^<]*)</blockquote>", page)) == (
        "Meedoen",
        ["Meedoen", "Thuis"],
    )


@pytest.mark.parametrize(
    ("words", "left"),
    [("Kies deze<span[^>]*> tekst 1", "Meedoen"), ("Kies deze<span[^>]*> tekst 2", "Thuis"),
     ("Zet alles", "Meedoen\nThuis")],
)  # fmt: skip
def test_one_chooses_which_text_stays(anna: Visitor, bea: Visitor, words: str, left: str) -> None:
    before = anna.get(PLAN).text
    send(anna, before, **{"kop/thema": "Meedoen"})
    both = send(bea, before, **{"kop/thema": "Thuis"})

    page = send(bea, both, button(both, words))

    assert (texts(page)["kop/thema"], "<blockquote>" in page) == (left, False)


def test_choosing_what_somebody_else_chose_already_does_nothing(anna: Visitor, bea: Visitor) -> None:
    before = anna.get(PLAN).text
    send(anna, before, **{"kop/thema": "Meedoen"})
    both = send(bea, before, **{"kop/thema": "Thuis"})
    send(anna, both, button(both, "Kies deze<span[^>]*> tekst 1"))

    page = send(bea, both, button(both, "Kies deze<span[^>]*> tekst 2"))

    assert "Iemand anders veranderde dit net" in page
    assert texts(page)["kop/thema"] == "Meedoen"


def test_two_people_who_add_a_row_at_once_both_have_one(anna: Visitor, bea: Visitor) -> None:
    before = anna.get(PLAN).text

    send(anna, before, "add:doelen", **{"doelen/1/doel": "Van Anna"})
    page = send(bea, before, "add:doelen", **{"doelen/2/doel": "Van Bea"})

    keys = [key for key in texts(page) if key.endswith("/doel")]
    assert (len(keys), len(set(keys))) == (4, 4)
    assert [texts(page)[key] for key in keys] == ["Van Anna", "Van Bea", "", ""]


def test_removing_a_row_is_asked_first(anna: Visitor) -> None:
    page = send(anna, anna.get(PLAN).text, "ask:doelen:1", **{"doelen/1/doel": "Een doel"})
    assert "Wat in deze rij staat, is dan weg." in page
    assert texts(page)["doelen/1/doel"] == "Een doel"

    page = send(anna, page, button(page, "Ja, haal weg"))

    assert [key for key in texts(page) if key.endswith("/doel")] == ["doelen/2/doel"]


def test_row_that_somebody_just_wrote_in_is_not_removed(anna: Visitor, bea: Visitor) -> None:
    asked = send(anna, anna.get(PLAN).text, "ask:doelen:1")
    send(bea, bea.get(PLAN).text, **{"doelen/1/wie": "Team"})

    page = send(anna, asked, button(asked, "Ja, haal weg"))

    assert "Iemand anders veranderde dit net" in page
    assert texts(page)["doelen/1/wie"] == "Team"


def test_who_writes_in_a_row_that_was_removed_has_it_back(anna: Visitor, bea: Visitor) -> None:
    before = bea.get(PLAN).text
    asked = send(anna, before, "ask:doelen:1")
    send(anna, asked, button(asked, "Ja, haal weg"))

    page = send(bea, before, **{"doelen/1/wie": "Team"})

    assert texts(page)["doelen/1/wie"] == "Team"


def test_table_takes_no_more_rows_than_fit(anna: Visitor) -> None:
    page = anna.get(PLAN).text
    for _ in range(29):
        page = send(anna, page, "add:doelen")

    assert len([key for key in texts(page) if key.endswith("/doel")]) == 30
    assert ("Deze tabel is vol" in page, 'value="add:doelen"' in page) == (True, False)


def test_text_that_is_too_long_is_given_back_as_it_was_typed(anna: Visitor) -> None:
    long = "woord " * 399 + "woord"
    data = {"csrf_token": anna.token(PLAN), "do": ""} | form_of(anna.get(PLAN).text, **{"kop/thema": long})

    answer = anna.client.post(PLAN, data=data)

    assert (answer.status_code, texts(answer.text)["kop/thema"]) == (422, long)
    assert "Deze tekst is te lang" in answer.text


def test_page_that_saves_by_itself_hears_what_became_of_each_text(anna: Visitor, bea: Visitor) -> None:
    seen = versions(anna.get(PLAN).text)["kop/thema"]

    saved = write(anna, "kop/thema", "Meedoen", seen)
    beside = write(bea, "kop/thema", "Thuis", seen)
    refused = write(bea, "kop/thema", "a" * 2001, seen)

    assert [said(each, "kop/thema") for each in (saved, beside, refused)] == ["saved", "beside", "too-long"]
    assert "<html" not in saved


def test_page_whose_answer_was_lost_saves_once(anna: Visitor) -> None:
    seen = versions(anna.get(PLAN).text)["kop/thema"]
    write(anna, "kop/thema", "Mee", seen)

    body = write(anna, "kop/thema", "Meedoen", seen, **{"r:kop/thema": "Mee"})

    assert (said(body, "kop/thema"), "<blockquote>" in body) == ("saved", False)


def test_page_looks_what_others_wrote(anna: Visitor, bea: Visitor) -> None:
    write(bea, "kop/thema", "Thuis", versions(anna.get(PLAN).text)["kop/thema"])

    body = anna.get(f"{PLAN}/nu").text

    assert (texts(body)["kop/thema"], "<html" in body) == ("Thuis", False)


@pytest.mark.parametrize("key", ["kop/onbekend", "onbekend/x", "doelen/doel", "doelen/x/doel", "kop/1/thema"])
def test_field_that_the_form_does_not_have_is_not_stored(anna: Visitor, key: str) -> None:
    body = write(anna, key, "Een tekst", "")

    assert "Een tekst" not in body
    assert "Een tekst" not in anna.get(f"{PLAN}.json").text


@pytest.mark.parametrize(
    "do", ["add:onbekend", "add:kop", "ask", "pick:kop/thema:x:9", "weg", "remove:a:b:c"]
)
def test_button_that_the_page_does_not_have_does_no_harm(anna: Visitor, do: str) -> None:
    before = anna.get(PLAN).text

    assert texts(send(anna, before, do)) == texts(before)


def test_nothing_is_chosen_where_there_is_one_text(anna: Visitor) -> None:
    (left,) = set(versions(anna.get(PLAN).text).values())

    page = send(anna, anna.get(PLAN).text, f"pick:{'x' * 300}:{left}:0")

    assert "Iemand anders veranderde dit net" in page
    assert "xxx" not in anna.get(f"{PLAN}.json").text


def test_answer_to_a_question_that_is_gone_is_shown_until_somebody_takes_it_away(
    site: Site, anna: Visitor
) -> None:
    write(anna, "kop/thema", "Meedoen", versions(anna.get(PLAN).text)["kop/thema"])
    write_form(site, SMALL.replace("{#thema}", "{#onderwerp}"))

    page = anna.get(PLAN).text
    assert ("Antwoorden op vragen van eerder" in page, "Meedoen" in page) == (True, True)

    page = send(anna, page, "forget:kop/thema")
    assert ("Antwoorden op vragen van eerder" in page, "Meedoen" in page) == (False, False)


def test_faulty_form_is_told_and_what_was_written_stays(site: Site, anna: Visitor) -> None:
    write(anna, "kop/thema", "Meedoen", versions(anna.get(PLAN).text)["kop/thema"])
    write_form(site, "kapot")
    assert "Het formulier kan nu niet gelezen worden" in anna.get(PLAN).text

    write_form(site)

    assert texts(anna.get(PLAN).text)["kop/thema"] == "Meedoen"


def test_plan_goes_with_its_course(site: Site, anna: Visitor) -> None:
    write(anna, "kop/thema", "Meedoen", versions(anna.get(PLAN).text)["kop/thema"])
    path = "/beheer/trajecten/1/verwijderen"
    assert "Ook het plan van aanpak gaat weg." in anna.get(path).text

    anna.post(path)
    make_course(anna)

    assert set(texts(anna.get(PLAN).text).values()) == {""}
    assert b"Meedoen" not in (site.host.settings.data_dir / "kwartier.db").read_bytes()


def test_copy_of_a_course_has_no_plan(anna: Visitor) -> None:
    write(anna, "kop/thema", "Meedoen", versions(anna.get(PLAN).text)["kop/thema"])

    assert (
        "Het plan van aanpak en wat deelnemers stuurden, gaan niet mee."
        in anna.get("/beheer/trajecten/1/kopie").text
    )
    anna.post("/beheer/trajecten/1/kopie", title="Kopie", first_date="2027-01-12", weeks="2")

    assert "Meedoen" not in anna.get("/beheer/trajecten/2/plan").text


def test_plan_is_read_and_taken_along(anna: Visitor) -> None:
    page = anna.get(PLAN).text
    send(anna, page, **{"doelen/1/wat": "Inloop", "doelen/1/wanneer": "12 maart 2027", "kop/thema": "<b>"})

    read = anna.get(f"{PLAN}/lezen").text
    assert ("vrijdag 12 maart 2027" in read, "&lt;b&gt;" in read) == (True, True)
    files = [anna.get(f"{PLAN}.{name}") for name in ("docx", "ics", "json", "csv")]
    assert [each.status_code for each in files] == [200, 200, 200, 404]
    assert files[0].headers["Content-Disposition"] == (
        "attachment; filename=plan-van-aanpak-wijkteam-oost.docx"
    )


def test_points_of_attention_are_at_the_meetings_of_their_programme(site: Site, anna: Visitor) -> None:
    write(anna, "training/letop", "- Er is geen lift\n", versions(anna.get(PLAN).text)["training/letop"])

    for meeting in site.meetings():
        page = anna.get(f"/beheer/bijeenkomsten/{meeting.id}").text
        assert ("Let op, uit jullie plan" in page, "<li>Er is geen lift</li>" in page) == (True, True)


def test_trainer_of_one_meeting_fills_in_the_plan_and_gives_out_no_links(site: Site, anna: Visitor) -> None:
    sam = site.logged_in("sam")
    assert sam.get(PLAN).status_code == 404
    meeting = site.meetings()[0].id
    page = f"/beheer/bijeenkomsten/{meeting}"
    anna.post(f"{page}/trainers", page=page, trainers=["2"])

    assert "Plan van aanpak" in sam.get("/beheer").text
    assert (
        said(write(sam, "kop/thema", "Van Sam", versions(sam.get(PLAN).text)["kop/thema"]), "kop/thema")
        == "saved"
    )
    assert ('id="links"' in sam.get(PLAN).text, 'id="links"' in anna.get(PLAN).text) == (False, True)
    assert sam.post(f"{PLAN}/uitnodigen", page=PLAN, about="x").status_code == 404


def test_what_is_called_after_its_part_of_the_plan_names_that_once(anna: Visitor) -> None:
    page = send(anna, anna.get(PLAN).text, **{"training/wanneer": "12 maart 2027"})

    listed = page[page.index('id="actions"') :]
    assert re.findall("<p class=.plan-text.>([^<]*)</p>", listed) == ["De training"]
    assert listed.count("De training") == 1
