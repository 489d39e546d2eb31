from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from sortition.pages.compiled import Compiled


@pytest.fixture
def templates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "compiled"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    folder = tmp_path / "templates"
    folder.mkdir()
    return folder


def shown(folder: Path) -> str:
    environment = Environment(loader=FileSystemLoader(folder), bytecode_cache=Compiled())
    return environment.get_template("page.html").render(name="Mette")


def kept(folder: Path) -> list[Path]:
    return [path for path in (folder.parent / "compiled").rglob("*") if path.is_file()]


def is_compiled(folder: Path) -> bool:
    template = folder / "page.html"
    bucket = Compiled().get_bucket(
        Environment(), "page.html", str(template), template.read_text(encoding="utf-8")
    )
    return bucket.code is not None


def test_a_template_is_compiled_once_for_each_text(templates: Path) -> None:
    template = templates / "page.html"
    template.write_text("Hello {{ name }}", encoding="utf-8")
    assert not is_compiled(templates)
    assert shown(templates) == "Hello Mette"
    assert is_compiled(templates)
    template.write_text("Goodbye {{ name }}", encoding="utf-8")
    assert not is_compiled(templates)
    assert shown(templates) == "Goodbye Mette"
    assert len(kept(templates)) == 1


@pytest.mark.parametrize("damage", [b"", b"not code", None])
def test_damaged_code_is_made_again(templates: Path, damage: bytes | None) -> None:
    (templates / "page.html").write_text("Hello {{ name }}", encoding="utf-8")
    shown(templates)
    (code,) = kept(templates)
    code.write_bytes(code.read_bytes()[:20] if damage is None else damage)
    assert not is_compiled(templates)
    assert shown(templates) == "Hello Mette"
    assert is_compiled(templates)


def test_where_python_keeps_no_code_none_is_kept(
    templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (templates / "page.html").write_text("Hello {{ name }}", encoding="utf-8")
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert shown(templates) == "Hello Mette"
    assert kept(templates) == []


def test_a_page_is_shown_where_nothing_can_be_written(templates: Path) -> None:
    (templates / "page.html").write_text("Hello {{ name }}", encoding="utf-8")
    (templates.parent / "compiled").write_text("no folder", encoding="utf-8")
    assert shown(templates) == "Hello Mette"
