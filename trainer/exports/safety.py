"""Makes participants' text harmless in spreadsheets and XML."""

import unicodedata

# What a spreadsheet may take as the start of a formula or a command. U+2212 (minus sign) and U+00AC (not
# sign) are included because programs and fonts turn them into plain ones.
_TRIGGERS = frozenset("=+-@|%\u2212\u00ac")
_QUOTES = frozenset("'\"`´‘’‚‛“”„‟«»‹›＇＂")
_LONGEST_CELL = 32_000


def clean(text: str) -> str:
    """Removes invisible characters that XML forbids or that change the reading order of text.

    Line ends become `\\n`. Tabs and emoji stay.
    """
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(character for character in unified if _is_allowed(character))


def cell(text: str) -> str:
    """Escapes `text` for a spreadsheet cell: never a formula, even when the file is saved and opened again.

    Text that could be one is prefixed with an apostrophe, which spreadsheets read as 'this is text'. That
    includes a dangerous character after spaces or quotes, or in full-width form. Text beyond 32,000
    characters is cut.
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
