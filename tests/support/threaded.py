"""Serves Kwartier on threads, as the tests of races want it. Settings come from the environment."""

import logging
import threading
import time
from typing import Any

from werkzeug.serving import make_server

from trainer import create_app
from trainer.config import load
from trainer.welcome import prepare, print_welcome


def sweep(host: Any) -> None:
    while True:
        time.sleep(20)
        host.sweep()


def main() -> None:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    settings = load()
    app = create_app(settings, async_mode="threading")
    prepare(app)
    print_welcome(app)
    threading.Thread(target=sweep, args=(app.extensions["kwartier"],), daemon=True).start()
    make_server(settings.host, settings.port, app, threaded=True).serve_forever()


if __name__ == "__main__":
    main()
