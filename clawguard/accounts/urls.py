"""Signing in and out."""

from __future__ import annotations

from django.urls import path

from clawguard.accounts import views, views_passkeys, views_ways_in

pages = [
    path("", views.home, name="home"),
    path("sign-in", views.sign_in_page, name="sign-in"),
    path("sign-in/link", views.link_page, name="sign-in-link"),
    path("sign-in/code", views_ways_in.code_page, name="sign-in-code"),
    path("sign-in/code/again", views_ways_in.code_again, name="sign-in-code-again"),
    path("sign-in/link/<str:token>", views.continue_page, name="sign-in-continue"),
    path("sign-in/link/<str:token>/again", views_ways_in.link_again, name="sign-in-link-again"),
    path("sign-in/passkey", views_passkeys.enter, name="sign-in-passkey"),
    path("sign-in/passkey/options", views_passkeys.options_to_enter, name="sign-in-passkey-options"),
    path("account/passkeys", views_passkeys.add, name="passkey-add"),
    path("account/passkeys/options", views_passkeys.options_to_add, name="passkey-options"),
    path("account/passkeys/<int:passkey_id>/remove", views_passkeys.remove, name="passkey-remove"),
    path("account/ways-in", views_ways_in.ways_in, name="ways-in"),
    path("account/ways-in/end", views_ways_in.end_ways_in, name="ways-in-end"),
    path("account/sign-ins/end-others", views_ways_in.end_other_sign_ins, name="sign-ins-end-others"),
    path("account/sign-ins/<str:name>/end", views_ways_in.end_sign_in, name="sign-in-end"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("account/alive", views.alive, name="alive"),
    path("account/password", views.password_page, name="password"),
]
