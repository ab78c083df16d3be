"""Every form of organisers and trainers can be set back, asks first, or says that there is no way back."""

import pytest

from tests.support.site import Site, Visitor

COURSE, MEETING = "/beheer/trajecten/1", "/beheer/bijeenkomsten/{}"
# Whatever these change, the same page changes it back.
SET_BACK = {
    "organiser.meeting",
    "organiser.meeting_trainers",
    "planning.new_course",
    "planning.copy",
    "planning.archive_course",
    "planning.restore_course",
    "organiser.new_meeting",
    "locations.overview",
    "locations.show",
}
# A link that is lost is made again; a meeting that was opened by mistake is taken back.
MADE_AGAIN = {
    "organiser.invite_trainer", "organiser.invite_organiser", "organiser.open_meeting",
    "organiser.unopen_meeting", "locations.invite",
}  # fmt: skip
ASKS = {
    "organiser.delete_course": (f"{COURSE}/verwijderen", "Dit kun je niet terugdraaien."),
    "organiser.delete_meeting": (f"{MEETING}/verwijderen", "Dit kun je niet terugdraaien."),
    "locations.delete": ("/beheer/locaties/1/verwijderen", "Dit gaat weg"),
    "locations.move_organiser": ("/beheer/organisatoren/1", "Dit gaat meteen weg"),
    "locations.delete_organiser": ("/beheer/organisatoren/2/verwijderen", "Dit kun je niet terugdraaien."),
    "locations.give": (f"{COURSE}/locatie", "Terugnemen kan niet."),
}
SAYS = {"organiser.course": (COURSE, "Dan kan dit alleen nog korter.")}


def test_every_form_is_one_of_these(site: Site) -> None:
    forms = {
        rule.endpoint
        for rule in site.app.url_map.iter_rules()
        if rule.endpoint.startswith(("organiser.", "planning.", "results.", "locations."))
        and "POST" in (rule.methods or ())
    }

    assert forms == SET_BACK | MADE_AGAIN | set(ASKS) | set(SAYS)


@pytest.mark.parametrize("endpoint", [*ASKS, *SAYS])
def test_page_of_what_has_no_way_back_says_so_and_changes_nothing(
    site: Site, organiser: Visitor, course: list[str], endpoint: str
) -> None:
    site.hold(course[0], [1, 1, 1, 1, 1], [])
    site.location("Gouda")
    site.account("nora", is_organiser=True)
    path, words = (ASKS | SAYS)[endpoint]

    page = organiser.get(path.format(course[0])).text

    assert words.lower() in page.lower()
    assert [meeting.id for meeting in site.meetings()] == course
