"""Files of conversations and of evidence that nobody opens, for staff: why, and how far two leads are with them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from clawguard.accounts.actors import Actor
from disputes import policies
from disputes.models import Attachment, Case, Dispute, DisputeEvidence
from notes.locked import Locked, agreed, locked_words, way
from notes.models import StoredFile

DOORS = ("case-file-destroy", "case-file-destroy-agree")


def locked_in_case(actor: Actor, case: Case) -> list[Locked]:
    """Files that were chosen for or sent in the conversation, or kept with internal notes."""
    rows = _locked().filter(attachment__case=case)
    return [_shown(actor, row, gives_back=known_to_provider(row.attachment)) for row in rows]


def locked_in_dispute(actor: Actor, dispute: Dispute) -> list[Locked]:
    """Documents behind its evidence, and those chosen for it."""
    found = Q(attachment__dispute=dispute) | Q(pk__in=DisputeEvidence.objects.filter(dispute=dispute).values("file"))
    return [_shown(actor, row, gives_back=False) for row in _locked().filter(found)]


def _locked() -> QuerySet[StoredFile]:
    rows = StoredFile.objects.filter(removed_at=None).exclude(quarantined_at=None)
    return rows.select_related("destruction", "attachment")


def _shown(actor: Actor, row: StoredFile, *, gives_back: bool) -> Locked:
    asked = getattr(row, "destruction", None)
    ways = () if agreed(asked) else (way(actor, "destroy", row.pk, asked, DOORS, [row.pk]),)
    return Locked("file", row.display_name, locked_words(row), ways, gives_back)


def known_to_provider(chosen: Attachment) -> bool:
    """Whether the provider knows of the file from a conversation: it was theirs, or it was sent to them."""
    return chosen.case_id is not None and not chosen.internal and (chosen.from_provider or chosen.sent_at is not None)


def part_of(actor: Actor, row: StoredFile) -> Case | Dispute | None:
    """The case or dispute in the actor's reach that a file was chosen for or sent in. Of the library: one it serves."""
    cases, disputes = Case.objects.filter(policies.reach(actor)), Dispute.objects.filter(policies.dispute_reach(actor))
    chosen = Attachment.objects.filter(Q(case__in=cases) | Q(dispute__in=disputes), file=row)
    found = chosen.select_related("case", "dispute").first()
    if found is not None:
        return found.case or found.dispute
    shows = DisputeEvidence.objects.filter(file=row, dispute__in=disputes).select_related("dispute").first()
    return shows.dispute if shows is not None else None
