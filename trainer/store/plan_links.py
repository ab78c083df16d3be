"""The links with which people of a project team, without an account, fill in the plan of a course."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import delete, func, select

from trainer.store.models import db
from trainer.store.plan_models import PlanLink
from trainer.store.plans import hold

LINK_LASTS = timedelta(days=90)
MOST_LINKS = 20


class LinksFull(Exception):
    """The plan has as many links as it may have."""


def links(course_id: int, day: date) -> Sequence[PlanLink]:
    """The links of a plan that still work, in the order in which they expire."""
    query = select(PlanLink).where(PlanLink.course_id == course_id, PlanLink.expires >= day)
    return list(db.session.scalars(query.order_by(PlanLink.expires, PlanLink.about, PlanLink.id)))


def make_link(course_id: int, about: str, day: date) -> str:
    """Makes a link for somebody, and returns its token, which is stored nowhere. Call it in a transaction.

    Raises CourseGone and LinksFull.
    """
    connection = hold(course_id)
    token = secrets.token_urlsafe(32)
    connection.execute(delete(PlanLink).where(PlanLink.expires < day))
    there = select(func.count()).select_from(PlanLink).where(PlanLink.course_id == course_id)
    if (connection.scalar(there) or 0) >= MOST_LINKS:
        raise LinksFull
    expires = day + LINK_LASTS
    db.session.add(PlanLink(course_id=course_id, token_hash=hash_link(token), about=about, expires=expires))
    return token


def revoke_link(course_id: int, link_id: str) -> None:
    """Deletes a link: from then on nobody comes in by it, nor goes on. Call it in a transaction."""
    db.session.execute(delete(PlanLink).where(PlanLink.course_id == course_id, PlanLink.id == link_id))


def find_link(token: str, day: date) -> PlanLink | None:
    """The link with this token, if it still works."""
    query = select(PlanLink).where(PlanLink.token_hash == hash_link(token), PlanLink.expires >= day)
    return db.session.scalar(query)


def hash_link(token: str) -> str:
    """What the database keeps of the token in a link."""
    return hashlib.sha256(token.encode()).hexdigest()
