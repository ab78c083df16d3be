"""A meeting of one exercise in the running program, in which whatever history says is done, and watched."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from tests.attack.observer.exercises import SOURCES
from tests.attack.observer.history import WORD, Action, Content
from tests.support.fragments import Form, Page
from tests.support.hall import Hall
from trainer.curriculum.ids import PLACE_MARK
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.live.audience import CONTROLS, PHONES, Audience
from trainer.live.state import MeetingState
from trainer.live.stored import state_to_json
from trainer.meetings import steering
from trainer.meetings.room import Room
from trainer.store.codes import new_code
from trainer.store.database import transaction
from trainer.store.models import Meeting as Row
from trainer.store.models import db

# Of the one meeting that is watched now. To draw another QR code takes as long as twenty presses.
SECRET = "een-voor-allemaal"
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
        # The tables of the exercise; one without a name for what everybody does together.
        steps = self.room.steps.at_each_place("proef")
        self.places = tuple(step.place.id if step.place else "" for step in steps)
        self.do(Command("start"))
        self.do(Command("goto", {"step": ("proef",)}))

    @property
    def room(self) -> Room:
        room = self.host.room(self.id)
        assert room is not None
        return room

    def posts(self) -> dict[str, Post]:
        """What was sent in the exercise, at whatever table, by id."""
        return {post.id: post for place in self.places for post in self.room.step_posts(step_at(place))}

    def do(self, command: Command, place: str = "") -> MeetingState | Rejected:
        return self.host.steering.command(self.id, command, self.room.state.version_at(place), place)

    def perform(self, action: Action, content: Content | None) -> bool:
        """Does it; False when it was refused or there was nothing to do."""
        match action.what:
            case "send":
                assert content is not None
                return self._send(action, content)
            case "say":
                return self._say(action)
            case "take back":
                return self._take_back(action)
            case "leave":
                return self._leave(action.who)
            case "paper":
                assert content is not None
                form = self._form(self._enter_html(action.place), content, action.number)
                step_id = step_at(action.place)
                return form is not None and self.host.posting.enter(self.id, step_id, form) is None
            case "act":
                token, asked = self._token(action.who), self._asked(action)
                return self.host.steering.act(self.id, token, step_at(action.place), asked) is None
            case _:
                return not isinstance(self.do(self._asked(action), action.place), Rejected)

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

    @property
    def openly(self) -> str:
        """The field with which a phone says here what everybody may know; '' for none."""
        step = self.room.step("proef")
        assert step is not None
        return self.room.kind(step).openly

    def _say(self, action: Action) -> bool:
        """Says openly what the first form for that says; there is no choice in it."""
        forms = Page(self._own_html(self._token(action.who), action.place)).forms
        form = next((form for form in forms if self.openly in form.options), None)
        if form is None:
            return False
        fields = {name: tuple(values[:1]) for name, values in form.options.items()}
        sent = Submission(form.attributes["data-item"], fields, action.place)
        made = uuid.uuid5(uuid.NAMESPACE_OID, f"{action.who} {len(self.sent.get(action.who, ()))}")
        return self._take(action, str(made), sent)

    def _send(self, action: Action, content: Content) -> bool:
        form = self._form(self._own_html(self._token(action.who), action.place), content, action.number)
        if form is None:
            return False
        alone = {"alone": ("ja",)} if action.flag else {}
        sent = Submission(form.item, {**form.fields, **alone}, action.place)
        return self._take(action, _id_of(content), sent)

    def _take(self, action: Action, post_id: str, sent: Submission) -> bool:
        self.hall.meeting = self.id
        if self.hall.take(self._token(action.who), post_id, step_at(action.place), sent) is not None:
            return False
        known = self.sent.setdefault(action.who, [])
        new = (post for post in self._own(action.who, action.place) if post.id not in known)
        known += [post.id for post in sorted(new, key=attrgetter("item"))]
        return True

    def _own_html(self, token: str, place: str) -> str:
        self.hall.meeting = self.id
        return self.hall.own(token, place)

    def _own(self, who: int, place: str) -> Sequence[Post]:
        return self.host.posting.own(self.room, step_at(place), self._token(who))

    def _form(self, html: str, content: Content, field: int) -> Submission | None:
        """A form of the exercise, filled in by this finger and this word, in this field if it has several."""
        # What is said openly is a deed, not something that is chosen beside other things.
        forms = [
            form for form in Page(html).forms if not {"clear", self.openly or "clear"} & form.options.keys()
        ]
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

    def _enter_html(self, place: str) -> str:
        return str(self.host.messages.control_values(self.room, seen_at(CONTROLS, place))["enter_html"])

    def _take_back(self, action: Action) -> bool:
        # Which of its own: by the order of sending, which is no part of what was typed.
        existing = {post.id for post in self._own(action.who, action.place)}
        mine = [post_id for post_id in self.sent.get(action.who, ()) if post_id in existing]
        if not mine:
            return False
        chosen, token = mine[action.number % len(mine)], self._token(action.who)
        step_id = step_at(action.place)
        taken = self.host.posting.withdraw(self.id, token, step_id, chosen, warned=True, at_once=action.flag)
        return taken is None

    def _word_of(self, post: Any) -> str:
        return next((value for value in post.payload.values() if WORD in str(value)), "")

    def _ids(self, value: str) -> str:
        """The id of the card with these words on it; anything else as it is."""
        for post in self.posts().values():
            if WORD in value and value in post.payload.values():
                return post.id
        return value

    def forged(self, place: str) -> list[Action]:
        """Commands that no button may offer now."""
        return [Action("press", name=f"do:{name}", place=place) for name in ALWAYS]

    def acts(self, who: int, place: str) -> list[Action]:
        """What this phone may press for everybody now, with cards named by their words."""
        token = self._token(who)
        shared = self.host.messages.phone_values(self.room, seen_at(PHONES, place))["kind_html"]
        return [
            Action("act", who, button["data-act"], self._args_of(button), place=place)
            for button in Page(f"{shared}{self._own_html(token, place)}").buttons
            if button.get("data-act", "") not in ("", *BY_TURN)
        ]

    def _args_of(self, button: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        return {
            key.removeprefix("data-arg-"): (self._named(value),)
            for key, value in button.items()
            if key.startswith("data-arg-")
        }

    def offered(self, place: str) -> list[Action]:
        """Every button of control now, with cards named by their words."""
        values = self.host.messages.control_values(self.room, seen_at(CONTROLS, place))
        found = [
            Action("press", name=f"do:{c.name}", args={k: (v,) for k, v in c.args.items()}, place=place)
            for c in values["controls"]
        ]
        page = Page(str(values["kind_html"]))
        for button in page.buttons:
            for cards in page.choices(button) if "data-command" in button else ():
                chosen = {"id": tuple(map(self._named, cards))} if cards else {}
                args = self._args_of(button) | chosen
                found.append(Action("press", name=button["data-command"], args=args, place=place))
        return sorted(found, key=str)

    def _named(self, value: str) -> str:
        post = self.posts().get(value)
        return self._word_of(post) if post else value


def _planned(hall: Hall, source: str) -> str:
    """A meeting in its lobby, with a text of its own."""

    def work() -> str:
        first = db.session.query(Row).first()
        assert first is not None
        origin = hall.host.clock.origin
        db.session.query(Row).filter(Row.secret == SECRET).update({"secret": None, "code": None})
        row = Row(course_id=first.course_id, part=first.part, date=date(2027, 1, 12), phase="lobby")
        row.source, row.code, row.secret = source, new_code(), SECRET
        row.state = state_to_json(MeetingState(opened=hall.host.clock.seconds()), origin)
        db.session.add(row)
        db.session.flush()
        return row.id

    with hall.app.app_context():
        return transaction(work)


def step_at(place: str) -> str:
    """The id of the exercise at a table, '' for one that everybody does together."""
    return f"proef{PLACE_MARK}{place}" if place else "proef"


def seen_at(audience: Audience, place: str) -> Audience:
    """Those of an audience who are at a table."""
    return replace(audience, place=place)


def _id_of(content: Content) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, content.word))
