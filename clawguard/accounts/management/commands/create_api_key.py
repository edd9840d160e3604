"""Make a key for a program."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard.accounts import api_keys
from clawguard.clock import now as read_clock


class Command(BaseCommand):
    help = "Make an API key and print it. It is shown this once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="what the key is for, such as “scheduling system”")
        parser.add_argument("--scopes", required=True, help="comma-separated: " + ", ".join(sorted(api_keys.SCOPES)))
        parser.add_argument("--days", type=int, default=90, help="days until it expires, at most 90")

    def handle(self, *, name: str, scopes: str, days: int, **_options: Any) -> None:
        if not 1 <= days <= 90:
            raise CommandError("--days is from 1 to 90.")
        wanted = {scope.strip() for scope in scopes.split(",") if scope.strip()}
        try:
            key, secret = api_keys.create(name, wanted, read_clock(), dt.timedelta(days=days))
        except api_keys.UnknownScope as error:
            raise CommandError(f"Unknown scope: {error}. Known: {', '.join(sorted(api_keys.SCOPES))}.") from None
        self.stdout.write(secret)
        self.stderr.write(f"Expires {key.expires_at:%d %b %Y}. Keep it safe: it cannot be shown again.")
