"""The whole Markdown of a part; and what two people save at once."""

from tests.support.site import Site, Visitor
from tests.web.editor.writing import NATIONAL, OUTLINE, STEP, WHOLE, fields, given, notes, press, save

# As a text


def test_whole_text_is_saved(site: Site, organiser: Visitor) -> None:
    press(organiser, WHOLE, "bewaar", tekst=NATIONAL.replace("Fijn", "Heel fijn").replace("\n", "\r\n"))
    assert given(site) == NATIONAL.replace("Fijn", "Heel fijn")


def test_text_is_checked_as_it_is_typed(site: Site, organiser: Visitor) -> None:
    wrong = NATIONAL.replace("werkvorm=evaluatie", "werkvorm=evaluati").replace("minuten=15", "minuten=20", 1)
    found = organiser.post(f"{WHOLE}/controle", page=WHOLE, tekst=wrong).json

    assert found is not None and found["minutes"] == 35
    assert [(each["line"], each["code"]) for each in found["problems"]] == [(13, "step.unknown-kind")]
    assert notes(site) == []


def test_text_is_checked_without_a_script(site: Site, organiser: Visitor) -> None:
    page = press(organiser, WHOLE, "kijk", tekst=NATIONAL.replace("werkvorm=evaluatie", "werkvorm=evaluati"))
    assert ("Regel 13" in page, "werkvorm=evaluati}" in page, notes(site)) == (True, True, [])


def test_text_that_is_too_large_is_told_and_kept(site: Site, organiser: Visitor) -> None:
    page = press(organiser, WHOLE, "bewaar", tekst=NATIONAL + "x\n" * 3500)
    assert ("Niet bewaard" in page, page.count("x\nx") > 1000, notes(site)) == (True, True, [])


def test_long_text_may_be_sent_and_a_longer_one_may_not(organiser: Visitor) -> None:
    token = organiser.token(WHOLE)
    for size, status in ((240_000, 200), (1_100_000, 413)):
        sent = {"csrf_token": token, "doe": "kijk", "tekst": "é" * (size // 6)}
        assert organiser.client.post(WHOLE, data=sent).status_code == status


# Two at once


def test_two_who_change_other_things_keep_both(site: Site, organiser: Visitor) -> None:
    sent = fields(organiser.get(STEP.format("welkom")).text) | {"u1": "Mijn woorden", "doe": "bewaar"}
    save(site, NATIONAL.replace("Het tempo was", "Het ging"), 0)

    organiser.client.post(STEP.format("welkom"), data=sent)

    assert given(site) == NATIONAL.replace("Het tempo was", "Het ging").replace(
        "Fijn dat je er bent.", "Mijn woorden"
    )


def test_two_who_change_the_same_are_shown_both(site: Site, organiser: Visitor) -> None:
    sent = fields(organiser.get(STEP.format("welkom")).text) | {"u1": "Mijn woorden", "doe": "bewaar"}
    save(site, NATIONAL.replace("Fijn dat je er bent.", "Haar woorden"), 0)

    answer = organiser.client.post(STEP.format("welkom"), data=sent, follow_redirects=True)

    assert (answer.status_code, "Mijn woorden" in answer.text, "Haar woorden" in answer.text) == (
        200,
        True,
        True,
    )
    assert "Haar woorden" in given(site)


def test_minutes_change_also_when_a_colleague_saved_something_else(site: Site, organiser: Visitor) -> None:
    sent = fields(organiser.get(OUTLINE).text) | {"minuten-welkom": "20", "doe": "minuten"}
    save(site, NATIONAL.replace("Het tempo was", "Het ging"), 0)
    organiser.client.post(OUTLINE, data=sent)
    assert ("Het ging" in given(site), "#welkom minuten=20" in given(site)) == (True, True)
