"""Every sentence of the catalogue, with every place in the source that makes a finding for it.

A place is read as it stands: which codes it can have, and which facts it tells. Facts in a variable
are those that were put into it last in the same function, and facts from a function those that it
returns. Nearly all places can be read so, and the few others are counted.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import sortition
from sortition.texts import OPTIONAL, PLACEHOLDER, sentences

HOME = Path(sortition.__file__).parent
# what stands there can be quoted as nothing
QUOTED = frozenset({"column", "value"})
Scope: TypeAlias = ast.FunctionDef | ast.Module


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place that makes findings.

    Attributes
    ----------
    where : str
        File and line.
    codes : frozenset of str
        Which it can have.
    told : frozenset of str or None
        The facts that it tells; None: that cannot be read off.
    """

    where: str
    codes: frozenset[str]
    told: frozenset[str] | None


@cache
def sites() -> tuple[Site, ...]:
    return tuple(site for path in sorted(HOME.rglob("*.py")) for site in _in_module(path))


def _in_module(path: Path) -> Iterator[Site]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not _makes_finding(node):
            continue
        around = parents[node]
        while not isinstance(around, ast.FunctionDef | ast.Module):
            around = parents[around]
        scope: Scope = around
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        positional = list(node.args)
        code = given.get("code") or (positional.pop(0) if positional else None)
        if code is None:
            continue
        facts = given.get("facts") or next(
            (one for one in positional if isinstance(one, ast.Dict)), None
        )
        codes = _codes(code, scope)
        if codes:
            told = _keys(facts, scope, tree) if facts is not None else frozenset()
            extra = frozenset(str(name) for name in given if name) | _of_table(node)
            where = f"{path.relative_to(HOME)}:{node.lineno}"
            yield Site(where=where, codes=codes, told=None if told is None else told | extra)


def _makes_finding(node: ast.Call) -> bool:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    return name in {"Finding", "finding"} or name == "at"


def _of_table(node: ast.Call) -> frozenset[str]:
    """What a table or a list tells of itself."""
    return frozenset() if isinstance(node.func, ast.Name) else frozenset({"file", "row", "sheet"})


def _catalogued(tree: ast.AST) -> frozenset[str]:
    known = sentences()
    return frozenset(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in known
    )


def _codes(code: ast.expr, scope: Scope) -> frozenset[str]:
    own = _catalogued(code)
    if own:
        return own
    name = code.id if isinstance(code, ast.Name) else ""
    before = _assigned(scope.body, name, code.lineno)
    return _catalogued(before[-1]) if before else frozenset()


def _bound_to(node: ast.AST, name: str) -> Iterator[ast.expr]:
    if isinstance(node, ast.Assign):
        targets, value = node.targets, node.value
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        targets, value = [node.target], node.value
    else:
        return
    named = (one for target in targets for one in ast.walk(target) if isinstance(one, ast.Name))
    if any(one.id == name for one in named):
        yield value


def _keys(facts: ast.expr, scope: Scope, tree: ast.Module) -> frozenset[str] | None:
    """The keys that a mapping has for certain."""
    if isinstance(facts, ast.Dict):
        found: set[str] = set()
        for key, value in zip(facts.keys, facts.values, strict=True):
            if key is None:
                inner = _keys(value, scope, tree)
                if inner is None:
                    return None
                found |= inner
            elif isinstance(key, ast.Constant):
                found.add(str(key.value))
            else:
                return None
        return frozenset(found)
    if isinstance(facts, ast.IfExp):
        return _common([_keys(one, scope, tree) for one in (facts.body, facts.orelse)])
    if isinstance(facts, ast.BoolOp):
        return _common([_keys(one, scope, tree) for one in facts.values])
    if isinstance(facts, ast.BinOp) and isinstance(facts.op, ast.BitOr):
        left, right = (_keys(one, scope, tree) for one in (facts.left, facts.right))
        return None if left is None or right is None else left | right
    if isinstance(facts, ast.Name):
        before = _assigned(scope.body, facts.id, facts.lineno)
        bound = before[-1:] or _assigned(tree.body, facts.id, facts.lineno)[-1:]
        sets = {one for node in ast.walk(scope) for one in _put_into(node, facts.id, tree)}
        common = _common([_keys(value, scope, tree) for value in bound])
        return None if common is None else common | sets
    if isinstance(facts, ast.Call) and isinstance(facts.func, ast.Name):
        for function, module in _functions(facts.func.id, tree):
            return _common(
                [
                    _keys(one.value, function, module)
                    for one in ast.walk(function)
                    if isinstance(one, ast.Return) and one.value is not None
                ]
            )
    return None


def _functions(name: str, tree: ast.Module) -> Iterator[tuple[ast.FunctionDef, ast.Module]]:
    """The function of a name, of this module or of the one that it is imported from."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            yield node, tree
        elif isinstance(node, ast.ImportFrom) and name in {one.name for one in node.names}:
            path = HOME.parent.joinpath(*(node.module or "").split(".")).with_suffix(".py")
            if path.is_file():
                yield from _functions(name, ast.parse(path.read_text(encoding="utf-8")))


def _assigned(body: Sequence[ast.stmt], name: str, line: int) -> list[ast.expr]:
    """What a name stood for before a line, in the order of the lines."""
    found = [
        value
        for statement in body
        for node in ast.walk(statement)
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for value in _bound_to(node, name)
        if node.lineno <= line
    ]
    return sorted(found, key=lambda value: value.lineno)


def _put_into(node: ast.AST, name: str, tree: ast.Module) -> Iterator[str]:
    """The keys that are put into it later."""
    if isinstance(node, ast.AugAssign) and getattr(node.target, "id", "") == name:
        yield from _keys(node.value, tree, tree) or ()
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if (
                isinstance(target, ast.Subscript)
                and getattr(target.value, "id", "") == name
                and isinstance(target.slice, ast.Constant)
            ):
                yield str(target.slice.value)


def _common(found: list[frozenset[str] | None]) -> frozenset[str] | None:
    known = [one for one in found if one is not None]
    return frozenset.intersection(*known) if known and len(known) == len(found) else None


def test_nearly_all_places_can_be_read() -> None:
    unread = [site.where for site in sites() if site.told is None]
    assert len(sites()) > 700
    assert len(unread) * 30 < len(sites()), unread


def test_every_finding_tells_what_its_sentence_needs() -> None:
    lacking = {
        (site.where, code): needed - site.told
        for site in sites()
        if site.told is not None
        for code in site.codes
        if not (needed := _needed(code)) <= site.told
    }
    assert lacking == {}


def _needed(code: str) -> frozenset[str]:
    """What the sentence names and cannot do without; Danish ones name the same."""
    return frozenset(PLACEHOLDER.findall(OPTIONAL.sub("", sentences()[code]))) - QUOTED
