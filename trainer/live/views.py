"""What each role may see of a meeting, as plain values for the templates.

Each function builds all that its role gets, and nothing that it may not know: what a phone must not see is
not hidden in the page but absent from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from trainer.curriculum.model import Block, Part, Step
from trainer.kinds.contract import Kind
from trainer.live.leading import leaders, named
from trainer.live.moments import later, latest, seconds_between
from trainer.live.order import (
    OptionGroup,
    chosen_steps,
    find,
    groups_of,
    minutes_of,
    option_groups,
    projected_end,
    running_order,
)
from trainer.live.places import is_divided, step_at
from trainer.live.sharing import sharing_view
from trainer.live.state import MeetingState

View = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scene:
    """A meeting at one moment, as people `at` a place see it: all that views are made of, except posts."""

    part: Part
    kinds: Mapping[str, Kind]
    state: MeetingState
    now: datetime
    planned_start: datetime
    programme_title: str
    course_title: str
    place: str
    at: str = ""

    @property
    def here(self) -> tuple[Block, Step] | None:
        """The block and the step on screen; None when the programme has no such step."""
        return find(self.part, self.state.step)

    @property
    def step(self) -> Step | None:
        """The step on screen, as it is at this place; None while there is none."""
        if self.state.phase != "live" or self.here is None:
            return None
        step = self.here[1]
        return step_at(self.kinds[step.kind], step, self.at)

    @property
    def key(self) -> str:
        """Identifies what is in front of people: a view with another key is about something else."""
        step = self.step
        if step is None:
            return self.state.phase
        kind, item = self.kinds[step.kind], ""
        if not is_divided(kind, step):
            inner = self.state.kinds.get(step.id)
            item = kind.item(step.settings, kind.start(step.settings) if inner is None else inner)
        run = self.state.runs.get(self.state.step, 0)
        return f"{step.id}/{item}#{run}" if run else f"{step.id}/{item}"


def clock_time(moment: datetime) -> str:
    """A time of day as people read it, in hours and minutes."""
    return f"{moment:%H:%M}"


def common_view(scene: Scene) -> View:
    """What every role may know."""
    view: View = {
        "version": scene.state.version_at(scene.at),
        "changes": scene.state.version,
        "key": scene.key,
        "phase": scene.state.phase,
        "part_title": scene.part.title,
        "part_goal": scene.part.goal,
        "programme_title": scene.programme_title,
        "course_title": scene.course_title,
        "place": scene.place,
        "cover": scene.state.cover,
        "pace": scene.state.pace.factor,
        "step": None,
        "block": None,
        "timer": None,
        "at": None,
        "places": (),
        "divided": False,
        **sharing_view(scene.part, scene.kinds, scene.state, scene.step),
    }
    here, step = scene.here, scene.step
    if here and step:
        block, kind = here[0], scene.kinds[step.kind]
        view["at"], view["places"] = step.place, kind.places(here[1].settings)
        view["divided"] = is_divided(kind, step)
        view["block"] = {"id": block.id, "title": block.title, "minutes": minutes_of(block, scene.state)}
        view["step"] = step_view(scene, step)
    if scene.state.timer is not None:
        timer = scene.state.timer
        view["timer"] = {
            "left": round(timer.remaining(scene.now.timestamp()), 1),
            "total": timer.total,
            "running": timer.running,
        }
    return view


def step_view(scene: Scene, step: Step) -> View:
    """What every role may know of a step, for templates."""
    kind = scene.kinds[step.kind]
    return {
        "id": step.id,
        "title": step.title,
        "kind": kind.name,
        "kind_title": kind.title,
        "is_exercise": kind.is_exercise,
        "stage": kind.stage,
        "html": step.html,
        "minutes": step.minutes,
        # What is deleted right after the exercise is not stored on a phone's disk either.
        "fleeting": kind.intimate(step.settings),
        "shares": kind.shares,
    }


def screen_view(scene: Scene) -> View:
    """What the projector shows around the exercise."""
    view = common_view(scene)
    view |= {
        "agenda": agenda(scene),
        "join_shown": scene.state.join_shown,
        "theme": scene.state.theme,
        "now": {"title": view["block"]["title"]} if view["block"] else None,
        "next": _next_title(scene),
        "clock": clock_time(scene.now),
        # For a page to count on from: no two devices agree on the time.
        "seconds_of_day": (scene.now.hour * 60 + scene.now.minute) * 60 + scene.now.second,
        "pause_until": "",
    }
    if scene.state.timer is not None:
        left = max(0.0, scene.state.timer.remaining(scene.now.timestamp()))
        view["pause_until"] = clock_time(later(scene.now, seconds=left))
    return view


def control_view(scene: Scene) -> View:
    """What the trainers see around the exercise: the plan, the time, the notes and the choices."""
    view = screen_view(scene)
    planned_end = later(scene.planned_start, minutes=scene.part.minutes)
    # A closed meeting must not reveal when it ended.
    over = scene.state.phase == "closed"
    end = planned_end if over else projected_end(scene.part, scene.state, scene.now)
    drift = round(seconds_between(planned_end, end) / 60)
    here = scene.here
    view |= {
        "drift_minutes": drift,
        "end_planned": clock_time(planned_end),
        "end_projected": clock_time(end),
        "final": scene.state.final,
        "shorten": scene.state.phase == "live" and drift > 0,
        "trainers": (*scene.state.trainers, "", "")[:2],
        "block_notes": _block_notes(scene),
        "step_notes": noted(
            scene, here[1].notes if here and not scene.kinds[here[1].kind].shows_notes else ""
        ),
        "next_title": _next_label(scene, (view["next"] or {}).get("title", "")),
        "options": [_options(scene, group) for group in groups_of(scene.part)],
    }
    return view


def _options(scene: Scene, group: OptionGroup) -> View:
    given = scene.state.choices.get(group.id, group.options[0][0])
    choices = [
        {"option": number, "title": title, "chosen": number == given} for number, title in group.options
    ]
    return {
        "group": group.id, "block": group.block.id, "block_title": group.block.title, "choices": choices,
    }  # fmt: skip


def noted(scene: Scene, notes: str) -> str:
    """Trainers' notes of the block on screen, with the names of whoever leads it."""
    return named(notes, leaders(scene.state, scene.here[0].id)) if scene.here else notes


def _block_notes(scene: Scene) -> str:
    """The notes of the block on screen; in the lobby of the first, which say what to have ready."""
    coming = running_order(scene.part, scene.state) if scene.state.phase == "lobby" else []
    block = (scene.here or next(iter(coming), (None,)))[0]
    return named(block.notes, leaders(scene.state, block.id)) if block else ""


def phone_view(scene: Scene) -> View:
    """What every phone gets, the same for all."""
    return common_view(scene)


def _next_label(scene: Scene, after: str) -> str:
    """Where the button 'Volgende' leads: the next item of the step, or what comes after the step."""
    step = scene.step
    if step is None or is_divided(scene.kinds[step.kind], step):
        return after
    kind = scene.kinds[step.kind]
    inner = scene.state.kinds.get(step.id)
    further = kind.forward(step.settings, kind.start(step.settings) if inner is None else inner)
    if further is None:
        return "" if step.place else after
    return kind.item_word


def _next_title(scene: Scene) -> View | None:
    """The title of what comes after the current step, or of its block when a new block begins."""
    order = running_order(scene.part, scene.state)
    if scene.state.phase != "live":
        return {"title": order[0][0].title} if scene.state.phase == "lobby" and order else None
    places = {step.id: index for index, step in enumerate(scene.part.steps())}
    here = scene.here
    place = places.get(scene.state.step, -1)
    for block, step in order:
        if places[step.id] > place:
            same = here is not None and block.id == here[0].id
            return {"title": step.title if same else block.title}
    return None


def agenda(scene: Scene) -> list[View]:
    """The blocks with their clock times and states, and the steps in them."""
    state, here = scene.state, scene.here
    current = here[0].id if here and state.phase == "live" else ""
    planned, expected = scene.planned_start, scene.planned_start
    rows: list[View] = []
    following = False
    zone = scene.now.tzinfo
    for block in scene.part.blocks:
        skipped = block.id in state.skipped
        minutes = minutes_of(block, state)
        begun = state.begun.get(block.id)
        if begun is not None:
            expected = datetime.fromtimestamp(begun, zone)
        row = _row(scene, block, planned, expected)
        if block.id == current:
            row["state"], following = "now", True
        elif skipped:
            row["state"] = "skipped"
        elif state.phase == "closed" or (begun is not None and not following):
            row["state"] = "done"
        elif following:
            row["state"], following = "next", False
        else:
            row["state"] = "later"
        rows.append(row)
        planned = later(planned, minutes=block.minutes)
        if not skipped:
            expected = later(expected, minutes=minutes)
            if block.id == current:
                expected = latest(expected, scene.now)
    return rows


def _row(scene: Scene, block: Block, planned: datetime, expected: datetime) -> View:
    begun = block.id in scene.state.begun
    return {
        "id": block.id,
        "title": block.title,
        "minutes": minutes_of(block, scene.state),
        "planned_minutes": block.minutes,
        "planned_start": clock_time(planned),
        "planned_end": clock_time(later(planned, minutes=block.minutes)),
        "expected_start": clock_time(expected),
        "actual_start": clock_time(expected) if begun else "",
        "swapped": block.id in scene.state.swapped,
        "steps": _steps(scene, block),
    }


def _steps(scene: Scene, block: Block) -> list[View]:
    chosen = {step.id for step in chosen_steps(block, scene.state)}
    group_of = {step.id: group for group, steps in option_groups(block) for step in steps}
    return [
        step_view(scene, step)
        | {
            "option": step.option,
            "group": group_of.get(step.id, ""),
            "chosen": step.id in chosen,
            "state": "now" if step.id == scene.state.step and scene.state.phase == "live" else "",
        }
        for step in block.steps
    ]
