"""All pages: the blueprint of each module, and what their templates may ask."""

from flask import Flask

from trainer.store.access import answers_for, is_national, leads, may_delete, organises
from trainer.web.accounts import me
from trainer.web.courses import day_in_words
from trainer.web.live import blueprint as live
from trainer.web.locations import locations
from trainer.web.logbook import blueprint as logbook
from trainer.web.mailing import blueprint as mailing
from trainer.web.notebook import blueprint as notebook
from trainer.web.organiser import blueprint as organiser
from trainer.web.people import blueprint as people
from trainer.web.plan.door import blueprint as plan_door
from trainer.web.plan.pages import blueprint as plan
from trainer.web.planning import planning
from trainer.web.preparing import preparing
from trainer.web.public import blueprint as public
from trainer.web.rehearsals import blueprint as rehearsals
from trainer.web.reports.comparing import comparing
from trainer.web.reports.harvest import blueprint as harvest
from trainer.web.reports.outputs import outputs
from trainer.web.reports.results import results
from trainer.web.screens import blueprint as screens
from trainer.web.second_factor import blueprint as second_factor
from trainer.web.shared import blueprint as shared
from trainer.web.texts.adding import adding
from trainer.web.texts.decisions import decisions
from trainer.web.texts.folders import folders
from trainer.web.texts.outline import outline
from trainer.web.texts.pictures import pictures
from trainer.web.texts.previews import previews
from trainer.web.texts.steps import steps
from trainer.web.texts.versions import moment_in_words, texts
from trainer.web.texts.whole import whole

EVERYBODY = (public, notebook, plan_door, second_factor)
MEETINGS = (live, shared, screens, rehearsals)
OFFICE = (logbook, mailing, people)
ORGANISING = (organiser, planning, locations, preparing, results, comparing, harvest, outputs, plan)
TEXTS = (texts, outline, steps, adding, whole, previews, pictures, decisions, folders)


def init_pages(app: Flask) -> None:
    """Registers them; the pages of `auth` are registered by `init_auth`."""
    for blueprint in (*EVERYBODY, *MEETINGS, *ORGANISING, *OFFICE, *TEXTS):
        app.register_blueprint(blueprint)
    app.add_template_filter(day_in_words, "day_in_words")
    app.add_template_filter(moment_in_words, "moment_in_words")
    app.add_template_test(lambda meeting: leads(me(), meeting), "led")
    app.add_template_test(lambda course: organises(me(), course), "organised")
    app.add_template_test(lambda account: answers_for(me(), account), "answered_for")
    app.add_template_test(is_national, "national")
    app.add_template_test(lambda meeting: may_delete(me(), meeting), "deletable")
