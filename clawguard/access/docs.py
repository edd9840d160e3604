"""The served OpenAPI document and the page that reads it to people."""

from __future__ import annotations

import functools
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

METHODS = ("get", "post", "patch", "delete")


@functools.cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1, made once per process from the views themselves."""
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return made


@require_safe
def openapi(request: HttpRequest) -> JsonResponse:
    return JsonResponse(document())


@require_safe
def reference(request: HttpRequest) -> HttpResponse:
    """Every address of the API, grouped by resource. Public: it describes doors, it opens none."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for address, methods in sorted(document()["paths"].items()):
        resource = address.removeprefix("/api/v1/").split("/")[0]
        for method in METHODS:
            if method in methods:
                groups.setdefault(resource, []).append(_operation(address, method, methods[method]))
    return render(request, "access/reference.html", {"groups": groups, "info": document()["info"]})


def _operation(address: str, method: str, described: dict[str, Any]) -> dict[str, Any]:
    answers = described["responses"].items()
    good: dict[str, Any] = next((answer for status, answer in answers if status.startswith("2")), {})
    return {
        "address": address,
        "method": method,
        **described,
        "body": _pretty(described.get("requestBody", {})),
        "answer": _pretty(good),
    }


def _pretty(part: dict[str, Any]) -> str:
    """The JSON schema of a body or answer, indented; empty when there is none."""
    for content in part.get("content", {}).values():
        return json.dumps(content.get("schema", {}), indent=2)
    return ""
