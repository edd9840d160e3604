"""Prints who can sign in to a demonstration: one invented person of each role."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from clawguard.accounts import demo


class Command(BaseCommand):
    help = "Prints the sign-ins of the demo network: one invented person of each role, and their password."

    def handle(self, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("This is not a demonstration (DEMO is 0).")
        people = demo.people()
        if not people:
            raise CommandError("No demo network is loaded.")
        self.stdout.write(f"\n  Sign in at {settings.PUBLIC_URL}{settings.LOGIN_URL}\n\n")
        for person in people:
            self.stdout.write(f"    {person.get_role_display():<18} {person.email}")
        self.stdout.write(f"\n  Password of each: {demo.PASSWORD}\n")
