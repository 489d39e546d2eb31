// Whether a signature is one of drand's quicknet: BLS12-381 with BigInt alone, in the steps of
// `sortition.audit.draw.bls`, which says why they are enough. An element of Fp12 is an array of
// twelve numbers, w ** 12 = 2 w ** 6 - 2 and u = w ** 6 - 1; one of Fp2 is a pair.

const BLS_X = 0xd201000000010000n;
const BLS_R = BLS_X ** 4n - BLS_X ** 2n + 1n;
const BLS_P = ((BLS_X + 1n) ** 2n * BLS_R) / 3n - BLS_X;
const BLS_DST = "BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_";
const QUICKNET = [
  "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c",
  "8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb",
  "5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
].join("");
const GENERATOR = [
  [
    0x024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8n,
    0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7en,
  ],
  [
    0x0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801n,
    0x0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79ben,
  ],
];
const SSWU_A = 0x00144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1dn;
const SSWU_B = 0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0n;
const SSWU_Z = 11n;
const KERNEL = [
  1n,
  0x04afe09d5cf4956a23b6b71f59d2b3407b415a774b7be81bbb6fa99cbc798e0ac98ba725a5bc328016b1c268b4766e85n,
  0x094440f65f408a6e930e16e3e92dd17bf60d6e9679a8d3d58593de55ac23703042d609537eb3549aac234d896ca82944n,
  0x1335c502c1f54c49aceea65e87fd7203ba0f626f305fc0cfd606a5dae9f3c8e81a4b3b69600129fabd307c69bf319d39n,
  0x0264908af037bcede00d054cf5d4775e83eb6cf63c76b969f8ed174fb59fcff78d201f46f6cfc4ed6552e59ce75177b0n,
  0x133341fb0962a34cb0504a9c4fada0a5090d38679b4c040d5d1c3afb023a3409fcc0815fea66d8b02bbef9c8b5a66e07n,
];

/** The remainder, which is never negative. */
function mod(value) {
  const rest = value % BLS_P;
  return rest < 0n ? rest + BLS_P : rest;
}

function power(base, exponent) {
  let found = 1n;
  for (const bit of exponent.toString(2)) {
    found = mod(found * found);
    if (bit === "1") found = mod(found * base);
  }
  return found;
}

/** One over a number, by Euclid. */
function inverse(value) {
  let [rest, next, factor, other] = [mod(value), BLS_P, 1n, 0n];
  while (next) {
    const whole = rest / next;
    [rest, next] = [next, rest - whole * next];
    [factor, other] = [other, factor - whole * other];
  }
  return mod(factor);
}

/** A root in Fp; null if there is none. */
function root(square) {
  const found = power(mod(square), (BLS_P + 1n) / 4n);
  return mod(found * found - square) === 0n ? found : null;
}

const numberOf = (bytes) => BigInt(`0x${hexOf(bytes)}`);

/** Whether this is the signature of a round, as 96 hexadecimal digits. */
async function signedByQuicknet(round, signature) {
  const point = uncompressed(bytesOf(signature));
  if (!point || times(BLS_R, point)) return false;
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(round));
  const [x, y] = await hashToG1(await sha256(number), new TextEncoder().encode(BLS_DST));
  return pairsToOne([[point, GENERATOR], [[x, mod(-y)], keyPoint(bytesOf(QUICKNET))]]);
}

async function hashToG1(message, dst) {
  const [one, other] = (await fieldElements(message, dst)).map((u) => isogeny(...sswu(u)));
  return times(BLS_X + 1n, sum(one, other));
}

async function fieldElements(message, dst) {
  const tail = Uint8Array.of(...dst, dst.length);
  const length = Uint8Array.of(0, 128, 0);
  const first = await sha256(new Uint8Array(64), message, length, tail);
  const blocks = [await sha256(first, Uint8Array.of(1), tail)];
  for (let number = 2; number < 5; number += 1) {
    const mixed = blocks.at(-1).map((byte, place) => byte ^ first[place]);
    blocks.push(await sha256(mixed, Uint8Array.of(number), tail));
  }
  const [a, b, c, d] = blocks;
  return [mod(numberOf([...a, ...b])), mod(numberOf([...c, ...d]))];
}

function sswu(u) {
  const t = mod(SSWU_Z * u * u);
  const s = mod(t * t + t);
  const start = s ? -inverse(SSWU_A) * (1n + inverse(s)) : inverse(SSWU_Z * SSWU_A);
  let x = mod(SSWU_B * start);
  const height = () => root(x * x * x + SSWU_A * x + SSWU_B);
  let y = height();
  if (y === null) {
    x = mod(t * x);
    y = height();
  }
  return [x, y % 2n === u % 2n ? y : BLS_P - y];
}

function isogeny(x, y) {
  let [h, d, dd, ddd] = [0n, 0n, 0n, 0n];
  for (const coefficient of KERNEL) {
    [ddd, dd, d, h] = [mod(ddd * x + dd), mod(dd * x + d), mod(d * x + h), mod(h * x + coefficient)];
  }
  const over = inverse(h);
  const [q, h2, h3] = [mod(d * over), mod(2n * dd * over), mod(6n * ddd * over)];
  const dq = mod(h2 - q * q);
  const ddq = mod(h3 - h2 * q - 2n * q * dq);
  const [g, dg] = [mod(x * x * x + SSWU_A * x + SSWU_B), mod(3n * x * x + SSWU_A)];
  const mapped = 11n * x + 2n * KERNEL[1] - 2n * dg * q - 4n * g * dq;
  const slope = 11n - 12n * x * q - 6n * dg * dq - 4n * g * ddq;
  const scale = inverse(11n);
  return [mod(mapped * scale ** 2n), mod(y * mod(slope) * scale ** 3n)];
}

/** The sum of two points of G1; null is the one that changes nothing. */
function sum(one, other) {
  if (!one || !other) return one || other;
  const [[x1, y1], [x2, y2]] = [one, other];
  if (x1 === x2 && mod(y1 + y2) === 0n) return null;
  const slope =
    x1 === x2 ? mod(3n * x1 * x1 * inverse(2n * y1)) : mod((y2 - y1) * inverse(x2 - x1));
  const x = mod(slope * slope - x1 - x2);
  return [x, mod(slope * (x1 - x) - y1)];
}

function times(factor, point) {
  let found = null;
  for (const bit of factor.toString(2)) {
    found = sum(found, found);
    if (bit === "1") found = sum(found, point);
  }
  return found;
}

const isLarger = (y) => y > (BLS_P - 1n) / 2n;

function uncompressed(bytes) {
  if (bytes.length !== 48 || (bytes[0] & 0xc0) !== 0x80) return null;
  const x = numberOf(bytes) & ~(7n << 381n);
  const y = x < BLS_P ? root(x * x * x + 4n) : null;
  if (y === null) return null;
  return [x, isLarger(y) === ((bytes[0] & 0x20) !== 0) ? y : mod(-y)];
}

function keyPoint(bytes) {
  const x = [numberOf(bytes.slice(48)), numberOf(bytes.slice(0, 48)) & ~(7n << 381n)];
  const cube = product(product(x, x), x);
  const [real, rest] = [mod(cube[0] + 4n), mod(cube[1] + 4n)];
  const norm = root(real * real + rest * rest);
  for (const sign of [1n, -1n]) {
    const a = root((real + sign * norm) * inverse(2n));
    if (!a) continue;
    const b = mod(rest * inverse(2n * a));
    const larger = isLarger(b || a) === ((bytes[0] & 0x20) !== 0);
    return [x, larger ? [a, b] : [mod(-a), mod(-b)]];
  }
  throw new Error("this is no key");
}

const product = ([a, b], [c, d]) => [mod(a * c - b * d), mod(a * d + b * c)];
const difference = ([a, b], [c, d]) => [mod(a - c), mod(b - d)];

function quotient(one, [c, d]) {
  const over = inverse(c * c + d * d);
  return product(one, [mod(c * over), mod(-d * over)]);
}

/** The sum of two points of the twist, and the line through them at a point of G1. */
function lineThrough([x1, y1], [x2, y2], at) {
  const [a, b] = product(x1, x1);
  const slope =
    x1[0] === x2[0] && x1[1] === x2[1]
      ? quotient([3n * a, 3n * b], [2n * y1[0], 2n * y1[1]])
      : quotient(difference(y2, y1), difference(x2, x1));
  const x = difference(difference(product(slope, slope), x1), x2);
  const y = difference(product(slope, difference(x1, x)), y1);
  const line = Array(12).fill(0n);
  put(line, 0, difference(product(slope, x1), y1));
  put(line, 2, [-slope[0] * at[0], -slope[1] * at[0]]);
  line[3] = at[1];
  return [[x, y], line];
}

function put(element, place, [a, b]) {
  element[place] = mod(a - b);
  element[place + 6] = mod(b);
}

function times12(one, other) {
  const wide = Array(23).fill(0n);
  for (const [i, a] of one.entries()) {
    if (a) for (const [j, b] of other.entries()) wide[i + j] += a * b;
  }
  for (let place = 22; place > 11; place -= 1) {
    wide[place - 6] += 2n * wide[place];
    wide[place - 12] -= 2n * wide[place];
  }
  return wide.slice(0, 12).map(mod);
}

/** Whether the product of the pairings is 1. */
function pairsToOne(pairs) {
  let value = [1n, ...Array(11).fill(0n)];
  const sums = pairs.map(([, point]) => point);
  const add = (number, point) => {
    const [next, line] = lineThrough(sums[number], point, pairs[number][0]);
    sums[number] = next;
    value = times12(line, value);
  };
  for (const bit of BLS_X.toString(2).slice(1)) {
    value = times12(value, value);
    for (const [number, [, point]] of pairs.entries()) {
      add(number, sums[number]);
      if (bit === "1") add(number, point);
    }
  }
  let found = value;
  for (const bit of ((BLS_P ** 6n + 1n) / BLS_R).toString(2).slice(1)) {
    found = times12(found, found);
    if (bit === "1") found = times12(found, value);
  }
  return found.some(Boolean) && found.every((item, place) => place % 2 === 0 || item === 0n);
}
