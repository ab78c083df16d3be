"""Markdown to HTML: what it looks like, and that nothing unsafe comes through."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainer.curriculum.render import inline, plain, prose, render, render_with_findings


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Een *klein* **groot** _woord_", "<p>Een <em>klein</em> <strong>groot</strong> <em>woord</em></p>"),
        ("Stap:\n- een\n- twee", "<p>Stap:</p>\n<ul>\n<li>een</li>\n<li>twee</li>\n</ul>"),
        ("Stap:\n1) een\n2) twee", "<p>Stap:</p>\n<ol>\n<li>een</li>\n<li>twee</li>\n</ol>"),
        ("Een zin met\n2. erin", "<p>Een zin met\n2. erin</p>"),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("Boven\n---\nOnder", "<p>Boven</p>\n<hr>\n<p>Onder</p>"),
        ("#### Kop\nTekst", "<h4>Kop</h4>\n<p>Tekst</p>"),
        ("#geen-kop en # ook niet", "<p>#geen-kop en # ook niet</p>"),
        ("> Citaat", "<blockquote>\n<p>Citaat</p>\n</blockquote>"),
        ("~~~\n<b>\n~~~", "<pre><code>&lt;b&gt;\n</code></pre>"),
        ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
        (
            "Tabel:\n|a|b|\n|-|:-:|\n|1|2|",
            '<p>Tabel:</p>\n<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="center">b</th>\n</tr>\n</thead>\n'
            '<tbody>\n<tr>\n<td>1</td>\n<td align="center">2</td>\n</tr>\n</tbody>\n</table>',
        ),
        (
            "[hier](https://voorbeeld.nl/a?b=1&c=2)",
            '<p><a href="https://voorbeeld.nl/a?b=1&amp;c=2" rel="noopener noreferrer">hier</a></p>',
        ),
        (
            "<naam@voorbeeld.nl>",
            '<p><a href="mailto:naam@voorbeeld.nl" rel="noopener noreferrer">naam@voorbeeld.nl</a></p>',
        ),
        ("![Plaat](plaat.png)", '<p><img alt="Plaat" src="/p/plaat.png"></p>'),
        ("![Plaat](../plaat.png)", '<p><img alt="Plaat" src="/p/plaat.png"></p>'),
    ],
)
def test_render_of_allowed_markdown(markdown: str, html: str) -> None:
    assert render(markdown, "/p/") == html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>"),
        ("[x](javascript:alert)", '<p><a rel="noopener noreferrer">x</a></p>'),
        ("[x](java&#115;cript:alert)", '<p><a rel="noopener noreferrer">x</a></p>'),
        ("[x](data:text/html,x)", '<p><a rel="noopener noreferrer">x</a></p>'),
        ("[x](//elders.nl)", '<p><a rel="noopener noreferrer">x</a></p>'),
        ("![x](https://elders.nl/x.png)", '<p><img alt="x"></p>'),
        ("![x](//elders.nl/x.png)", '<p><img alt="x"></p>'),
        ("![x](../../x.png)", '<p><img alt="x"></p>'),
        (
            '![x](a.png "t" onerror="x")',
            '<p><img alt="x" src="/p/a.png" title="t&quot; onerror=&quot;x"></p>',
        ),
        ("[x]: javascript:alert\n\n[x]", "<p>[x]: javascript:alert</p>\n<p>[x]</p>"),
        ("a\n\x02amp\x03 \x02klzzwxh:0000\x03", "<p>a\namp klzzwxh:0000</p>"),
    ],
)
def test_render_of_unsafe_markdown(markdown: str, html: str) -> None:
    assert render(markdown, "/p/") == html


@pytest.mark.parametrize(
    ("markdown", "html", "text"),
    [
        ("Ik *vraag* hulp", "Ik <em>vraag</em> hulp", "Ik vraag hulp"),
        ("1. is geen lijst", "1. is geen lijst", "1. is geen lijst"),
        ("# is geen kop", "# is geen kop", "# is geen kop"),
        ("over\n    twee regels", "over twee regels", "over twee regels"),
        ("A & B < C", "A &amp; B &lt; C", "A & B < C"),
        ("<b>", "&lt;b&gt;", "<b>"),
        ("", "", ""),
    ],
)
def test_inline(markdown: str, html: str, text: str) -> None:
    found = inline(markdown)

    assert (found.html, found.plain) == (html, text)


def test_prose_keeps_words_of_neighbouring_paragraphs_apart() -> None:
    assert prose("Een\n\n- twee\n- drie\n\n|vier|vijf|\n|-|-|\n|zes|zeven|").plain == (
        "Een twee drie vier vijf zes zeven"
    )


def test_text_that_is_rendered_again_has_the_same_findings_and_its_own_addresses() -> None:
    text = "Zie ![Een brug](media/brug.svg) en [dit](https://voorbeeld.nl)."

    once, again = render_with_findings(text, "/een/"), render_with_findings(text, "/een/")
    elsewhere = render_with_findings(text, "/twee/")

    assert (once.findings.links, once.findings.images) == (
        ("https://voorbeeld.nl",),
        (("media/brug.svg", "Een brug"),),
    )
    assert (again.html, again.findings) == (once.html, once.findings)
    assert elsewhere.html == once.html.replace("/een/", "/twee/")


def test_plain_of_escaped_html_is_text() -> None:
    assert plain("<p>1 &lt; 2 &amp;amp; <em>x</em></p>") == "1 < 2 &amp; x"


class _Tags(HTMLParser):
    """Collects what a browser would make of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[tuple[str, str, str]] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {(tag, name, value or "") for name, value in attrs} or {(tag, "", "")}


SAFE_TAGS = {
    "p", "br", "em", "strong", "ul", "ol", "li", "a", "img", "blockquote", "h2", "h3", "h4", "hr", "code",
    "pre", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
SAFE_ATTRIBUTES = {"", "href", "title", "src", "alt", "align", "start", "rel"}
PIECES = st.sampled_from([
    "<", ">", "script", "img", "svg/onload=x", " src=", " onerror=", "alert(1)", "javascript:", "data:", "](",
    "[a", "![a", ")", '"', "'", "`", "```\n", "*", "_", "**", "\n", "\n\n", "> ", "- ", "1. ", "    ", "|",
    "-|-\n", "&#", "106;", "&lt;", "\\", "#### ", "---\n", "\x02", "\x03", "klzzwxh:0000", "amp", "https://",
    "mailto:", "a@b.nl", "a.png", "../", "é", "\u202e", "{#id}", "[!TRAINER]", "\0",
])  # fmt: skip


@settings(deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_nothing_unsafe_comes_through(text: str) -> None:
    for html in (render(text, "/p/"), inline(text, "/p/").html):
        tags = _Tags()
        tags.feed(html)

        assert {tag for tag, _, _ in tags.found} <= SAFE_TAGS
        assert {name for _, name, _ in tags.found} <= SAFE_ATTRIBUTES
        for tag, name, value in tags.found:
            if name == "href":
                assert tag == "a"
                assert value.lower().startswith(("https://", "mailto:"))
            if name == "src":
                assert tag == "img"
                assert value.startswith("/p/")
                assert "/" not in value.removeprefix("/p/")
