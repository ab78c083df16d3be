"""Acknowledgements: what a page is told about its request."""

from typing import Any

from trainer.kinds.contract import Rejected
from trainer.sockets.protocol import RETRY, Code

Ack = dict[str, Any]
OK: Ack = {"ok": True}


def refusal(code: str, message: str) -> Ack:
    return {"ok": False, "code": code, "message": message, "retry": code in RETRY}


FORBIDDEN = refusal(Code.FORBIDDEN, "Dat mag vanaf deze pagina niet.")
MALFORMED = refusal(Code.MALFORMED, "Dit bericht klopt niet. Ververs de pagina.")
TOO_FAST = refusal(Code.TOO_FAST, "Even rustig aan. Je inzending gaat zo vanzelf mee.")
NOT_SAVED = refusal(Code.NOT_SAVED, "Opslaan lukt nu niet. We proberen het opnieuw.")


def answer(outcome: object) -> Ack:
    if isinstance(outcome, Rejected):
        return refusal(outcome.code, outcome.message)
    return NOT_SAVED if isinstance(outcome, Exception) else OK
