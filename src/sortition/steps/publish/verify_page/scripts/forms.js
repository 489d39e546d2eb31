// What each document must look like. A shape gives the places of a value that do not fit it.

const text = (pattern) => (value, place) =>
  typeof value === "string" && pattern.test(value) ? [] : [place];

const whole = (least, most = Number.MAX_SAFE_INTEGER) => (value, place) =>
  Number.isSafeInteger(value) && value >= least && value <= most ? [] : [place];

const list = (shape) => (value, place) =>
  Array.isArray(value)
    ? value.flatMap((item, index) => shape(item, `${place}[${index}]`))
    : [place];

/** A shape of lists that are not empty. */
const filled = (shape) => (value, place) =>
  Array.isArray(value) && !value.length ? [place] : shape(value, place);

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const within = (place, name) => (place ? `${place}.${name}` : name);

/** Just these keys, and no others. */
const record = (shapes) => (value, place) => {
  if (!isRecord(value)) return [place];
  const others = Object.keys(value).filter((name) => !Object.hasOwn(shapes, name));
  return [
    ...Object.entries(shapes).flatMap(([name, shape]) =>
      Object.hasOwn(value, name) ? shape(value[name], within(place, name)) : [within(place, name)],
    ),
    ...others.map((name) => within(place, name)),
  ];
};

/** These keys and others, all of one shape. */
const having = (names, shape) => (value, place) =>
  isRecord(value)
    ? [
        ...names.filter((name) => !Object.hasOwn(value, name)).map((name) => within(place, name)),
        ...mapping(shape)(value, place),
      ]
    : [place];

const mapping = (shape) => (value, place) =>
  isRecord(value)
    ? Object.entries(value).flatMap(([name, item]) => shape(item, within(place, name)))
    : [place];

const oneOf = (shapes) => (value, place) =>
  typeof value?.kind === "string" && Object.hasOwn(shapes, value.kind)
    ? record({ kind: ANY, ...shapes[value.kind] })(value, place)
    : [within(place, "kind")];

const ANY = text(/^/);
const DIGEST = text(/^[0-9a-f]{64}$/);
const TOKEN = text(/^[0-9a-f]{16}$/);
// by whatever any program takes for a space
const FILLED = text(/[^\s\x1c-\x1f\x85]/);
const DAY = (value, place) =>
  DAY_FORM.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value
    ? []
    : [place];
const DAY_FORM = /^[1-9]\d{3}-\d\d-\d\d$/;
const TIME_FORM = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const TIME = (value, place) =>
  typeof value === "string" &&
  TIME_FORM.test(value) &&
  new Date(value).toJSON()?.replace(".000Z", "Z") === value
    ? []
    : [place];
const SIGNATURE = text(/^[0-9a-f]{96}$/);
const schema = (name) => text(new RegExp(`^${name}$`));
// deeper trees are out of reach of any pool
const MOST_LEAVES = 2 ** 31;
const leaves = (value, place) => (value <= MOST_LEAVES ? whole(1)(value, place) : [place]);

const LOTTERY = record({
  k: whole(1),
  panels: list(record({ members: list(TOKEN), weight: whole(1) })),
  people: list(TOKEN),
  quotas: list(record({ category: ANY, max: whole(0), min: whole(0), value: ANY })),
  schema: schema("sortition-lottery/3"),
  sealed: DIGEST,
});

const MOST_NUMBERS = 999;
const HIGHEST_NUMBER = 10 ** 9;
const LAST_ROUND = 10 ** 10;
const ROUND = { chain: text(/^drand quicknet$/), round: whole(1, LAST_ROUND) };
const NUMBERS_FORM = record({
  count: whole(1, MOST_NUMBERS),
  highest: whole(1, HIGHEST_NUMBER),
  lowest: whole(0),
  what: FILLED,
  when: DAY,
  where: FILLED,
});
const NUMBERS = (value, place) => {
  const places = NUMBERS_FORM(value, place);
  return places.length || value.lowest < value.highest ? places : [within(place, "highest")];
};

const COMMITMENT = record({
  about: record({ assembly: FILLED, day: DAY, organiser: FILLED, step: text(/^first draw$/) }),
  certificate: DIGEST,
  few_tickets: ANY,
  inputs: having(["pool", "quotas"], DIGEST),
  lottery: DIGEST,
  pool: record({ root: DIGEST, size: leaves }),
  preparation: DIGEST,
  public: record({ "certificate.json": DIGEST, "lottery.json": DIGEST, "verify.html": DIGEST }),
  schema: schema("sortition-commitment/2"),
  source: oneOf({ seed: { numbers: filled(list(NUMBERS)) }, drawn: {}, beacon: ROUND }),
  tickets: whole(1),
});

const DRAW = record({
  commitment: DIGEST,
  panel: list(TOKEN),
  schema: schema("sortition-draw/1"),
  source: oneOf({
    seed: { seed: text(/[^]/) },
    drawn: { digits: text(/^[0-9]+$/) },
    beacon: { ...ROUND, randomness: DIGEST, signature: SIGNATURE },
  }),
  ticket: whole(0),
});

const DEEPEST = 16; // lists and objects in each other
const isWithin = (value, depth) =>
  typeof value !== "object" ||
  value === null ||
  (depth > 0 && Object.values(value).every((inner) => isWithin(inner, depth - 1)));

// of what an event tells, the files alone have a form
const FACTS = (value, place) =>
  isRecord(value) && isRecord(value.files ?? {}) && isWithin(value, DEEPEST)
    ? []
    : [within(place, "files")];

const EVENT = record({
  digest: DIGEST,
  event: ANY,
  facts: FACTS,
  previous: DIGEST,
  time: TIME,
});

const RECEIPT = record({
  commitment: DIGEST,
  index: whole(0),
  nonce: DIGEST,
  own: mapping(ANY),
  path: list(DIGEST),
  row: record({ id: ANY, own: DIGEST, token: TOKEN, values: mapping(ANY) }),
  schema: schema("sortition-receipt/2"),
  size: leaves,
});

const MOST_PLACES = 5;

/** A fault that names the first places where a value does not fit its shape, or none. */
function misfit(value, shape) {
  const places = shape(value, "");
  if (!places.length) return [];
  const named = places.slice(0, MOST_PLACES).map((place) => place || "{ }");
  const more = places.length > MOST_PLACES ? "…" : "";
  return [new Fault("form", { places: [...named, ...(more ? [more] : [])].join(", ") })];
}

/**
 * A document of the bundle: its value, or null if nothing can be built on it, and its faults.
 * A file in another spelling than the canonical one is a fault, but can still be read.
 */
async function documentOf(bytes, shape) {
  if (!bytes) return { value: null, faults: [], missing: true };
  try {
    const content = textOf(bytes);
    if (!isKnown(content)) throw new Fault("letters");
    const value = parsed(content);
    const misfits = misfit(value, shape);
    if (misfits.length) return { value: null, faults: misfits };
    const spelling = await orFault(() => canonical(value), "unreadable");
    const faults = spelling === content ? [] : [new Fault("not-canonical")];
    return { value, faults };
  } catch (error) {
    return { value: null, faults: [error instanceof Fault ? error : new Fault("unreadable")] };
  }
}
