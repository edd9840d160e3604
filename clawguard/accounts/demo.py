"""What the sign-in page of a demonstration tells: who can sign in with what. Silent everywhere else."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from clawguard import demo_state
from clawguard.accounts.models import Role, User

PASSWORD = "demonstration-only"  # noqa: S105 - of invented people; the demo network sets it, production refuses DEMO
# Two leads: a provider-error decision takes a second person.
SHOWN = ((Role.PROVIDER, 1), (Role.DELEGATE, 1), (Role.BILLING, 1), (Role.LEAD, 2), (Role.AUDITOR, 1), (Role.ADMIN, 1))


def people() -> list[User]:
    """Invented people of each role, the oldest first, or nobody before the demo network is loaded."""
    return [
        user
        for role, count in SHOWN
        for user in User.objects.filter(role=role, is_active=True).order_by("created_at", "email")[:count]
    ]


def hints() -> dict[str, Any]:
    """What the sign-in page of a demonstration shows; empty everywhere else."""
    if not settings.DEMO:
        return {}
    loading = demo_state.read(settings.DATA_DIR) == demo_state.LOADING
    told = (demo_state.progress(settings.DATA_DIR) if loading else None) or demo_state.Told(0, 0)
    share = 100 * told.sessions // told.of if told.of else None
    return {"people": people(), "demo_password": PASSWORD, "loading": loading, "told": told, "share": share}


def mail_folder() -> str:
    """Where a demonstration's mails are written as files; empty where they are really sent."""
    return str(settings.EMAIL_FILE_PATH) if settings.DEMO and "filebased" in settings.EMAIL_BACKEND else ""
