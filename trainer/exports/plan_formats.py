"""All file formats of a plan, in the order in which the page shows them."""

from collections.abc import Mapping
from types import MappingProxyType

from trainer.exports import plan_calendar, plan_docx, plan_json
from trainer.exports.plan import PlanFormat

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN_FORMATS: Mapping[str, PlanFormat] = MappingProxyType(
    {
        "docx": PlanFormat("docx", "Word (DOCX)", WORD, plan_docx.render),
        "ics": PlanFormat("ics", "Agenda (ICS)", "text/calendar; charset=utf-8", plan_calendar.render),
        "json": PlanFormat("json", "JSON", "application/json", plan_json.render),
    }
)
