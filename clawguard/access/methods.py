"""A page for whoever opens an address that only takes what a form sends: from the history, by a copied link, by Enter
in the address bar after a refusal. Django's own answer to that is empty; browsers show it as a fault of the site."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve

from clawguard.access.problems import Problem

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
Answer = Callable[[HttpRequest], HttpResponse]
WORDS = "What a form sends goes here; there is nothing to look at. Open the page that the form is on."


class WrongMethods:
    """Puts words into the empty refusal of a GET; status and Allow stay. Programs under /api/ have their own."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        empty = isinstance(answer, HttpResponseNotAllowed) and not answer.content
        if not empty or request.method != "GET" or request.path.startswith("/api/"):
            return answer
        problem = Problem(405, "method_not_allowed", "This address is not a page", WORDS)
        told = render(request, "errors/method.html", {"problem": problem, "back": page_above(request.path)}, status=405)
        told["Allow"] = answer["Allow"]
        return told


def page_above(path: str) -> str:
    """The page that a form's address belongs to: of ``/cases/<id>/facts/<name>/withdraw`` that of the case, which ends
    with the first id; without one the nearest address above that we have. Empty where there is none."""
    parts = path.strip("/").split("/")[:-1]
    ends = [number for number, part in enumerate(parts, 1) if ID.fullmatch(part)][:1]
    for end in ends or range(len(parts), 0, -1):
        above = "/" + "/".join(parts[:end])
        with suppress(Resolver404):
            resolve(above)
            return above
    return ""
