"""How each deed that the log knows is done on a page, from an organiser's browser."""

import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from tests.support.courses import DAYS, TEMPOS, TEXTS, make_course
from tests.support.factors import REMOVE, RENEW, App, Gate
from tests.support.localtexts import HERE, PART_1, greeting, save
from tests.support.plans import write_form
from tests.support.site import PASSWORD, PROGRAMME, Site, Visitor
from tests.web.editor.test_pictures import add as add_photo
from tests.web.editor.test_pictures import names as photos
from tests.web.editor.writing import press
from tests.web.test_plan_links import link_from
from trainer.kinds.contract import Command
from trainer.library.folders import pack
from trainer.store.log import What
from trainer.store.log_models import LogLine
from trainer.store.models import Meeting, db

COURSE = "/beheer/trajecten/1"
PLAN = f"{COURSE}/plan"
# The app on Olga's phone, once she set up a second factor.
APPS: WeakKeyDictionary[Site, tuple[Gate, App]] = WeakKeyDictionary()
GOUDA = "/beheer/locaties/1"
Told = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Olga, who organises, a course of hers with two meetings, and another in the same place."""

    site: Site
    olga: Visitor

    @property
    def meeting(self) -> str:
        return f"/beheer/bijeenkomsten/{self.site.meetings()[0].id}"

    def post(self, path: str, page: str | None = None, **fields: object) -> None:
        assert self.olga.post(path, page, **fields).status_code in (200, 302, 303), path

    def get(self, path: str) -> None:
        assert self.olga.get(path).status_code == 200, path

    def held(self) -> None:
        self.site.hold(self.site.meetings()[0].id, TEMPOS, TEXTS)


def lines(site: Site) -> Counter[Told]:
    """Every line of the log: who, what, about what, and the title of the course."""
    with site.app.app_context():
        found = db.session.query(LogLine).all()
        return Counter((line.who, line.what, line.about, line.course) for line in found)


def arranged(site: Site, olga: Visitor) -> Scene:
    write_form(site)
    make_course(olga)
    make_course(olga, title="Wijkteam West")
    return Scene(site, olga)


def closed_by_olga(scene: Scene) -> None:
    """As control does it: what it sends is tried with a real server in `tests/sockets`."""
    meeting = scene.site.meetings()[0].id
    opened(scene)
    for name in ("start", "close"):
        room = scene.site.host.room(meeting)
        assert room is not None
        scene.site.host.steering.command(meeting, Command(name), room.state.version, who="Olga")


def opened(scene: Scene) -> None:
    with scene.site.app.app_context():
        scene.site.host.open_meeting(scene.site.meetings()[0].id)


def versioned(scene: Scene) -> None:
    save(scene.site, greeting("Hallo."), 0)
    save(scene.site, greeting("Dag."), 1)


def sent_as_folder(scene: Scene) -> None:
    data = pack("klein", {"programma.md": PROGRAMME.encode()}, {"dagdeel-1": greeting("Uit een map.")})
    scene.post(f"{HERE}/inlezen", map=(io.BytesIO(data), "map.zip"))


def withdrawn(scene: Scene) -> None:
    from trainer.store.plan_models import PlanLink

    with scene.site.app.app_context():
        number = db.session.query(PlanLink).one().id
    scene.post(f"{PLAN}/intrekken", PLAN, link=number)


def password(scene: Scene) -> None:
    new = "een ander wachtwoord"
    scene.post("/account", current=PASSWORD, password=new, again=new)


def settings(scene: Scene) -> None:
    scene.post(COURSE, title="Wijkteam Noord", place="Gouda", responsible="", contact="", retention_days="30")


def factor_on(scene: Scene) -> None:
    gate = Gate(scene.site)
    APPS[scene.site] = gate, gate.set_up(scene.olga)[0]


def with_a_code(scene: Scene, path: str) -> None:
    gate, app = APPS[scene.site]
    gate.pass_windows()
    scene.post(path, password=PASSWORD, code=app.code())


def shared(scene: Scene) -> None:
    scene.held()
    with scene.site.app.app_context():
        db.session.get_one(Meeting, scene.site.meetings()[0].id).shared = '["x"]'
        db.session.commit()


def located(scene: Scene) -> None:
    """A location, and Nora, who is national and account 2."""
    scene.site.location("Gouda")
    scene.site.account("nora", is_organiser=True)


def joined(scene: Scene) -> None:
    link = scene.site.invitation(course_id=1)
    scene.post(link)


# What must be there already; then the deed, and what its line says beside 'Olga': about what, and the course.
EAST = "Wijkteam Oost"
Act = Callable[[Scene], object]
ACTS: dict[What, tuple[Act | None, Act, str, str]] = {
    What.COURSE_MADE: (None, lambda s: make_course(s.olga, title="Nieuw"), "", "Nieuw"),
    What.COURSE_CHANGED: (None, settings, "", "Wijkteam Noord"),
    What.COURSE_COPIED: (
        None,
        lambda s: s.post(f"{COURSE}/kopie", title="Kopie", first_date=DAYS[1], weeks="2"),
        EAST,
        "Kopie",
    ),
    What.COURSE_ARCHIVED: (None, lambda s: s.post(f"{COURSE}/archiveren", COURSE), "", EAST),
    What.COURSE_TAKEN_OUT: (
        lambda s: s.post(f"{COURSE}/archiveren", COURSE),
        lambda s: s.post(f"{COURSE}/terughalen", COURSE),
        "",
        EAST,
    ),
    What.COURSE_DELETED: (None, lambda s: s.post(f"{COURSE}/verwijderen"), "", EAST),
    What.MEETING_PLANNED: (
        None,
        lambda s: s.post(f"{COURSE}/bijeenkomst", part="dagdeel-2", date=DAYS[2], start="10:00"),
        "Dagdeel 2",
        EAST,
    ),
    What.MEETING_MOVED: (None, lambda s: s.post(s.meeting, date=DAYS[1], start="10:00"), "Dagdeel 1", EAST),
    What.MEETING_TRAINERS: (
        None, lambda s: s.post(f"{s.meeting}/trainers", s.meeting, trainers="1"), "Dagdeel 1", EAST,
    ),
    What.MEETING_OPENED: (None, lambda s: s.post(f"{s.meeting}/openen", "/beheer"), "Dagdeel 1", EAST),
    What.MEETING_TAKEN_BACK: (
        opened, lambda s: s.post(f"{s.meeting}/niet-openen", "/beheer"), "Dagdeel 1", EAST,
    ),
    What.MEETING_CLOSED: (None, closed_by_olga, "Dagdeel 1", EAST),
    What.MEETING_DELETED: (None, lambda s: s.post(f"{s.meeting}/verwijderen"), "Dagdeel 1", EAST),
    What.TEXT_SAVED: (
        None, lambda s: press(s.olga, f"{PART_1}/tekst", "bewaar", tekst=greeting("Hoi.")), "Dagdeel 1", EAST,
    ),
    What.TEXT_RESTORED: (
        versioned, lambda s: s.post(f"{PART_1}/versies/1/terugzetten"), "Dagdeel 1", EAST,
    ),
    What.TEXT_NATIONAL: (versioned, lambda s: s.post(f"{PART_1}/landelijk"), "Dagdeel 1", EAST),
    What.TEXT_SHARED: (
        versioned, lambda s: s.post(f"{PART_1}/delen", traject="2"), "Dagdeel 1", "Wijkteam West",
    ),
    What.TEXT_TAKEN_OVER: (
        versioned,
        lambda s: s.post(f"{PART_1.replace('/1/', '/2/')}/overnemen/1"),
        "Dagdeel 1",
        "Wijkteam West",
    ),
    What.TEXT_IMPORTED: (None, sent_as_folder, "Dagdeel 1", EAST),
    What.TEXTS_EXPORTED: (None, lambda s: s.get(f"{HERE}/map.zip"), "", EAST),
    What.PICTURE_ADDED: (None, lambda s: add_photo(s.olga), "", EAST),
    What.PICTURE_REMOVED: (
        lambda s: add_photo(s.olga),
        lambda s: s.post(f"{HERE}/foto/{photos(s.site)[0]}/weg", f"{HERE}/foto"),
        "",
        EAST,
    ),
    What.TRAINER_INVITED: (None, lambda s: s.post(f"{COURSE}/uitnodigen", COURSE), "", EAST),
    What.ORGANISER_INVITED: (None, lambda s: s.post("/beheer/uitnodigen", "/beheer"), "", ""),
    What.COURSE_JOINED: (None, joined, "", EAST),
    What.PASSWORD_CHANGED: (None, password, "", ""),
    What.RESET_LINK: (
        located, lambda s: s.post("/beheer/accounts/2/wachtwoord", "/beheer/accounts"), "Nora", "",
    ),
    What.LOGGED_OUT: (None, lambda s: s.post("/uitloggen", "/beheer"), "", ""),
    What.FACTOR_ON: (None, factor_on, "", ""),
    What.SPARE_CODES: (factor_on, lambda s: with_a_code(s, RENEW), "", ""),
    What.FACTOR_OFF: (factor_on, lambda s: with_a_code(s, REMOVE), "", ""),
    What.SHARED_TAKEN_BACK: (
        shared, lambda s: s.post(f"{s.meeting}/niet-delen", f"{s.meeting}/verslag", step="x"), "", EAST,
    ),
    What.LOCATION_MADE: (None, lambda s: s.post("/beheer/locaties", name="Gouda"), "Gouda", ""),
    What.LOCATION_RENAMED: (located, lambda s: s.post(GOUDA, name="Delft"), "Delft", ""),
    What.LOCATION_REMOVED: (located, lambda s: s.post(f"{GOUDA}/verwijderen"), "Gouda", ""),
    What.COURSE_GIVEN: (located, lambda s: s.post(f"{COURSE}/locatie", location="1"), "Gouda", EAST),
    What.ORGANISER_MOVED: (
        located, lambda s: s.post("/beheer/organisatoren/2", location="1"), "Nora", "",
    ),
    What.LINK_MADE: (None, lambda s: link_from(s.olga), "", EAST),
    What.LINK_WITHDRAWN: (lambda s: link_from(s.olga), withdrawn, "", EAST),
    What.EVALUATION_TAKEN: (
        Scene.held, lambda s: s.get(f"{s.meeting}/evaluatie.csv"), "Dagdeel 1, csv", EAST,
    ),
    What.REPORT_TAKEN: (Scene.held, lambda s: s.get(f"{COURSE}/verslag.md"), "md", EAST),
    What.COMPARISON_TAKEN: (Scene.held, lambda s: s.get("/beheer/vergelijken.xlsx"), "xlsx", ""),
    What.PLAN_TAKEN: (None, lambda s: s.get(f"{PLAN}.json"), "json", EAST),
    What.LOG_TAKEN: (None, lambda s: s.get("/beheer/logboek.csv"), "", ""),
}  # fmt: skip
# Done by whoever has no session: each has a test of its own.
ELSEWHERE = {
    What.ACCOUNT_MADE,
    What.ACCOUNT_REMOVED,
    What.PASSWORD_RESET,
    What.BACKUP_MADE,
    What.BACKUP_RESTORED,
}
