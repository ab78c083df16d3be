"""`python -m trainer`: prepares the process before anything else is loaded, and runs a command."""

import gc
import sys
from importlib.util import find_spec

if __name__ == "__main__":
    if find_spec("fcntl") is None:
        # Windows: it has no fcntl locks, and no file modes to make files readable by their owner only.
        sys.exit("kwartier: this system is not supported. Kwartier runs on Linux.")
    from trainer.serving.process import keep_to_itself

    keep_to_itself()
    # What is loaded stays: to look through it for garbage takes a tenth of the start.
    # `main` turns it on again.
    gc.disable()
    from trainer.cli import main

    raise SystemExit(main())
