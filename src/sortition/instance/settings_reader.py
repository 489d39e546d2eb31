"""Settings held against what they must be; all that is wrong is told together."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from sortition.errors import Finding
from sortition.instance.settings import Key, Settings
from sortition.tables.labels import fold

TEXT, TEXTS, TABLE = "a text in quotation marks", "a list of texts in quotation marks", "a table"


class SettingsReader:
    """Goes through a document; what is wrong is noted in `faults`, and not returned."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.faults: list[Finding] = []

    def table(self, key: Key, found: Any, known: Collection[str] = ()) -> Mapping[str, Any]:
        """A table with these keys, or with any."""
        if not isinstance(found, dict):
            self.wrong(key, TABLE)
            return {}
        strange = [name for name in found if known and name not in known]
        self.faults += [self.settings.unknown((*key, name), known) for name in strange]
        return {name: inner for name, inner in found.items() if name not in strange}

    def texts(self, key: Key, found: Any) -> dict[str, str]:
        """A table of texts that are not blank, whose keys mean different things."""
        return {
            name: text
            for name, text in self.different(key, found)
            if self.is_text((*key, name), text)
        }

    def different(self, key: Key, found: Any) -> Iterator[tuple[str, Any]]:
        """What a table holds; a key that means the same as an earlier one is a fault."""
        folded: dict[str, str] = {}
        for name, inner in self.table(key, found).items():
            first = folded.setdefault(fold(name), name)
            if first == name:
                yield name, inner
            else:
                place, facts = (*key, name), {"first": first}
                self.faults.append(
                    self.settings.finding(code="map-key-twice", key=place, facts=facts)
                )

    def table_with(
        self, key: Key, found: Any, *, needed: Collection[str], others: Collection[str]
    ) -> Mapping[str, Any]:
        """A table with all keys that it needs, and perhaps others."""
        known = self.table(key, found, (*needed, *others))
        for name in needed:
            if isinstance(found, dict) and name not in known:
                fault = self.settings.finding(
                    code="setting-missing", key=key, facts={"missing": name}
                )
                self.faults.append(fault)
        return known

    def is_text(self, key: Key, found: Any) -> bool:
        """Whether this is a text that is not blank; if not, that is noted."""
        if isinstance(found, str) and not found.strip():
            self.faults.append(self.settings.finding(code="setting-blank", key=key))
            return False
        return self.are_texts(key, [found], TEXT)

    def are_texts(self, key: Key, found: Any, needed: str) -> bool:
        """Whether this is a list of such texts."""
        fits = isinstance(found, list) and bool(found)
        fits = fits and all(isinstance(text, str) and text.strip() for text in found)
        return fits or self.wrong(key, needed)

    def wrong(self, key: Key, needed: str) -> bool:
        """Note that a setting is not what is needed; always false."""
        facts = {"needed": needed}
        self.faults.append(self.settings.finding(code="setting-wrong-type", key=key, facts=facts))
        return False
