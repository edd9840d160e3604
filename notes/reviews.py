"""For people who look at answers: which notes, which answer comes next, how often they and the machine agree."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q, QuerySet, Subquery

from clawguard.accounts.actors import Actor
from clawguard.accounts.models import Role
from clawguard.domain.notes.elements import ALL
from notes import selectors
from notes.models import ElementJudgement, ElementVerdict, Note, NotesRequest
from notes.models.note import in_substance
from notes.models.reading import locked_away
from notes.models.request import ANSWERED

UNSURE = "unsure"  # the machine said so, which is neither right nor wrong


def notes_under_review(actor: Actor, request: NotesRequest) -> QuerySet[Note]:
    """The notes that answered the request, and what is on file of the session from before them: the verdicts rest on
    both. Not those that are locked away."""
    newest = Note.objects.filter(request=request).order_by("-version").values("version")[:1]
    before = Note.objects.filter(in_substance(), session=request.session_id, version__lt=Subquery(newest))
    rows = selectors.visible_notes(actor).filter(Q(request=request) | Q(pk__in=before.values("pk")))
    return rows.exclude(pk__in=locked_away().values("note")).prefetch_related("note_files__file").order_by("version")


def machine_verdict(note: Note, element: str) -> ElementVerdict | None:
    """The verdict of the newest reading, if the note was read."""
    rows = ElementVerdict.objects.filter(reading__note=note, element=element).select_related("reading")
    return rows.order_by("-reading__at", "-reading__pk").first()


def next_answer(actor: Actor, request: NotesRequest) -> NotesRequest | None:
    """The answer that has waited longest, beside this one."""
    waiting = selectors.visible_requests(actor).filter(status__in=ANSWERED).exclude(pk=request.pk)
    return waiting.order_by("answered_at", "pk").first()


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of one element: judgements where the machine had said something, how many agree, and how the others differ."""

    element: str
    name: str
    judged: int
    agreed: int
    found_by_people: int  # the machine said missing or contradicted, a person found it
    missed_by_machine: int  # the machine said met, a person did not find it
    unsure: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.agreed / self.judged) if self.judged else None


def agreement(actor: Actor) -> list[Agreement]:
    """Per element, over the latest judgement of each person on each note. Leads and auditors. Raises NotAllowed."""
    actor.require(roles={Role.LEAD, Role.AUDITOR})
    latest = ElementJudgement.objects.values("note", "element", "by_id").annotate(last=Max("pk")).values("last")
    rows = ElementJudgement.objects.filter(pk__in=latest).exclude(machine="")
    sure = ~Q(machine=UNSURE)
    open_ones = Q(machine__in=("missing", "contradicted"))
    counted = rows.values("element").annotate(
        judged=Count("pk", filter=sure),
        agreed=Count("pk", filter=Q(machine=F("verdict"))),
        found_by_people=Count("pk", filter=open_ones & Q(verdict="met")),
        missed_by_machine=Count("pk", filter=Q(machine="met") & ~Q(verdict="met")),
        unsure=Count("pk", filter=~sure),
    )
    return [Agreement(name=_name(row["element"]), **row) for row in counted.order_by("element")]


def _name(element: str) -> str:
    """Empty for one that an earlier version of the reader knew."""
    return ALL[element].name if element in ALL else ""
