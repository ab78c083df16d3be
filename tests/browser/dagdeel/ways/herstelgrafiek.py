"""Herstelgrafiek: everybody draws a line of their own, by its points; no word of it leaves the phone."""

from playwright.sync_api import expect

from tests.browser.dagdeel.group import Group, Person
from tests.browser.dagdeel.ways import notebook


def draw_point(group: Group, person: Person) -> None:
    """Says of one moment when it was, how it went, what happened and what helped."""
    point = person.page.locator("[data-graph-point='1']")
    person.hands.write(point.locator("[data-graph=when]"), "1999")
    point.locator("[data-graph=height]").select_option("5")
    for what in ("word", "helped"):
        notebook.write(group, person, point.locator(f"[data-graph={what}]"))
    expect(person.page.locator("[data-graph-says]")).to_have_text("")
