from __future__ import annotations

from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest

from sortition.errors import InputErrors
from sortition.pages.sender import NOBODY, SENDER, sender_of
from tests.cli.running import sortition, write_inputs

PNG = b"\x89PNG\r\n\x1a\n"
PROJECT = """\
assembly = "Nordby <Borgerting>"
organiser = "Nordby Kommune"
contact = "Mette"
dated = 2027-03-06
logo = "logo.png"
"""


def test_the_project_file_is_the_sender_of_every_page(tmp_path: Path) -> None:
    (tmp_path / "assembly.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "logo.png").write_bytes(PNG)
    write_inputs(tmp_path)
    done = sortition(
        "check", "pool.csv", "quotas.csv", "--size", "2", "--language", "da", "--out", "out",
        cwd=tmp_path,
    )  # fmt: skip
    assert done.code == 0, done.stderr
    html = (tmp_path / "out" / "check.html").read_text(encoding="utf-8")
    assert "Nordby &lt;Borgerting&gt; · Nordby Kommune<br>6. marts 2027" in html
    assert f'src="data:image/png;base64,{b64encode(PNG).decode()}"' in html
    assert "style-src 'unsafe-inline'; img-src data:" in html
    assert "Spørgsmål: Mette" in html


@pytest.mark.parametrize(
    ("logo", "code"), [("logo.docx", "logo-kind"), ("none.png", "file-missing")]
)
def test_a_logo_that_cannot_be_shown(tmp_path: Path, logo: str, code: str) -> None:
    (tmp_path / "assembly.toml").write_text(f'logo = "{logo}"\n')
    with pytest.raises(InputErrors) as caught:
        sender_of(tmp_path / "assembly.toml")
    assert [fault.code for fault in caught.value.faults] == [code]


def test_a_large_logo_is_refused(tmp_path: Path) -> None:
    (tmp_path / "assembly.toml").write_text('logo = "logo.svg"\n')
    (tmp_path / "logo.svg").write_bytes(b" " * 300_001)
    with pytest.raises(InputErrors):
        sender_of(tmp_path / "assembly.toml")


def test_nobody_said_who(tmp_path: Path) -> None:
    assert sender_of(tmp_path / "assembly.toml") == NOBODY
    assert SENDER.get().dated is None or isinstance(SENDER.get().dated, date)
