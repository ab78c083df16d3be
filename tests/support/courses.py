"""A course as an organiser plans it, and answers to its evaluation."""

from datetime import date, timedelta

from werkzeug.test import TestResponse

from tests.support.site import Visitor

# A day that may be planned, and days that are the usual weeks later; which day it is, the site says.
DAYS = [(date.today() + timedelta(weeks=week)).isoformat() for week in (0, 2, 4)]
NEW_COURSE = {
    "title": "Wijkteam Oost",
    "programme": "klein",
    "place": "Gouda",
    "first_date": DAYS[0],
    "start": "13:15",
}
TEMPOS = [1, 1, 1, 1, 1, 1, 2, 2, 0]
TEXTS = ["meer tijd", "=1+1", "niets", "koffie", "pauze"]


def make_course(organiser: Visitor, **changes: object) -> TestResponse:
    return organiser.post("/beheer/trajecten/nieuw", **(NEW_COURSE | changes))
