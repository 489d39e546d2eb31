// Bytes, digests, and canonical JSON: one spelling for one content.

/** Something is wrong with a file: a code for the sentence, and what to fill in. */
class Fault extends Error {
  constructor(code, facts = {}) {
    super(code);
    this.code = code;
    this.facts = facts;
  }
}

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

const bytesOf = (hex) =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** SHA-256 of texts (as UTF-8) and bytes, one after the other. */
async function sha256(...parts) {
  const whole = await new Blob(parts).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

const digestOf = async (...parts) => hexOf(await sha256(...parts));

/** Texts in the order of their code points; JavaScript's own order is another one. */
function byCodePoint(one, other) {
  const [left, right] = [[...one], [...other]];
  const place = left.findIndex((letter, index) => letter !== right[index]);
  if (place < 0) return left.length - right.length;
  return place < right.length ? left[place].codePointAt(0) - right[place].codePointAt(0) : 1;
}

const HALF_LETTER = /\p{Surrogate}/u;

/** UTF-8, NFC, sorted keys, no spaces; integers and strings only. */
function canonical(value) {
  if (typeof value === "string") {
    // half of a letter is no text in UTF-8
    if (HALF_LETTER.test(value)) throw new Fault("not-utf8");
    return JSON.stringify(value.normalize("NFC"));
  }
  if (Number.isSafeInteger(value)) return String(value);
  if (Number.isInteger(value)) throw new Fault("number-too-large");
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) throw new Fault("not-integer-or-text");
  const keys = Object.keys(value).sort(byCodePoint);
  if (new Set(keys.map((key) => key.normalize("NFC"))).size < keys.length) {
    throw new Fault("not-canonical");
  }
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** UTF-8 as text. */
function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault("not-utf8");
  }
}

/** The value of a JSON text. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Fault("not-json");
  }
}

/** What `work` found, with its own fault, or with one for whatever a strange file may do to it. */
async function orFault(work, code) {
  try {
    return await work();
  } catch (error) {
    throw error instanceof Fault ? error : new Fault(code);
  }
}
