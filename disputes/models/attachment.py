"""Files of a conversation, and of a provider's answer to a dispute. Their bytes are in the store of notes' files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clawguard.ids import new_id
from disputes.models.case import Case
from disputes.models.conversation import Message
from disputes.models.dispute import Dispute
from notes.models import StoredFile


class Attachment(models.Model):
    """A file that was chosen, and once it is sent, the message it is part of; in a dispute, the evidence names it.

    Until then it belongs to whoever chose it: a person or a key, in a dispute whoever may answer it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="attachment")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="attachments", db_index=False)
    dispute = models.ForeignKey(
        Dispute, null=True, on_delete=models.PROTECT, related_name="attachments", db_index=False
    )
    kind = models.CharField(max_length=40, blank=True)  # of evidence that it is to show
    internal = models.BooleanField(default=False)  # for a note among staff; no provider ever sees it
    from_provider = models.BooleanField(default=False)
    chosen_at = models.DateTimeField()
    chosen_by_id = models.UUIDField()
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="attachments")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["chosen_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="attachment_of_a_case_or_a_dispute",
                condition=Q(case__isnull=False, dispute__isnull=True) | Q(case__isnull=True, dispute__isnull=False),
            ),
            models.CheckConstraint(
                name="attachment_internal_is_staff_only", condition=~Q(internal=True, from_provider=True)
            ),
            models.CheckConstraint(
                name="attachment_of_a_message_was_sent", condition=Q(message__isnull=True) | Q(sent_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["case", "sent_at"], name="attachment_by_case"),
            models.Index(fields=["dispute", "sent_at"], name="attachment_by_dispute"),
        ]

    def __str__(self) -> str:
        return f"attachment {self.pk}"
