"""A plan as a list for a spreadsheet, a row a stratum."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from sortition.audit.spreadsheets import neutral
from sortition.model import Language
from sortition.pages.wording import wording
from sortition.steps.plan.strata import Plan, StratumPlan

FIGURES = (
    "population",
    "rate",
    "seats",
    "answers_needed",
    "invitations",
    "expected_answers",
    "chance",
)


def strata_csv(plan: Plan, *, delimiter: str, encoding: str, language: Language) -> bytes:
    """A CSV file of the strata and their invitations, in the dialect of the file they came from.

    It can be read as a table of response rates, in either language. Cells that a spreadsheet would
    take for a formula begin with an apostrophe.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    header = wording(language, "steps/plan").each("list", *FIGURES)
    writer.writerow([*map(neutral, plan.features), *header])
    for stratum in plan.strata:
        labels = map(neutral, stratum.stratum.values)
        writer.writerow([*labels, *_figures(stratum)])
    marked = encoding in {"utf-8-sig", "windows-1252"}
    return out.getvalue().encode("utf-8-sig" if marked else "utf-8")


def _figures(planned: StratumPlan) -> Iterator[str]:
    people = planned.stratum.population
    yield "" if people is None else str(people)
    yield f"{float(planned.belief.rate):.9f}"
    yield f"{planned.seats:.2f}"
    yield str(planned.needed)
    yield str(planned.invitations)
    yield f"{planned.expected_answers:.1f}"
    yield f"{planned.chance:.4f}"
