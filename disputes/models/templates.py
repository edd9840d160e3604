"""Wordings for messages as people edit them: versions with their two people. As shipped they live in the domain."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from clawguard.accounts.models import User
from clawguard.domain.lifecycles import TemplateState
from clawguard.ids import new_id

SECOND_PERSON = Q(approved_by__isnull=False, approved_at__isnull=False) & ~Q(approved_by=F("author"))


class MessageTemplate(models.Model):
    """A wording that somebody wrote or edited; it has the name of a shipped one where it takes its place."""

    name = models.SlugField(primary_key=True, max_length=40)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TemplateVersion(models.Model):
    """One version of a wording. From its proposal on its words are never changed; a trigger sees to it.

    A version that ``reverts`` another has no words of its own: it brings back what was offered before that one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.ForeignKey(MessageTemplate, on_delete=models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=[(s, s) for s in TemplateState], default=TemplateState.DRAFT)
    title = models.CharField(max_length=80, blank=True)
    used_when = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=dict)  # by the names of clawguard.domain.message_templates.PARTS
    reason = models.CharField(max_length=300, blank=True)
    reverts = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="reverted_by", db_index=False)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    returned_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="one_template_version_per_number"),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(status=TemplateState.PUBLISHED, reverts__isnull=True),
                name="one_wording_offered_per_template",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[TemplateState.DRAFT, TemplateState.PROPOSED, TemplateState.DISCARDED])
                | SECOND_PERSON,
                name="template_needs_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}, version {self.number}"
