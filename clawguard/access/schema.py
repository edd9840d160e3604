"""What a REST view says about itself in the served OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

JsonSchema = Mapping[str, Any]

PROBLEM: JsonSchema = {
    "type": "object",
    "description": "RFC 9457 problem. `errors` names every field at fault at once.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {name: {"type": "string"} for name in ("pointer", "code", "message")},
            },
        },
    },
}

# Any address may answer so; which do, a reader cannot tell from the code of a view alone.
OTHERWISE = (
    "Any other refusal, in the same shape: 401 no valid key, 403 the key lacks the scope or only people may, 409 it "
    "has moved on or the idempotency key was used for another body, 412 and 428 about `If-Match`, 413 the body is "
    "too large, 415 another kind of content, 422 one field cannot be as it is, 429 and 503 later, after "
    "`Retry-After` seconds."
)


class KeyScheme(OpenApiAuthenticationExtension):
    """How a program signs in. drf-spectacular finds the class by itself."""

    target_class = "clawguard.access.authentication.BearerKey"
    name = "key"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {"type": "http", "scheme": "bearer", "description": "An API key with the scope of the operation."}


class SessionScheme(OpenApiAuthenticationExtension):
    """How a person at a browser is known."""

    target_class = "clawguard.access.authentication.BrowserSession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        about = "A signed-in browser; writing also needs the CSRF token."
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME, "description": about}


def listing(item: JsonSchema) -> JsonSchema:
    """The schema of one cursor page of ``item``."""
    link = {"type": ["string", "null"]}
    return {
        "type": "object",
        "properties": {"results": {"type": "array", "items": item}, "next": link, "previous": link},
        "required": ["results", "next", "previous"],
    }


def documented(
    summary: str,
    *,
    answer: JsonSchema | None = None,
    body: JsonSchema | None = None,
    status: int = 200,
    query: Mapping[str, str] | None = None,
    about: str = "",
    scope: str = "",
    media: str = "application/json",
    opened_by: str = "",
) -> Callable[[Any], Any]:
    """Describe one method of a view: schemas of body and answer, query parameters, the scope a key needs; or, where
    neither keys nor people are asked for, what it is ``opened_by``."""
    who = opened_by or (f"Scope of a key: `{scope}`." if scope else "People only; a key is refused.")
    return extend_schema(
        summary=summary,
        description=f"{about}\n\n{who}".strip(),
        request={media: dict(body)} if body is not None else None,
        parameters=[OpenApiParameter(name, str, description=text) for name, text in (query or {}).items()],
        responses={
            (status, "application/json"): dict(answer or {"type": "object"}),
            (400, "application/problem+json"): dict(PROBLEM),
            (404, "application/problem+json"): dict(PROBLEM),
            ("default", "application/problem+json"): OpenApiResponse(dict(PROBLEM), OTHERWISE),
        },
    )
