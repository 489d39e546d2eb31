"""What `make release-check` runs on an installed package, here on a small pool in this process."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from tests.cli.running import POOL, QUOTAS, ROOT, sortition


@pytest.fixture
def release() -> ModuleType:
    spec = spec_from_file_location("check_release", ROOT / "scripts" / "check_release.py")
    assert spec and spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_main_path_of_a_release_is_one_that_the_commands_take(
    release: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pool.csv").write_text(POOL, encoding="utf-8")
    (tmp_path / "quotas.csv").write_text(QUOTAS, encoding="utf-8")

    def run(folder: str, *arguments: str) -> str:
        outcome = sortition(*arguments, cwd=Path(folder))
        assert outcome.code == 0, outcome.stderr
        return outcome.stdout

    for name, value in {
        "POOL": "pool.csv",
        "QUOTAS": "quotas.csv",
        "AGREED": ("--size", "2"),
        "run": run,
    }.items():
        monkeypatch.setattr(release, name, value)
    release.publish_draw_and_verify(str(tmp_path))
    assert (tmp_path / "lottery" / "public" / "draw.json").is_file()
