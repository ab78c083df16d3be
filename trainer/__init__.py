"""Kwartier: give live trainings, with phones that join anonymously."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

    from trainer.config import Settings


def create_app(settings: "Settings", *, async_mode: str = "threading", offload: Any = None) -> "Flask":
    """Builds the application; its host of meetings is in `extensions['kwartier']`.

    Imported lazily, so that `trainer.serving` can prepare the process before anything else is loaded.
    `offload(function, *args)` runs slow work where it blocks nobody else; by default it runs in place.
    """
    from trainer.factory import build

    return build(
        settings, async_mode, offload or (lambda function, *args, **kwargs: function(*args, **kwargs))
    )
