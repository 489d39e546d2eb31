"""The report of a selection: a page for people and a document for programs."""

from sortition.report.context import Context, InputDigests
from sortition.report.document import report_json
from sortition.report.html import render_html
from sortition.report.wording import Language

__all__ = ["Context", "InputDigests", "Language", "render_html", "report_json"]
