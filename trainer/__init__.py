"""Kwartier: give a training live, with phones that join without a name."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from trainer.config import Settings


def create_app(settings: "Settings", *, async_mode: str = "threading", offload: Any = None) -> "Flask":
    """The application, with its host of meetings in `extensions['kwartier']`.

    Imports stand inside, so that `trainer.serving` can prepare the process before anything else is loaded.
    `offload(function, *args)` runs something slow where it stops nobody else.
    """
    from trainer.factory import build

    return build(
        settings, async_mode, offload or (lambda function, *args, **kwargs: function(*args, **kwargs))
    )
