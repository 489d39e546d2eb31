"""Quotas for programs: one JSON document."""

from __future__ import annotations

from sortition import __version__
from sortition.audit.documents import indented
from sortition.steps.quotas.run import MadeQuotas, QuotasOptions
from sortition.steps.quotas.statistics.file import StatisticsFile
from sortition.steps.quotas.writing import QuotaLine
from sortition.tables.numbers import in_digits
from sortition.texts import describe


def quotas_json(made: MadeQuotas, options: QuotasOptions) -> bytes:
    """The quotas and what they were made from, as JSON; shares are pairs of whole numbers."""
    rule, choices = options.apportionment, made.choices
    return indented(
        {
            "schema": "sortition-quotas/1",
            "version": __version__,
            "size": rule.panel_size,
            "method": rule.method,
            "at_least": rule.at_least,
            "width": rule.width,
            "ages": [band.label for band in choices.bands],
            "names": dict(choices.names),
            "quotas": [_line_document(line) for line in made.lines],
            "sources": [_source_document(file) for file in made.statistics.files],
            "assumed": [describe(found) for found in made.statistics.assumed],
        }
    )


def _line_document(line: QuotaLine) -> dict[str, object]:
    return {
        "feature": line.feature,
        "value": line.value,
        "min": line.lower,
        "max": line.upper,
        "population": in_digits(line.people),
        "share": [line.share.numerator, line.share.denominator],
        "seats": line.seats,
    }


def _source_document(file: StatisticsFile) -> dict[str, object]:
    return {
        "file": file.table.file,
        "sheet": file.table.sheet,
        "sha256": file.table.digest,
        "area": file.area,
        "time": file.time,
        "features": [count.feature for count in file.features],
        "left_out": in_digits(file.left_out),
    }
