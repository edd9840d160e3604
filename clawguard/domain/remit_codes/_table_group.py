"""Our default readings of claim adjustment group codes.

Labels are our own words; a reading is where to look first, never a verdict.
Each row: code, label, signal of a takeback, reading, confidence, facts needed, next step.
"""

ROWS = (
    (
        "CO",
        "Contract obligation: not billable to client",
        "context",
        "ambiguous",
        "low",
        "needs CARC",
        "read CARC/RARC",
    ),
    ("PR", "Client responsibility", "context", "client", "low", "needs CARC", "read CARC/RARC"),
    ("OA", "Other adjustment", "context", "ambiguous", "low", "needs CARC", "read CARC/RARC"),
    ("PI", "Payer-initiated reduction", "context", "payer", "low", "needs CARC", "read CARC/RARC"),
    ("CR", "Correction or reversal (old group code)", "strong", "ambiguous", "low", "needs CARC", "read CARC/RARC"),
)
