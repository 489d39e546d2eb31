"""The report for programs: ``report.json``."""

from __future__ import annotations

import json
from dataclasses import asdict

from sortition.model.fairness import Report

SCHEMA = "sortition-report/1"


def report_json(report: Report) -> bytes:
    """The figures of a report as a JSON document.

    Parameters
    ----------
    report : Report
        Its fields, in their order, are those of the document, except `Tickets.without`.

    Returns
    -------
    bytes
        UTF-8, indented by one space, with a final newline.
    """
    document = {"schema": SCHEMA, **asdict(report)}
    del document["tickets"]["without"]
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode()
