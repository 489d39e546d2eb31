"""The report of a selection: a page for people and a document for programs."""

from sortition.report.context import Context, InputDigests
from sortition.report.document import report_json
from sortition.report.html import render_html

__all__ = ["Context", "InputDigests", "render_html", "report_json"]
