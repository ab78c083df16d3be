"""A private fragment as a phone shows it: `static/js/morph.js` does the same."""

import re
from collections.abc import Sequence


def with_ids(html: str, ids: Sequence[str]) -> str:
    """`html` with the ids where it has only the places of posts among them."""
    return re.sub(r'(?<=data-withdraw=")\d+(?=")', lambda place: ids[int(place[0])], html)
