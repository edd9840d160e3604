"""Load a release of ICD-10-CM into the dated code tables. Safe to run again: what is there already stays."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard.clock import now
from sessions.codesets.store import SuspiciousReleaseError, store_release


class Command(BaseCommand):
    help = (
        "Loads ICD-10-CM: the April 2026 release that comes with the simple-icd-10-cm package, or another one from the "
        "two files CMS publishes (--all-codes and --tabular) with its --name and period (--from, --to)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all-codes", help="text file with every code, one a line")
        parser.add_argument("--tabular", help="XML file of the tabular list")
        parser.add_argument("--name", help='for example "ICD-10-CM October 2026"')
        parser.add_argument("--from", dest="first_day", type=dt.date.fromisoformat, help="first date of service")
        parser.add_argument(
            "--takes-over",
            action="store_true",
            help="the release in force until --from ends the day before, as with the April release of a year",
        )
        parser.add_argument("--to", dest="last_day", type=dt.date.fromisoformat, help="last date of service")

    def handle(self, *args: Any, **options: Any) -> None:
        own = [options[name] for name in ("all_codes", "tabular", "name", "first_day", "last_day")]
        if any(own) and not all(own):
            raise CommandError("Another release needs --all-codes, --tabular, --name, --from and --to together.")
        # Imported here, not above: the package takes a lot of memory that no other command should pay for.
        from sessions.codesets import package

        began = time.monotonic()
        if all(own):
            package.use_files(options["all_codes"], options["tabular"])
            release = package.read_release(options["name"], options["first_day"], options["last_day"])
        else:
            release = package.read_release()
        self.stdout.write(f"{release.name}: {len(release.rows):,} rows read, storing …")
        try:
            stored = store_release(release, now(), takes_over=options["takes_over"])
        except SuspiciousReleaseError as error:
            raise CommandError(str(error)) from error
        outcome = "stored" if stored else "already loaded, nothing changed"
        self.stdout.write(f"{release.name}: {outcome} ({time.monotonic() - began:.1f} s).")
