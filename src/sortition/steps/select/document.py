"""The report for programs: ``report.json``."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from json.encoder import encode_basestring as quoted

from sortition.model.fairness import Report

SCHEMA = "sortition-report/1"
NOBODY = '\n "people": []'


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
    document = {"schema": SCHEMA, **asdict(replace(report, people=()))}
    del document["tickets"]["without"]
    text = json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text.replace(NOBODY, _people(report))}\n".encode()


def _people(report: Report) -> str:
    """The people as `json.dumps` would set them, which for 200,000 would take seconds."""
    if not report.people:
        return NOBODY
    people = ",\n".join(
        [
            f'  {{\n   "id": {quoted(one.id)},\n   "probability": {one.probability!r}\n  }}'
            for one in report.people
        ]
    )
    return f'\n "people": [\n{people}\n ]'
