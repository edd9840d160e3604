"""835 files: claims parsed in a second beside other parsers, parsed and stored, and matched to very many sessions."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from clawguard.accounts.actors import SYSTEM
from clawguard.bench import rows
from clawguard.bench.figures import Figure, timed
from clawguard.clock import now as read_clock
from clawguard.domain.x12.remit835 import read_remittances
from clawguard.domain.x12.remittance import Adjustment, Payment, RemitClaim, RemitLine, RemitParty, Remittance
from clawguard.domain.x12.writers import write_835
from disputes.models import ClaimMatch, RemittanceClaim, RemittanceLine
from disputes.services import remittances
from disputes.services.remittances import matching

CLAIMS, IN_A_PAYMENT, ROUNDS = 5_000, 100, 5
PROVIDERS = 9_973  # a prime number, so that no client has two sessions on one day
PAYER, PAYEE = RemitParty("EXAMPLE HEALTH", "XV", "60054"), RemitParty("INVENTED NETWORK", "XX", "1999999984")
SOME = """
SELECT s.external_id, c.external_id, p.npi, s.date_of_service
FROM therapy_sessions_therapysession s JOIN therapy_sessions_client c ON c.id = s.client_id
JOIN accounts_provider p ON p.id = s.provider_id ORDER BY md5(s.external_id) LIMIT %s
"""


def measure(size: int) -> list[Figure]:
    """One file of 5,000 claims about ``size`` sessions: half by their ids, a quarter alike, a quarter doubtful."""
    with connection.cursor() as cursor:
        rows.sessions(cursor, size, "S-paid-", PROVIDERS)
        cursor.execute("ANALYZE")
        cursor.execute(SOME, [CLAIMS])
        text = "".join(write_835(_payments(cursor.fetchall()), created=read_clock()))
    claims = text.count("CLP*")
    found = [*_parsers(text, claims), *_stored(text, claims, size)]
    return [*found, _matching(size)]


def _payments(sessions: list[tuple[str, str, str, dt.date]]) -> Iterator[Remittance]:
    claims = [_claim(number, *session) for number, session in enumerate(sessions)]
    for first in range(0, len(claims), IN_A_PAYMENT):
        some = tuple(claims[first : first + IN_A_PAYMENT])
        total = sum((claim.paid or Decimal(0) for claim in some), Decimal(0))
        paid = Payment(abs(total), "ACH", total >= 0, dt.date(2026, 11, 1), f"T-{first}", "1999999999")
        yield Remittance("000000001", f"{first:04}", paid, PAYER, PAYEE, some)


def _claim(number: int, session: str, client: str, npi: str, day: dt.date) -> RemitClaim:
    kind = number % 4
    charge, cut = Decimal("180.00"), Decimal("37.50")
    line = RemitLine(
        "90837", ("95",), "HC", charge, charge - cut, Decimal(1), date=day, adjustments=(Adjustment("CO", "45", cut),)
    )
    return RemitClaim(
        session if kind < 2 else f"X-{number}",
        "1",
        charge,
        charge - cut,
        filing="12",
        payer_claim_id=f"P-{number}",
        member_id=client if kind < 3 else f"C-{number}",
        rendering_npi=npi,
        date=day,
        lines=(line,),
    )


def _parsers(text: str, claims: int) -> Iterator[Figure]:
    content = text.encode()
    taken = [timed(lambda: list(read_remittances([content])))[0] for _ in range(ROUNDS)]
    yield Figure(f"835 of {claims:,} claims parsed", "claims/s", tuple(claims / seconds for seconds in taken))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.835")
        path.write_bytes(content)
        for module, parse in OTHERS.items():
            yield _other(module, parse, str(path), claims)


def _other(module: str, parse: Callable[[Any, str], object], path: str, claims: int) -> Figure:
    """The same file by a parser of the package index; a figure of zero says that it is not installed or stopped."""
    name = f"  by {module}"
    try:
        found = importlib.import_module(module)
    except ImportError:
        return Figure(name, "claims/s", (0.0,), note="not installed")
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            taken = [timed(lambda: parse(found, path))[0] for _ in range(3)]
    except Exception as error:
        return Figure(name, "claims/s", (0.0,), note=f"stopped: {type(error).__name__}")
    finally:
        logging.disable(logging.NOTSET)
    return Figure(name, "claims/s", tuple(claims / seconds for seconds in taken))


def _validate(module: Any, path: str) -> object:
    params = importlib.import_module("pyx12.params").params()
    return module.x12n_document(
        param=params, src_file=path, fd_997=io.StringIO(), fd_html=None, fd_xmldoc=None, map_path=None
    )


OTHERS: dict[str, Callable[[Any, str], object]] = {
    "oxedi": lambda module, path: module.parse_file(path).tables,
    "edi_835_parser": lambda module, path: module.parse(path),
    "pyx12.x12n_document": _validate,
}


def _stored(text: str, claims: int, size: int) -> Iterator[Figure]:
    batch = remittances.receive(SYSTEM, "bench.835", [text.encode()], read_clock(), read=False)

    def whole() -> None:
        while remittances.read_piece(batch.pk, read_clock()):
            continue

    seconds, _ = timed(whole)
    batch.refresh_from_db()
    if batch.rows_refused or RemittanceClaim.objects.count() != claims:
        raise RuntimeError(f"the file was not kept whole: {batch.summary}")
    matched = ClaimMatch.objects.exclude(how="").count()
    name = f"835 parsed, stored and matched to {size:,} sessions"
    yield Figure(name, "claims/s", (claims / seconds,), note=f"{matched:,} of {claims:,} claims have their session")


def _matching(size: int) -> Figure:
    """Matching alone, of claims that are stored already; nothing is written."""
    claims = list(RemittanceClaim.objects.order_by("remittance", "number")[:1_000])
    lines = list(RemittanceLine.objects.filter(claim__in=claims))
    ClaimMatch.objects.filter(claim__in=claims).update(session=None, how="")  # or the payer's number would tell at once
    now = read_clock()
    taken = [timed(lambda: matching.find(matching.of_rows(claims, lines), PAYER.id, now))[0] for _ in range(ROUNDS)]
    return Figure(f"matching one claim among {size:,} sessions", "ms", tuple(t / len(claims) * 1000 for t in taken))
