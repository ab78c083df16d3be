"""The addresses of pages that are not live, for whoever looks at all of them."""

from tests.browser.people import House, Sitting

FOR_EVERYBODY = (
    "/",
    "/j/{secret}",
    "/inloggen",
    "/welkom/{invitation}",
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
    return {"meeting": sitting.id, "secret": sitting.secret, "invitation": invitation}


def name_of(path: str) -> str:
    """An address as the name of a file."""
    words = path.replace("{", "").replace("}", "").strip("/")
    return "".join(each if each.isalnum() else "-" for each in words) or "deur"
