"""Serves Kwartier on threads, as the tests of races want it. Settings come from the environment."""

import logging
import threading
import time
from typing import Any

from werkzeug.serving import make_server

from trainer import create_app
from trainer.config import load
from trainer.operating.welcome import prepare, print_welcome


def repeat(seconds: float, work: Any) -> None:
    while True:
        time.sleep(seconds)
        work()


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = load()
    app = create_app(settings, async_mode="threading")
    prepare(app)
    print_welcome(app)
    host = app.extensions["kwartier"]
    for seconds, work in ((20, host.sweep), (1, host.signals.hang_up_strangers)):
        threading.Thread(target=repeat, args=(seconds, work), daemon=True).start()
    make_server(settings.host, settings.port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
