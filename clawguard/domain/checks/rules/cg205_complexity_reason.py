"""Interactive complexity is billed for a reason that does not count.

Source: NGS Medicare mental-health billing: an interpreter or a translation alone is not what the code is for.
"""

from collections.abc import Iterator

from clawguard.domain.checks.context import Context
from clawguard.domain.checks.finding import Finding, Severity
from clawguard.domain.checks.registry import check
from clawguard.domain.checks.sources import NGS_MENTAL_HEALTH
from clawguard.domain.facts import SessionFacts

_CODE = "90785"
_LANGUAGE_ONLY = frozenset({"interpreter", "interpretation", "translation", "translator", "language"})


@check(
    id="CG205",
    version=1,
    title="Interactive complexity for language alone",
    category="pairs",
    severity=Severity.ERROR,
    source=NGS_MENTAL_HEALTH,
    codes=frozenset({_CODE}),
    reads=("documented",),
    suggested_step="Ask what made communication complex beside the language, or remove the add-on.",
    provider_message=(
        "Interactive complexity is not meant for interpreting alone. If something else made communication complex, "
        "tell us or send the note; if not, remove the add-on."
    ),
    request_items=("progress_note", "explanation"),
)
def complexity_reason(session: SessionFacts, context: Context) -> Iterator[Finding]:
    factor = session.documented.complexity_factor
    if factor is None or factor.strip().lower() not in _LANGUAGE_ONLY:
        return
    for line in session.service_lines:
        if line.code == _CODE:
            yield complexity_reason.finding(
                session,
                "90785 is billed, and the only reason stated is language interpreting.",
                evidence={"code": _CODE, "stated_reason": "language"},
                line=line,
            )
