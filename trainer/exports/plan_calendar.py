"""The actions of a plan that have a date, for a calendar; without who does them.

Most calendars are copied to a server of somebody else's.
"""

from datetime import date, timedelta

from icalendar import Calendar, Event

from trainer.exports.calendar import stamp
from trainer.exports.plan import PlanDocument
from trainer.exports.safety import clean
from trainer.plans.sheet import Action, actions

LONGEST_TITLE = 120


def render(plan: PlanDocument) -> bytes:
    """The bytes of an .ics file: a whole day for each date.

    An action keeps its UID as long as its row is there, so a calendar that reads the file again changes what
    it has. The number of a date in its action is part of it: one action may have several.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Kwartier//Plan van aanpak//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", clean(f"{plan.sheet.form.title}: {plan.course}"))
    for action in actions(plan.sheet):
        for number, day in enumerate(action.days):
            calendar.add_component(_event(plan, action, number, day))
    return bytes(calendar.to_ical())


def _event(plan: PlanDocument, action: Action, number: int, day: date) -> Event:
    event = Event()
    event.add("uid", f"plan-{plan.mark}-{action.id}-{number}@kwartier")
    stamp(event, plan.now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    first = " ".join(clean(action.what).split())
    title = first if len(first) <= LONGEST_TITLE else first[: LONGEST_TITLE - 1] + "…"
    event.add("summary", title)
    about = [clean(action.what)] if title != clean(action.what) else []
    about += [f"Wanneer: {clean(action.when)}", f"Uit: {clean(action.section)}"]
    event.add("description", "\n".join(about))
    return event
