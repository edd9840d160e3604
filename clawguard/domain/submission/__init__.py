"""A submitted session: its JSON shape, read strictly, described for OpenAPI, and written back."""

from clawguard.domain.submission.dump import facts_to_dict, to_dict
from clawguard.domain.submission.parser import parse
from clawguard.domain.submission.schema import json_schema
from clawguard.domain.submission.values import ClientRef, Defaults, FieldError, PayerRef, ProviderRef, Submission

__all__ = [
    "ClientRef",
    "Defaults",
    "FieldError",
    "PayerRef",
    "ProviderRef",
    "Submission",
    "facts_to_dict",
    "json_schema",
    "parse",
    "to_dict",
]
