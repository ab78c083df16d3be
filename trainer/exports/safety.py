"""Text of participants made harmless for spreadsheets and XML."""

import unicodedata

# What a spreadsheet may take for the beginning of a formula or of a command. The minus sign and the
# superscripts are there because programs and fonts turn them into the plain ones.
_TRIGGERS = frozenset("=+-@|%\u2212\u00ac")
_QUOTES = frozenset("'\"`´‘’‚‛“”„‟«»‹›＇＂")
_LONGEST_CELL = 32_000


def clean(text: str) -> str:
    """Without characters that XML does not allow or that change the order in which text is read.

    Line ends become `\\n`. Tabs and emoji stay.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in unified if _is_allowed(character))


def cell(text: str) -> str:
    """`text` for a cell of a spreadsheet: never a formula, in a file that is opened or saved again.

    A text that could be one gets an apostrophe in front, which spreadsheets read as 'this is text'. Also
    when the dangerous character comes after spaces or quotes, or in a full-width form.
    """
    kept = clean(text)
    short = kept if len(kept) <= _LONGEST_CELL else kept[: _LONGEST_CELL - 1] + "…"
    return f"'{short}" if _is_dangerous(short) else short


def _is_allowed(character: str) -> bool:
    if character in "\t\n":
        return True
    if character in "\u200d\ufe0f":  # they hold emoji together
        return True
    code = ord(character)
    if code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF:
        return False
    return unicodedata.category(character) not in ("Cc", "Cs", "Cf", "Zl", "Zp") or 0xE0020 <= code <= 0xE007F


def _is_dangerous(text: str) -> bool:
    if text[:1] in ("\t", "\n"):
        return True
    for character in text:
        if character.isspace() or character in _QUOTES or unicodedata.category(character) in ("Cf", "Mn"):
            continue
        return any(part in _TRIGGERS for part in unicodedata.normalize("NFKC", character).strip()[:1])
    return False
