"""Make the invented network, in the database and as files."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard import demo_state
from clawguard.accounts.models import User
from clawguard.clock import now as read_clock
from clawguard.demo import cast, files, story
from clawguard.demo.habits import join
from clawguard.demo.sessions import invent


class Command(BaseCommand):
    help = "Make an invented network: the same for the same seed and day. Refuses a database that has people in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sessions", type=int, default=5000)
        parser.add_argument("--providers", type=int, help="default: 200 for 5,000 sessions")
        parser.add_argument("--seed", type=int, default=7)
        parser.add_argument("--anchor", type=dt.date.fromisoformat, help="the day it is told up to; default today")
        parser.add_argument("--write", type=Path, metavar="DIR", help="write files (837P, 835, CSV, NDJSON) instead")

    def handle(self, **options: Any) -> None:
        if not 1 <= options["sessions"] <= 2_000_000:
            raise CommandError("--sessions is from 1 to 2,000,000.")
        now = read_clock()
        anchor = options["anchor"] or now.date()
        network = join(invent(options["seed"], options["sessions"], anchor, options["providers"]), anchor)
        if options["write"]:
            for path in files.write(network, options["write"]):
                self.stdout.write(str(path))
            return
        self._tell(network, options["seed"], now if anchor == now.date() else _evening(anchor))

    def _tell(self, network: Any, seed: int, now: dt.datetime) -> None:
        if User.objects.exists():
            raise CommandError("This database has people in it already; the demo network needs an empty one.")
        if not settings.MOVABLE_CLOCK:
            raise CommandError("A demo network needs MOVABLE_CLOCK=1, which production refuses.")

        def progress(told: int, of: int) -> None:
            self.stdout.write(f"\r{told:,} of {of:,} sessions", ending="")
            self.stdout.flush()
            demo_state.write_progress(settings.DATA_DIR, demo_state.Told(told, of))

        story.tell(network, seed, now, progress)
        card = cast.sign_in_card()
        (settings.DATA_DIR / "demo_sign_ins.txt").write_text(card)
        self.stdout.write("\n" + card, ending="")


def _evening(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(23, 0), dt.UTC)
