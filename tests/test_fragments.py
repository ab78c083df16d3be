"""What the tests read in a fragment is what a browser reads there."""

from html.parser import HTMLParser

import pytest

from tests.support.fragments import Page, start_tags

FRAGMENT = """<form data-post data-step="flap" class="stack">
  <textarea name="text" maxlength="40" required>1 &lt; 2</textarea>
  <input type="radio" name="wat" value="&quot;a&quot; &amp; b" checked><br/>
  <svg viewBox="0 0 1 1"><path d="M0 0" stroke-width="2"/></svg>
  <button data-command="do:draw" title="meer > minder">Kies</button><button disabled>Niet</button>
</form>"""


class Bearing(HTMLParser):
    """A parser that takes any HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def test_tags_and_attributes_are_those_of_any_other_parser() -> None:
    assert list(start_tags(FRAGMENT)) == Bearing(FRAGMENT).found


def test_forms_offer_what_can_be_filled_in_and_buttons_what_can_be_pressed() -> None:
    page = Page(FRAGMENT)

    (form,) = page.forms
    assert (form.texts, form.required, form.options) == ({"text": 40}, {"text"}, {"wat": ['"a" & b']})
    assert [button["data-command"] for button in page.buttons] == ["do:draw"]


@pytest.mark.parametrize(
    "html", ["<p class=wit>", "<p class='wit'>", "a < b", "<!-- weg -->", "<P>", '<a b="<">']
)
def test_what_no_template_of_ours_writes_is_not_guessed_at(html: str) -> None:
    with pytest.raises(ValueError, match="written in another way"):
        list(start_tags(html))
