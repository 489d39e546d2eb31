"""One program file: by double-click the pages of an assembly, in a terminal the commands."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path

from sortition.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()  # workers are started as this same file
    if len(sys.argv) == 1:
        sys.argv += ["app", str(Path(sys.executable).resolve().parent / "assembly")]
    main()
