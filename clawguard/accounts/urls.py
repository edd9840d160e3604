"""Signing in and out."""

from __future__ import annotations

from django.urls import path

from clawguard.accounts import views

pages = [
    path("", views.home, name="home"),
    path("sign-in", views.sign_in_page, name="sign-in"),
    path("sign-in/link", views.link_page, name="sign-in-link"),
    path("sign-in/link/<str:token>", views.continue_page, name="sign-in-continue"),
    path("sign-out", views.sign_out, name="sign-out"),
    path("account/alive", views.alive, name="alive"),
    path("account/password", views.password_page, name="password"),
]
