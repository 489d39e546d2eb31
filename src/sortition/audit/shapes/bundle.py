"""The files of a published lottery and the shapes of those for programs.

A folder of three parts: ``public`` for everybody, ``sealed`` for an auditor, and the rest, which
holds what people wrote of themselves, for the office alone.
"""

from __future__ import annotations

from sortition.audit.documents import Shape
from sortition.audit.shapes.run import (
    LISTS_SHAPE,
    OPTIONS_SHAPE,
    OTHERS,
    PAGE,
    PANEL,
    REPORT,
    VERSIONS_SHAPE,
    WORKBOOK,
)

PUBLIC, SEALED = "public/", "sealed/"
PUBLIC_PACKED, SEALED_PACKED = "public.zip", "sealed.zip"
PUBLIC_LOTTERY = f"{PUBLIC}lottery.json"
PUBLIC_CERTIFICATE = f"{PUBLIC}certificate.json"
COMMITMENT = f"{PUBLIC}commitment.json"
SHEET = f"{PUBLIC}draw_sheet.html"
VERIFIER = f"{PUBLIC}verify.html"
LOG = f"{PUBLIC}events.jsonl"
DRAW = f"{PUBLIC}draw.json"
STAMP = f"{PUBLIC}commitment.tsr"  # of a third party, where there is one
SEALED_LOTTERY = f"{SEALED}lottery.json"
SEALED_CERTIFICATE = f"{SEALED}certificate.json"
POOL = f"{SEALED}pool.json"
KEY = f"{SEALED}key.txt"
PREPARATION = f"{SEALED}preparation.json"

# what is written before the draw
PUBLISHED = (PUBLIC_LOTTERY, PUBLIC_CERTIFICATE, COMMITMENT, SHEET, VERIFIER)
KEPT = (SEALED_LOTTERY, SEALED_CERTIFICATE, POOL, KEY, PREPARATION)
# what the draw adds for the office, beside the roster of everybody
RESULTS = (PANEL, WORKBOOK, OTHERS, REPORT, PAGE)

COMMITMENT_SHAPE: Shape = {
    # whose draw it is, on which day, and which of its draws
    "about": {"assembly": str, "day": str, "organiser": str, "step": "first draw"},
    "certificate": str,
    "few_tickets": str,  # why there are fewer than a thousand
    "inputs": dict,  # digests of the files that were read, the pool and the quotas among them
    "lottery": str,
    "pool": {"root": str, "size": int},
    "preparation": str,
    "public": {"certificate.json": str, "lottery.json": str, "verify.html": str},
    "schema": "sortition-commitment/2",
    "source": dict,
    "tickets": int,
}
DRAW_SHAPE: Shape = {
    "commitment": str,
    "panel": [str],
    "schema": "sortition-draw/1",
    "source": dict,
    "ticket": int,
}
POOL_SHAPE: Shape = {
    "features": [str],
    # `own` stands for what she wrote of herself, contact details and all; `leaf` for the row of
    # somebody who was erased, with the key that was hers alone
    "people": [
        (
            {"id": str, "key": str, "own": str, "token": str, "values": [str]},
            {"leaf": str, "token": str},
        )
    ],
    "schema": "sortition-pool/3",
}
PREPARATION_SHAPE: dict[str, Shape] = {
    "schema": "sortition-preparation/1",
    "inputs": dict,  # name and digest of each file that was read
    "options": OPTIONS_SHAPE,
    "assumed": [str],
    "complete": bool,
    "lists": LISTS_SHAPE,
    "rows_numbered": bool,
    "seconds": {"read": float, "optimise": float, "decompose": float, "total": float},
    "versions": VERSIONS_SHAPE,
}
