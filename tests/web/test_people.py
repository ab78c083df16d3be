"""The accounts that an organiser answers for: who makes a link for whom, and who removes whom."""

from tests.support.courses import make_course
from tests.support.factors import is_in
from tests.support.site import Site, Visitor
from tests.web.deeds import lines
from tests.web.test_resets import ALL, numbered


def may_for(maker: Visitor, user_id: int) -> bool:
    status = maker.post(f"{ALL}/{user_id}/wachtwoord", ALL).status_code
    assert status in (200, 404)
    return status == 200


def test_who_may_make_a_link_for_whom(site: Site, organiser: Visitor, gonda: Visitor) -> None:
    delft = site.location("Delft")
    dirk = site.logged_in("dirk", is_organiser=True, location_id=delft)
    site.account("gerda", is_organiser=True, location_id=1)
    site.account("nora", is_organiser=True)
    site.account("kim")
    wide = site.logged_in("wide")
    make_course(organiser, title="Zonder locatie")
    for number in (1, 2):
        wide.post(site.invitation(course_id=number))
    logins = ["olga", "nora", "gonda", "gerda", "dirk", "sam", "kim", "wide"]
    accounts = numbered(site, *logins)

    found = {
        name: [login for login, one in zip(logins, accounts, strict=True) if may_for(maker, one)]
        for name, maker in (("olga", organiser), ("gonda", gonda))
    }

    assert found == {"olga": ["nora", "kim"], "gonda": ["gerda", "sam"]}
    assert dirk.get(ALL).text.count("/wachtwoord") == 0
    assert [dirk.post(f"{ALL}/{one}/wachtwoord", "/beheer").status_code for one in accounts] == [404] * 8
    assert [wide.post(f"{ALL}/{one}/wachtwoord", "/account").status_code for one in accounts] == [404] * 8


def test_organiser_who_trains_elsewhere_is_out_of_reach(
    site: Site, organiser: Visitor, gonda: Visitor
) -> None:
    gerda = site.logged_in("gerda", is_organiser=True, location_id=1)
    make_course(organiser, title="Elders")
    meeting = f"/beheer/bijeenkomsten/{site.meetings(2)[0].id}"
    gerda.post(site.invitation(course_id=2))

    assert gerda.get(meeting).status_code == 200
    assert may_for(gonda, numbered(site, "gerda")[0]) is False


def test_page_lists_who_belongs_here(site: Site, organiser: Visitor, gonda: Visitor) -> None:
    site.account("kim")

    here, national = gonda.get(ALL).text, organiser.get(ALL).text

    assert [name in here for name in ("Sam", "Gonda", "Olga", "Kim")] == [True, True, False, False]
    assert [name in national for name in ("Sam", "Gonda", "Olga", "Kim")] == [False, False, True, True]
    sam = site.visitor()
    sam.log_in("sam")
    assert sam.get(ALL).status_code == 404


def test_account_of_a_trainer_is_removed_with_what_was_said(site: Site, gonda: Visitor) -> None:
    page, sam = f"{ALL}/3/verwijderen", site.visitor()
    sam.log_in("sam")
    asked, before = gonda.get(page).text, lines(site)

    gonda.post(page)

    assert ("Dit gaat weg" in asked, "Dat is nu bij 2 bijeenkomsten." in asked) == (True, True)
    assert ("in het logboek blijft de naam staan" in asked, "Links om organisator" in asked) == (True, False)
    assert (is_in(sam), site.logins()) == (False, ["gonda", "olga"])
    assert lines(site) - before == {("Gonda", "account-removed", "Sam", ""): 1}


def test_organisers_are_not_removed_here(site: Site, gonda: Visitor) -> None:
    site.account("gerda", is_organiser=True, location_id=1)

    assert gonda.get(f"{ALL}/{numbered(site, 'gerda')[0]}/verwijderen").status_code == 404
