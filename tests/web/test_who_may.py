"""Every address of the application, from its own map, against everybody who may ask for it."""

from dataclasses import dataclass
from functools import partial

import pytest
from werkzeug.routing import Rule

from tests.support.plans import write_form
from tests.support.site import PART, Site, Visitor
from trainer.store.database import transaction
from trainer.store.models import Course, User, db

OPEN = "everybody"
TRAINERS = "trainers of that meeting, and organisers"
LEADERS = "trainers of that meeting, and nobody else"
ORGANISERS = "organisers"
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
    "organiser.home": ACCOUNTS, "results.programmes": ACCOUNTS,
    "live.control": LEADERS, "live.paper": LEADERS, "screens.show": LEADERS, "organiser.meeting": TRAINERS,
    "rehearsals.begin": LEADERS, "rehearsals.end": TRAINERS,
    "organiser.open_meeting": TRAINERS, "organiser.unopen_meeting": TRAINERS, "results.meeting": TRAINERS,
    "results.meeting_file": TRAINERS, "results.course": TRAINERS, "results.course_file": TRAINERS,
    "comparing.page": ORGANISERS, "comparing.file": ORGANISERS,
    "harvest.edit": TRAINERS, "harvest.save": TRAINERS, "harvest.read": TRAINERS,
    "harvest.meeting_file": TRAINERS, "harvest.course": TRAINERS, "harvest.course_file": TRAINERS,
    "preparing.page": TRAINERS,
    "organiser.course": ORGANISERS, "planning.new_course": ORGANISERS,
    "organiser.invite_organiser": ORGANISERS, "organiser.invite_trainer": ORGANISERS,
    "organiser.meeting_trainers": ORGANISERS, "organiser.new_meeting": TRAINERS,
    "planning.copy": ORGANISERS, "planning.archive_course": ORGANISERS, "planning.restore_course": ORGANISERS,
    "planning.archive": ACCOUNTS,
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


@dataclass
class Cast:
    """A closed meeting, and everybody who might look at it."""

    site: Site
    meeting: str
    nobody: Visitor
    stranger: Visitor
    trainer: Visitor
    organiser: Visitor

    def address(self, rule: Rule) -> str:
        values = {
            "meeting_id": self.meeting, "course_id": "1", "name": "json", "programme_id": "klein",
            "part_id": "dagdeel-1", "number": "2", "against": "nu", "source_id": "1",
            "step_id": "welkom", "view": "telefoon", "form": "md",
        }  # fmt: skip
        return str(rule.build({name: values.get(name, "x") for name in rule.arguments})[1])  # type: ignore[index]

    def rules(self) -> list[Rule]:
        return list(self.site.app.url_map.iter_rules())


@pytest.fixture
def cast(site: Site) -> Cast:
    return arranged(site)


def arranged(site: Site) -> Cast:
    write_form(site)
    organiser = site.logged_in("organisator", is_organiser=True)
    organiser.post(
        "/beheer/trajecten/nieuw", programme="klein", title="Noord", first_date="2027-01-12", start="09:30"
    )
    meeting = site.meetings()[0].id
    trainer, stranger = site.logged_in("trainer"), site.logged_in("vreemde")
    for one in site.meetings():
        organiser.post(
            f"/beheer/bijeenkomsten/{one.id}/trainers", "/beheer", trainers=_id_of(site, "trainer")
        )
    site.hold(meeting, [0] * 6, ["goed"] * 6)
    with site.app.app_context():
        # Of the first part two versions were saved at once, and are still to be joined.
        course = db.session.get_one(Course, 1)
        for words in ("Hallo.", "Dag."):
            text = PART.format(number=1).replace("Fijn dat je er bent.", words)
            transaction(partial(site.host.versions.save, course, "dagdeel-1", text, seen=0, who="trainer"))
    return Cast(site, meeting, site.visitor(), stranger, trainer, organiser)


def _id_of(site: Site, login: str) -> str:
    with site.app.app_context():
        return str(db.session.query(User).filter_by(login=login).one().id)


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
        if FOR_WHOM[rule.endpoint] in (TRAINERS, LEADERS, ORGANISERS) and "GET" in (rule.methods or ())
    }

    assert set(found.values()) == {404}


def test_a_trainer_sees_the_own_meeting_and_nothing_of_organisers(cast: Cast) -> None:
    for rule in cast.rules():
        if "GET" not in (rule.methods or ()):
            continue
        status = cast.trainer.get(cast.address(rule)).status_code
        if FOR_WHOM[rule.endpoint] in (TRAINERS, LEADERS):
            assert status == 200, rule.endpoint
        elif FOR_WHOM[rule.endpoint] == ORGANISERS:
            assert status == 404, rule.endpoint


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
        if FOR_WHOM[rule.endpoint] in (TRAINERS, ORGANISERS):
            assert cast.stranger.post(address, home).status_code == 404, rule.endpoint
