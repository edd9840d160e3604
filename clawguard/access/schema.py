"""What a REST view says about itself in the served OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema

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
) -> Callable[[Any], Any]:
    """Describe one method of a view: schemas of body and answer, query parameters, the scope a key needs."""
    scoped = f"{about}\n\nScope of a key: `{scope}`." if scope else f"{about}\n\nPeople only; a key is refused."
    return extend_schema(
        summary=summary,
        description=scoped.strip(),
        request={media: dict(body)} if body is not None else None,
        parameters=[OpenApiParameter(name, str, description=text) for name, text in (query or {}).items()],
        responses={
            (status, "application/json"): dict(answer or {"type": "object"}),
            (400, "application/problem+json"): dict(PROBLEM),
            (404, "application/problem+json"): dict(PROBLEM),
        },
    )
