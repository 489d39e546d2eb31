"""The folder of an assembly: which files are what, what was agreed, and one way to change it."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sortition.app.agreed import Setting, with_settings
from sortition.app.digests import stated_digests
from sortition.app.earlier import set_aside, settings_with, versions
from sortition.audit.shapes.bundle import COMMITMENT, DRAW, PREPARATION
from sortition.errors import Finding, InputErrors
from sortition.folders.change import changing
from sortition.folders.settling import settle
from sortition.tables.content import digest_of

if TYPE_CHECKING:
    from sortition.instance.inputs import Inputs

PROJECT = "assembly.toml"
LOTTERY, CHECKED, INTAKE = "lottery", "check", "intake"  # what the commands call these folders
PLAN, INVITATIONS, LETTERS = "plan", "invitations", "letters"
MAP = "map.toml"
INPUTS = ("pool", "quotas", "map")
TABLE_SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """A folder with the files of one assembly, as the commands write them.

    Attributes
    ----------
    folder : Path
    """

    folder: Path

    @property
    def project(self) -> Path:
        """The project file."""
        return self.folder / PROJECT

    @property
    def lottery(self) -> Path:
        """Where the lottery is published and drawn."""
        return self.folder / LOTTERY

    @property
    def checked(self) -> Path:
        """Where the check is written."""
        return self.folder / CHECKED

    def settle(self) -> None:
        """Undo or clear what a program left that died while it changed something here.

        Raises
        ------
        InputErrors
            If somebody is still changing files, or nothing can be written.
        """
        homes = (self.folder, self.lottery, self.folder / LETTERS)
        for place in (self.folder, *(one for home in homes for one in sorted(home.glob("*/")))):
            settle(place)

    def settings(self) -> Mapping[str, Any]:
        """What was agreed, by the keys that every command reads.

        Raises
        ------
        InputErrors
            If the project file is no TOML.
        """
        path = self.folder / PROJECT
        if not path.is_file():
            return {}
        try:
            return tomllib.loads(path.read_text(encoding="utf-8-sig"))
        except (OSError, ValueError, RecursionError):
            # the board does not wait for what reads tables
            from sortition.instance.settings import read_settings  # noqa: PLC0415

            return read_settings(path).document

    def setting(self, key: str) -> Any:
        """What a key says, such as ``size``, or ``intake.files`` for one command alone."""
        value: Any = self.settings()
        for part in key.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        return value

    def text(self, key: str) -> str:
        """A setting as text; empty if it is none."""
        value = self.setting(key)
        return value if isinstance(value, str) else ""

    def size(self) -> int | None:
        """How many people the panel has; None if that is not agreed yet."""
        value = self.settings().get("size")
        return value if type(value) is int and value > 0 else None

    def file(self, key: str) -> Path | None:
        """The file that a setting names, if it is there."""
        return next(iter(self.files(key)), None)

    def files(self, key: str) -> tuple[Path, ...]:
        """The files that a setting names, one or several, those that are there."""
        value = self.setting(key)
        named = value if isinstance(value, list) else [value]
        paths = (self.folder / name for name in named if isinstance(name, str) and name)
        return tuple(path for path in paths if path.is_file())

    def answers(self) -> tuple[Path, ...]:
        """The files that a pool is made of: what came in, and what was settled about it."""
        names = ("files", "exclude", "table", "answers", "invited")
        return tuple(path for name in names for path in self.files(f"intake.{name}"))

    def household(self) -> tuple[str, ...]:
        """The columns of an address."""
        return tuple(filter(None, (name.strip() for name in self.text("household").split(","))))

    def inputs(self) -> Inputs | None:
        """Pool and quotas as the commands read them; None if one of them is not there yet."""
        from sortition.instance.inputs import Inputs  # noqa: PLC0415 - as above

        pool, quotas, size = self.file("pool"), self.file("quotas"), self.size()
        if pool is None or quotas is None or size is None:
            return None
        limit = self.settings().get("household-limit", 1)
        return Inputs(
            pool=pool,
            quotas=quotas,
            panel_size=size,
            id_column=self.text("id") or None,
            household_columns=self.household(),
            household_limit=limit if type(limit) is int else 1,
            mapping=self.file("map"),
            contacts=self.file("contacts"),
        )

    def digests(self, *keys: str) -> dict[str, str]:
        """SHA-256 of what a lottery is made of, or of others by key or name; of those there are."""
        files = {name: self.file(name) or self._plain(name) for name in keys or INPUTS}
        return {name: digest_of(path) for name, path in files.items() if path is not None}

    def _plain(self, name: str) -> Path | None:
        """A file that no setting names, by its own name."""
        path = self.folder / name
        return path if path.suffix and path.is_file() else None

    def keep(
        self,
        files: Mapping[str, bytes],
        seen: Mapping[str, str] | None = None,
        /,
        **settings: Setting | None,
    ) -> None:
        """Write files and settings in one step; what they replace is kept beside them.

        Parameters
        ----------
        files : mapping of str to bytes
            By their name in the folder.
        seen : mapping of str to str, optional
            The digests of the files that somebody had before her, by their keys, empty where there
            was none. If they are others by now, nothing is written.
        **settings : str, int, date, tuple of str or None
            By key, with underscores for dashes; None takes one out.

        Raises
        ------
        InputErrors
            If the folder cannot be written to, or somebody else was quicker.
        """
        with changing(self.folder) as change:
            now = self.digests(*seen) if seen else {}
            if any(now.get(name, "") != digest for name, digest in (seen or {}).items()):
                raise InputErrors((Finding(code="app-changed-meanwhile"),))
            project = self.folder / PROJECT
            before = project.read_text(encoding="utf-8-sig") if project.is_file() else ""
            agreed = {key.replace("_", "-"): value for key, value in settings.items()}
            after = with_settings(before, agreed)
            moved = dict(self._moved(agreed))
            replaced: dict[str, bytes] = {}
            for name, new in files.items():
                former = self._former(name, new, agreed, moved=bool(moved))
                replaced |= set_aside(self.folder, name, former, moved)
            written = {**replaced, **files}
            if after != before:
                written[PROJECT] = after.encode()
            if written:
                change.make(written)

    def earlier(self, name: str) -> tuple[Path, ...]:
        """The former versions of a file, the newest first."""
        return versions(self.folder, name)

    def undo(self, name: str, key: str | None = None) -> None:
        """Make the newest former version of a file the present one, and the present one former.

        Parameters
        ----------
        key : str, optional
            The setting that names the file from now on; without one, the setting comes back too.

        Raises
        ------
        InputErrors
            If there is none.
        """
        former = self.earlier(name)
        if not former:
            raise InputErrors((Finding(code="app-nothing-to-undo"),))
        name = f"{Path(name).stem}{former[0].suffix}"
        named: dict[str, Setting | None] = {key: name} if key else {}
        self.keep({name: former[0].read_bytes()}, **{**settings_with(former[0]), **named})

    def _moved(self, agreed: Mapping[str, Setting | None]) -> Iterator[tuple[str, Setting | None]]:
        """What settings were that become others."""
        for key, value in agreed.items():
            was = self.setting(key)
            was = tuple(was) if isinstance(was, list) else was
            if was != value:
                yield key, was

    def _former(
        self, name: str, new: bytes, agreed: Mapping[str, Setting | None], *, moved: bool
    ) -> Iterator[Path]:
        """What lies under a name, and last what stood for it by the settings until now."""
        named = [self.file(key) for key, value in agreed.items() if value == name]
        own = self.folder / name
        used = next((path for path in named if path is not None), own)
        for path in dict.fromkeys((own, used)):
            if path.is_file() and (path.read_bytes() != new or (moved and path == used)):
                yield path

    def document(self, place: str) -> Any:
        """A JSON document of the folder; None if it is not there or cannot be read."""
        try:
            return json.loads((self.folder / place).read_bytes())
        except (OSError, ValueError, RecursionError):
            return None

    @property
    def published(self) -> bool:
        """Whether a lottery was published."""
        return (self.lottery / COMMITMENT).is_file()

    @property
    def drawn(self) -> bool:
        """Whether it was drawn."""
        return (self.lottery / DRAW).is_file()

    def published_from(self) -> dict[str, str]:
        """The digests of what the lottery was made from."""
        preparation = self.document(f"{LOTTERY}/{PREPARATION}")
        return dict(stated_digests(preparation)) if isinstance(preparation, dict) else {}
