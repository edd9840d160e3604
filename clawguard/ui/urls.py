"""The style page."""

from __future__ import annotations

from django.urls import path

from clawguard.ui import views

pages = [path("style", views.style_page, name="style")]
