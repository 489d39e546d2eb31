"""Draw a panel. In: pool and quotas. Out: a folder with panel, lottery, proof and report."""

from sortition.steps.select.document import report_json
from sortition.steps.select.page import render_html
from sortition.steps.select.ready import Options as SelectOptions
from sortition.steps.select.run import Run as Selected
from sortition.steps.select.run import run as select_panel
from sortition.steps.select.toward import prepare_toward, read_participation

__all__ = [
    "SelectOptions",
    "Selected",
    "prepare_toward",
    "read_participation",
    "render_html",
    "report_json",
    "select_panel",
]
