"""An account is removed while somebody is busy with it: a sentence says so, and nothing else happens."""

from argparse import Namespace
from collections.abc import Callable

import pytest

from tests.support.site import PASSWORD, Site, Visitor
from tests.web.deeds import lines
from tests.web.test_resets import ALL, FIELDS, link_by
from trainer.store.accounts import AccountGone
from trainer.store.database import transaction
from trainer.store.locations import dismiss
from trainer.store.models import User, db
from trainer.store.resets import replace_link
from trainer.web import users
from trainer.web.resets import make_reset

GONE = "Dit account is er niet meer"


def removed(site: Site, user_id: int) -> None:
    """Removes an account as another process does: this one has not heard of it."""
    connection = site.host.engine.connect()
    connection.exec_driver_sql("DELETE FROM user WHERE id = ?", (user_id,))
    connection.commit()
    connection.close()


def during_the_next_password(site: Site, user_id: int) -> None:
    """Removes an account while a password is hashed or checked, when others may go on."""
    offload = site.host.offload

    def interrupted(work: Callable[..., object], *args: object) -> object:
        site.host.offload = offload
        removed(site, user_id)
        return offload(work, *args)

    site.host.offload = interrupted  # type: ignore[assignment]


@pytest.mark.parametrize("gone", [2, 3])
def test_link_that_is_used_while_its_account_or_its_maker_goes_does_nothing(
    site: Site, gonda: Visitor, gone: int
) -> None:
    link = link_by(gonda)
    before = lines(site)
    visitor = site.visitor()
    visitor.get(link)
    during_the_next_password(site, gone)

    answer = visitor.post(link, **FIELDS)

    assert (answer.status_code, "Deze link werkt niet meer" in answer.text) == (404, True)
    assert lines(site) == before


@pytest.mark.parametrize("gone", [2, 3])
def test_link_is_not_made_for_or_by_an_account_that_goes(site: Site, gonda: Visitor, gone: int) -> None:
    with site.app.app_context():
        user, maker = (db.session.get_one(User, user_id) for user_id in (3, 2))
        removed(site, gone)

        with pytest.raises(AccountGone):
            make_reset(user, maker)
        with pytest.raises(AccountGone):
            transaction(lambda: replace_link(3, 2, "hash", site.today))


def test_page_of_an_account_that_is_gone_is_none(site: Site, gonda: Visitor) -> None:
    token = gonda.token(ALL)
    removed(site, 3)

    for path in ("wachtwoord", "verwijderen"):
        assert gonda.client.post(f"{ALL}/3/{path}", data={"csrf_token": token}).status_code == 404


def test_who_is_removed_while_changing_a_password_reads_so(site: Site, gonda: Visitor) -> None:
    sam = site.visitor()
    sam.log_in("sam")
    sam.get("/account")
    during_the_next_password(site, 3)

    answer = sam.post("/account", current=PASSWORD, **FIELDS)

    assert (answer.status_code, GONE in answer.text) == (404, True)


def test_account_is_removed_once(site: Site, gonda: Visitor) -> None:
    with site.app.app_context():
        removed(site, 3)

        with pytest.raises(AccountGone):
            transaction(lambda: dismiss(3))


@pytest.mark.parametrize("action", ["remove", "password"])
def test_operator_reads_that_the_account_went_while_it_was_asked(
    site: Site, gonda: Visitor, action: str
) -> None:
    said: list[str] = []

    def answer(question: str) -> str:
        removed(site, 3)
        return "yes" if action == "remove" else PASSWORD

    with site.app.app_context():
        status = users.run(Namespace(action=action, login="sam"), said.append, answer, answer)

    assert (status, said[-1].partition(":")[0]) == (1, "The account sam is gone")
