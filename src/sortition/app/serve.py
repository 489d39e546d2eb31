"""Start the pages on this machine, and open the browser."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import uvicorn

from sortition.app.assembly import Assembly
from sortition.app.keys import HOSTS, Keys
from sortition.app.site import load, site_of

LEAVING = 3.0  # seconds that a task has to end when the program does


def serve(folder: Path, *, port: int, browse: bool, say: Callable[[str], None]) -> None:
    """Serve the pages of an assembly until somebody stops it.

    Parameters
    ----------
    folder : Path
    port : int
        0: one that is free.
    browse : bool
        Whether the browser is opened.
    say : callable
        Is given the address, once requests are heard.

    Raises
    ------
    OSError
        If nothing can listen at this port.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.bind((HOSTS[0], port))
        listening.listen()
        keys = Keys.fresh(listening.getsockname()[1])
        server: uvicorn.Server

        def close() -> None:
            server.should_exit = True

        app, work = site_of(Assembly(folder=folder), keys, close)
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                access_log=False,  # addresses and forms are nobody's business
                log_level="critical",
                lifespan="off",
                loop="asyncio",
                server_header=False,
                timeout_graceful_shutdown=2,
                ws="none",
            )
        )
        say(keys.address)
        threading.Thread(target=load, daemon=True).start()
        if browse:
            threading.Thread(target=webbrowser.open, args=(keys.address,), daemon=True).start()
        try:
            server.run(sockets=[listening])
        finally:
            work.stop()
            work.wait(LEAVING)
