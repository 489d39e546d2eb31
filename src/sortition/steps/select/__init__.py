"""Draw a panel. In: pool and quotas. Out: a folder with panel, lottery, proof and report."""

from sortition.steps.select.document import report_json
from sortition.steps.select.page import render_html
from sortition.steps.select.toward import read_participation, rules_toward

__all__ = ["read_participation", "render_html", "report_json", "rules_toward"]
