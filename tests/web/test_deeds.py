"""Each deed of an organiser or a trainer leaves a line in the log, and nothing else does."""

import ast
from argparse import Namespace

import pytest
from werkzeug.routing import Rule

from tests.support.courses import TEMPOS, TEXTS
from tests.support.site import PASSWORD, Site, Visitor
from tests.support.sources import PROGRAM
from tests.web.deeds import ACTS, ELSEWHERE, PLAN, Scene, arranged, lines
from tests.web.test_plan_links import guest_by, link_from
from trainer.kinds.contract import Command
from trainer.store.log import OPERATOR, Unlogged, What
from trainer.web import users
from trainer.web.accounts import LoginTaken, accept, invite
from trainer.web.logbook import WORDS

TOGETHER, PLAIN = Unlogged.TOGETHER, Unlogged.PLAIN
# What is asked or shown, tried out, or of phones: none of it is stored as a deed of somebody.
NO_DEED = None
# Every address that takes a form or gives a file. A new one must be put here, or the first test fails.
DEEDS: dict[str, object] = {
    "public.start": NO_DEED, "public.take_part": NO_DEED,
    "live.leave": NO_DEED, "screens.enter": NO_DEED, "auth.login": NO_DEED, "auth.device_code": NO_DEED,
    "auth.logout": What.LOGGED_OUT, "auth.account": What.PASSWORD_CHANGED,
    "auth.welcome": {What.ACCOUNT_MADE, What.COURSE_JOINED},
    "planning.new_course": What.COURSE_MADE, "planning.copy": What.COURSE_COPIED,
    "planning.archive_course": What.COURSE_ARCHIVED, "planning.restore_course": What.COURSE_TAKEN_OUT,
    "organiser.course": What.COURSE_CHANGED, "organiser.delete_course": What.COURSE_DELETED,
    "organiser.invite_trainer": What.TRAINER_INVITED, "organiser.invite_organiser": What.ORGANISER_INVITED,
    "organiser.new_meeting": What.MEETING_PLANNED, "organiser.meeting": What.MEETING_MOVED,
    "organiser.meeting_trainers": What.MEETING_TRAINERS, "organiser.open_meeting": What.MEETING_OPENED,
    "organiser.unopen_meeting": What.MEETING_TAKEN_BACK, "organiser.delete_meeting": What.MEETING_DELETED,
    "locations.overview": What.LOCATION_MADE, "locations.show": What.LOCATION_RENAMED,
    "locations.invite": What.ORGANISER_INVITED, "locations.delete": What.LOCATION_REMOVED,
    "locations.move_organiser": What.ORGANISER_MOVED, "locations.delete_organiser": What.ACCOUNT_REMOVED,
    "locations.give": What.COURSE_GIVEN,
    "people.link": What.RESET_LINK, "people.mail": NO_DEED, "people.remove": What.ACCOUNT_REMOVED,
    "people.renew": What.PASSWORD_RESET,
    "second_factor.ask": NO_DEED, "second_factor.set_up": What.FACTOR_ON,
    "second_factor.renew": What.SPARE_CODES, "second_factor.remove": What.FACTOR_OFF,
    "shared.change": NO_DEED, "shared.file": NO_DEED, "harvest.unshare": What.SHARED_TAKEN_BACK,
    "rehearsals.begin": What.MEETING_TAKEN_BACK, "rehearsals.end": NO_DEED,
    "preparing.page": TOGETHER, "harvest.save": TOGETHER, "plan.save": TOGETHER,
    "plan_door.invite": What.LINK_MADE, "plan_door.revoke": What.LINK_WITHDRAWN,
    "plan_door.enter": NO_DEED, "plan_door.leave": NO_DEED,
    "texts.restore": What.TEXT_RESTORED, "texts.national": What.TEXT_NATIONAL,
    "decisions.join": What.TEXT_SAVED, "decisions.news": What.TEXT_SAVED, "outline.show": What.TEXT_SAVED,
    "adding.show": What.TEXT_SAVED, "steps.show": What.TEXT_SAVED, "whole.show": What.TEXT_SAVED,
    "whole.check": NO_DEED,
    "folders.share": What.TEXT_SHARED, "folders.take_over": What.TEXT_TAKEN_OVER,
    "folders.upload": What.TEXT_IMPORTED, "folders.download": What.TEXTS_EXPORTED,
    "pictures.show": What.PICTURE_ADDED, "pictures.remove": What.PICTURE_REMOVED,
    "outputs.materials": NO_DEED, "outputs.paper": NO_DEED, "outputs.calendar": PLAIN,
    "outputs.course_calendar": PLAIN, "comparing.page": NO_DEED, "comparing.file": What.COMPARISON_TAKEN,
    "results.meeting_file": What.EVALUATION_TAKEN, "results.course_file": What.EVALUATION_TAKEN,
    "harvest.meeting_file": What.REPORT_TAKEN, "harvest.course_file": What.REPORT_TAKEN,
    "plan.file": What.PLAN_TAKEN,
    "mailing.invitation": NO_DEED, "plan_door.mail": NO_DEED,
    "logbook.page": NO_DEED, "logbook.file": What.LOG_TAKEN,
}  # fmt: skip
# What no form and no file is: control asks for it, or the command line.
OTHERWISE = {What.MEETING_CLOSED, What.BACKUP_MADE, What.BACKUP_RESTORED}


@pytest.fixture
def scene(site: Site, organiser: Visitor) -> Scene:
    return arranged(site, organiser)


def takes_a_form(rule: Rule) -> bool:
    return "POST" in (rule.methods or ())


def test_every_address_that_takes_a_form_or_gives_a_file_says_its_deed_here(site: Site) -> None:
    rules = list(site.app.url_map.iter_rules())
    gives = {rule.endpoint for rule in rules if rule.endpoint.endswith(("file", "download", "calendar"))}

    assert {rule.endpoint for rule in rules if takes_a_form(rule)} | (
        gives - {"assets.built_file", "assets.kind_file"}
    ) == set(DEEDS)


def test_every_deed_is_of_an_address_or_is_done_otherwise() -> None:
    said = [each if isinstance(each, set) else {each} for each in DEEDS.values()]

    assert set().union(*said) - {NO_DEED, *Unlogged} == set(What) - OTHERWISE


def test_every_deed_is_tried_and_has_words() -> None:
    assert set(ACTS) | ELSEWHERE == set(What) == set(WORDS)
    assert set(ACTS) & ELSEWHERE == set()


@pytest.mark.parametrize("what", ACTS)
def test_deed_leaves_one_line_that_says_who_did_what(scene: Scene, what: What) -> None:
    before, deed, about, course = ACTS[what]
    if before:
        before(scene)
    there = lines(scene.site)
    by_others = {("Beheerder van de computer", "trainer-invited", "", "Wijkteam Oost")}

    deed(scene)

    found = {line: number for line, number in (lines(scene.site) - there).items() if line not in by_others}
    assert found == {("Olga", what.value, about, course): 1}


def test_nothing_but_the_log_opens_a_transaction() -> None:
    """Whoever changes something for somebody says which deed that is: see `trainer/store/log.py`."""
    users_of_it = {
        str(path)[str(path).index("trainer/") :]
        for path in PROGRAM
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and any(each.name == "transaction" for each in node.names)
        and node.module == "trainer.store.database"
    }

    assert users_of_it == {"trainer/store/log.py"}


def test_what_was_not_done_leaves_no_line(scene: Scene) -> None:
    with scene.site.app.app_context():
        token = invite(scene.site.today)
        before = lines(scene.site)
        with pytest.raises(LoginTaken):
            accept(token, scene.site.today, login="olga", name="Een ander", password_hash="x")
    scene.olga.post(f"{scene.meeting}/openen", "/beheer")
    opened = lines(scene.site)
    scene.olga.post("/beheer/trajecten/1/archiveren", "/beheer/trajecten/1")
    scene.olga.post(f"{scene.meeting}/openen", "/beheer")

    assert lines(scene.site) == opened
    assert sum((opened - before).values()) == 1


def test_nothing_that_participants_did_and_no_closing_by_itself_leaves_a_line(scene: Scene) -> None:
    before = lines(scene.site)

    scene.site.hold(scene.site.meetings()[0].id, TEMPOS, TEXTS)

    assert lines(scene.site) == before


def test_rehearsal_leaves_no_line(scene: Scene, site: Site) -> None:
    scene.post(f"{scene.meeting}/trainers", scene.meeting, trainers="1")
    before = lines(site)

    scene.post(f"{scene.meeting}/oefenen", people="3", step="")
    scene.post(f"{scene.meeting}/oefening-stoppen", scene.meeting)

    assert site.meetings()[0].phase == "planned"
    assert lines(site) == before


def test_rehearsal_of_a_meeting_that_was_open_says_that_it_was_taken_back(scene: Scene, site: Site) -> None:
    scene.post(f"{scene.meeting}/trainers", scene.meeting, trainers="1")
    scene.post(f"{scene.meeting}/openen", "/beheer")
    before = lines(site)

    scene.post(f"{scene.meeting}/oefenen", people="3", step="")

    assert lines(site) - before == {("Olga", "meeting-taken-back", "Dagdeel 1", "Wijkteam Oost"): 1}


def test_guest_who_takes_the_plan_along_leaves_no_line(scene: Scene, site: Site) -> None:
    guest = guest_by(site, link_from(scene.olga))
    before = lines(site)

    assert guest.get(f"{PLAN}.json").status_code == 200

    assert lines(site) == before


def test_new_account_says_for_whom_it_is(scene: Scene, site: Site) -> None:
    before = lines(site)

    site.visitor().post(
        site.invitation(course_id=1), name="Bo", login="bo", password=PASSWORD, again=PASSWORD
    )

    assert lines(site) - before == {
        (OPERATOR, "trainer-invited", "", "Wijkteam Oost"): 1,
        ("Bo", "account-made", "trainer", "Wijkteam Oost"): 1,
    }


def test_operator_who_removes_an_account_is_named_and_the_name_stays(scene: Scene, site: Site) -> None:
    site.account("bo")
    before = lines(site)

    with site.app.app_context():
        assert users.run(Namespace(action="remove", login="bo"), say=str, confirm=lambda _: "yes") == 0

    assert lines(site) - before == {(OPERATOR, "account-removed", "Bo", ""): 1}
    assert ("Bo", "account-made", "trainer", "") in lines(site)


def test_operator_who_sets_a_password_is_named(scene: Scene, site: Site) -> None:
    before = lines(site)

    with site.app.app_context():
        options = Namespace(action="password", login="olga")
        assert users.run(options, say=str, ask=lambda question: PASSWORD) == 0

    assert lines(site) - before == {(OPERATOR, "password-changed", "Olga", ""): 1}


def test_meeting_that_is_closed_for_nobody_leaves_no_line(scene: Scene, site: Site) -> None:
    before, meeting = lines(site), site.meetings()[0].id
    with site.app.app_context():
        site.host.open_meeting(meeting)
    for name in ("start", "close"):
        room = site.host.room(meeting)
        assert room is not None
        site.host.steering.command(meeting, Command(name), room.state.version)

    assert lines(site) == before
