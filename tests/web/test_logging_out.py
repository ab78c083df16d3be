"""Logging out, and sessions that end."""

from tests.support.site import Site


def test_logout_ends_the_session(site: Site) -> None:
    trainer = site.logged_in("sam")

    trainer.post("/uitloggen", page="/beheer")

    assert trainer.get("/beheer").location == "/inloggen?next=%2Fbeheer"


def test_logout_by_a_link_does_nothing(site: Site) -> None:
    trainer = site.logged_in("sam")

    assert trainer.get("/uitloggen").status_code == 405
    assert trainer.get("/beheer").status_code == 200


def test_logout_ends_every_other_session_of_the_account(site: Site) -> None:
    trainer = site.logged_in("sam")
    elsewhere, copied = site.visitor(), site.visitor()
    elsewhere.log_in("sam")
    cookie = trainer.client.get_cookie("kwartier_session")
    assert cookie is not None
    copied.client.set_cookie(cookie.key, cookie.value)
    assert copied.get("/beheer").status_code == 200

    trainer.post("/uitloggen", page="/beheer")

    assert [one.get("/beheer").status_code for one in (trainer, elsewhere, copied)] == [302] * 3


def test_logout_leaves_other_accounts_alone(site: Site) -> None:
    trainer, other = site.logged_in("sam"), site.logged_in("kim")

    trainer.post("/uitloggen", page="/beheer")

    assert other.get("/beheer").status_code == 200
