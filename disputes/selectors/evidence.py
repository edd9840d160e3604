"""What speaks in a dispute: its evidence opened, how complete it is, the notice given, and the policy in force."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet

from clawguard.accounts.actors import Actor
from clawguard.domain.disputes import (
    KINDS,
    REASONS,
    Answer,
    Completeness,
    Kind,
    Notice,
    Reason,
    completeness,
    notice_given,
)
from clawguard.ui.words import local
from disputes import policies
from disputes.models import Dispute, DisputeEvidence, LibraryItem
from disputes.sealed import EVIDENCE, LIBRARY_ITEM, open_value
from disputes.selectors.files import with_states


@dataclass(frozen=True, slots=True)
class Piece:
    """One row of evidence with its value open."""

    row: DisputeEvidence
    value: dict[str, Any]
    file: dict[str, Any] | None = None  # the document behind it, as pages list it

    @property
    def kind(self) -> Kind:
        return KINDS[self.row.kind]


@dataclass(frozen=True, slots=True)
class Kept:
    """One item of the library with its value open."""

    row: LibraryItem
    value: dict[str, Any]
    file: dict[str, Any] | None = None

    @property
    def kind(self) -> Kind:
        return KINDS[self.row.kind]


def pieces_of(dispute: Dispute) -> list[Piece]:
    """Oldest first."""
    rows = list(
        DisputeEvidence.objects.filter(dispute=dispute)
        .select_related("file", "dispute__provider")
        .order_by("added_at", "pk")
    )
    listed = with_states([[row.file for row in rows if row.file is not None]])
    return [_piece(row, listed) for row in rows]


def piece_of(row: DisputeEvidence) -> Piece:
    return _piece(row, with_states([[row.file]] if row.file is not None else []))


def _piece(row: DisputeEvidence, listed: Mapping[UUID, dict[str, Any]]) -> Piece:
    file = listed[row.file_id] if row.file_id is not None else None
    return Piece(row, open_value(EVIDENCE, row.pk, row.value), file)


def reason_of(dispute: Dispute) -> Reason | None:
    """The row of the table that was in force when the dispute came in; None while no reason is stated."""
    return REASONS.find(dispute.kind, dispute.reason, dispute.opened_at.date()) if dispute.reason else None


def completeness_of(dispute: Dispute, pieces: Sequence[Piece]) -> Completeness | None:
    """How much of what its reason asks for is there. What was stated at the opening counts as well."""
    reason = reason_of(dispute)
    if reason is None:
        return None
    kinds = {piece.row.kind for piece in pieces}
    documents = {piece.row.kind for piece in pieces if piece.file is not None and piece.file["opens"]}
    if dispute.cancelled_at is not None:
        kinds.add("cancellation")
    if dispute.starts_at is not None:
        kinds.add("booking")
    if dispute.notice_hours is not None:
        kinds.add("policy")
    return completeness(reason, kinds, documents)


def notice_of(dispute: Dispute, pieces: Sequence[Piece]) -> Notice | None:
    """Hours of notice against the window, on the client's clock; None while a moment or the window is not known.

    The newest evidence that is not the client's counts before what was stated at the opening.
    """
    cancelled = _moment(_latest(pieces, "cancellation", "cancelled_at")) or dispute.cancelled_at
    starts = _moment(_latest(pieces, "booking", "starts_at")) or dispute.starts_at
    hours = _latest(pieces, "policy", "notice_hours")
    hours = dispute.notice_hours if hours is None else hours
    if cancelled is None or starts is None or hours is None:
        return None
    return notice_given(starts, cancelled, hours, dispute.client_time_zone or dispute.provider.time_zone)


def _latest(pieces: Sequence[Piece], kind: str, name: str) -> Any:
    """A client's statement is evidence for people to weigh; a computation rests on records and the provider's word."""
    values = [piece.value.get(name) for piece in pieces if piece.row.kind == kind and piece.row.side != "client"]
    return next((value for value in reversed(values) if value is not None), None)


def _moment(value: Any) -> dt.datetime | None:
    return dt.datetime.fromisoformat(value) if value else None


def policy_in_force(dispute: Dispute) -> tuple[LibraryItem, dict[str, Any]] | None:
    """The kept cancellation policy that held on the day of the service, the provider's own before the network's.

    One that was retired since still held then.
    """
    day = dispute.service_date
    held = Q(effective_from__lte=day) & (Q(effective_to__isnull=True) | Q(effective_to__gte=day))
    rows = LibraryItem.objects.filter(policies.library_of(dispute.provider_id), held, kind="policy")
    row = rows.order_by(F("provider").asc(nulls_last=True), "-effective_from").first()
    return None if row is None else (row, opened_item(row))


def fee_beyond(dispute: Dispute, policy: Mapping[str, Any]) -> Decimal | None:
    """US dollars by which a cancellation fee is more than the policy names; None where it is not, or names none."""
    named = policy.get("fee")
    if dispute.kind != "cancellation_fee" or named is None or dispute.amount <= Decimal(str(named)):
        return None
    return dispute.amount - Decimal(str(named))


def earlier_waivers(dispute: Dispute) -> dict[str, Any] | None:
    """What we know ourselves of fees of this client that this provider let go, as evidence of that kind; None where
    there are none. Only a session says who the client is."""
    if dispute.session is None or dispute.kind != "cancellation_fee":
        return None
    same = Dispute.objects.filter(provider=dispute.provider_id, session__client=dispute.session.client_id)
    found = same.filter(answer=Answer.WAIVE).aggregate(count=Count("pk"), last=Max("answered_at"))
    if not found["count"]:
        return None
    return {"count": found["count"], "last_on": local(found["last"], dispute.provider.time_zone).date().isoformat()}


def offered_items(dispute: Dispute) -> list[LibraryItem]:
    """What of the library can be used in this dispute, by kind, newest first."""
    rows = LibraryItem.objects.filter(policies.library_of(dispute.provider_id), retired_at__isnull=True)
    return list(rows.defer("value").order_by("kind", "-effective_from", "title")[:100])


def visible_library(actor: Actor) -> QuerySet[LibraryItem]:
    """The library as far as the actor reaches: the network's, and providers' within reach. Raises NotAllowed for who
    sees no disputes."""
    policies.require_reader(actor)
    return LibraryItem.objects.filter(policies.library_reach(actor)).select_related("provider", "file")


def opened_item(row: LibraryItem) -> dict[str, Any]:
    """What it says, in the fields of its kind."""
    return open_value(LIBRARY_ITEM, row.pk, row.value)


def library_items(actor: Actor) -> list[Kept]:
    """The library for its page, standing items first."""
    newest = list(
        visible_library(actor).order_by(F("retired_at").asc(nulls_first=True), "kind", "-effective_from")[:200]
    )
    listed = with_states([[row.file for row in newest if row.file is not None]])
    return [Kept(row, opened_item(row), listed[row.file_id] if row.file_id else None) for row in newest]
