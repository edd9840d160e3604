"""Every refusal in one shape: RFC 9457 for programs, the same words on a page for people."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import InterfaceError, OperationalError
from django.http import Http404, UnreadablePostError
from rest_framework import exceptions

from clawguard.accounts.actors import NotAllowed
from clawguard.events.errors import NotFound, Refused, TryLater
from clawguard.events.services import WrongState
from clawguard.whole_bodies import PATIENCE, TooSlow

# A disk that is full, over its quota, read-only, or takes no more of this file.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}
MOST_FIELDS, MOST_FILES = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_NUMBER_FILES
STATUSES = {"file_too_large": 413}  # whether it is seen before the file is read or while
TOO_MANY = f"At most {MOST_FIELDS} fields and {MOST_FILES} files fit one form. Nothing was recorded; send less at once."
NOT_STORED = "The file could not be stored. Nothing was recorded; please try again in a few minutes."


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """What is wrong with one field. ``pointer`` is RFC 6901 into the body, or the name of a query parameter."""

    pointer: str
    code: str
    message: str


class Problem(Exception):
    """A refusal: HTTP status, stable code, a title and what to do about it. Never holds the value that was sent."""

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str = "",
        errors: Sequence[FieldProblem] = (),
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(title)
        self.status, self.code, self.title, self.detail = status, code, title, detail
        self.errors, self.headers = tuple(errors), headers or {}

    def as_dict(self) -> dict[str, Any]:
        return {
            "type": f"urn:clawguard:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": [asdict(error) for error in self.errors],
        }


def not_found() -> Problem:
    return Problem(404, "not_found", "There is nothing here", "Check the address. You may also lack access to it.")


def not_allowed() -> Problem:
    return Problem(403, "not_allowed", "Your role does not allow this", "Ask a lead or administrator who may.")


def not_open_to_key() -> Problem:
    """The same for a program: no lead can help it, another scope may."""
    detail = "This needs another scope than the key has, or a person: its description under /api/docs says which."
    return Problem(403, "not_allowed", "This key does not open this", detail)


def _wrong_state(error: WrongState) -> Problem:
    found, to = (state.replace("_", " ") for state in (error.found, error.to))
    detail = f"It is now “{found}”, so it cannot become “{to}”. Look at it again to see what happened."
    return Problem(409, "wrong_state", "This has moved on", detail)


def _refused(error: Refused) -> Problem:
    errors = [FieldProblem(error.pointer, error.code, error.message)] if error.pointer else []
    status = STATUSES.get(error.code, 422 if error.pointer else 409)
    return Problem(status, error.code, "This cannot be done", error.message, errors)


def _later(error: TryLater) -> Problem:
    return Problem(503, error.code, "This cannot be done right now", error.message, headers={"Retry-After": "60"})


def _of_disk(error: OSError) -> Problem | None:
    if error.errno not in NO_ROOM:
        return None  # a fault of our own
    return Problem(503, "storage_full", "This cannot be done right now", NOT_STORED, headers={"Retry-After": "60"})


def _of_body(error: UnreadablePostError) -> Problem:
    if isinstance(error.__cause__, TooSlow):
        detail = f"In {PATIENCE:.0f} seconds hardly anything arrived. Nothing was recorded; send it again."
        return Problem(408, "too_slow", "It arrived too slowly", detail)
    return Problem(400, "cut_off", "Only a part arrived", "The connection broke off. Send it again.")


def _not_signed_in() -> Problem:
    headers = {"WWW-Authenticate": "Bearer"}
    return Problem(401, "not_signed_in", "No valid key was sent", "Send “Authorization: Bearer …”.", headers=headers)


# The first kind that fits; a subclass stands before its base.
MEANINGS: tuple[tuple[tuple[type[Exception], ...], Callable[[Any], Problem | None]], ...] = (
    ((Problem,), lambda error: error),
    ((NotFound, Http404, exceptions.NotFound), lambda _: not_found()),
    ((NotAllowed, PermissionDenied, exceptions.PermissionDenied), lambda _: not_allowed()),
    ((WrongState,), _wrong_state),
    ((TryLater,), _later),
    ((Refused,), _refused),
    ((UnreadablePostError,), _of_body),
    ((OSError,), _of_disk),
    (
        (RequestDataTooBig,),
        lambda _: Problem(413, "too_large", "The request is too large", "Send less at once, or use an import."),
    ),
    (
        (OperationalError, InterfaceError),  # the database is restarting, or somebody holds what this request waits for
        lambda _: Problem(
            503,
            "busy",
            "This cannot be done right now",
            "Nothing was changed. Try again.",
            headers={"Retry-After": "5"},
        ),
    ),
    (
        (TooManyFilesSent, TooManyFieldsSent),
        lambda _: Problem(400, "too_many_parts", "The form has too many parts", TOO_MANY),
    ),
    ((SuspiciousOperation,), lambda _: Problem(400, "malformed", "The request cannot be read")),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), lambda _: _not_signed_in()),
    (
        (exceptions.MethodNotAllowed,),
        lambda _: Problem(405, "method_not_allowed", "This address does not offer that method"),
    ),
    (
        (exceptions.APIException,),
        lambda error: Problem(error.status_code, str(error.default_code), str(error.default_detail)),
    ),
)


def of_exception(error: Exception) -> Problem | None:
    """The problem an exception stands for; ``None`` for a fault of our own."""
    for kinds, meaning in MEANINGS:
        if isinstance(error, kinds):
            return meaning(error)
    return None
