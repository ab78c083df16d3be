"""What the logged-in organiser or trainer does, as a line of the log."""

from collections.abc import Sequence
from dataclasses import replace

from trainer.store.access import location_of
from trainer.store.log import Deed, What
from trainer.store.models import Course, User, db
from trainer.store.repository import shown_names_in
from trainer.web.accounts import me, today


def my_name() -> str:
    """The name under which others see the logged-in user."""
    # By the connection of the session: in a transaction nobody waits for a second one.
    return shown_names_in(db.session.connection())[me().id]


def by_me(what: What, course: Course | None = None, about: str = "") -> Deed:
    """What the logged-in user does today, to a course and what is `about` it."""
    if course is None:
        return Deed(what, my_name(), today(), about, location_id=location_of(me()))
    return Deed(what, my_name(), today(), about, course.id, course.title, course.location_id)


def by_me_to(what: What, account: User, name: str) -> Sequence[Deed]:
    """What the logged-in user does to an account, for the log of whoever does it and of whoever it is of."""
    deed = by_me(what, about=name)
    theirs = replace(deed, location_id=location_of(account))
    return [deed] if theirs == deed else [deed, theirs]
