"""What a notebook got beside what a command wrote.

Left out are the time that each of them took, and the codes of letters, which are secret.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.cli.running import contents, sortition

TIMED = {"report.json", "report.html", "compare.json", "compare.html"}
LETTERS, LETTERS_WORKBOOK, LOG = "letters.csv", "letters.xlsx", "events.jsonl"
TOOK = re.compile(r"(?:&lt; )?\d+[.,]\d\d(?=</dd>|</td>\s*</tr>)")  # as the pages show seconds


def command(*words: str | Path, cwd: Path) -> None:
    """Run a command that succeeds."""
    done = sortition(*words, cwd=cwd)
    assert done.code == 0, done.stderr


def timeless(folder: Path) -> Mapping[str, object]:
    """All files of a folder, by their paths."""
    files = contents(folder)
    assert files
    return {name: _timeless(name, data) for name, data in files.items()}


def _timeless(name: str, data: bytes) -> object:
    if name.endswith(".html"):
        return TOOK.sub("…", data.decode())
    if name == LETTERS:
        return [line.partition(",")[2] for line in data.decode().splitlines()]
    if name == LETTERS_WORKBOOK:
        sheet = load_workbook(BytesIO(data)).active
        assert sheet is not None
        return [row[1:] for row in sheet.iter_rows(values_only=True)]
    if name == LOG:
        return [json.loads(line)["event"] for line in data.decode().splitlines()]
    if name in {"manifest.json", *TIMED}:
        return _without_time(json.loads(data))
    return data


def _without_time(document: Any) -> Any:
    if isinstance(document, dict):
        return {
            key: _without_time(part)
            for key, part in document.items()
            if key != "seconds" and key not in {LETTERS, LETTERS_WORKBOOK, *TIMED}
        }
    return [_without_time(part) for part in document] if isinstance(document, list) else document
