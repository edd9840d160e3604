"""The mailed code, a fresh link for a spent one, and the page on which a person sees and ends their ways in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clawguard.accounts import arriving, asking, browser_sessions, codes, demo, devices, sign_in
from clawguard.accounts.models import SignInLink, User
from clawguard.accounts.views import sign_out
from clawguard.clock import now as read_clock
from clawguard.ui.toasts import toast

MINUTES = int(codes.LIFETIME.total_seconds() // 60)
# The same words for a wrong code, an old one, one tried too often and an address nobody has.
NOT_IT = "This code does not fit, or it is no longer valid. Check the newest mail, or have another code sent."


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code_page(request: HttpRequest) -> HttpResponse:
    """Asks for the mailed code; the right one signs in and makes this browser known."""
    waiting = arriving.waiting(request)
    if waiting is None:
        return redirect("sign-in")
    problem = ""
    if request.method == "POST":
        now = read_clock()
        user = User.objects.filter(pk=waiting.user, is_active=True).first() if waiting.user else None
        if user is not None and codes.check(user.pk, waiting.browser, request.POST.get("code", ""), now):
            try:
                return arriving.finish(request, waiting, user, now)
            except sign_in.LinkSpent as spent:
                return render(request, "accounts/link_spent.html", {"why": spent.why}, status=410)
        problem = NOT_IT
    shown = {"problem": problem, "minutes": MINUTES, "onward": waiting.onward, "mail_folder": demo.mail_folder()}
    return render(request, "accounts/code.html", shown, status=422 if problem else 200)


@require_POST
def code_again(request: HttpRequest) -> HttpResponse:
    waiting = arriving.waiting(request)
    if waiting is None:
        return redirect("sign-in")
    now = read_clock()
    user = User.objects.filter(pk=waiting.user, is_active=True).first() if waiting.user else None
    try:
        asking.ask(request, user, waiting.wanted, waiting.browser, now, proven=waiting.proven)
    except asking.TooManyAsked as full:
        toast(
            request,
            f"No other code was sent: so many were asked for that the next goes out in {full.minutes(now)} min.",
        )
    else:
        toast(request, "If the address belongs to an account, another code is on its way; only the newest one works.")
    return redirect("sign-in-code")


@require_POST
def link_again(request: HttpRequest, token: str) -> HttpResponse:
    """A fresh way in for a link that was used or is too old: mailed to the person it was mailed to, whoever asks."""
    now = read_clock()
    link = SignInLink.objects.select_related("user").filter(digest=sign_in.digest(token), user__is_active=True).first()
    user, wanted, onward = (link.user, link.user.email, link.next_path) if link else (None, token, "/")
    try:
        # only who holds a mail of ours knows the words of a link, even of one that is spent
        arriving.wait_for_code(request, user, wanted, onward, now, mail_link=True, proven=link is not None)
    except asking.TooManyAsked as full:
        return arriving.full_page(request, full, now)
    return redirect("sign-in-code")


@require_safe
@never_cache
@login_required
def ways_in(request: Any) -> HttpResponse:
    now = read_clock()
    shown = {
        "devices": list(devices.of(request.user, now)),
        "places": browser_sessions.places_of(request.user, request.session.session_key),
        "passkeys": list(request.user.passkeys.all()),
        "known": devices.is_known(request, request.user, now),
        "open_links": sign_in.open_links(request.user, now),
    }
    return render(request, "accounts/ways_in.html", shown)


@require_POST
@login_required
def end_ways_in(request: Any) -> HttpResponse:
    """End every open link and forget every browser; this sign-in goes on."""
    links, browsers = sign_in.revoke_links(request.user, read_clock()), devices.forget_all(request.user)
    toast(request, f"Done: {links} open link(s) ended, {browsers} browser(s) forgotten.")
    return redirect(reverse("ways-in"))


@require_POST
@login_required
def end_sign_in(request: Any, name: str) -> HttpResponse:
    """Sign out of one browser; of this one like everywhere else."""
    if not browser_sessions.end_one(request.user, name):
        raise Http404
    if not request.session.exists(request.session.session_key):
        return sign_out(request)
    toast(request, "That browser is signed out.")
    return redirect("ways-in")


@require_POST
@login_required
def end_other_sign_ins(request: Any) -> HttpResponse:
    """Sign out everywhere but here."""
    ended = browser_sessions.end_others(request.user, request.session.session_key)
    toast(request, f"Done: {ended} other sign-in(s) ended.")
    return redirect("ways-in")
