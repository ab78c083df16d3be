"""Logging in with a password and a code: once, in time, and with few guesses."""

import pytest

from tests.support.factors import ASK, NOON, App, Gate, give, is_in
from tests.support.site import PASSWORD, Site, Visitor
from trainer.store.models import User, db
from trainer.web.accounts import set_password
from trainer.web.backoff import FREE_TRIES
from trainer.web.factors import TURN_SECONDS, TURNS_AT_ONCE
from trainer.web.halfway import HALF_WAY_SECONDS


@pytest.fixture
def gate(site: Site) -> Gate:
    return Gate(site)


@pytest.fixture
def sams(gate: Gate) -> tuple[App, list[str]]:
    """What Sam has: an app, and spare codes. The browser that set it up is gone."""
    return gate.account("sam")


@pytest.fixture
def app(sams: tuple[App, list[str]]) -> App:
    return sams[0]


def test_the_password_leads_to_the_code_and_the_code_to_the_page_that_was_asked(gate: Gate, app: App) -> None:
    visitor = gate.site.visitor()

    first = visitor.post("/inloggen", login="sam", password=PASSWORD, next="/beheer/programmas")
    between = is_in(visitor)
    page = visitor.get(first.location).text
    second = give(visitor, app.code(), next="/beheer/programmas")

    assert first.location == f"{ASK}?next=/beheer/programmas"
    assert 'name="next" type="hidden" value="/beheer/programmas"' in page
    assert (between, second.location, is_in(visitor)) == (False, "/beheer/programmas", True)


def test_the_code_only_leads_to_pages_of_this_site(gate: Gate, app: App) -> None:
    assert give(gate.half_way("sam"), app.code(), next="//elders.example").location == "/beheer"


def test_who_did_not_prove_a_password_is_asked_for_it(gate: Gate, app: App) -> None:
    assert gate.site.visitor().get(ASK).location == "/inloggen"


@pytest.mark.parametrize(("windows", "status"), [(-2, 401), (-1, 302), (0, 302), (1, 302), (2, 401)])
def test_clocks_may_differ_by_one_window(gate: Gate, app: App, windows: int, status: int) -> None:
    gate.pass_windows(2)

    assert give(gate.half_way("sam"), app.code(windows)).status_code == status


def test_a_code_may_be_typed_in_two_groups(gate: Gate, app: App) -> None:
    code = app.code()

    assert give(gate.half_way("sam"), f"{code[:3]} {code[3:]}").status_code == 302


def test_a_code_is_accepted_once(gate: Gate, app: App) -> None:
    first, second = gate.half_way("sam"), gate.half_way("sam")
    code = app.code()

    statuses = [give(first, code).status_code, give(second, code).status_code]
    gate.pass_windows()

    assert (statuses, give(second, code).status_code) == ([302, 401], 401)


def test_a_code_of_before_one_that_was_used_is_refused(gate: Gate, app: App) -> None:
    gate.pass_windows(2)
    give(gate.half_way("sam"), app.code())

    assert give(gate.half_way("sam"), app.code(-1)).status_code == 401


def test_the_code_that_turned_it_on_does_not_log_in(gate: Gate, app: App) -> None:
    assert give(gate.half_way("sam"), app.code(-1)).status_code == 401


def test_a_clock_that_is_set_back_keeps_nobody_out(gate: Gate, app: App) -> None:
    gate.wall.seconds = NOON + 365 * 24 * 3600
    give(gate.half_way("sam"), app.code())
    gate.wall.seconds = NOON + 3600

    assert give(gate.half_way("sam"), app.code()).status_code == 302
    assert give(gate.half_way("sam"), app.code()).status_code == 401


def test_a_spare_code_works_once_however_it_is_typed(gate: Gate, sams: tuple[App, list[str]]) -> None:
    spare = sams[1][3]
    visitor = gate.half_way("sam")

    first = give(visitor, f" {spare.replace('-', '').lower()} ")

    assert first.location == "/beheer"
    assert "Je hebt nog 9 reservecodes." in visitor.get("/account").text
    assert give(gate.half_way("sam"), spare).status_code == 401


def test_codes_are_for_the_account_that_has_them(gate: Gate, sams: tuple[App, list[str]]) -> None:
    gate.account("kim")
    other = gate.half_way("kim")

    assert [give(other, code).status_code for code in (sams[0].code(), sams[1][0])] == [401, 401]


def test_half_way_ends_after_ten_minutes(gate: Gate, app: App) -> None:
    late, page = gate.half_way("sam"), gate.half_way("sam")
    token = page.token(ASK)
    gate.wall.seconds += HALF_WAY_SECONDS

    answers = [late.get(ASK), page.client.post(ASK, data={"csrf_token": token, "code": app.code()})]

    assert [answer.location for answer in answers] == ["/inloggen", "/inloggen"]
    assert "Dat duurde te lang. Log opnieuw in." in late.get("/inloggen").text


def test_half_way_ends_with_another_password(gate: Gate, app: App) -> None:
    visitor = gate.half_way("sam")
    with gate.site.app.app_context():
        user = db.session.query(User).filter_by(login="sam").one()
        set_password(user.id, user.password_hash, who="Sam")

    assert visitor.get(ASK).location == "/inloggen"


def test_a_stolen_cookie_of_half_way_still_needs_the_code(gate: Gate, app: App) -> None:
    owner, thief = gate.half_way("sam"), gate.site.visitor()
    cookie = owner.client.get_cookie("kwartier_session")
    assert cookie is not None
    thief.client.set_cookie(cookie.key, cookie.value)
    give(owner, code := app.code())
    thief.get(ASK)

    assert (is_in(thief), give(thief, code).status_code, is_in(thief)) == (False, 401, False)


def guess(visitor: Visitor, app: App, times: int) -> list[int]:
    return [give(visitor, app.wrong()).status_code for _ in range(times)]


def test_wrong_codes_make_the_right_one_wait(gate: Gate, app: App) -> None:
    visitor = gate.half_way("sam")
    assert guess(visitor, app, FREE_TRIES) == [401] * FREE_TRIES

    answer = give(visitor, app.code())

    assert (answer.status_code, "Te vaak een foute code. Wacht 1 seconden." in answer.text) == (429, True)


def test_the_password_again_gives_no_new_guesses(gate: Gate, app: App) -> None:
    visitor = gate.half_way("sam")
    guess(visitor, app, FREE_TRIES)

    visitor.log_in("sam")

    assert give(visitor, app.code()).status_code == 429


def test_unknown_browsers_share_a_supply_of_turns(gate: Gate, app: App) -> None:
    statuses = [guess(gate.half_way("sam"), app, 1)[0] for _ in range(TURNS_AT_ONCE + 1)]
    waiting = gate.half_way("sam")
    refused = give(waiting, app.code())
    gate.steady.seconds += TURN_SECONDS

    assert statuses == [401] * TURNS_AT_ONCE + [429]
    assert (refused.status_code, "Dan kent iemand je wachtwoord." in refused.text) == (429, True)
    assert give(waiting, app.code()).status_code == 302


def test_guesses_keep_out_no_known_browser_and_no_spare_code(gate: Gate, sams: tuple[App, list[str]]) -> None:
    app, spares = sams
    known = gate.half_way("sam")
    give(known, app.code())
    known.post("/uitloggen", page="/beheer")
    gate.pass_windows()
    for _ in range(TURNS_AT_ONCE + 1):
        guess(gate.half_way("sam"), app, 1)

    known.log_in("sam")

    assert give(known, app.code()).status_code == 302
    assert give(gate.half_way("sam"), spares[0]).status_code == 302


def test_a_right_code_costs_no_turn(gate: Gate, app: App) -> None:
    for _ in range(TURNS_AT_ONCE + 1):
        gate.pass_windows()
        assert give(gate.half_way("sam"), app.code()).status_code == 302


def test_the_password_alone_does_not_make_a_browser_known(gate: Gate, app: App) -> None:
    visitor = gate.half_way("sam")
    for _ in range(TURNS_AT_ONCE):
        guess(gate.half_way("sam"), app, 1)

    assert give(visitor, app.code()).status_code == 429


def test_the_owner_is_told_of_wrong_codes(gate: Gate, app: App) -> None:
    guess(gate.half_way("sam"), app, FREE_TRIES)
    gate.steady.seconds += 3600
    owner = gate.half_way("sam")

    give(owner, app.code())

    assert f"Er zijn {FREE_TRIES} foute codes getypt. Was jij dat niet?" in owner.get("/beheer").text
    gate.pass_windows()
    again = gate.half_way("sam")
    give(again, app.code())
    assert "foute codes getypt" not in again.get("/beheer").text
