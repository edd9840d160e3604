"""What somebody who is not signed in may send to a page: no more than a form needs, and no file of it is kept.

Their forms are read before any view says who may send one, because the token of a form stands in it. The only large one
that is honest belongs to somebody whose sign-in ended while they wrote: their words come back to be sent again
(``CSRF_FAILURE_VIEW``), and the file beside them has to be chosen anew. A lower bound at the pages that are there for
strangers would keep nobody out: the other pages have addresses, too.

Django bounds every other kind of body (``DATA_UPLOAD_MAX_MEMORY_SIZE``) and reads none that does not say its length;
the API looks at the key first.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse

from clawguard.access.body import ROOM_FOR_FORM
from clawguard.access.faults import answer
from clawguard.access.problems import Problem


class StrangersForms:
    """Stands behind whatever ends a sign-in, and before anything reads a form."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") or request.user.is_authenticated:
            return self.get_response(request)
        declared = request.META.get("CONTENT_LENGTH") or "0"
        if not declared.isdecimal() or int(declared) > settings.UPLOAD_MAX_BYTES + ROOM_FOR_FORM:
            return answer(request, _too_much())
        request.upload_handlers = [NotKept(request)]
        return self.get_response(request)


class NotKept(FileUploadHandler):
    """Tells that there was a file, by its name, and forgets what is in it as it comes."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        return None

    def file_complete(self, file_size: int) -> Any:
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, 0, self.charset, self.content_type_extra)


def _too_much() -> Problem:
    most = settings.UPLOAD_MAX_BYTES // (1024 * 1024)
    detail = (
        f"At most {most} MB can be sent without a sign-in. If you were signed in, that has ended: sign in again, "
        "then choose your file again."
    )
    return Problem(413, "too_large_signed_out", "You are not signed in, and this is too large", detail)
