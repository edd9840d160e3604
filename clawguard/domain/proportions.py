"""A share with what can be said of it: small numbers get a wide interval, and very small ones none."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

FEWEST = 20  # judged findings below which a share is not stated
Z95 = 1.959964  # of the normal distribution, for an interval that holds 95 times in 100


class Share(NamedTuple):
    """``part`` of ``whole``. The three numbers are None where there is too little to say anything."""

    part: int
    whole: int
    value: float | None
    low: float | None
    high: float | None


def share(part: int, whole: int, *, fewest: int = FEWEST) -> Share:
    """The share with its 95 % interval after Wilson, which stays honest near 0 and 1 where the usual one does not.

    Raises ValueError when ``part`` is no part of ``whole``. Source: E. B. Wilson, Journal of the American Statistical
    Association 22 (1927), 209.
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole} is no share")
    if whole < max(fewest, 1):
        return Share(part, whole, None, None, None)
    value, spread = part / whole, Z95 * Z95 / whole
    middle = (value + spread / 2) / (1 + spread)
    reach = Z95 * sqrt(value * (1 - value) / whole + spread / (4 * whole)) / (1 + spread)
    return Share(part, whole, value, max(0.0, middle - reach), min(1.0, middle + reach))
