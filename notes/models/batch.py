"""Several sessions asked about at once by one person: what became of each, and half a minute to take it back."""

from __future__ import annotations

from django.db import models

from clawguard.ids import new_id


class RequestBatch(models.Model):
    """``rows`` holds ``{"session": id, "request": id or "", "result": words}`` for every session that was chosen."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    by_id = models.UUIDField()
    at = models.DateTimeField()
    rows = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"request batch {self.pk}"
