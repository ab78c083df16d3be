"""The addresses of pages that are not live, for whoever looks at all of them."""

import re

from tests.browser.people import House, Sitting
from tests.support.server import csrf_token

FOR_EVERYBODY = (
    "/",
    "/j/{secret}",
    "/inloggen",
    "/welkom/{invitation}",
    "/wachtwoord/{reset}",
    "/privacy",
    "/toegankelijkheid",
    "/programma/training/bijlage/leeslijst",
    "/programma/training/bijlage/functieprofiel",
    "/m/{meeting}/gedeeld",
    "/plan-gesloten",
    "/bestaat-niet",
)
FOR_ORGANISERS = (
    "/beheer",
    "/beheer/trajecten/nieuw",
    "/beheer/trajecten/1",
    "/beheer/trajecten/1/bijeenkomst",
    "/beheer/trajecten/1/verwijderen",
    "/beheer/trajecten/1/kopie",
    "/beheer/trajecten/1/plan",
    "/beheer/trajecten/1/plan/lezen",
    "/beheer/archief",
    "/beheer/locaties",
    "/beheer/trajecten/1/locatie",
    "/beheer/accounts",
    "/beheer/accounts/{trainer}/verwijderen",
    "/beheer/logboek",
    "/beheer/bijeenkomsten/{meeting}",
    "/beheer/bijeenkomsten/{meeting}/oefenen",
    "/beheer/bijeenkomsten/{meeting}/voorbereiden",
    "/beheer/bijeenkomsten/{meeting}/evaluatie",
    "/beheer/bijeenkomsten/{meeting}/verslag",
    "/beheer/bijeenkomsten/{meeting}/draaiboek",
    "/beheer/bijeenkomsten/{meeting}/draaiboek?vorm=kort",
    "/beheer/bijeenkomsten/{meeting}/materialen?mensen=16&papier=4",
    "/beheer/bijeenkomsten/{meeting}/papier?mensen=16",
    "/beheer/bijeenkomsten/{meeting}/papier/pakket?mensen=2&lezen=1",
    "/beheer/trajecten/1/evaluatie",
    "/beheer/programmas",
    "/beheer/vergelijken",
    "/account",
    "/account/twee-stappen",
    "/beheer/trajecten/1/teksten",
    "/beheer/trajecten/1/teksten/dagdeel-1",
    "/beheer/trajecten/1/teksten/dagdeel-1/delen",
    "/beheer/trajecten/1/teksten/inlezen",
    "/beheer/trajecten/1/teksten/foto",
    "/beheer/trajecten/1/teksten/dagdeel-1/opbouw",
    "/beheer/trajecten/1/teksten/dagdeel-1/opbouw/nieuw",
    "/beheer/trajecten/1/teksten/dagdeel-1/tekst",
)


def values_of(house: House, sitting: Sitting) -> dict[str, str]:
    """What the addresses need to be told, of a meeting in the first course of a house."""
    invitation = house.invite().rsplit("/", 1)[1]
    trainer = _newcomer(house)
    values = {"meeting": sitting.id, "secret": sitting.secret, "invitation": invitation}
    return values | {"trainer": trainer, "reset": _reset(house, trainer)}


def _newcomer(house: House) -> str:
    """The number of an account that trains nothing yet."""
    page = f"{house.server.url}/beheer/accounts"
    removable = re.compile(r"/beheer/accounts/(\d+)/verwijderen")
    if not removable.search(house.trainer.session.get(page).text):
        house.trainer.invite("nieuw")
    return removable.findall(house.trainer.session.get(page).text)[0]


def _reset(house: House, user_id: str) -> str:
    """The token of a link with which an account gets another password."""
    session, page = house.trainer.session, f"{house.server.url}/beheer/accounts"
    form = {"csrf_token": csrf_token(session.get(page).text)}
    return re.findall(r"/wachtwoord/([\w-]+)", session.post(f"{page}/{user_id}/wachtwoord", data=form).text)[
        0
    ]


def name_of(path: str) -> str:
    """An address as the name of a file."""
    words = path.replace("{", "").replace("}", "").strip("/")
    return "".join(each if each.isalnum() else "-" for each in words) or "deur"
