"""Signing in with a password or an e-mailed link, signing out, changing the password, and where home is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clawguard.accounts import arriving, asking, demo, devices, sign_in
from clawguard.accounts.forms import LinkForm, PasswordForm, SignInForm
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock
from clawguard.ui.context import places_for
from clawguard.ui.toasts import toast

FORGET = '"cache", "storage"'  # the theme and key choices are cookies and stay
# One answer for an unknown address, a wrong password and a closed account: it tells a stranger nothing.
NO_ENTRY = "The e-mail address and the password do not belong together. Check both, or have a link e-mailed to you."


@require_safe
@login_required
def home(request: Any) -> HttpResponse:
    """The first place of the reader's role."""
    places = places_for(request.user.role)
    return redirect(places[0][1] if places else reverse("password"))


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_page(request: HttpRequest) -> HttpResponse:
    onward = sign_in.safe_path(request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(onward)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        # By the user model's own field name: under another one the lock-out would count nobody's attempts.
        user = authenticate(request, email=given["email"].lower(), password=given["password"])
        if isinstance(user, User):
            return arriving.arrive(request, user, onward, read_clock())
        form.add_error(None, NO_ENTRY)
    shown = {"form": form, "next": onward, "left": "left" in request.GET, **demo.hints()}
    return render(request, "accounts/sign_in.html", shown, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_page(request: HttpRequest) -> HttpResponse:
    """Ask for a link. The answer is the same, and takes the same work, whether anybody has this address or not."""
    onward = sign_in.safe_path(request.POST.get("next") or request.GET.get("next"))
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _mail_link(request, form.cleaned_data["email"], onward)
    shown = {"form": form, "next": onward}
    return render(request, "accounts/link.html", shown, status=422 if form.errors else 200)


def _mail_link(request: HttpRequest, email: str, onward: str) -> HttpResponse:
    now = read_clock()
    found = User.objects.filter(email=email.lower(), is_active=True).first()
    known = found is not None and devices.is_known(request, found, now)
    try:
        arriving.wait_for_code(request, found, email, onward, now, mail_link=True, proven=known)
    except asking.TooManyAsked as full:
        return arriving.full_page(request, full, now)
    minutes = int(sign_in.LIFETIME.total_seconds() // 60)
    shown = {"minutes": minutes, "email": email, "next": onward, "mail_folder": demo.mail_folder()}
    return render(request, "accounts/link_sent.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def continue_page(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a button and changes nothing (mail scanners follow links); POST signs in and uses the link up."""
    now = read_clock()
    try:
        link = sign_in.peek(token, now)
        if request.method == "POST":
            return arriving.arrive(request, link.user, link.next_path, now, link)
    except sign_in.LinkSpent as spent:
        return render(request, "accounts/link_spent.html", {"why": spent.why, "link": spent.link}, status=410)
    return render(request, "accounts/link_continue.html", {"link": link})


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Asked by a page whose reader is at work without sending anything, so that only real idleness ends a sign-in."""
    return HttpResponse(status=204 if request.user.is_authenticated else 401)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    answer = HttpResponseRedirect(f"{reverse('sign-in')}?left")
    answer["Clear-Site-Data"] = FORGET
    return answer


@never_cache
@sensitive_post_parameters("current", "new", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def password_page(request: Any) -> HttpResponse:
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            request.user.set_password(form.cleaned_data["new"])
            request.user.save(update_fields=["password"])
            sign_in.revoke_links(request.user, read_clock())
            devices.forget_all(request.user)
        update_session_auth_hash(request, request.user)  # this browser stays in; every other one is signed out
        toast(request, "Your password was changed. Other browsers were signed out.")
        return redirect("password")
    if form.errors:
        messages.warning(request, "Your password was not changed.")
    return render(request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200)
