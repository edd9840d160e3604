"""``manage.py backtest --from DATE``: what draft rules would have changed for stored sessions."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clawguard.access import Problem
from clawguard.accounts.actors import SYSTEM
from clawguard.clock import now
from clawguard.events.errors import NotFound
from sessions.models import Backtest
from sessions.reports import backtests as report
from sessions.rulebook import results, selectors
from sessions.services import trials


class Command(BaseCommand):
    help = (
        "Screens stored sessions under draft policies beside the rules in force and prints what differs. Writes the"
        " run and its results, no finding. Workers may share the work; stopped halfway, they finish it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, help="first date of service")
        parser.add_argument("--to", default="", help="last date of service; today when left out")
        parser.add_argument("--pack", default="draft", help="draft: every draft and proposal; or a revision's id")
        parser.add_argument("--payer", default="", help="the payer's own id")
        parser.add_argument("--provider", default="", help="an NPI")
        parser.add_argument("--check", default="", help="compare this check alone, for example CG101")
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        given = {name: options[name] for name in ("from", "to", "payer", "provider", "check")}
        moment = now()
        try:
            scope = trials.read_scope(given, moment.date())
            job = trials.start_backtest(SYSTEM, scope, moment, revision=self._revision(options["pack"]))
        except Problem as problem:
            raise CommandError("; ".join(f"--{bad.pointer[1:]}: {bad.message}" for bad in problem.errors)) from None
        job = self._run(job.pk, quiet=options["format"] == "json")
        found = report.as_dict(job, results.by_check(job), results.by_payer(job))
        text = json.dumps(found, indent=2) if options["format"] == "json" else report.as_text(found)
        self.stdout.write(text)

    def _revision(self, pack: str) -> Any:
        if pack == "draft":
            return None
        try:
            return selectors.get_revision(SYSTEM, UUID(pack))
        except (ValueError, NotFound):
            raise CommandError("--pack is the word draft, or the id of a policy revision.") from None

    def _run(self, job_id: UUID, *, quiet: bool) -> Backtest:
        """Piece after piece; a piece that a worker took meanwhile is waited for and left to it."""
        job = results.get_backtest(SYSTEM, job_id)
        while job.status == "running":
            trials.run_backtest_chunk(job_id, job.chunks + 1, now())
            job = results.get_backtest(SYSTEM, job_id)
            if not quiet:
                self.stderr.write(f"{job.done:,} of {job.total:,} sessions")
        return job
