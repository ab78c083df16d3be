"""Reads and changes which steps of a meeting its group shares. Nothing of who."""

import json
from collections.abc import Collection, Iterable

from sqlalchemy import select

from trainer.store.models import Meeting, db
from trainer.store.statements import HOLD, SAVE_SHARED

# In place of the steps, where nobody can read for which somebody said no: then it is for every step.
ANY = "*"


def stored_steps(steps: Iterable[str]) -> str:
    """Ids of steps as they are stored: JSON, '' for none."""
    found = sorted(set(steps))
    return json.dumps(found) if found else ""


def shared_steps(stored: object) -> frozenset[str]:
    """The steps that are shared, from whatever is stored; none when that cannot be read."""
    return _read(stored) or frozenset()


def unwilling_for(stored: object) -> frozenset[str]:
    """The steps for which somebody said no, from whatever is stored; `ANY` when that cannot be read."""
    found = _read(stored)
    return frozenset({ANY}) if found is None else found


def _read(stored: object) -> frozenset[str] | None:
    if stored == "":
        return frozenset()
    try:
        found = json.loads(str(stored))
    except ValueError:
        return None
    whole = isinstance(found, list) and all(isinstance(each, str) for each in found)
    return frozenset(found) if whole else None


def take_back(meeting_id: str, steps: Collection[str]) -> bool:
    """Shares these steps of a closed meeting no longer; inside a transaction. False when none was shared."""
    # Takes the lock of the database first, so that two who take back at once lose nothing.
    db.session.execute(HOLD, {"meeting_id": meeting_id})
    query = select(Meeting.shared).where(Meeting.id == meeting_id, Meeting.phase == "closed")
    stored = db.session.scalar(query)
    there = shared_steps(stored or "")
    if there.isdisjoint(steps):
        return False
    left = stored_steps(there - set(steps))
    db.session.execute(SAVE_SHARED, {"meeting_id": meeting_id, "steps": left})
    return True
