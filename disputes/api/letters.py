"""/letters: the notice and the decisions of cases as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from rest_framework.request import Request

from clawguard.access.api import ApiView, query
from clawguard.access.schema import documented
from disputes import letter_paper, policies
from disputes.selectors.letters import get_letter


class LetterFile(ApiView):
    @documented(
        "A letter as PDF",
        about="Its id is that of its message in the conversation of the case (`kind`: `notice` or `decision`).",
        scope=policies.READ,
    )
    def get(self, request: Request, letter_id: UUID) -> HttpResponse:
        query(request, {}, page=False)
        return HttpResponse(letter_paper.as_pdf(get_letter(self.actor, letter_id)), content_type="application/pdf")
