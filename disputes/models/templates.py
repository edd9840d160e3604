"""Wordings for messages as people edit them: versions with their two people. As shipped they live in the domain."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from clawguard.domain.lifecycles import DocumentState
from clawguard.events.documents import Document, second_person


class MessageTemplate(models.Model):
    """A wording that somebody wrote or edited; it has the name of a shipped one where it takes its place."""

    name = models.SlugField(primary_key=True, max_length=40)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class TemplateVersion(Document):
    """One version of a wording; at most one version of a wording is published."""

    template = models.ForeignKey(MessageTemplate, on_delete=models.PROTECT, related_name="versions", db_index=False)
    title = models.CharField(max_length=80, blank=True)
    used_when = models.CharField(max_length=200, blank=True)
    parts = models.JSONField(default=dict)  # by the names of clawguard.domain.message_templates.PARTS

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="one_template_version_per_number"),
            models.UniqueConstraint(
                fields=["template"],
                condition=Q(status=DocumentState.PUBLISHED, reverts__isnull=True),
                name="one_wording_offered_per_template",
            ),
            second_person("template_needs_second_person"),
        ]

    def __str__(self) -> str:
        return f"{self.template_id}, version {self.number}"
