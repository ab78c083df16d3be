"""Who copied or planted a cookie, found an old link, sits at the beamer, or organises and is curious."""

import re
from collections.abc import Callable, Iterable
from itertools import permutations
from pathlib import Path

import requests
from socketio.exceptions import ConnectionError as Refused

from tests.attack.stolen import none
from tests.attack.story import QUICK
from tests.support.factors import set_up_by
from tests.support.findings import Finding
from tests.support.pages import Control, Page, Phone
from tests.support.server import RunningServer, csrf_token, wait_for
from tests.support.trainers import Trainer, open_by_code

OLD = "een lang wachtwoord"
NEW = "een nieuw wachtwoord"
OTHER = "nog een ander wachtwoord"
# In place of the meeting: whatever a page shows besides is too much.
FAREWELLS = ("Je bent uitgelogd", "Je bent geen trainer", "Dit scherm is gesloten")


def doors(folder: Path) -> list[Finding]:
    """Everything that needs an account, tried without the right to it."""
    server = RunningServer(folder, **QUICK).start()
    try:
        found = _old_links(server)
        meeting = Phone(server).meeting
        boss = Trainer(server).log_in()
        control = boss.control(meeting)
        found += _sessions(boss, meeting) + _half_way(boss, meeting) + _curious_organiser(boss, control)
        found += _beamer(boss, control)
        control.close()
        return found + _planted(boss) + _over_tls(folder / "tls") + _after_the_end(boss)
    finally:
        server.stop()


def _old_links(server: RunningServer) -> list[Finding]:
    """Links of two starts without an account: only the last works, and none when somebody used it."""
    server.stop()
    server.start()
    links = [f"{server.url}{path}" for path in re.findall(r"/welkom/\S+", server.printed())]
    early = sum(requests.get(link).ok for link in links[:-1])
    boss = Trainer(server)
    boss.make_account(link=links[-1])
    late = sum(requests.get(link).ok for link in links)
    return [none(f"links of earlier starts that still make an organiser, of {len(links)}", early + late)]


def _sessions(boss: Trainer, meeting: str) -> list[Finding]:
    """Cookies that were copied, and pages that were left open, after each way in which sessions end."""

    def ends(name: str, end: Callable[[Trainer], object]) -> tuple[int, int]:
        victim = boss.invite(name)
        boss.share(meeting)
        pages: list[Page] = [victim.control(meeting), victim.screen(meeting)]
        # With the pass of the screen.
        thief = victim.copied()
        end(victim)
        still_open = sum(not any(page.was_ended(words) for words in FAREWELLS) for page in pages)
        return still_open, _opened(thief.session, boss, meeting)

    ways = {
        "uitgelogd": lambda victim: victim.log_out(),
        "veranderd": lambda victim: change_password(victim, NEW),
        "gezet": lambda victim: boss.user("password", "gezet", typed=f"{OTHER}\n{OTHER}\n"),
        "twee-stappen": lambda victim: set_up_by(victim, password=OLD),
        "weggehaald": lambda victim: boss.user("remove", "weggehaald", typed="yes\n"),
    }
    results = [ends(name, end) for name, end in ways.items()]
    return [
        none(f"sessions ended in {len(ways)} ways: pages that still showed the meeting", _sum(results, 0)),
        none("sessions ended: pages and sockets that a copied cookie opened", _sum(results, 1)),
    ]


def _half_way(boss: Trainer, meeting: str) -> list[Finding]:
    """A thief of the password, and one of the cookie that it gave, of a trainer with a second factor."""
    victim = boss.invite("half")
    boss.share(meeting)
    set_up_by(victim, password=OLD)
    # Its address asks for a code.
    half = Trainer(boss.server).log_in("half")
    opened = sum(_opened(each.session, boss, meeting) for each in (half, half.copied()))
    own = _opened(victim.session, boss, meeting)
    return [
        none("second factor: pages and sockets that the password opened, or the cookie that it gave", opened),
        Finding("the same, for its owner", str(own), "over 5", own > 5),
    ]


def _sum(results: Iterable[tuple[int, int]], place: int) -> int:
    return sum(result[place] for result in results)


def change_password(trainer: Trainer, password: str) -> None:
    page = f"{trainer.server.url}/account"
    form = {"current": OLD, "password": password, "again": password}
    token = csrf_token(trainer.session.get(page).text)
    assert trainer.session.post(page, data={"csrf_token": token, **form}).ok


def _opened(session: requests.Session, boss: Trainer, meeting: str) -> int:
    """How much of what trainers have somebody with these cookies gets."""
    paths = ("/beheer", "/account", f"/regie/{meeting}", f"/regie/{meeting}/papier", "/beheer/programmas")
    pages = sum(
        session.get(boss.server.url + path, allow_redirects=False).status_code == 200 for path in paths
    )
    return pages + sum(_connects(boss.server, session, meeting, role) for role in ("control", "screen"))


def _connects(server: RunningServer, session: requests.Session, meeting: str, role: str) -> bool:
    page = Page(server, session, meeting, role)
    try:
        page.connect()
    except (Refused, AssertionError):
        return False
    page.close()
    return True


def _curious_organiser(boss: Trainer, control: Control) -> list[Finding]:
    """An organiser who is no trainer looks for a way to read along; then becomes one, and is seen."""
    organiser = boss.invite("nieuwsgierig", "--organiser")
    meeting = control.meeting
    screen = boss.screen(meeting)
    led = (f"/regie/{meeting}", f"/scherm/{meeting}", f"/regie/{meeting}/papier")
    pages = sum(organiser.session.get(boss.server.url + path).ok for path in led)
    sockets = sum(_connects(boss.server, organiser.session, meeting, role) for role in ("control", "screen"))
    organiser.share(meeting)
    silent = sum(not _shows(page, "Nieuwsgierig") for page in (control, screen))
    reading = organiser.control(meeting)
    unseen = sum(not _shows(page, "Nieuwsgierig, Voorbeeld") for page in (control, screen))
    reading.close()
    screen.close()
    return [
        none("an organiser who is no trainer: pages and sockets of a meeting that opened", pages + sockets),
        none("an organiser who became a trainer: pages that did not say so", silent),
        none("somebody who has control open: pages that do not name who", unseen),
    ]


def _shows(page: Page, text: str) -> bool:
    try:
        wait_for(lambda: text in page.view["html"], text)
    except AssertionError:
        return False
    return True


def _beamer(boss: Trainer, control: Control) -> list[Finding]:
    """The laptop at the beamer, with a screen by a code: what else opens, and what opens afterwards."""
    meeting, server = control.meeting, boss.server
    code = control.screen_code()
    laptop, _ = open_by_code(server, code)
    works = _connects(server, laptop, meeting, "screen")
    # The screen is what it is for.
    beyond = _opened(laptop, boss, meeting) - works
    twice = _connects(server, open_by_code(server, code)[0], meeting, "screen")
    server.kill()
    server.start()
    after_restart = _connects(server, laptop, meeting, "screen")
    again = boss.control(meeting)
    again.send("screens", name="close")
    closed = _connects(server, laptop, meeting, "screen")
    last, _ = open_by_code(server, again.screen_code())
    again.go("start")
    again.go("close")
    thanks = Page(server, last, meeting, "screen").connect().view["html"]
    over = "Dank jullie wel" not in thanks or "Welkom" in thanks
    again.close()
    return [
        Finding("a screen by a code opens, also after a restart", str(works and after_restart), "True",
                works and after_restart),
        none("a screen by a code: other pages and sockets that it opened", beyond),
        none("screens that showed something: used code, closed, meeting over", twice + closed + over),
    ]  # fmt: skip


def _planted(boss: Trainer) -> list[Finding]:
    """Over plain HTTP a neighbour plants his own cookies in browsers that have ours: whose is it then?"""
    meeting, server = boss.open_meeting("Geplant"), boss.server
    planter, phones = boss.invite("planter"), [Phone(server, meeting.secret) for _ in range(2)]
    boss.share(meeting.id)
    both = [_with_both(*pair) for pair in permutations(phone.session for phone in phones)]
    taken = sum(
        session.get(f"{server.url}/m/{meeting.id}", allow_redirects=False).ok
        and _connects(server, session, meeting.id, "phone")
        for session in both
    )
    for pair in permutations((boss.session, planter.session)):
        taken += _opened(_with_both(*pair), boss, meeting.id)
    return [none("a cookie of ours beside a planted one: pages and sockets that took either", taken)]


def _with_both(real: requests.Session, planted: requests.Session) -> requests.Session:
    session = requests.Session()
    session.cookies.update(real.cookies.copy())
    for cookie in planted.cookies:
        session.cookies.set(cookie.name, cookie.value)
    return session


def _over_tls(folder: Path) -> list[Finding]:
    """Which cookies browsers would take from a neighbour, or for a path of his."""
    folder.mkdir()
    server = RunningServer(folder, **QUICK, BASE_URL="https://kwartier.example").start()
    try:
        answers = (
            requests.post(f"{server.url}/j/{server.join_secret}", allow_redirects=False),
            requests.get(f"{server.url}/inloggen"),
        )
    finally:
        server.stop()
    given = [line.split("; ") for answer in answers for line in answer.raw.headers.getlist("Set-Cookie")]
    safe = [1 for name, *rest in given if name.startswith("__Host-") and {"Secure", "Path=/"} <= set(rest)]
    return [none(f"over TLS: cookies, of {len(given)}, that a neighbour can plant", len(given) - len(safe))]


def _after_the_end(boss: Trainer) -> list[Finding]:
    """Somebody with the address of a closed meeting, and no place in it."""
    meeting = boss.open_meeting("Voorbij")
    control = boss.control(meeting.id)
    control.go("start")
    control.go("close")
    stranger = Page(boss.server, requests.Session(), meeting.id, "phone").connect()
    taken = sum(stranger.send(event)["ok"] for event in ("hello", "post", "withdraw", "act"))
    control.send("hello")
    counted = int(re.findall(r'Telefoons</span> <strong class="num">(\d+)', control.view["html"])[0])
    stranger.close()
    control.close()
    return [none("a closed meeting: phones of nobody, and messages that were taken", taken + counted)]
