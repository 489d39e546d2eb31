"""The page of a check, in both languages."""

from __future__ import annotations

import pytest

from sortition.core.progress import Silent
from sortition.errors import Finding
from sortition.model import Instance, Language
from sortition.steps.check.demographics import represented
from sortition.steps.check.document import CheckContext, CheckedFile
from sortition.steps.check.page import check_html
from sortition.steps.check.pool import check_pool
from sortition.steps.check.result import Check
from tests.making import blocked, instance, parity

CONTEXT = CheckContext(
    pool=CheckedFile(name="pool.csv", sha256="0" * 64),
    quotas=CheckedFile(name="quotas.csv", sha256="1" * 64),
    population=None,
    options={},
    assumptions=(Finding(code="map-renamed", column="<Køn>", value="sex"),),
    versions={"sortition": "1"},
)


def page_of(problem: Instance, language: Language) -> str:
    check = Check(
        quotas=problem.quotas,
        panel_size=problem.panel_size,
        represented=represented(problem.quotas, {}, problem.panel_size),
        pool=check_pool(problem, solver="highs", progress=Silent()),
    )
    return check_html(check, context=CONTEXT, language=language)


@pytest.mark.parametrize(
    ("language", "heading", "no_panel"),
    [
        ("en", "A panel of 2 people can be drawn", "No panel of 2 people meets the quotas"),
        ("da", "Et panel på 2 personer kan udtrækkes", "Intet panel på 2 personer opfylder"),
    ],
)
def test_the_verdict_is_the_heading(language: Language, heading: str, no_panel: str) -> None:
    assert f"<h1>{heading}" in page_of(blocked(), language)
    assert f"<h1>{no_panel}" in page_of(parity(), language)


def test_people_and_bounds_are_named() -> None:
    page = page_of(blocked(), "en")
    for id in ("P2", "P3", "P4"):
        assert f"<li>{id}</li>" in page
    assert "Who can never be selected" in page
    assert "On every panel" in page


def test_whatever_people_wrote_stays_text() -> None:
    problem = instance(["<b>x</b>", "<b>x</b>"], {"a&b": {"<b>x</b>": (1, 1)}}, 1)
    page = page_of(problem, "en")
    assert "<b>" not in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page
    assert "column &lt;Køn&gt;: This column was read as “sex”." in page


def test_the_page_needs_nothing_beside_itself() -> None:
    page = page_of(blocked(), "da")
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")
