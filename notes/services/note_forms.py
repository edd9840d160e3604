"""In which form a person types notes: remembered with the person, so that it is there on every device."""

from __future__ import annotations

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import User
from clawguard.events.errors import Refused
from notes import policies

FREE = "free"
FORMS = frozenset({FREE, "soap", "dap", "birp"})


def remember_form(actor: Actor, form: str) -> None:
    """Raises NotAllowed, Refused."""
    policies.require_answering(actor)
    if form not in FORMS:
        raise Refused("unknown_form", "Choose one of the forms.", "/form")
    User.objects.filter(pk=actor.person()).update(note_form=form)
