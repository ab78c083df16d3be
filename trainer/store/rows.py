"""Rows to write, made of what a step knows; this module loads no database."""

from dataclasses import replace
from typing import Any

import msgspec

from trainer.kinds.contract import Post
from trainer.kinds.disclosure import Kept


def post_row(meeting_id: str, step: str, post: Post, slot: str) -> dict[str, Any]:
    """The row of a post, as `SAVE_POST` and the other statements about posts take it."""
    return {
        "id": post.id,
        "meeting_id": meeting_id,
        "step": step,
        "item": post.item,
        "author": post.author,
        "slot": slot,
        "payload": msgspec.json.encode(post.payload).decode(),
        "paper": post.paper,
        "alone": post.alone,
        "leaving": post.leaving,
        "seen": post.seen,
    }


def result_row(meeting_id: str, step: str, place: int, kept: Kept) -> dict[str, Any]:
    """The row of what was kept of a question, its texts and their groups apart, as `SAVE_RESULT` takes it."""
    together = kept.titled if kept.groups else kept.texts
    texts = None if together is None else msgspec.json.encode(together).decode()
    row = msgspec.json.encode(replace(kept, texts=None, groups=())).decode()
    return {"meeting_id": meeting_id, "step": step, "place": place, "row": row, "texts": texts}
