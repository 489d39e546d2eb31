"""Whether a signature is one of drand's quicknet: BLS12-381 with the standard library alone.

The signature ``S`` of a round is a point of G1, the key ``K`` of the network one of G2. ``S`` is
right if and only if ``e(S, g) = e(H, K)``, where ``g`` generates G2 and ``H`` is the round hashed
to G1 (RFC 9380, suite BLS12381G1_XMD:SHA-256_SSWU_RO_).

1. Hash: `_field_elements` (5.2), `_sswu` (6.6.2), `_isogeny` (6.6.3), and away with the cofactor.
2. Pairing: Miller's loop over both pairs at once. Points of G2 stay on the twist, in Fp2; a line at
   a point of G1 has three coefficients. Factors from smaller fields do not matter.
3. The end: ``f ** ((p**12 - 1) / r)`` is 1 just if ``f ** ((p**6 + 1) / r)`` is in Fp6, that is,
   has no odd powers of ``w``. So nothing has to be inverted.

Fp12 is ``Fp[w] / (w**12 - 2 w**6 + 2)``; in it ``u = w**6 - 1`` has the square -1, and Fp2 is
``Fp[u]``. An element of Fp12 is a list of twelve numbers, one of Fp2 a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]  # of G1
Fp2: TypeAlias = tuple[int, int]
TwistPoint: TypeAlias = tuple[Fp2, Fp2]  # of G2
Fp12: TypeAlias = list[int]

X = 0xD201000000010000  # minus the parameter of the family
R = X**4 - X**2 + 1
P = (X + 1) ** 2 * R // 3 - X
HALF = (P - 1) // 2
DST = b"BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_"
QUICKNET = bytes.fromhex(
    "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c"
    "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb"
    "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a"
)
GENERATOR: TwistPoint = (
    (
        0x024AA2B2F08F0A91260805272DC51051C6E47AD4FA403B02B4510B647AE3D1770BAC0326A805BBEFD48056C8C121BDB8,
        0x13E02B6052719F607DACD3A088274F65596BD0D09920B61AB5DA61BBDC7F5049334CF11213945D57E5AC7D055D042B7E,
    ),
    (
        0x0CE5D527727D6E118CC9CDC6DA2E351AADFD9BAA8CBDD3A76D429A695160D12C923AC9CC3BACA289E193548608B82801,
        0x0606C4A02EA734CC32ACD2B02BC28B99CB3E287E85A763AF267492AB572E99AB3F370D275CEC1DA1AAA9075FF05F79BE,
    ),
)
# the curve y² = x³ + A x + B that hashes are mapped to, and what maps it to that of G1: the
# polynomial whose zeros are the x of the kernel, an isogeny of degree 11
A = 0x00144698A3B8E9433D693A02C96D4982B0EA985383EE66A8D8E8981AEFD881AC98936F8DA0E0F97F5CF428082D584C1D  # noqa: E501
B = 0x12E2908D11688030018B12E8753EEE3B2016C1F0F24F4070A0B9C14FCEF35EF55A23215A316CEAA5D1CC48E98E172BE0  # noqa: E501
Z = 11
KERNEL = (
    1,
    0x04AFE09D5CF4956A23B6B71F59D2B3407B415A774B7BE81BBB6FA99CBC798E0AC98BA725A5BC328016B1C268B4766E85,
    0x094440F65F408A6E930E16E3E92DD17BF60D6E9679A8D3D58593DE55AC23703042D609537EB3549AAC234D896CA82944,
    0x1335C502C1F54C49ACEEA65E87FD7203BA0F626F305FC0CFD606A5DAE9F3C8E81A4B3B69600129FABD307C69BF319D39,
    0x0264908AF037BCEDE00D054CF5D4775E83EB6CF63C76B969F8ED174FB59FCFF78D201F46F6CFC4ED6552E59CE75177B0,
    0x133341FB0962A34CB0504A9C4FADA0A5090D38679B4C040D5D1C3AFB023A3409FCC0815FEA66D8B02BBEF9C8B5A66E07,
)


@lru_cache(maxsize=64)
def signed_by_quicknet(round_: int, signature: bytes) -> bool:
    """Whether this is the signature of a round, 48 bytes, from 0 to 2**64 - 1."""
    point = _uncompressed(signature)
    if point is None or _times(R, point) is not None:
        return False
    message = sha256(round_.to_bytes(8, "big")).digest()
    hashed = hash_to_g1(message)
    x, y = hashed
    return _pairs_to_one([(point, GENERATOR), ((x, -y % P), _key(QUICKNET))])


def hash_to_g1(message: bytes, dst: bytes = DST) -> Point:
    """A message as a point of G1 (RFC 9380, section 3)."""
    one, other = (_isogeny(*_sswu(element)) for element in _field_elements(message, dst))
    point = _times(X + 1, _sum(one, other))
    if point is None:
        raise ValueError("nobody knows a message for this")
    return point


# 1. Hash


def _field_elements(message: bytes, dst: bytes) -> tuple[int, int]:
    """Two elements of Fp from 64 bytes each (sections 5.2 and 5.3.1)."""
    tail = dst + bytes([len(dst)])
    first = sha256(bytes(64) + message + (128).to_bytes(2, "big") + b"\0" + tail).digest()
    blocks = [sha256(first + b"\1" + tail).digest()]
    for number in range(2, 5):
        mixed = bytes(one ^ other for one, other in zip(first, blocks[-1], strict=True))
        blocks.append(sha256(mixed + bytes([number]) + tail).digest())
    whole = b"".join(blocks)
    return int.from_bytes(whole[:64], "big") % P, int.from_bytes(whole[64:], "big") % P


def _sswu(u: int) -> Point:
    """A point of the curve with A and B (section 6.6.2)."""
    t = Z * u * u % P
    s = (t * t + t) % P
    x = -B * pow(A, -1, P) * (1 + pow(s, -1, P)) % P if s else B * pow(Z * A, -1, P) % P
    y = _root(x**3 + A * x + B)
    if y is None:
        x = t * x % P
        y = _root(x**3 + A * x + B)
    if y is None:
        raise ValueError("one of the two has a root")
    return x, y if y % 2 == u % 2 else P - y


def _isogeny(x: int, y: int) -> Point:
    """The point of y² = x³ + 4 that it is mapped to (section 6.6.3), by Kohel's formulas."""
    h = d = dd = ddd = 0  # the polynomial at x, and its derivatives over 1, 2 and 6
    for coefficient in KERNEL:
        ddd, dd, d, h = ddd * x + dd, dd * x + d, d * x + h, h * x + coefficient
    inverse = pow(h, -1, P)
    # q = h' / h and its derivatives
    q, h2, h3 = d * inverse % P, 2 * dd * inverse % P, 6 * ddd * inverse % P
    dq = (h2 - q * q) % P
    ddq = (h3 - h2 * q - 2 * q * dq) % P
    g, dg = x**3 + A * x + B, 3 * x * x + A
    mapped = 11 * x + 2 * KERNEL[1] - 2 * dg * q - 4 * g * dq
    slope = 11 - 12 * x * q - 6 * dg * dq - 4 * g * ddq
    scale = pow(11, -1, P)
    return mapped * scale**2 % P, y * slope * scale**3 % P


def _root(square: int) -> int | None:
    root = pow(square, (P + 1) // 4, P)
    return root if (root * root - square) % P == 0 else None


def _sum(one: Point | None, other: Point | None) -> Point | None:
    if one is None or other is None:
        return one or other
    (x1, y1), (x2, y2) = one, other
    if x1 != x2:
        slope = (y2 - y1) * pow(x2 - x1, -1, P)
    elif (y1 + y2) % P:
        slope = 3 * x1 * x1 * pow(2 * y1, -1, P)
    else:
        return None
    x = (slope * slope - x1 - x2) % P
    return x, (slope * (x1 - x) - y1) % P


def _times(factor: int, point: Point | None) -> Point | None:
    found: Point | None = None
    for bit in f"{factor:b}":
        found = _sum(found, found)
        if bit == "1":
            found = _sum(found, point)
    return found


def _uncompressed(content: bytes) -> Point | None:
    """The point of y² = x³ + 4 that 48 bytes state; None if they state none."""
    if len(content) != 48 or content[0] & 0xC0 != 0x80:
        return None
    x = int.from_bytes(content, "big") & ~(7 << 381)
    y = _root(x**3 + 4) if x < P else None
    if y is None:
        return None
    return x, y if (y > HALF) == bool(content[0] & 0x20) else P - y


# 2. Pairing


def _key(content: bytes) -> TwistPoint:
    """The point of y² = x³ + 4 (1 + u) that 96 bytes state."""
    x = (int.from_bytes(content[48:], "big"), int.from_bytes(content[:48], "big") & ~(7 << 381))
    cube = _product(_product(x, x), x)
    real, rest = (cube[0] + 4) % P, (cube[1] + 4) % P
    # (a + b u)² = real + rest u, from the root of the norm
    norm = _root(real * real + rest * rest)
    for sign in (1, -1):
        a = _root((real + sign * (norm or 0)) * pow(2, -1, P))
        if a:
            b = rest * pow(2 * a, -1, P) % P
            if (a * a - b * b - real) % P == 0:
                larger = b > HALF if b else a > HALF
                y = (a, b) if larger == bool(content[0] & 0x20) else (-a % P, -b % P)
                return x, y
    raise ValueError("this is no key")


def _product(one: Fp2, other: Fp2) -> Fp2:
    (a, b), (c, d) = one, other
    return (a * c - b * d) % P, (a * d + b * c) % P


def _quotient(one: Fp2, other: Fp2) -> Fp2:
    c, d = other
    inverse = pow(c * c + d * d, -1, P)
    return _product(one, (c * inverse, -d * inverse))


def _line(one: TwistPoint, other: TwistPoint, at: Point) -> tuple[TwistPoint, Fp12]:
    """The sum of two points of the twist, and the line through them at a point of G1."""
    (x1, y1), (x2, y2) = one, other
    if one == other:
        a, b = _product(x1, x1)
        slope = _quotient((3 * a, 3 * b), (2 * y1[0], 2 * y1[1]))
    else:
        slope = _quotient((y2[0] - y1[0], y2[1] - y1[1]), (x2[0] - x1[0], x2[1] - x1[1]))
    a, b = _product(slope, slope)
    x = ((a - x1[0] - x2[0]) % P, (b - x1[1] - x2[1]) % P)
    a, b = _product(slope, (x1[0] - x[0], x1[1] - x[1]))
    y = ((a - y1[0]) % P, (b - y1[1]) % P)
    a, b = _product(slope, x1)
    line = [0] * 12
    _put(line, 0, (a - y1[0], b - y1[1]))
    _put(line, 2, (-slope[0] * at[0], -slope[1] * at[0]))
    line[3] = at[1]
    return (x, y), line


def _put(element: Fp12, power: int, value: Fp2) -> None:
    """Add an element of Fp2 times a power of w, with u = w**6 - 1."""
    element[power] = (value[0] - value[1]) % P
    element[power + 6] = value[1] % P


def _times12(one: Fp12, other: Fp12) -> Fp12:
    wide = [0] * 23
    for i, a in enumerate(one):
        if a:
            for j, b in enumerate(other):
                wide[i + j] += a * b
    for power in range(22, 11, -1):
        wide[power - 6] += 2 * wide[power]
        wide[power - 12] -= 2 * wide[power]
    return [value % P for value in wide[:12]]


def _pairs_to_one(pairs: Sequence[tuple[Point, TwistPoint]]) -> bool:
    """Whether the product of the pairings is 1."""
    value = [1] + [0] * 11
    sums = [point for _, point in pairs]
    for bit in f"{X:b}"[1:]:
        value = _times12(value, value)
        for number, (at, point) in enumerate(pairs):
            sums[number], line = _line(sums[number], sums[number], at)
            value = _times12(line, value)
            if bit == "1":
                sums[number], line = _line(sums[number], point, at)
                value = _times12(line, value)
    # 3. The end
    power = value
    for bit in f"{(P**6 + 1) // R:b}"[1:]:
        power = _times12(power, power)
        if bit == "1":
            power = _times12(power, value)
    return any(power) and not any(power[1::2])
