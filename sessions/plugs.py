"""What this app itself shows on the page of a session beside the session."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from clawguard.accounts.actors import Actor
from sessions import hooks, policies, selectors, selectors_patterns
from sessions.hooks import Row, Section
from sessions.models import TherapySession
from sessions.views.stated_words import row_of


def register() -> None:
    """Called once, when the apps are ready."""
    hooks.register_section("patterns", Section(50, "sessions/patterns_section.html", patterns_section))
    hooks.register_section("stated", Section(40, "sessions/stated_section.html", stated_section))


def stated_section(actor: Actor, session: TherapySession, now: dt.datetime) -> Row:
    rows = [row_of(fact) for fact in selectors.facts_beside(actor, session)]
    return {
        "rows": [row for row in rows if row["withdrawal"] is None],
        "url": reverse("session-facts", args=[session.pk]),
        "may_state": policies.may_write(actor, session),
    }


def patterns_section(actor: Actor, session: TherapySession, now: dt.datetime) -> Row | None:
    """Staff alone: providers read theirs on a page of their own, where the network shows them."""
    if actor.is_provider or actor.kind != "user":
        return None
    rows = selectors_patterns.beside_session(actor, session)
    return {"rows": rows, "all_url": f"{reverse('patterns')}?provider={session.provider.npi}"}
