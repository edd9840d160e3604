"""Whom a provider lets answer in their name: invited by mail, accepted by pressing a button, ended at any time.

Looking at an invitation changes nothing, however often a mail scanner does it. Only a digest of its token is kept.
"""

from __future__ import annotations

import datetime as dt
import secrets
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from clawguard.accounts import delegates, sign_in
from clawguard.accounts.actors import Actor, of_user
from clawguard.accounts.models import Delegation, Handover, Role, User
from clawguard.events import mailing
from clawguard.events.errors import NotFound, Refused
from clawguard.events.models import Event
from clawguard.events.services import publish
from clawguard.events.words import stated
from notes import policies

INVITATION_LASTS = dt.timedelta(days=7)
MOST = 10  # delegates and open invitations of one provider
LONGEST_NAME = 120


class InvitationSpent(Exception):
    """The invitation does not work (any more). ``why``: ``unknown`` (ended, used, cut off), ``expired``, or
    ``other_role``: its address signs in as something else."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def invite_delegate(actor: Actor, name: str, email: str, everything: bool, now: dt.datetime) -> Delegation:
    """Invite somebody to answer in the provider's name. Raises NotAllowed, Refused."""
    provider_id = policies.own_provider(actor)
    called, address = stated(name, "/name", LONGEST_NAME), _address(email)
    standing = delegates.invited(provider_id)
    if address in standing.values_list("email", flat=True):
        raise Refused("invited_before", "This address is on your list already.", "/email")
    if User.objects.filter(email=address, provider=provider_id).exists():
        raise Refused("own_address", "This is your own address; you can answer anyway.", "/email")
    if standing.count() >= MOST:
        raise Refused("too_many_delegates", f"At most {MOST} people can be on your list. End one first.", "/email")
    row = Delegation.objects.create(
        provider_id=provider_id,
        name=called,
        email=address,
        everything=everything,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    publish("delegate.invited", row, actor, now, {"everything": everything})
    return row


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("email_invalid", "Give a whole e-mail address, for example dana@example.com.", "/email") from None
    return address


def send_invitation(event: Event, now: dt.datetime) -> None:
    """Make the token and mail it, both here: a secret in an event or a task would be readable by others."""
    row = Delegation.objects.select_related("provider").select_for_update(of=("self",)).get(pk=event.subject_id)
    mail_id = mailing.message_id("delegate_invited", row, event.pk, row.email)
    if row.accepted_at is not None or row.ended_at is not None or mailing.already_sent(mail_id):
        return
    token = secrets.token_urlsafe(32)
    Delegation.objects.filter(pk=row.pk).update(digest=sign_in.digest(token))
    page = settings.PUBLIC_URL + reverse("invitation", args=[token])
    context = {"name": row.name, "provider": str(row.provider), "days": INVITATION_LASTS.days, "address": page}
    mailing.send("delegate_invited", row.email, context, mail_id, now, row)


def invitation(token: str, now: dt.datetime) -> Delegation:
    """The invitation, unchanged. Raises InvitationSpent when it could not be accepted."""
    rows = Delegation.objects.select_related("provider", "delegate")
    row = rows.filter(digest=sign_in.digest(token), ended_at=None, accepted_at=None).first()
    if row is None:
        raise InvitationSpent("unknown")
    if now >= row.expires_at:
        raise InvitationSpent("expired")
    other = User.objects.filter(email=row.email).first()
    if other is not None and (other.role != Role.DELEGATE or not other.is_active):
        raise InvitationSpent("other_role")
    return row


@transaction.atomic
def accept_invitation(token: str, now: dt.datetime) -> User:
    """Take the invitation; who it was mailed to signs in from now on. Of two at once one wins.

    Raises InvitationSpent.
    """
    row = invitation(token, now)
    user = User.objects.filter(email=row.email).first()
    if user is None:
        user = User.objects.create_user(row.email, None, name=row.name, role=Role.DELEGATE, created_at=now)
    open_ones = Delegation.objects.filter(pk=row.pk, accepted_at=None, ended_at=None)
    if not open_ones.update(accepted_at=now, delegate=user):
        raise InvitationSpent("unknown")
    publish("delegate.accepted", row, of_user(user), now)
    return user


@transaction.atomic
def end_delegation(actor: Actor, delegation_id: UUID, now: dt.datetime) -> Delegation:
    """From the next click on this person sees and answers nothing of the provider's. Raises NotAllowed, NotFound."""
    row = _own(actor, delegation_id)
    Delegation.objects.filter(pk=row.pk).update(ended_at=now)
    Handover.objects.filter(delegation=row, taken_back_at=None).update(taken_back_at=now)
    publish("delegate.ended", row, actor, now)
    return row


@transaction.atomic
def widen_delegation(actor: Actor, delegation_id: UUID, everything: bool, now: dt.datetime) -> Delegation:
    """All that waits, or only what is handed over. Raises NotAllowed, NotFound."""
    row = _own(actor, delegation_id)
    Delegation.objects.filter(pk=row.pk).update(everything=everything)
    publish("delegate.widened" if everything else "delegate.narrowed", row, actor, now)
    return row


def _own(actor: Actor, delegation_id: UUID) -> Delegation:
    own = policies.own_provider(actor)
    rows = Delegation.objects.select_for_update().filter(provider_id=own, ended_at=None)
    row = rows.filter(pk=delegation_id).first()
    if row is None:
        raise NotFound
    return row
