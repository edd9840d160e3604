"""Making, using and removing passkeys. The browser's side is static/js/passkeys.js."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from clawguard.accounts import arriving, passkeys, sign_in
from clawguard.clock import now as read_clock
from clawguard.ui.toasts import toast

CHALLENGE = "passkey_challenge"


def _keep(request: HttpRequest, challenge: str) -> None:
    request.session[CHALLENGE] = [challenge, read_clock().isoformat()]


def _kept(request: HttpRequest, now: dt.datetime) -> str:
    """The challenge this browser was given, once and not long after. Raises PasskeyRefused."""
    challenge, at = request.session.pop(CHALLENGE, ["", ""])
    if not challenge or now - dt.datetime.fromisoformat(at) > passkeys.CHALLENGE_LASTS:
        raise passkeys.PasskeyRefused("That took too long. Please try again.")
    return str(challenge)


def _sent(request: HttpRequest) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict) or not isinstance(body.get("credential"), dict):
        raise passkeys.PasskeyRefused("The passkey came incomplete. Please try again.")
    return body


def _refused(refusal: passkeys.PasskeyRefused) -> HttpResponse:
    return JsonResponse({"detail": str(refusal)}, status=422)


@require_POST
@login_required
def options_to_add(request: Any) -> HttpResponse:
    try:
        options, challenge = passkeys.options_to_add(request.user)
    except passkeys.PasskeyRefused as refusal:
        return _refused(refusal)
    _keep(request, challenge)
    return JsonResponse(options)


@require_POST
@login_required
def add(request: Any) -> HttpResponse:
    now = read_clock()
    try:
        body = _sent(request)
        made = passkeys.add(request.user, body["credential"], _kept(request, now), str(body.get("name", "")), now)
    except passkeys.PasskeyRefused as refusal:
        return _refused(refusal)
    toast(request, f"{made.name} can sign you in from now on.")
    return JsonResponse({"name": made.name}, status=201)


@require_POST
@login_required
def remove(request: Any, passkey_id: int) -> HttpResponse:
    if not passkeys.remove(request.user, passkey_id):
        raise Http404
    toast(request, "The passkey is removed; it signs nobody in any more.")
    return redirect("ways-in")


@never_cache
@require_POST
def options_to_enter(request: HttpRequest) -> HttpResponse:
    options, challenge = passkeys.options_to_enter()
    _keep(request, challenge)
    return JsonResponse(options)


@never_cache
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    now = read_clock()
    try:
        body = _sent(request)
        user = passkeys.owner(body["credential"], _kept(request, now), now)
    except passkeys.PasskeyRefused as refusal:
        return _refused(refusal)
    arriving.enter(request, user)
    return JsonResponse({"next": sign_in.safe_path(str(body.get("next", "/")))})
