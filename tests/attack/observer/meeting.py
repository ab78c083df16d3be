"""A meeting of one exercise in the running program, in which whatever history says is done, and watched."""

import re
import secrets
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from tests.attack.observer.exercises import SOURCES
from tests.attack.observer.history import WORD, Action, Content
from tests.support.fragments import Form, Page
from tests.support.hall import Hall
from trainer.exports.evaluation import MeetingReport, evaluate_meeting
from trainer.exports.json import render
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.live.state import MeetingState
from trainer.live.stored import state_to_json
from trainer.meetings import steering
from trainer.meetings.room import Room
from trainer.store.codes import new_code
from trainer.store.database import transaction
from trainer.store.models import Meeting as Row
from trainer.store.models import db

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# What a trainer may press also when no button offers it now.
ALWAYS = (
    *("draw", "show", "show-all", "close", "open", "reopen", "totals", "hide", "first", "second", "summary"),
    *("statements", "start", "finish", "resume", "same", "cloud", "cards", "silent", "told", "turn", "away"),
    *("count", "both"),
)
# Whose turn it is follows from a card that is drawn by lot. Here the lot is held still and falls to what was
# typed, so whoever has the turn could only have typed that: what no room can know.
BY_TURN = ("open", "pass")


class Meeting:
    """One meeting of the hall, at the exercise `name`."""

    def __init__(self, hall: Hall, name: str) -> None:
        self.hall, self.host = hall, hall.host
        steering.secrets.seed = 0
        self.id = _planned(hall, SOURCES[name])
        self.tokens: dict[int, str] = {}
        # The ids of what each phone sent, in the order of sending.
        self.sent: dict[int, list[str]] = {}
        self.do(Command("start"))
        self.do(Command("goto", {"step": ("proef",)}))

    @property
    def room(self) -> Room:
        room = self.host.room(self.id)
        assert room is not None
        return room

    def do(self, command: Command) -> MeetingState | Rejected:
        return self.host.steering.command(self.id, command, self.room.state.version)

    def perform(self, action: Action, content: Content | None) -> bool:
        """Does it; False when it was refused or there was nothing to do."""
        match action.what:
            case "send":
                assert content is not None
                return self._send(action, content)
            case "take back":
                return self._take_back(action)
            case "leave":
                return self._leave(action.who)
            case "paper":
                assert content is not None
                form = self._form(self._enter_html(), content, action.number)
                return form is not None and self.host.posting.enter(self.id, "proef", form) is None
            case "act":
                token, asked = self._token(action.who), self._asked(action)
                return self.host.steering.act(self.id, token, "proef", asked) is None
            case _:
                return not isinstance(self.do(self._asked(action)), Rejected)

    def _asked(self, action: Action) -> Command:
        args = {key: tuple(self._ids(value) for value in values) for key, values in action.args.items()}
        return Command(action.name, args)

    def told_by(self, action: Action) -> set[int]:
        """The phone whose card is open, when its owner says so, or a trainer that its owner told the room."""
        if action.name not in ("mine", "do:told"):
            return set()
        inner = self.room.state.kinds.get("proef")
        return {who for who, ids in self.sent.items() if getattr(inner, "open", "") in ids}

    def _token(self, who: int) -> str:
        if who not in self.tokens:
            self.hall.meeting = self.id
            self.tokens[who] = self.hall.phone()
        return self.tokens[who]

    def _leave(self, who: int) -> bool:
        """Leaves; what this person does next is done with another phone."""
        token = self.tokens.pop(who, None)
        if token is not None:
            self.host.leave(self.id, token)
        return token is not None

    def _send(self, action: Action, content: Content) -> bool:
        token = self._token(action.who)
        form = self._form(self._own_html(token), content, action.number)
        if form is None:
            return False
        sent = Submission(form.item, {**form.fields, **({"alone": ("ja",)} if action.flag else {})})
        self.hall.meeting = self.id
        if self.hall.take(token, _id_of(content), "proef", sent) is not None:
            return False
        known = self.sent.setdefault(action.who, [])
        known += sorted(
            (post.id for post in self._own(action.who) if post.id not in known), key=self._item_of
        )
        return True

    def _own_html(self, token: str) -> str:
        self.hall.meeting = self.id
        return self.hall.own(token)

    def _own(self, who: int) -> Sequence[Post]:
        return self.host.posting.own(self.room, "proef", self._token(who))

    def _item_of(self, post_id: str) -> str:
        return self.room.posts["proef"][post_id].item

    def _form(self, html: str, content: Content, field: int) -> Submission | None:
        """A form of the exercise, filled in by this finger and this word, in this field if it has several."""
        forms = [form for form in Page(html).forms if "clear" not in form.options]
        if not forms:
            # The kind that was made up has no form: every other press is a vote.
            choice = {"choice": (str(content.finger // 2),)} if content.finger % 2 else {}
            return Submission("", {"leaf": (content.word,), **choice})
        form: Form = forms[content.finger % len(forms)]
        options = {name: values for name, values in form.options.items() if name != "alone"}
        chosen = {
            name: (values[(content.finger + place) % len(values)],)
            for place, (name, values) in enumerate(options.items())
        }
        # Where nothing must be filled in, each text is a card of its own: what one press sends is one card.
        names = sorted(form.texts)
        texts = form.required or set(names[field % max(1, len(names)) :][:1])
        return Submission(
            form.attributes.get("data-item", ""), chosen | dict.fromkeys(texts, (content.word,))
        )

    def _enter_html(self) -> str:
        return str(self.host.messages.control_values(self.room)["enter_html"])

    def _take_back(self, action: Action) -> bool:
        # Which of its own: by the order of sending, which is no part of what was typed.
        existing = {post.id for post in self._own(action.who)}
        mine = [post_id for post_id in self.sent.get(action.who, ()) if post_id in existing]
        if not mine:
            return False
        chosen, token = mine[action.number % len(mine)], self._token(action.who)
        taken = self.host.posting.withdraw(self.id, token, "proef", chosen, warned=True, at_once=action.flag)
        return taken is None

    def _word_of(self, post: Any) -> str:
        return next((value for value in post.payload.values() if WORD in str(value)), "")

    def _ids(self, value: str) -> str:
        """The id of the card with these words on it; anything else as it is."""
        for post in self.room.step_posts("proef"):
            if WORD in value and value in post.payload.values():
                return post.id
        return value

    def forged(self) -> list[Action]:
        """Commands that no button may offer now."""
        return [Action("press", name=f"do:{name}") for name in ALWAYS]

    def acts(self, who: int) -> list[Action]:
        """What this phone may press for everybody now, with cards named by their words."""
        token = self._token(who)
        shared = self.host.messages.phone_values(self.room)["kind_html"]
        return [
            Action("act", who, button["data-act"], self._args_of(button))
            for button in Page(f"{shared}{self._own_html(token)}").buttons
            if button.get("data-act", "") not in ("", *BY_TURN)
        ]

    def _args_of(self, button: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        return {
            key.removeprefix("data-arg-"): (self._named(value),)
            for key, value in button.items()
            if key.startswith("data-arg-")
        }

    def offered(self) -> list[Action]:
        """Every button of control now, with cards named by their words."""
        values = self.host.messages.control_values(self.room)
        found = [
            Action("press", name=f"do:{c.name}", args={k: (v,) for k, v in c.args.items()})
            for c in values["controls"]
        ]
        for button in Page(str(values["kind_html"])).buttons:
            if "data-command" in button:
                found.append(Action("press", name=button["data-command"], args=self._args_of(button)))
        return sorted(found, key=str)

    def _named(self, value: str) -> str:
        post = self.room.posts.get("proef", {}).get(value)
        return self._word_of(post) if post else value

    def look(self) -> tuple[str, ...]:
        """All that control, screen and any phone show of the exercise, without ids and in no order.

        Order says nothing: it is that of random ids.
        """
        room = self.room
        step = room.step("proef")
        assert step is not None
        kind, inner, seen = room.kind(step), room.kind_state(step), room.seen("proef")
        views = (
            kind.phone(step.settings, inner, seen),
            kind.screen(step.settings, inner, seen),
            kind.control(step.settings, inner, seen),
            kind.controls(step.settings, inner, seen),
            # A phone that sent nothing sees what is for everybody.
            kind.own(step.settings, inner, (), seen),
        )
        return tuple(sorted(_leaves(views)))

    def pages(self) -> tuple[str, ...]:
        """The same as HTML, as the three views really are."""
        room, views = self.room, self.host.messages
        shown = (views.phone_values(room), views.screen_values(room), views.control_values(room))
        html = "".join(str(values["kind_html"]) for values in shown)
        return tuple(sorted(UUID.sub("", html).splitlines()))

    def export(self) -> tuple[str, ...]:
        """The evaluation after closing, as a file, in no order."""
        self.do(Command("close"))
        report = MeetingReport("Proef", date(2027, 1, 12), self.host.kept(self.id))
        lines = render(evaluate_meeting(report)).decode().splitlines()
        return tuple(sorted(line.rstrip(",") for line in lines))


def _planned(hall: Hall, source: str) -> str:
    """A meeting in its lobby, with a text of its own."""

    def work() -> str:
        first = db.session.query(Row).first()
        assert first is not None
        origin = hall.host.clock.origin
        row = Row(course_id=first.course_id, part=first.part, date=date(2027, 1, 12), phase="lobby")
        row.source, row.code, row.secret = source, new_code(), secrets.token_urlsafe(16)
        row.state = state_to_json(MeetingState(opened=hall.host.clock.seconds()), origin)
        db.session.add(row)
        db.session.flush()
        return row.id

    with hall.app.app_context():
        return transaction(work)


def _id_of(content: Content) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, content.word))


def _leaves(value: Any) -> Iterator[str]:
    """Every piece of a view in words, ids left out; what lies together on a card stays together."""
    if is_dataclass(value) and not isinstance(value, type):
        yield from _leaves({one.name: getattr(value, one.name) for one in fields(value)})
    elif isinstance(value, Mapping):
        pieces = {str(name): tuple(sorted(_leaves(inner))) for name, inner in value.items()}
        if all(len(found) < 2 for found in pieces.values()):
            yield " | ".join(f"{name}={''.join(found)}" for name, found in sorted(pieces.items()))
        else:
            yield from (f"{name}: {leaf}" for name, found in pieces.items() for leaf in found)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield UUID.sub("", str(value))
