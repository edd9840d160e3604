"""A retried POST acts once: the answer is stored under the caller's key in the same transaction as the effect."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from rest_framework.response import Response
from rest_framework.utils.encoders import JSONEncoder

from clawguard.access.body import raw_body
from clawguard.access.problems import Problem
from clawguard.accounts.models import ApiKey, IdempotencyRecord

LONGEST_KEY = 255


class ShownOnce(Response):
    """An answer with a secret in it: a repeated request gets ``stored`` instead, and nothing else is kept of it."""

    def __init__(self, data: dict[str, Any], stored: dict[str, Any], status: int = 200) -> None:
        super().__init__(data, status)
        self.stored = stored


Method = Callable[..., Response]


def idempotent(method: Method) -> Method:
    """For every POST that creates. Programs must send Idempotency-Key; people at a browser need not.

    Same key and request → the stored answer. Same key, other request → 409. Same key, still running → 409. A refusal
    is not stored: nothing happened, so the caller may correct the request and use the key again.
    """

    return _door(method, None)


def idempotent_after(look: Callable[..., Any]) -> Callable[[Method], Method]:
    """``idempotent`` for what takes seconds to look at: ``look`` is called with the same arguments before any
    transaction opens, so that neither the key's turn nor a lock is held meanwhile, and what it returns is ``looked`` of
    the method. It writes nothing: a crash between the two loses nothing, and of two at once one has the effect. What
    was done before under the key is answered without a look.
    """
    return lambda method: _door(method, look)


def _door(method: Method, look: Callable[..., Any] | None) -> Method:
    @functools.wraps(method)
    def door(view: Any, request: Any, *args: Any, **kwargs: Any) -> Response:
        key = _key(request) if isinstance(request.auth, ApiKey) else None
        given = dict(kwargs)
        if look is not None:
            with transaction.atomic():
                done = _done_before(view, request, key) if key is not None else None
            if done is not None:
                return done
            given["looked"] = look(view, request, *args, **kwargs)
        with transaction.atomic():
            if key is None:
                return method(view, request, *args, **given)
            done = _done_before(view, request, key)
            if done is not None:
                return done
            answer = method(view, request, *args, **given)
            _remember(view, request, key, answer)
            return answer

    return door


def _done_before(view: Any, request: Any, key: str) -> Response | None:
    """The stored answer, if there is one. The key's turn is held until the transaction ends."""
    _take_turn(request.auth, key)
    record = IdempotencyRecord.objects.filter(api_key=request.auth, key=key).first()
    return None if record is None else _stored(record, _fingerprint(view, request))


def _remember(view: Any, request: Any, key: str, answer: Response) -> None:
    kept = answer.stored if isinstance(answer, ShownOnce) else answer.data
    IdempotencyRecord.objects.create(
        api_key=request.auth,
        key=key,
        fingerprint=_fingerprint(view, request),
        status=answer.status_code,
        body=json.loads(json.dumps(kept, cls=JSONEncoder)),
        created_at=view.now,
    )


def _key(request: Any) -> str:
    key = str(request.META.get("HTTP_IDEMPOTENCY_KEY", ""))
    if not key:
        detail = "Send a fresh Idempotency-Key with each thing you create, and the same one when you retry."
        raise Problem(400, "idempotency_key_missing", "An idempotency key is needed", detail)
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise Problem(400, "idempotency_key_invalid", "The idempotency key cannot be used", "At most 255 characters.")
    return key


def _take_turn(api_key: ApiKey, key: str) -> None:
    number = int.from_bytes(hashlib.sha256(f"{api_key.pk}:{key}".encode()).digest()[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        if not cursor.fetchone()[0]:
            raise Problem(409, "idempotency_key_running", "This request is still being worked on", "Ask again shortly.")


def _fingerprint(view: Any, request: Any) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type.startswith("multipart/"):
        for name, values in sorted(request._request.POST.lists()):
            digest.update(f"{name}={values}\n".encode())
        for name, file in sorted(request._request.FILES.items()):
            digest.update(f"{name}\n".encode())
            for piece in file.chunks():
                digest.update(piece)
            file.seek(0)
    else:
        digest.update(raw_body(request, view.largest_body))
    return digest.hexdigest()


def _stored(record: IdempotencyRecord, fingerprint: str) -> Response:
    if record.fingerprint != fingerprint:
        detail = "The key was used for another request. Take a new key for a new request."
        raise Problem(409, "idempotency_key_reused", "This key belongs to another request", detail)
    return Response(record.body, record.status, headers={"Idempotency-Replayed": "true"})
