// What each document must look like. A shape gives the places of a value that do not fit it.

const text = (pattern) => (value, place) =>
  typeof value === "string" && pattern.test(value) ? [] : [place];

const whole = (least) => (value, place) =>
  Number.isSafeInteger(value) && value >= least ? [] : [place];

const list = (shape) => (value, place) =>
  Array.isArray(value)
    ? value.flatMap((item, index) => shape(item, `${place}[${index}]`))
    : [place];

/** A shape of lists that are not empty. */
const filled = (shape) => (value, place) =>
  Array.isArray(value) && !value.length ? [place] : shape(value, place);

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const within = (place, name) => (place ? `${place}.${name}` : name);

const record = (shapes) => (value, place) =>
  isRecord(value)
    ? Object.entries(shapes).flatMap(([name, shape]) => shape(value[name], within(place, name)))
    : [place];

const mapping = (shape) => (value, place) =>
  isRecord(value)
    ? Object.entries(value).flatMap(([name, item]) => shape(item, within(place, name)))
    : [place];

const oneOf = (shapes) => (value, place) =>
  Object.hasOwn(shapes, value?.kind)
    ? record(shapes[value.kind])(value, place)
    : [within(place, "kind")];

const ANY = text(/^/);
const DIGEST = text(/^[0-9a-f]{64}$/);
const TOKEN = text(/^[0-9a-f]{16}$/);
const FILLED = text(/\S/);
const DAY = (value, place) =>
  DAY_FORM.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value
    ? []
    : [place];
const DAY_FORM = /^\d{4}-\d\d-\d\d$/;
const TIME = text(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
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
  schema: schema("sortition-lottery/1"),
  sealed: DIGEST,
});

const NUMBERS = record({
  count: whole(1),
  highest: whole(1),
  lowest: whole(0),
  what: FILLED,
  when: DAY,
  where: FILLED,
});

const COMMITMENT = record({
  about: record({ assembly: FILLED, day: DAY, organiser: FILLED, step: text(/^first draw$/) }),
  certificate: DIGEST,
  few_tickets: ANY,
  inputs: record({ pool: DIGEST, quotas: DIGEST }),
  lottery: DIGEST,
  pool: record({ root: DIGEST, size: leaves }),
  preparation: DIGEST,
  public: mapping(DIGEST),
  schema: schema("sortition-commitment/2"),
  source: oneOf({ seed: { numbers: filled(list(NUMBERS)) }, drawn: {}, beacon: { chain: ANY, round: whole(1) } }),
  tickets: whole(1),
});

const DRAW = record({
  commitment: DIGEST,
  panel: list(TOKEN),
  schema: schema("sortition-draw/1"),
  source: oneOf({
    seed: { seed: text(/[^]/) },
    drawn: { digits: text(/^[0-9]+$/) },
    beacon: { chain: ANY, round: whole(1), randomness: DIGEST, signature: SIGNATURE },
  }),
  ticket: whole(0),
});

const EVENT = record({
  digest: DIGEST,
  event: ANY,
  facts: mapping(() => []),
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
