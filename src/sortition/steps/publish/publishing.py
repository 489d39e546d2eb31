"""Make what is published before the draw, and what is kept under seal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from secrets import token_bytes

from sortition.audit.bundle import merkle
from sortition.audit.bundle.pool import is_reserved, leaves, own_digest
from sortition.audit.bundle.tokens import KEY_BYTES, nonce, preparation_digest, token
from sortition.audit.canonical import Json, canonical_json, digest
from sortition.audit.certificate.file import certificate_file
from sortition.audit.certificate.public import largest_deviation
from sortition.audit.certificate.sharing import shared
from sortition.audit.draw.sources import Source
from sortition.audit.lottery.file import lottery_file, read_lottery
from sortition.audit.lottery.public import public_lottery
from sortition.audit.shapes.bundle import (
    COMMITMENT,
    POOL,
    PUBLIC_CERTIFICATE,
    PUBLIC_LOTTERY,
    SEALED_CERTIFICATE,
    SEALED_LOTTERY,
    VERIFIER,
)
from sortition.errors import Finding, InputErrors
from sortition.model import Instance, Lottery, Panel, Pool, Share
from sortition.selection.preparation import PreparedLottery


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose draw it is, so that of two commitments none can be forgotten.

    Attributes
    ----------
    assembly, organiser : str
    day : str
        Of the draw, as ``2031-12-01``.
    few_tickets : str
        Why there are fewer than a thousand tickets; empty if there are not.
    """

    assembly: str
    organiser: str
    day: str
    few_tickets: str = ""

    def document(self) -> Json:
        """What stands in a commitment."""
        return {
            "assembly": self.assembly,
            "day": self.day,
            "organiser": self.organiser,
            "step": "first draw",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A lottery ready to be published.

    Attributes
    ----------
    prepared : PreparedLottery
        With tokens in place of ids.
    documents : dict of str to bytes
        By their place in the folder; see `sortition.audit.shapes.bundle`.
    announced : str
        The digest to announce: SHA-256 of the commitment, which stands for all else.
    """

    prepared: PreparedLottery
    documents: dict[str, bytes]
    announced: str


def publish(
    prepared: PreparedLottery,
    *,
    key: bytes,
    source: Source,
    about: About,
    own: Mapping[str, Mapping[str, str]],
    inputs: Mapping[str, str],
    preparation: bytes,
    page: bytes,
    share: Share = "chances",
) -> Publication:
    """Make the documents of a published lottery.

    Parameters
    ----------
    prepared : PreparedLottery
    key : bytes
        Random; of the digests of files that are not public.
    source : Source
        Where the chance of the draw will come from.
    about : About
    own : mapping of str to mapping
        What each person wrote of herself, by id and column.
    inputs : mapping of str to str
        Keyed digests of the files of the pool and of the quotas.
    preparation : bytes
        How the lottery was made, as its file.
    page : bytes
        The page with which anybody checks the lottery in a browser.
    share : {"chances", "groups", "none"}
        How much of the chances goes out.

    Raises
    ------
    InputErrors
        If a feature has a name that the rows need for themselves.
    """
    taken = sorted(filter(is_reserved, prepared.instance.pool.features))
    if taken:
        raise InputErrors(tuple(Finding(code="feature-reserved", column=name) for name in taken))
    # a key each, so that one can be destroyed without the others
    keys = {member.id: token_bytes(KEY_BYTES) for member in prepared.instance.pool.members}
    tokens = {id: token(own_key, id) for id, own_key in keys.items()}
    hidden = pseudonymous(prepared, tokens)
    certificate = certificate_file(hidden.certificate)
    owned = {id: own_digest(nonce(keys[id], id), own.get(id, {})) for id in tokens}
    pool = _pool(prepared.instance, keys, tokens, owned)
    documents = {
        SEALED_LOTTERY: hidden.document,
        SEALED_CERTIFICATE: certificate,
        POOL: canonical_json(pool),
        PUBLIC_LOTTERY: public_lottery(hidden.document),
        PUBLIC_CERTIFICATE: canonical_json(
            shared(
                hidden.certificate,
                certificate,
                quotas=len(hidden.instance.quotas.rows),
                largest_deviation=largest_deviation(
                    hidden.certificate, read_lottery(hidden.document, SEALED_LOTTERY)
                ),
                complete=prepared.complete,
                share=share,
            )
        ),
    }
    commitment: Json = {
        "about": about.document(),
        "certificate": digest(certificate),
        "few_tickets": about.few_tickets,
        "inputs": inputs,
        "lottery": hidden.digest,
        "pool": {"root": merkle.root(leaves(pool)).hex(), "size": len(tokens)},
        "preparation": preparation_digest(key, preparation),
        "public": {
            "certificate.json": digest(documents[PUBLIC_CERTIFICATE]),
            "lottery.json": digest(documents[PUBLIC_LOTTERY]),
            "verify.html": digest(page),
        },
        "schema": "sortition-commitment/2",
        "source": source.document(),
        "tickets": hidden.lottery.ticket_count,
    }
    documents[COMMITMENT] = canonical_json(commitment)
    documents[VERIFIER] = page
    return Publication(
        prepared=hidden, documents=documents, announced=digest(documents[COMMITMENT])
    )


def pseudonymous(prepared: PreparedLottery, tokens: dict[str, str]) -> PreparedLottery:
    """The same lottery with other names for the people; panels are numbered by the new ones."""
    instance = renamed(prepared.instance, tokens)
    lottery = Lottery(
        panels=tuple(
            Panel(members=tuple(sorted(tokens[id] for id in panel.members)), weight=panel.weight)
            for panel in prepared.lottery.panels
        )
    )
    document = lottery_file(instance, lottery)
    certificate, aims = prepared.certificate, prepared.rules.aims
    hidden = None if aims is None else {tokens[id]: aim for id, aim in aims.items()}
    chances = {tokens[id]: chance for id, chance in prepared.probabilities.items()}
    return replace(
        prepared,
        instance=instance,
        rules=replace(prepared.rules, aims=hidden),
        lottery=lottery,
        document=document,
        digest=digest(document),
        certificate=replace(
            certificate,
            groups=[[tokens[id] for id in group] for group in certificate.groups],
            excluded=[
                replace(one, people=[tokens[id] for id in one.people])
                for one in certificate.excluded
            ],
        ),
        probabilities=dict(sorted(chances.items())),
    )


def renamed(instance: Instance, tokens: dict[str, str]) -> Instance:
    """The same instance with other names for the people."""
    pool = instance.pool
    members = tuple(member._replace(id=tokens[member.id]) for member in pool.members)
    return replace(instance, pool=Pool(features=pool.features, members=members))


def _pool(
    instance: Instance,
    keys: Mapping[str, bytes],
    tokens: Mapping[str, str],
    owned: Mapping[str, str],
) -> dict[str, Json]:
    """The rows that the commitment stands for, by token as in the public lottery."""
    members = sorted(instance.pool.members, key=lambda member: tokens[member.id])
    return {
        "features": list(instance.pool.features),
        "people": [
            {
                "id": member.id,
                "key": keys[member.id].hex(),
                "own": owned[member.id],
                "token": tokens[member.id],
                "values": list(member.values),
            }
            for member in members
        ],
        "schema": "sortition-pool/3",
    }
