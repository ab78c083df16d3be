"""The setting that demands a second factor: who has none sets it up, and reaches nothing else until then."""

from argparse import Namespace

import pytest
from werkzeug.routing import Rule

from tests.support.factors import SET_UP, App, Gate, give, is_in, key_on
from tests.support.site import PASSWORD, Site, Visitor
from tests.web.test_who_may import Cast, arranged
from trainer.operating.welcome import prepare
from trainer.web.users import run

BESIDES = {"second_factor.ask", "second_factor.set_up"}


@pytest.fixture
def gate(site: Site) -> Gate:
    return Gate(site)


@pytest.mark.parametrize(
    ("setting", "trainer", "organiser"),
    [("off", "/beheer", "/beheer"), ("organisers", "/beheer", SET_UP), ("everybody", SET_UP, SET_UP)],
)
def test_who_must_have_one_is_led_to_setting_it_up(
    gate: Gate, setting: str, trainer: str, organiser: str
) -> None:
    gate.site.account("sam")
    gate.site.account("olga", is_organiser=True)
    gate.demand(setting)

    found = [gate.site.visitor().log_in(login).location.partition("?")[0] for login in ("sam", "olga")]

    assert found == [trainer, organiser]


@pytest.fixture
def cast(site: Site) -> Cast:
    return arranged(site)


def answers(cast: Cast, visitor: Visitor) -> dict[str, tuple[int, str | None]]:
    """What somebody gets who asks for every address there is, with both methods."""
    found = {}
    for rule in cast.rules():
        if rule.endpoint in BESIDES:
            continue
        for method in sorted({"GET", "POST"} & (rule.methods or set())):
            answer = _ask(cast, visitor, rule, method)
            # Where it leads may name the address that was asked for, and nothing else.
            found[f"{method} {rule.endpoint}"] = (answer.status_code, answer.location)
    return found


def _ask(cast: Cast, visitor: Visitor, rule: Rule, method: str):  # type: ignore[no-untyped-def]
    if method == "GET":
        return visitor.get(cast.address(rule))
    return visitor.post(cast.address(rule), page="/inloggen")


@pytest.mark.parametrize("has_one", [True, False])
def test_who_is_half_way_gets_what_a_stranger_gets_of_every_address(cast: Cast, has_one: bool) -> None:
    gate = Gate(cast.site)
    if has_one:
        gate.set_up(cast.organiser)
    gate.demand("everybody")
    half, thief, stranger = (cast.site.visitor() for _ in range(3))
    assert half.log_in("organisator").location.startswith("/inloggen/code" if has_one else SET_UP)
    cookie = half.client.get_cookie("kwartier_session")
    assert cookie is not None
    thief.client.set_cookie(cookie.key, cookie.value)

    expected = answers(cast, stranger)

    assert "GET organiser.home" in expected and "POST organiser.open_meeting" in expected
    assert answers(cast, half) == expected
    assert answers(cast, thief) == expected


def test_once_it_is_set_up_everything_opens(gate: Gate) -> None:
    gate.site.account("sam")
    gate.demand("everybody")
    visitor = gate.site.visitor()
    first = visitor.post("/inloggen", login="sam", password=PASSWORD, next="/beheer/programmas")
    page = visitor.get(first.location).text
    app = App(key_on(page), gate.wall.now)

    # The password was proved a moment ago.
    done = visitor.post(SET_UP, code=app.code(), next="/beheer/programmas")

    assert ("Je wachtwoord" in page, "Je reservecodes" in done.text) == (False, True)
    assert ('href="/beheer/programmas"' in done.text, is_in(visitor)) == (True, True)
    gate.pass_windows()
    assert give(gate.half_way("sam"), app.code()).location == "/beheer"


def test_whoever_makes_an_account_sets_it_up_first(gate: Gate) -> None:
    gate.demand("everybody")
    visitor = gate.site.visitor()

    answer = visitor.post(gate.site.invitation(), name="Sam", login="sam", password=PASSWORD, again=PASSWORD)

    assert (answer.location, is_in(visitor)) == (f"{SET_UP}?next=/beheer", False)
    assert "Welkom, Sam. Je account is klaar." in visitor.get(SET_UP).text


def test_turned_off_it_is_set_up_again_first(gate: Gate) -> None:
    gate.demand("everybody")
    gate.site.account("sam")
    visitor = gate.site.visitor()
    visitor.log_in("sam")
    app, _ = gate.set_up(visitor)
    told = visitor.get("/account/twee-stappen/uit").text
    assert ("Je zet het dus meteen weer aan." in told, "alleen in met je wachtwoord" in told) == (True, False)

    answer = visitor.post("/account/twee-stappen/uit", password=PASSWORD, code=app.code())

    assert (answer.location, is_in(visitor)) == (f"{SET_UP}?next=/account", False)
    assert key_on(visitor.get(SET_UP).text) != app.secret


def test_a_session_of_before_the_setting_ends_with_it(gate: Gate) -> None:
    visitor = gate.site.logged_in("sam")

    gate.demand("everybody")

    assert (is_in(visitor), visitor.get("/ingelogd").json) == (False, {"logged_in": False})


def test_sessions_of_before_the_setting_end_at_the_start_of_the_server(cast: Cast) -> None:
    gate, site = Gate(cast.site), cast.site
    gate.set_up(cast.organiser)
    with site.app.app_context():
        site.host.open_meeting(site.meetings()[1].id)
    idle = site.logged_in("iris")
    gate.demand("everybody")

    prepare(site.app)

    # Another setting later brings no session back that the start ended.
    gate.demand("off")
    assert [is_in(each) for each in (idle, cast.trainer, cast.organiser)] == [False, True, True]


def test_a_meeting_that_goes_on_is_not_cut_off(cast: Cast) -> None:
    gate, site = Gate(cast.site), cast.site
    other = site.meetings()[1].id
    with site.app.app_context():
        site.host.open_meeting(other)
    gate.demand("everybody")

    during = cast.trainer.get(f"/regie/{other}").status_code, is_in(cast.organiser)
    # Whoever logs in now sets it up first, also for this meeting.
    anew = site.visitor().log_in("trainer").location.partition("?")[0]
    with site.app.app_context():
        site.command(other, "close")

    assert (during, anew) == ((200, False), SET_UP)
    assert not is_in(cast.trainer)


def test_a_session_that_ended_comes_back_with_no_meeting_and_no_other_setting(cast: Cast) -> None:
    gate, site = Gate(cast.site), cast.site
    gate.demand("everybody")
    assert not is_in(cast.trainer)

    with site.app.app_context():
        site.host.open_meeting(site.meetings()[1].id)
    at_the_next_meeting = is_in(cast.trainer)
    gate.demand("off")

    assert (at_the_next_meeting, is_in(cast.trainer)) == (False, False)


def test_a_rehearsal_does_not_keep_a_session_alive(cast: Cast) -> None:
    gate, site = Gate(cast.site), cast.site
    with site.app.app_context():
        site.host.open_meeting(site.meetings()[1].id, rehearsal=True)

    gate.demand("everybody")

    assert not is_in(cast.trainer)


def test_a_screen_with_a_code_needs_no_second_factor(cast: Cast) -> None:
    gate, site = Gate(cast.site), cast.site
    other = site.meetings()[1].id
    with site.app.app_context():
        site.host.open_meeting(other)
    gate.set_up(cast.trainer)
    gate.demand("everybody")
    assert cast.trainer.get(f"/scherm/{other}").status_code == 200
    cookie = cast.trainer.client.get_cookie(f"kwartier_scherm_{other}")
    assert cookie is not None
    laptop = site.visitor()
    laptop.client.set_cookie(cookie.key, cookie.value)

    assert (laptop.get(f"/scherm/{other}").status_code, is_in(laptop)) == (200, False)


def command(gate: Gate, *typed: str, **options: object) -> list[str]:
    """What `python -m trainer user` says; `typed` are the answers."""
    said: list[str] = []
    answers = iter(typed)
    with gate.site.app.app_context():
        assert run(Namespace(**options), said.append, lambda question: next(answers)) == 0
    return said


def test_another_password_leaves_it_on(gate: Gate) -> None:
    app, _ = gate.account("sam")

    command(gate, "iets heel anders", "iets heel anders", action="password", login="sam")

    visitor = gate.site.visitor()
    assert visitor.log_in("sam", "iets heel anders").location.startswith("/inloggen/code")
    assert give(visitor, app.code()).status_code == 302


def test_the_operator_turns_it_off_and_ends_the_sessions(gate: Gate) -> None:
    visitor = gate.site.logged_in("sam")
    gate.set_up(visitor)
    asked = {"action": "second-factor", "login": "sam"}

    said = [command(gate, off=off, **asked) for off in (False, True, False)]

    assert said == [
        ["sam has a second factor, and 10 spare codes."],
        ["The second factor of sam is off; whoever was logged in is logged out."],
        ["sam has no second factor."],
    ]
    assert not is_in(visitor)
    assert gate.site.visitor().log_in("sam").location == "/beheer"
