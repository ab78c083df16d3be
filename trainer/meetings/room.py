"""A meeting in memory: the state and posts that the database holds, indexed for fast look-up."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import partial
from operator import attrgetter
from threading import Event
from typing import Any

from msgspec import structs

from trainer.curriculum.model import EarlierStep, Part, Programme, Step
from trainer.kinds import counting, gate
from trainer.kinds.contract import Kind, Picture, Post, Seen
from trainer.kinds.disclosure import Kept
from trainer.kinds.posts import NO_DOUBLES, Doubles, Posts
from trainer.kinds.sizes import Sizes
from trainer.kinds.turns import TURNS, Lanes
from trainer.kinds.values import ANY
from trainer.live.audience import Audience, Role
from trainer.live.bounds import USUAL_START, read_start
from trainer.live.order import anchor
from trainer.live.places import Steps, whole
from trainer.live.state import MeetingState
from trainer.live.views import Scene
from trainer.meetings.door import Door
from trainer.meetings.rendered import Numbers, Renderings
from trainer.store.keys import DIGEST
from trainer.store.repository import MeetingRecord

VERSIONS_PER_STATE = 1 << 20


def _set_event() -> Event:
    event = Event()
    event.set()
    return event


@dataclass(slots=True)
class Room:
    """One running meeting. Only the writer changes it, apart from `told`, `numbers` and what is cached."""

    record: MeetingRecord
    programme_title: str
    part: Part
    kinds: Mapping[str, Kind]
    state: MeetingState
    programme: Programme | None = None
    participants: set[str] = field(default_factory=set)
    posts: dict[str, dict[str, Post]] = field(default_factory=dict)
    # By step, author and id: finds an author's posts without searching everybody's.
    authors: dict[str, dict[str, dict[str, Post]]] = field(default_factory=dict)
    # By step and id: posts that may be seen as more than a count. Among thousands of votes these are few.
    noted: dict[str, dict[str, Post]] = field(default_factory=dict)
    # Ids of posts that were taken back: they cannot be reused with another text.
    withdrawn: set[str] = field(default_factory=set)
    # Digests, by step, of the words on cards that others saw and that were taken back or replaced.
    said: dict[str, set[str]] = field(default_factory=dict)
    # By step and author: those cards, empty. What follows from a card may outlast it (`Kind.outlasts`).
    spent: dict[str, dict[str, list[Post]]] = field(default_factory=dict)
    # Votes that were taken back after they were counted, by step, item and author.
    gone: dict[str, dict[tuple[str, str], Post]] = field(default_factory=dict)
    # Which post has which turn, by step, where something is dealt.
    lanes: defaultdict[str, Lanes] = field(default_factory=partial(defaultdict, Lanes))
    # The authors of phones that ever sent something, by step and item.
    ever: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    # Their number at the last tick: pages may show this and no later count, even when loaded in between.
    told: dict[str, dict[str, int]] = field(default_factory=dict)
    # By step: which phones may be the same person's, because one left before the other came in.
    doubles: dict[str, Doubles] = field(default_factory=dict)
    # How many phones left since the meeting was read; for a phone, how many had when it came in.
    departed: int = 0
    late: dict[str, int] = field(default_factory=dict)
    id: str = field(init=False)
    # How many of all phones that ever left may have come in again.
    returned: int = field(init=False)
    # The secret without which nobody can make the marks of a step's votes.
    secret_of: Callable[[str], bytes] = lambda step_id: b""
    # What was kept of a step of an earlier meeting: read each time, because it may be wiped there.
    kept_before: Callable[[EarlierStep], tuple[Kept, ...]] = lambda step: ()
    # Results by step, of steps sealed or revised since the meeting was read.
    results: dict[str, tuple[Kept, ...]] = field(default_factory=dict)
    # The steps in which something had been sent when the meeting was read from the database.
    before: frozenset[str] = frozenset()
    # Set while all that others would see of the meeting is stored; `Core.shown` waits for it.
    stored: Event = field(default_factory=_set_event)
    # Steps in which nobody can change anything, and whose posts are not sealed yet: see `loading.py`.
    lost: set[str] = field(default_factory=set)
    # Steps that begin again and whose old key is not destroyed yet.
    emptied: set[str] = field(default_factory=set)
    door: Door = field(default_factory=Door)
    numbers: Numbers = field(default_factory=Numbers)
    steps: Steps = field(init=False)
    # Found on first use: the states in which steps begin, and how large the messages of a step are.
    starts: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, Sizes] = field(default_factory=dict)
    rendered: Renderings = field(default_factory=Renderings)

    def __post_init__(self) -> None:
        self.id = self.record.id
        self.steps = Steps(self.part, self.kinds)
        self.returned = self.record.returned

    def step(self, step_id: str) -> Step | None:
        """A step by its id; None when the part has none with that id."""
        return self.steps.get(step_id)

    def kind(self, step: Step) -> Kind:
        """The kind of exercise that a step is."""
        return self.kinds[step.kind]

    def here(self, place: str = "") -> Step | None:
        """The step on screen, as it is at `place`."""
        return self.steps.at(self.state.step, place)

    def audience(self, page: Audience) -> Audience:
        """Whose view a page gets now: its place counts while the step on screen has it."""
        if not page.place:
            return page
        step = self.here(page.place) if self.state.phase == "live" else None
        return page if step and step.place else replace(page, place="")

    def kind_state(self, step: Step) -> Any:
        """The state of a step's kind, or the one that it begins in."""
        found = self.state.kinds.get(step.id)
        if found is None and (found := self.starts.get(step.id)) is None:
            found = self.starts[step.id] = self.kind(step).start(step.settings)
        return found

    def step_posts(self, step_id: str) -> Sequence[Post]:
        """What is there of a step now, from phones and on paper, without what was taken back."""
        return tuple(self.posts.get(step_id, {}).values())

    def own_posts(self, step_id: str, authors: Iterable[str]) -> Sequence[Post]:
        """The posts of these authors in one step, in a stable order."""
        held = [post for author in authors for post in self.authors.get(step_id, {}).get(author, {}).values()]
        return tuple(held if len(held) < 2 else sorted(held, key=attrgetter("id")))

    def is_leaving(self, step_id: str) -> bool:
        """Is any card of a step still on the screen although it was taken back?"""
        return any(post.leaving for post in self.noted.get(step_id, {}).values())

    def gate_posts(self, step_id: str) -> Posts:
        """What the gate must know of a step."""
        here, gone = self.step_posts(step_id), tuple(self.gone.get(step_id, {}).values())
        told, sealed = self.told.get(step_id, {}), whole(step_id) in self.state.sealed
        # Phones that left before the meeting was read have sent nothing in a step that began after that.
        more = min(self.record.departed, self.returned) if step_id in self.before else 0
        doubles = replace(self.doubles.get(step_id, NO_DOUBLES), more=more)
        secret: bytes | None = b""
        if step_id in self.lost:
            secret = None
        elif (here or gone) and not sealed:
            secret = self.secret_of(step_id)
        noted, step = tuple(self.noted.get(step_id, {}).values()), self.steps.get(step_id)
        kind = self.kind(step) if step else Kind
        return Posts(here, gone, told, doubles, secret, sealed, kind.crowd, noted, kind.agreed, kind.openly)

    def pictures(self, step_id: str) -> Mapping[str, Picture]:
        """What was counted and shown of a step, by item."""
        return self.state.pictures.get(step_id, {})

    def seen(self, step_id: str) -> Seen:
        """What others may know of what was sent in a step, and of the earlier one that it shows."""
        found = gate.seen(self.gate_posts(step_id), self.pictures(step_id), self.state.dealt)
        step = self.steps.get(step_id)
        named = self.kind(step).earlier(step.settings) if step else None
        return replace(found, people=self.state.expected, earlier=self.kept_before(named) if named else ())

    def tell_counts(self) -> None:
        """Lets pages show, from now on, how many phones have taken part so far."""
        self.told = {step: self._told(step, items) for step, items in self.ever.items()}

    def _told(self, step_id: str, items: Mapping[str, Set[str]]) -> dict[str, int]:
        counts = {item: len(phones) for item, phones in items.items()}
        step = self.steps.get(step_id)
        if step is None or self.kind(step).apart:
            return counts
        return counts | {ANY: len(set[str]().union(*items.values()))}

    def let_in(self, phone: str) -> bool:
        """Adds a phone, by its hash. Returns whether it may belong to somebody who left."""
        self.participants.add(phone)
        if self.departed:
            self.late[phone] = self.departed
        may_be = self.returned < self.record.departed + self.departed
        self.returned += may_be
        return may_be

    def came_late(self, step_id: str, author: str, phone: str) -> None:
        """Notes the author of a phone that came in after another left: both may be the same person's."""
        if phone in self.late:
            found = self.doubles.get(step_id, NO_DOUBLES)
            self.doubles[step_id] = replace(found, late={**found.late, author: self.late[phone]})

    def depart(self, phone: str, authors: Mapping[str, Iterable[str]]) -> None:
        """Removes a phone, by its hash; `authors` are its authors by step. What it sent stays."""
        self.participants.discard(phone)
        self.departed += 1
        for step_id, names in authors.items():
            found = self.doubles.get(step_id, NO_DOUBLES)
            self.doubles[step_id] = replace(found, left={**found.left, **dict.fromkeys(names, self.departed)})

    def put(self, step_id: str, post: Post) -> None:
        """Adds a post, or replaces its older version."""
        if not post.paper:
            self.ever.setdefault(step_id, {}).setdefault(post.item, set()).add(post.author)
        if step_id in self.gone:
            self.gone[step_id].pop((post.item, post.author), None)
        if step_id not in self.posts:
            self.posts[step_id], self.authors[step_id] = {}, {}
        self.posts[step_id][post.id] = post
        if TURNS in post.payload:
            self.lanes[step_id].put(post)
        if post.paper or post.leaving or post.seen or step_id in self.noted:
            self._note(step_id, post)
        self.authors[step_id].setdefault(post.author, {})[post.id] = post

    def _note(self, step_id: str, post: Post) -> None:
        if post.paper or post.leaving or gate.is_card(post):
            self.noted.setdefault(step_id, {})[post.id] = post
        elif step_id in self.noted:
            self.noted[step_id].pop(post.id, None)

    def take_back(self, step_id: str, post: Post) -> None:
        """Removes a post for good; the gate remembers that a vote was counted, but not what it was."""
        self.remove(step_id, post)
        self.withdrawn.add(post.id)
        if not post.paper:
            self.ever.setdefault(step_id, {}).setdefault(post.item, set()).add(post.author)
        self.remember(step_id, post.seen)
        if post.seen.startswith(gate.SAID):
            self.spent.setdefault(step_id, {}).setdefault(post.author, []).append(gate.emptied(post))
        if counting.is_counted(post):
            self.gone.setdefault(step_id, {})[post.item, post.author] = structs.replace(post, payload={})

    def remember(self, step_id: str, mark: str) -> None:
        """Remembers the digests in the mark of a card that others saw."""
        if mark.startswith(gate.SAID):
            digests = mark.removeprefix(gate.SAID)
            found = (digests[place : place + DIGEST] for place in range(0, len(digests), DIGEST))
            self.said.setdefault(step_id, set()).update(found)

    def remove(self, step_id: str, post: Post) -> None:
        """Removes a post as if it had never been there; see `take_back`."""
        if step_id in self.posts:
            self.posts[step_id].pop(post.id, None)
            if TURNS in post.payload:
                self.lanes[step_id].remove(post)
            self.noted.get(step_id, {}).pop(post.id, None)
            self.authors[step_id].get(post.author, {}).pop(post.id, None)

    def clear(self, step_id: str) -> None:
        """Forgets all that was sent in a step, and its results."""
        for kept in (
            self.posts, self.authors, self.noted, self.lanes, self.said, self.gone, self.ever, self.told,
            self.doubles, self.results, self.spent,
        ):  # fmt: skip
            kept.pop(step_id, None)

    def next_version(self, role: Role) -> int:
        """A number for the next view: higher than any before, and higher still after a change of state."""
        return self.numbers.next(role, self.state.version * VERSIONS_PER_STATE)

    def number_after(self, numbers: Numbers) -> None:
        """Continues from `numbers`, beyond any views that browsers saw of a change that was not stored."""
        self.numbers = numbers
        if numbers.last:
            version = max(self.state.version, numbers.last // VERSIONS_PER_STATE + 1)
            self.state = replace(self.state, version=version, changed={})

    def planned_start(self, now: datetime) -> datetime:
        """The moment from which planned clock times count: as planned, or the actual start if far from it."""
        start = read_start(self.record.start) or read_start(USUAL_START) or time.min
        planned = datetime.combine(self.record.date, start, now.tzinfo)
        return anchor(self.state, planned, now)

    def scene(self, now: datetime, at: str = "") -> Scene:
        """What views are made of at this moment, for people `at` a place."""
        return Scene(
            part=self.part,
            kinds=self.kinds,
            state=self.state,
            now=now,
            planned_start=self.planned_start(now),
            programme_title=self.programme_title,
            course_title=self.record.course_title,
            place=self.record.place,
            at=at,
        )


class MeetingUnreadable(Exception):
    """What the database holds of a meeting is damaged; other meetings are not affected."""
