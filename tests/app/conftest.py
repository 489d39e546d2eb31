"""The pages of an assembly, asked in this process or by Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from sortition.app.assembly import Assembly
from sortition.app.keys import Keys
from sortition.app.site import site_of
from tests.browser.conftest import MISSING

from .asking import Visitor


@pytest.fixture
def visitor(tmp_path: Path) -> Visitor:
    """Somebody at the pages of an empty folder."""
    return Visitor.at(tmp_path / "nordby")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the pages of a folder, on a port of this machine."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        keys = Keys.fresh(listening.getsockname()[1])
        app, work = site_of(Assembly(folder=folder), keys, lambda: None)
        config = uvicorn.Config(app, log_level="critical", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            yield keys.address
        finally:
            work.stop()
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=arguments)
        yield opened
        opened.close()
