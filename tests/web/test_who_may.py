"""Every address of the application, from its own map, against everybody who may ask for it."""

from dataclasses import dataclass
from functools import partial

import pytest
from werkzeug.routing import Rule

from tests.support.plans import write_form
from tests.support.site import PART, Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Course, db

OPEN = "everybody"
TRAINERS = "trainers of that meeting, and organisers"
LEADERS = "trainers of that meeting, and nobody else"
ORGANISERS = "organisers, where it is about one thing those of its location"
NATIONAL = "national organisers"
OVERSEERS = "organisers of that location, and national ones"
ACCOUNTS = "everybody with an account"
# A new address must be put here, or the first test fails.
FOR_WHOM = {
    "public.start": OPEN, "public.join": OPEN, "public.take_part": OPEN, "public.healthz": OPEN,
    "public.readyz": OPEN, "auth.login": OPEN, "auth.welcome": OPEN,
    "assets.built_file": OPEN,
    "assets.kind_file": OPEN, "live.handout": OPEN, "live.image": OPEN, "live.phone": OPEN,
    "auth.present": OPEN, "screens.enter": OPEN,
    "live.leave": OPEN, "public.ask_again": OPEN, "public.left": OPEN, "public.privacy": OPEN,
    "public.accessibility": OPEN, "public.reporting": OPEN,
    "notebook.agreement": OPEN,
    "notebook.mine": OPEN,
    "auth.logout": ACCOUNTS, "auth.account": ACCOUNTS, "auth.device_code": ACCOUNTS,
    "second_factor.ask": ACCOUNTS, "second_factor.set_up": ACCOUNTS,
    "second_factor.renew": ACCOUNTS, "second_factor.remove": ACCOUNTS,
    "organiser.home": ACCOUNTS, "results.programmes": ACCOUNTS,
    "live.control": LEADERS, "live.paper": LEADERS, "screens.show": LEADERS, "organiser.meeting": TRAINERS,
    "rehearsals.begin": LEADERS, "rehearsals.end": TRAINERS,
    "organiser.open_meeting": TRAINERS, "organiser.unopen_meeting": TRAINERS, "results.meeting": TRAINERS,
    "results.meeting_file": TRAINERS, "results.course": TRAINERS, "results.course_file": TRAINERS,
    "locations.overview": NATIONAL, "locations.delete": NATIONAL, "locations.move_organiser": NATIONAL,
    "locations.give": NATIONAL, "locations.delete_organiser": NATIONAL,
    "locations.show": OVERSEERS, "locations.invite": OVERSEERS,
    "comparing.page": ORGANISERS, "comparing.file": ORGANISERS,
    "harvest.edit": TRAINERS, "harvest.save": TRAINERS, "harvest.read": TRAINERS,
    "harvest.meeting_file": TRAINERS, "harvest.course": TRAINERS, "harvest.course_file": TRAINERS,
    "harvest.unshare": TRAINERS, "shared.page": OPEN, "shared.file": OPEN, "shared.change": OPEN,
    "preparing.page": TRAINERS,
    "organiser.course": ORGANISERS, "planning.new_course": ORGANISERS,
    "organiser.invite_organiser": ORGANISERS, "organiser.invite_trainer": ORGANISERS,
    "organiser.meeting_trainers": ORGANISERS, "organiser.new_meeting": TRAINERS,
    "planning.copy": ORGANISERS, "planning.archive_course": ORGANISERS, "planning.restore_course": ORGANISERS,
    "planning.archive": ACCOUNTS,
    "people.page": ORGANISERS, "people.link": ORGANISERS, "people.remove": ORGANISERS,
    "people.mail": ORGANISERS, "people.renew": OPEN,
    "mailing.invitation": ORGANISERS, "plan_door.mail": TRAINERS,
    "logbook.page": ORGANISERS, "logbook.file": ORGANISERS,
    "outputs.run_sheet": TRAINERS, "outputs.materials": TRAINERS, "outputs.paper": TRAINERS,
    "outputs.print_job": TRAINERS, "outputs.calendar": TRAINERS, "outputs.course_calendar": TRAINERS,
    "plan.page": TRAINERS, "plan.now": TRAINERS, "plan.save": TRAINERS, "plan.read": TRAINERS,
    "plan.file": TRAINERS, "plan_door.invite": TRAINERS, "plan_door.revoke": TRAINERS,
    "plan_door.leave": TRAINERS, "plan_door.enter": OPEN, "plan_door.left": OPEN,
    "texts.overview": TRAINERS, "texts.versions": TRAINERS, "texts.version": TRAINERS,
    "texts.restore": TRAINERS, "texts.national": TRAINERS, "decisions.join": TRAINERS,
    "decisions.news": TRAINERS, "folders.share": TRAINERS, "folders.download": TRAINERS,
    "folders.upload": TRAINERS, "folders.take_over": TRAINERS, "outline.show": TRAINERS,
    "adding.show": TRAINERS, "steps.show": TRAINERS, "whole.show": TRAINERS, "whole.check": TRAINERS,
    "previews.show": TRAINERS, "pictures.show": TRAINERS, "pictures.remove": TRAINERS,
    "organiser.delete_course": ORGANISERS, "organiser.delete_meeting": ORGANISERS,
}  # fmt: skip


# Of all others it matters who asks for them.
CLOSED = set(FOR_WHOM.values()) - {OPEN, ACCOUNTS}
WRITTEN = "onvindbaar"
TITLE = "Wijkteam Noordoost"


@dataclass
class Cast:
    """A closed meeting at a location, and everybody who might look at it."""

    site: Site
    meeting: str
    nobody: Visitor
    stranger: Visitor
    trainer: Visitor
    organiser: Visitor
    elsewhere: Visitor
    national: Visitor

    def address(self, rule: Rule) -> str:
        values = {
            "meeting_id": self.meeting, "course_id": "1", "name": "json", "programme_id": "klein",
            "part_id": "dagdeel-1", "number": "2", "against": "nu", "source_id": "1",
            "step_id": "welkom", "view": "telefoon", "form": "md", "location_id": "1", "user_id": "1",
        }  # fmt: skip
        if rule.endpoint == "locations.give":
            values["course_id"] = "2"  # it has no location yet
        if rule.endpoint in ("people.link", "people.remove"):
            values["user_id"] = "5"  # the trainer
        return str(rule.build({name: values.get(name, "x") for name in rule.arguments})[1])  # type: ignore[index]

    def rules(self) -> list[Rule]:
        return list(self.site.app.url_map.iter_rules())

    def pressed(self, visitor: Visitor, rule: Rule) -> list[int]:
        """What somebody is answered who asks for an address, and who sends a form to it."""
        address = self.address(rule)
        asked = [visitor.get(address)] if "GET" in (rule.methods or ()) else []
        sent = [visitor.post(address, "/beheer")] if "POST" in (rule.methods or ()) else []
        return [answer.status_code for answer in (*asked, *sent)]


@pytest.fixture
def cast(site: Site) -> Cast:
    return arranged(site)


def arranged(site: Site) -> Cast:
    write_form(site)
    here, there = site.location("Gouda"), site.location("Delft")
    organiser = site.logged_in("organisator", is_organiser=True, location_id=here)
    elsewhere = site.logged_in("delftenaar", is_organiser=True, location_id=there)
    national = site.logged_in("landelijk", is_organiser=True)
    new = {"programme": "klein", "first_date": "2027-01-12", "start": "09:30"}
    organiser.post("/beheer/trajecten/nieuw", title=TITLE, **new)
    national.post("/beheer/trajecten/nieuw", title="Zonder locatie", **new)
    meeting = site.meetings()[0].id
    trainer, stranger = site.visitor(), site.logged_in("vreemde")
    site.account("trainer")
    assert trainer.log_in("trainer").status_code == 302
    trainer.post(site.invitation(course_id=1))
    site.hold(meeting, [0] * 6, [WRITTEN] * 6)
    with site.app.app_context():
        # Of the first part two versions were saved at once, and are still to be joined.
        course = db.session.get_one(Course, 1)
        for words in ("Hallo.", "Dag."):
            text = PART.format(number=1).replace("Fijn dat je er bent.", words)
            transaction(partial(site.host.versions.save, course, "dagdeel-1", text, seen=0, who="trainer"))
    return Cast(site, meeting, site.visitor(), stranger, trainer, organiser, elsewhere, national)


def _rule(cast: Cast, endpoint: str) -> Rule:
    return next(rule for rule in cast.rules() if rule.endpoint == endpoint)


def test_every_address_has_its_rule_here(site: Site) -> None:
    assert {rule.endpoint for rule in site.app.url_map.iter_rules()} == set(FOR_WHOM)


def test_who_is_not_logged_in_gets_no_further_than_the_door(cast: Cast) -> None:
    found = {
        rule.endpoint: cast.nobody.get(cast.address(rule)).status_code
        for rule in cast.rules()
        if FOR_WHOM[rule.endpoint] != OPEN and "GET" in (rule.methods or ())
    }

    assert set(found.values()) == {302}


def test_a_trainer_of_another_meeting_does_not_even_see_that_it_is_there(cast: Cast) -> None:
    found = {
        rule.endpoint: cast.stranger.get(cast.address(rule)).status_code
        for rule in cast.rules()
        if FOR_WHOM[rule.endpoint] in CLOSED and "GET" in (rule.methods or ())
    }

    assert set(found.values()) == {404}


def test_a_trainer_sees_the_own_meeting_and_nothing_of_organisers(cast: Cast) -> None:
    for rule in cast.rules():
        if "GET" not in (rule.methods or ()):
            continue
        status = cast.trainer.get(cast.address(rule)).status_code
        if FOR_WHOM[rule.endpoint] in (TRAINERS, LEADERS):
            assert status == 200, rule.endpoint
        elif FOR_WHOM[rule.endpoint] in CLOSED:
            assert status == 404, rule.endpoint


def test_an_organiser_of_another_location_finds_nothing_of_this_one(cast: Cast) -> None:
    found = {
        rule.endpoint: cast.pressed(cast.elsewhere, rule)
        for rule in cast.rules()
        if FOR_WHOM[rule.endpoint] in CLOSED and rule.arguments - {"name"}
    }

    assert {endpoint: set(answers) for endpoint, answers in found.items()} == {key: {404} for key in found}
    assert cast.pressed(cast.elsewhere, _rule(cast, "locations.overview")) == [404, 404]


def test_a_national_organiser_finds_nothing_of_a_course_of_a_location(cast: Cast) -> None:
    found = {
        rule.endpoint: cast.pressed(cast.national, rule)
        for rule in cast.rules()
        if FOR_WHOM[rule.endpoint] in CLOSED - {NATIONAL} and rule.arguments & {"course_id", "meeting_id"}
    }

    assert {endpoint: set(answers) for endpoint, answers in found.items()} == {key: {404} for key in found}


def test_only_organisers_of_the_same_location_reach_the_account_of_a_trainer(cast: Cast) -> None:
    rules = [_rule(cast, endpoint) for endpoint in ("people.remove", "people.link")]
    others = cast.elsewhere, cast.national, cast.trainer, cast.stranger

    assert [set(cast.pressed(other, rule)) for other in others for rule in rules] == [{404}] * 8
    assert cast.organiser.get(cast.address(rules[0])).status_code == 200
    assert cast.organiser.post(cast.address(rules[1]), "/beheer").status_code == 200


def test_organisers_see_their_locations(cast: Cast) -> None:
    rules = [rule for rule in cast.rules() if FOR_WHOM[rule.endpoint] in (NATIONAL, OVERSEERS)]
    pages = [rule for rule in rules if "GET" in (rule.methods or ())]

    assert {cast.national.get(cast.address(rule)).status_code for rule in pages} == {200}
    for rule in pages:
        expected = 200 if FOR_WHOM[rule.endpoint] == OVERSEERS else 404
        assert cast.organiser.get(cast.address(rule)).status_code == expected, rule.endpoint


def test_no_page_of_an_account_elsewhere_has_a_word_of_this_location(cast: Cast) -> None:
    own = cast.organiser.get(f"/beheer/bijeenkomsten/{cast.meeting}/evaluatie").text
    pages = [rule for rule in cast.rules() if "GET" in (rule.methods or ())]
    closed = [cast.address(rule) for rule in pages if FOR_WHOM[rule.endpoint] != OPEN]

    assert (WRITTEN in own, TITLE in own) == (True, True)
    for address in closed:
        assert WRITTEN not in cast.national.get(address).text, address
        told = cast.elsewhere.get(address).text
        assert (WRITTEN in told, TITLE in told, "Gouda" in told) == (False, False, False), address


def test_an_organiser_who_is_no_trainer_leads_nothing(cast: Cast) -> None:
    found = {
        rule.endpoint: cast.organiser.get(cast.address(rule)).status_code
        for rule in cast.rules()
        if FOR_WHOM[rule.endpoint] == LEADERS
    }

    assert (len(found), set(found.values())) == (4, {403})


def test_what_changes_something_is_refused_to_strangers_and_without_a_token(cast: Cast) -> None:
    changing = [r for r in cast.rules() if "POST" in (r.methods or ()) and FOR_WHOM[r.endpoint] != OPEN]
    home = "/beheer"

    for rule in changing:
        address = cast.address(rule)
        assert cast.organiser.client.post(address).status_code == 400, rule.endpoint
        if FOR_WHOM[rule.endpoint] in CLOSED - {LEADERS}:
            assert cast.stranger.post(address, home).status_code == 404, rule.endpoint
