"""The machine that a measurement was made on, without anything that names it or its user."""

from __future__ import annotations

import os
import platform
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("sortition", "numpy", "pulp", "highspy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The machine.

    Attributes
    ----------
    cpu : str
        The model, as the processor calls itself.
    cores : int
        How many processors the operating system sees.
    memory_gb : float
        Gigabytes (10**9 bytes).
    system : str
        The operating system and its version.
    python : str
    """

    cpu: str
    cores: int
    memory_gb: float
    system: str
    python: str


def this_machine() -> Machine:
    """What can be learnt about this machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return Machine(
        cpu=_cpu() or platform.machine(),
        cores=os.cpu_count() or 1,
        memory_gb=round(memory / 1e9, 1),
        system=_system(),
        python=platform.python_version(),
    )


def versions() -> dict[str, str]:
    """The versions of this package and of what it computes with."""
    return {name: version(name) for name in PACKAGES}


def _cpu() -> str:
    if platform.system() == "Darwin":
        asked = ["/usr/sbin/sysctl", "-n", "machdep.cpu.brand_string"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
        return answer.stdout.strip()
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text(encoding="utf-8").splitlines() if facts.exists() else []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return models[0] if models else ""


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        name = ""
    kernel = f"{platform.system()} {platform.release()}"
    return f"{name}, {kernel}" if name else kernel
