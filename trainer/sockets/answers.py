"""Acknowledgements: what a page is told about its request."""

from typing import Any

from trainer.kinds.contract import Rejected
from trainer.sockets.protocol import RETRY, Code

Ack = dict[str, Any]
OK: Ack = {"ok": True}
FORBIDDEN = Rejected(Code.FORBIDDEN, "Dat mag vanaf deze pagina niet.")
MALFORMED = Rejected(Code.MALFORMED, "Dit bericht klopt niet. Ververs de pagina.")
TOO_FAST = Rejected(Code.TOO_FAST, "Even rustig aan. Je inzending gaat zo vanzelf mee.")
NOT_SAVED = Rejected(Code.NOT_SAVED, "Opslaan lukt nu niet. We proberen het opnieuw.")


def answer(outcome: object) -> Ack:
    """The acknowledgement of a request with this outcome: why it was rejected, or that it was done.

    An exception means that it was not stored; the page sends the request again.
    """
    if outcome is None:
        return OK
    if isinstance(outcome, Exception):
        outcome = NOT_SAVED
    if not isinstance(outcome, Rejected):
        return OK
    return {
        "ok": False, "code": outcome.code, "message": outcome.message, "retry": outcome.code in RETRY
    }  # fmt: skip
