"""What the payer's codes say by themselves, where no fact of a topic decides."""

from __future__ import annotations

from clawguard.domain.attribution.grounds import Confidence, Ground, Look, Question, Remarks, has_reason, listed
from clawguard.domain.attribution.topics import topic_of
from clawguard.domain.clauses import Party
from clawguard.domain.remit_codes import CodeSet, Reading, RemitCode

_COST_SHARE = frozenset({"1", "2", "3"})  # CARC: deductible, coinsurance, copay


def unknown_codes(look: Look) -> Remarks:
    """A code that our table does not know is asked about, never guessed at."""
    for code in _all(look):
        if not code.known:
            text = f"What does {code.code_set.value.upper()} {code.code} mean? It is not in our table."
            yield Question(code.code_set.value, "payer", text, Party.OPEN)


def claim_handling(look: Look) -> Remarks:
    """Codes that speak of how the claim was built, addressed or followed up: the network's work."""
    read = _untopical(look, Reading.NETWORK)
    sure = tuple(code for code in read if code.confidence != "low")
    if sure:
        high = any(code.confidence == "high" for code in sure)
        detail = f"The payer names the handling of the claim, {listed(sure)}."
        confidence = Confidence.HIGH if high else Confidence.MEDIUM
        yield Ground("network.claim_handling", confidence, has_reason(sure), detail)
    yield from _ask(tuple(code for code in read if code not in sure), Party.NETWORK)


def payer_change(look: Look) -> Remarks:
    read = _untopical(look, Reading.PAYER)
    sure = tuple(code for code in read if code.confidence != "low")
    if sure:
        detail = f"The payer changed its own terms, {listed(sure)}."
        yield Ground("payer.own_change", Confidence.MEDIUM, has_reason(sure), detail)
    yield from _ask(tuple(code for code in read if code not in sure), Party.PAYER)


def client_share(look: Look) -> Remarks:
    read = _untopical(look, Reading.CLIENT)
    share = tuple(code for code in read if _is_share(code))
    other = tuple(code for code in read if code not in share)
    if share:
        yield Ground("client.cost_share", Confidence.HIGH, has_reason(share), f"The client's share, {listed(share)}.")
    if other:
        detail = f"For the client to settle, {listed(other)}."
        yield Ground("client.information", Confidence.MEDIUM, has_reason(other), detail)


def accounting(look: Look) -> Remarks:
    read = _untopical(look, Reading.NEUTRAL)
    if not look.codes:
        read = tuple(code for code in _scene(look) if code.known and code.reading is Reading.NEUTRAL)
    if read:
        yield Ground("none.accounting", Confidence.MEDIUM, has_reason(read), f"Bookkeeping only, {listed(read)}.")


def ambiguous(look: Look) -> Remarks:
    """A code that could be anybody's names what would settle it.

    Group codes only set the scene of reason codes. What was taken from the account needs a reason, and what comes with
    almost every remittance is none.
    """
    yield from _ask(_untopical(look, Reading.AMBIGUOUS), Party.OPEN)
    groups = () if look.codes else _groups(look)
    account = _account(look) if all(_comes_anyway(code) for code in look.codes) else ()
    for code in groups + account:
        if code.known and code.reading is not Reading.NEUTRAL:
            text = f"{listed((code,))}: which reason code stands behind it?"
            yield Question("carc", "payer", text, Party.OPEN)


def _ask(codes: tuple[RemitCode, ...], may_show: Party) -> Remarks:
    for code in codes:
        needed = f" Needed: {code.facts_needed}." if code.facts_needed else ""
        yield Question(code.code_set.value, "staff", f"What is behind {listed((code,))}?{needed}", may_show)


def _untopical(look: Look, reading: Reading) -> tuple[RemitCode, ...]:
    return tuple(code for code in look.codes if code.known and code.reading is reading and topic_of(code) is None)


def _comes_anyway(code: RemitCode) -> bool:
    return code.reading is Reading.NEUTRAL or _is_share(code)


def _is_share(code: RemitCode) -> bool:
    return code.code_set is CodeSet.CARC and code.code in _COST_SHARE


def _groups(look: Look) -> tuple[RemitCode, ...]:
    return tuple(look.tables.remit_codes.read(CodeSet.GROUP, code) for code in look.facts.group)


def _account(look: Look) -> tuple[RemitCode, ...]:
    return tuple(look.tables.remit_codes.read(CodeSet.PLB, code) for code in look.facts.plb)


def _scene(look: Look) -> tuple[RemitCode, ...]:
    return _groups(look) + _account(look)


def _all(look: Look) -> tuple[RemitCode, ...]:
    return look.codes + _scene(look)
