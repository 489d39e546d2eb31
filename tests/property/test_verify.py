"""Whatever is changed in a run is found, as far as docs/verify.md says so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.verify import examine
from sortition.model import below
from tests.audit.forging import Documents, Files, documents, drawn_again, make_run, sealed
from tests.budgets import examples

# What no other file contradicts; an announced digest of the manifest binds it all the same.
FREE = re.compile(
    r"manifest\.(inputs\.\w+\.file|inputs\.map|versions\.\w+|same(\.\w+)?|assumed.*|seed_given|complete"
    r"|options\.(id|solver|time_limit|language|household(\.\d+)?"
    r"|pool_sheet|quotas_sheet|from_cpr|age_on|keep_cpr))"
)
# How long it took; another proof of the same bound; the gamma of no goldilocks.
MEANS_NOTHING = re.compile(
    r"report\.seconds\..*|certificate\.gamma.*"
    r"|certificate\.proofs\.\d+\.(weights|counterweights|multipliers)\.\d+"
)
# Who lives with whom, which the lottery does not say.
HOMES = re.compile(r"certificate\.(groups\.\d+|groups|rows\.[78].*)")
STEPS = {"reached": 10**12}


class Folder:
    """A folder whose files are changed and put back."""

    def __init__(self, path: Path, files: Files) -> None:
        self._path, self.files = path, files
        self._now = dict.fromkeys(files, b"")

    def holds(self, files: Files, announced: str | None = None) -> bool:
        for name in self.files:
            if name not in files:
                (self._path / name).unlink(missing_ok=True)
            elif self._now.get(name) != files[name]:
                (self._path / name).write_bytes(files[name])
        self._now = files
        return examine(self._path, announced=announced).holds


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    files = make_run(tmp_path_factory.mktemp("run"))
    return Folder(tmp_path_factory.mktemp("changed"), files)


NAMES = (
    "certificate.json",
    "lottery.json",
    "manifest.json",
    "not_selected.csv",
    "roster.json",
    "panel.csv",
    "panel.xlsx",
    "report.html",
    "report.json",
)


@settings(max_examples=examples(37))
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_a_change_of_bytes(folder: Folder, data: st.DataObject, name: str) -> None:
    before = folder.files[name]
    place = data.draw(st.integers(0, len(before) - 1))
    byte = bytes([data.draw(st.integers(0, 255))])
    after = data.draw(
        st.sampled_from(
            [
                before[:place] + byte + before[place + 1 :],
                before[:place] + byte + before[place:],
                before[:place] + before[place + 1 :],
                before[:place],
                before + byte,
                None,
            ]
        )
    )
    assume(after != before)
    changed = {other: one for other, one in folder.files.items() if other != name}
    if after is not None:
        changed[name] = after
    assert not folder.holds(changed, announced=digest(folder.files["manifest.json"]))
    assert not folder.holds(changed) or (name == "manifest.json" and only_free(before, after))


def only_free(before: bytes, after: bytes | None) -> bool:
    """Whether two manifests differ in places alone that nothing contradicts."""
    one, other = (dict(leaves(json.loads(text or b"null"), "manifest")) for text in (before, after))
    return all(
        FREE.fullmatch(place)
        for place in one.keys() | other.keys()
        if one.get(place) != other.get(place)
    )


@settings(max_examples=examples(37))
@given(data=st.data(), name=st.sampled_from(["lottery", "certificate", "report", "manifest"]))
def test_a_change_that_is_sealed(folder: Folder, data: st.DataObject, name: str) -> None:
    changed = documents(folder.files)
    place = _change(data, getattr(changed, name), name)
    assume(not MEANS_NOTHING.fullmatch(place) and not HOMES.fullmatch(place))
    forgery = _sealed(folder.files, changed, again=data.draw(st.booleans()))
    assume(forgery != folder.files)
    assert not folder.holds(forgery, announced=digest(folder.files["manifest.json"]))
    if not FREE.fullmatch(place):
        assert not folder.holds(forgery), place


@settings(max_examples=examples(25))
@given(data=st.data())
def test_tickets_that_change_hands(folder: Folder, data: st.DataObject) -> None:
    changed = documents(folder.files)
    panels = changed.lottery["panels"]
    giver, taker = data.draw(
        st.lists(st.sampled_from(range(len(panels))), min_size=2, max_size=2, unique=True)
    )
    count = data.draw(st.integers(1, panels[giver]["weight"]))
    panels[giver]["weight"] -= count
    panels[taker]["weight"] += count
    changed.lottery["panels"] = [panel for panel in panels if panel["weight"]]
    domain = f"draw/{digest(canonical_json(changed.lottery))}"
    # another lottery may draw the same ticket, once in so many times as there are tickets
    assume(below(200, seed="1", domain=domain) != changed.manifest["ticket"])
    assert not folder.holds(sealed(folder.files, changed))


@settings(max_examples=examples(25))
@given(seed=st.text("0123456789 abcæøå-", max_size=12))
def test_another_seed(folder: Folder, seed: str) -> None:
    changed = documents(folder.files)
    domain = f"draw/{digest(folder.files['lottery.json'])}"
    assume(below(200, seed=seed, domain=domain) != changed.manifest["ticket"])
    changed.manifest["seed"] = changed.report["seed"] = seed
    assert not folder.holds(sealed(folder.files, changed))


def _sealed(files: Files, changed: Documents, *, again: bool) -> Files:
    """Sealed again, and drawn again if anything can still be drawn."""
    if again:
        with suppress(IndexError, KeyError, TypeError, ValueError):
            files = {**files, **drawn_again(files, changed)}
    return sealed(files, changed)


def leaves(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    """The places of a document that hold no other places, and what they hold."""
    if isinstance(value, dict):
        yield f"{place}.", list(value)
        for key, inner in value.items():
            yield from leaves(inner, f"{place}.{key}")
    elif isinstance(value, list):
        yield f"{place}.", len(value)
        for number, inner in enumerate(value):
            yield from leaves(inner, f"{place}.{number}")
    else:
        yield place, value


def _change(data: st.DataObject, document: Any, name: str) -> str:
    """Change one place of a document, any one of them; say which."""
    holder: Any = None
    key: Any = None
    value, place = document, name
    while isinstance(value, (dict, list)) and value:
        if holder is not None and data.draw(st.integers(0, 5)) == 0:
            break
        keys = list(value) if isinstance(value, dict) else range(len(value))
        holder, key = value, data.draw(st.sampled_from(keys))
        value, place = holder[key], f"{place}.{key}"
    if data.draw(st.integers(0, 9)) == 0:
        del holder[key]
        # a list is another list without one of its items
        return place if isinstance(holder, dict) else place.rpartition(".")[0]
    holder[key] = _other(data, value, place)
    return place


def _other(data: st.DataObject, value: Any, place: str) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        step = next((STEPS[part] for part in place.split(".") if part in STEPS), 1)
        return value + data.draw(st.sampled_from([-step, step]))
    if isinstance(value, float):
        return value + data.draw(st.sampled_from([-1e-6, 1e-6]))
    if isinstance(value, str):
        return data.draw(st.sampled_from([value + "x", value[:-1], value.upper() + " ", ""]))
    if value is None:
        return data.draw(st.sampled_from([0, 1, 1.0, "x"]))
    if isinstance(value, dict):
        return dict(reversed(value.items()))
    kind = data.draw(st.sampled_from(["reverse", "drop", "repeat", "rotate"]))
    return {
        "reverse": value[::-1],
        "drop": value[1:],
        "repeat": [*value, *value[-1:]],
        "rotate": [*value[1:], *value[:1]],
    }[kind]
