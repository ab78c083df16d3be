"""The text of `/.well-known/security.txt` (RFC 9116): whom to tell, in private, of a way in."""

from datetime import date

from trainer.config import Settings

UNSET = (
    "Nobody set here whom to tell of a way in, or it has expired.\n"
    "Do you run this Kwartier? Set SECURITY_CONTACT and SECURITY_EXPIRES: see docs/deployment.md.\n"
)


def text(settings: Settings, today: date) -> str:
    """The lines of the file; '' when there is nobody to tell, or from the day on which it expires."""
    if not settings.security_contact or settings.security_expires is None:
        return ""
    if today >= settings.security_expires:
        return ""
    lines = [
        f"Contact: {settings.security_contact}",
        f"Expires: {settings.security_expires.isoformat()}T00:00:00Z",
        "Preferred-Languages: nl, en",
    ]
    if settings.secure:
        lines.append(f"Canonical: {settings.base_url}/.well-known/security.txt")
    return "\n".join(lines) + "\n"
