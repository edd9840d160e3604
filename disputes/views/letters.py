"""A letter as a file to keep: the same door for the provider it was written to and for staff."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from clawguard.access.pages import PageRequest, page
from disputes import letter_paper
from disputes.selectors.letters import get_letter


@require_GET
@page
def letter_pdf(request: PageRequest, letter_id: UUID) -> HttpResponse:
    letter = get_letter(request.actor, letter_id)
    made = HttpResponse(letter_paper.as_pdf(letter), content_type="application/pdf")
    made["Content-Disposition"] = f'attachment; filename="{letter.row.kind}-{letter.row.at:%Y-%m-%d}.pdf"'
    return made
