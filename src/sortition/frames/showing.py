"""How a result shows itself: one line as text, a small table as HTML, and nobody's data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

import pandas as pd

from sortition.errors import Finding
from sortition.frames.telling import said
from sortition.model.fairness import QuotaOutcome

COLUMNS = ["code", "file", "sheet", "row", "column", "said"]


class Shown:
    """A result that prints a sentence of itself, and a table in a notebook."""

    def _headline(self) -> str:
        raise NotImplementedError

    def _facts(self) -> Mapping[str, str]:
        """What stands below the headline, by its name."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self._headline()

    def _repr_html_(self) -> str:
        rows = "".join(
            f"<tr><th style='text-align:left'>{escape(name)}</th>"
            f"<td style='text-align:left'>{escape(fact)}</td></tr>"
            for name, fact in self._facts().items()
        )
        return f"<p><strong>{escape(self._headline())}</strong></p><table>{rows}</table>"


def findings_frame(findings: Iterable[Finding]) -> pd.DataFrame:
    """Findings as a frame: a row each, with its place and its sentence."""
    rows = [(one.code, one.file, one.sheet, one.row, one.column, said(one)) for one in findings]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"row": "Int64"})


def quotas_frame(outcomes: Iterable[QuotaOutcome], *, selected: bool) -> pd.DataFrame:
    """Quotas as a frame by feature and value: bounds, pool, expected and, if drawn, selected."""
    columns = ["lower", "upper", "pool", "expected", *(["selected"] if selected else [])]
    rows = {
        (one.feature, one.value): [getattr(one, column) for column in columns] for one in outcomes
    }
    index = pd.MultiIndex.from_tuples(list(rows), names=["feature", "value"])
    return pd.DataFrame(list(rows.values()), index=index, columns=columns)


def percent(chance: float) -> str:
    """A chance as per cent, with three digits."""
    return f"{100 * chance:.3g} %"
