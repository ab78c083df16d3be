"""Plain SQL for what is written while meetings run; the writer executes it in groups."""

from sqlalchemy import Date, bindparam, text

SAVE_POST = text(
    "INSERT INTO post (id, meeting_id, step, item, author, slot, payload, paper, alone, leaving, seen)"
    " VALUES (:id, :meeting_id, :step, :item, :author, :slot, :payload, :paper, :alone, :leaving, :seen)"
    " ON CONFLICT (meeting_id, step, item, author, slot)"
    " DO UPDATE SET id = excluded.id, payload = excluded.payload, paper = excluded.paper,"
    " alone = excluded.alone, leaving = excluded.leaving, seen = excluded.seen"
)
# The row stays until the step is sealed: an id that was used, and perhaps shown, cannot return with another
# text.
WITHDRAW_POST = text(
    "UPDATE post SET payload = 'null', seen = :seen"
    " WHERE meeting_id = :meeting_id AND step = :step AND item = :item"
    " AND author = :author AND id = :id"
)
MARK_POST = text(
    "UPDATE post SET seen = :seen"
    " WHERE meeting_id = :meeting_id AND step = :step AND item = :item AND author = :author AND slot = :slot"
)
LEAVING_POST = text(
    "UPDATE post SET leaving = 1"
    " WHERE meeting_id = :meeting_id AND step = :step AND item = :item AND author = :author AND slot = :slot"
)
SAVE_RESULT = text(
    "INSERT INTO result (meeting_id, step, place, row, texts)"
    " VALUES (:meeting_id, :step, :place, :row, :texts)"
    " ON CONFLICT (meeting_id, step, place) DO UPDATE SET row = excluded.row, texts = excluded.texts"
)
# Texts that were deleted in the meantime do not come back.
REVISE_RESULT = text(
    "UPDATE result SET row = :row, texts = :texts"
    " WHERE meeting_id = :meeting_id AND step = :step AND place = :place AND texts IS NOT NULL"
)
DELETE_RESULTS = text("DELETE FROM result WHERE meeting_id = :meeting_id AND step = :step")
DELETE_REHEARSED = text(
    "DELETE FROM result WHERE meeting_id = :meeting_id"
    " AND EXISTS (SELECT 1 FROM meeting WHERE id = :meeting_id AND rehearsal <> 0)"
)
DELETE_STEP = text("DELETE FROM post WHERE meeting_id = :meeting_id AND step = :step")
SAVE_STATE = text(
    "UPDATE meeting SET state = :state, phase = :phase, version = :version"
    " WHERE id = :meeting_id AND version < :version AND phase IN ('lobby', 'live')"
)
# What the trainers chose, of a meeting that nobody has opened in the meantime.
SAVE_PREPARED = text("UPDATE meeting SET state = :state WHERE id = :meeting_id AND phase = 'planned'")
# Nobody else changes a meeting between this and the commit.
HOLD = text("UPDATE meeting SET phase = phase WHERE id = :meeting_id")
# Somebody would rather not have these steps shared with the group; nobody can tell who.
SAVE_UNWILLING = text("UPDATE meeting SET unwilling = :steps WHERE id = :meeting_id")
# A copy does not know for which steps somebody said no: then it is for every step, and nobody needs the key.
FORGET_UNWILLING = text("UPDATE meeting SET unwilling = '*', shared_key = '' WHERE id = :meeting_id")
# What the group of a meeting that is over may read. Where nothing was offered nobody needs the key; else it
# stays, so that a no is not told from too few people.
SHARE_AT_END = text(
    "UPDATE meeting SET shared = :steps, unwilling = '',"
    " shared_key = CASE WHEN :offered THEN shared_key ELSE '' END WHERE id = :meeting_id"
)
SAVE_SHARED = text("UPDATE meeting SET shared = :steps WHERE id = :meeting_id AND phase = 'closed'")
FORGET_SHARED = text("UPDATE meeting SET shared = '', shared_key = '' WHERE id = :meeting_id")
CLOSE_SCREENS = text("UPDATE meeting SET screens = screens + 1 WHERE id = :meeting_id")
END_MEETING = text(
    "UPDATE meeting SET code = NULL, secret = NULL, closed_on = :closed_on, departed = 0, returned = 0"
    " WHERE id = :meeting_id"
).bindparams(bindparam("closed_on", type_=Date))
ADD_PARTICIPANT = text(
    "INSERT INTO participant (meeting_id, token_hash) SELECT id, :token_hash FROM meeting"
    " WHERE id = :meeting_id AND phase IN ('lobby', 'live')"
    " ON CONFLICT (meeting_id, token_hash) DO NOTHING"
)
# `state` is what the trainers chose beforehand.
TAKE_BACK = text(
    "UPDATE meeting SET phase = 'planned', code = NULL, secret = NULL, source = '', state = :state,"
    " version = 0, departed = 0, returned = 0, closed_on = NULL, rehearsal = 0,"
    " shared_key = '', unwilling = '', shared = ''"
    " WHERE id = :meeting_id AND (phase = 'lobby' OR (rehearsal <> 0 AND phase <> 'closed'))"
)
# Keeps nothing of an unreadable state: it may hold names.
END_UNREAD = text(
    "UPDATE meeting SET phase = 'closed', state = :state, code = NULL, secret = NULL, closed_on = :closed_on,"
    " departed = 0, returned = 0, shared_key = '', unwilling = '', shared = ''"
    " WHERE id = :meeting_id AND phase <> 'closed' AND rehearsal = 0"
).bindparams(bindparam("closed_on", type_=Date))
# This column is unused until a meeting is closed. Of when it was found unreadable, or impossible to close,
# only the day may be stored.
FOUND_UNREAD = text(
    "UPDATE meeting SET closed_on = :today WHERE id = :meeting_id AND phase <> 'closed'"
).bindparams(bindparam("today", type_=Date))
TOLD = text("SELECT state, closed_on FROM meeting WHERE id = :meeting_id")
# Raw values: a SQLAlchemy type would fail on the first damaged one.
STORED_MEETINGS = text(
    "SELECT meeting.id, meeting.phase, meeting.closed_on, course.retention_days"
    " FROM meeting LEFT JOIN course ON course.id = meeting.course_id"
)
MEETINGS_WITH_TEXTS = text(
    "SELECT meeting_id FROM result WHERE texts IS NOT NULL"
    " UNION SELECT meeting_id FROM meeting_note WHERE text <> '' OR others <> '[]'"
    " UNION SELECT id FROM meeting WHERE phase = 'closed' AND shared_key <> ''"
)
DELETE_TEXTS = text("UPDATE result SET texts = NULL WHERE meeting_id = :meeting_id")
# What trainers wrote beside those texts may quote them.
DELETE_NOTES = text("UPDATE meeting_note SET text = '', others = '[]' WHERE meeting_id = :meeting_id")
# Rows of meetings that may not have them, or no longer.
LEFT_BEHIND = (
    "FROM post WHERE NOT EXISTS (SELECT 1 FROM meeting"
    " WHERE meeting.id = post.meeting_id AND meeting.phase IN ('lobby', 'live'))",
    "FROM participant WHERE NOT EXISTS (SELECT 1 FROM meeting"
    " WHERE meeting.id = participant.meeting_id AND meeting.phase IN ('lobby', 'live'))",
    "FROM result WHERE NOT EXISTS (SELECT 1 FROM meeting"
    " WHERE meeting.id = result.meeting_id"
    " AND (meeting.phase = 'live' OR (meeting.phase = 'closed' AND meeting.rehearsal = 0)))",
)
COUNT_LEFT_BEHIND = tuple(text(f"SELECT count(*) {rows}") for rows in LEFT_BEHIND)
DELETE_LEFT_BEHIND = tuple(text(f"DELETE {rows}") for rows in LEFT_BEHIND)
DELETE_POSTS = text("DELETE FROM post WHERE meeting_id = :meeting_id")
DELETE_INVITATIONS = text("DELETE FROM invitation WHERE used OR expires < :today").bindparams(
    bindparam("today", type_=Date)
)
DELETE_PLAN_LINKS = text("DELETE FROM plan_link WHERE expires < :today").bindparams(
    bindparam("today", type_=Date)
)
DELETE_RESET_LINKS = text("DELETE FROM reset_link WHERE expires < :today").bindparams(
    bindparam("today", type_=Date)
)
RESETS_PAST = "FROM reset WHERE day NOT BETWEEN date(:today, '-30 days') AND :today"
COUNT_RESETS = text(f"SELECT count(*) {RESETS_PAST}").bindparams(bindparam("today", type_=Date))
DELETE_RESETS = text(f"DELETE {RESETS_PAST}").bindparams(bindparam("today", type_=Date))
DELETE_PARTICIPANT = text(
    "DELETE FROM participant WHERE meeting_id = :meeting_id AND token_hash = :token_hash"
)
COUNT_DEPARTED = text("UPDATE meeting SET departed = departed + 1 WHERE id = :meeting_id")
COUNT_RETURNED = text("UPDATE meeting SET returned = returned + 1 WHERE id = :meeting_id")
FORGET_DEPARTED = text("UPDATE meeting SET departed = 0, returned = 0 WHERE id = :meeting_id")
DELETE_PARTICIPANTS = text("DELETE FROM participant WHERE meeting_id = :meeting_id")
