"""The report for programs: ``report.json``."""

from __future__ import annotations

from dataclasses import asdict, replace
from json.encoder import encode_basestring as quoted

from sortition.model.fairness import Report
from sortition.pages.printed import DIGITS, printed

SCHEMA = "sortition-report/2"
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
        UTF-8, indented by one space, with a final newline; figures to nine decimals.
    """
    short = replace(report, people={}, tickets=replace(report.tickets, without=()))
    document = {"schema": SCHEMA, **asdict(short), "people": []}
    del document["tickets"]["without"]
    return printed(document).replace(NOBODY.encode(), _people(report).encode(), 1)


def _people(report: Report) -> str:
    """The people as `json.dumps` would set them, which for 200,000 would take seconds."""
    if not report.people:
        return NOBODY
    # many people have the same chance
    chances = {chance: repr(round(chance, DIGITS)) for chance in {*report.people.values()}}
    people = ",\n".join(
        [
            f'  {{\n   "id": {quoted(id)},\n   "probability": {chances[chance]}\n  }}'
            for id, chance in report.people.items()
        ]
    )
    return f'\n "people": [\n{people}\n ]'
