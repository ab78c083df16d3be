"""What the logged-in organiser or trainer does, as a line of the log."""

from trainer.store.log import Deed, What
from trainer.store.models import Course, db
from trainer.store.repository import shown_names_in
from trainer.web.accounts import me, today


def my_name() -> str:
    """The name under which others see the logged-in user."""
    # By the connection of the session: in a transaction nobody waits for a second one.
    return shown_names_in(db.session.connection())[me().id]


def by_me(what: What, course: Course | None = None, about: str = "") -> Deed:
    """What the logged-in user does today, to a course and what is `about` it."""
    if course is None:
        return Deed(what, my_name(), today(), about, location_id=me().location_id)
    return Deed(what, my_name(), today(), about, course.id, course.title, course.location_id)
