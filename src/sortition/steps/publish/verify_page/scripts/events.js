// The events: each names the digest of the one before, so that none can be changed or left out.

const KNOWN_FILES = [
  "certificate.json",
  "commitment.json",
  "draw.json",
  "draw_sheet.html",
  "lottery.json",
  "verify.html",
];
const NO_EVENT = "0".repeat(64);

async function checkEvents(bundle) {
  const bytes = bundle.files.get("events.jsonl");
  if (!bytes) return unchecked("events", "not-chosen", { file: "events.jsonl" });
  const faults = [];
  let previous = NO_EVENT;
  let time = "";
  let lines = [];
  try {
    lines = textOf(bytes).split("\n");
  } catch (fault) {
    return verdictOf("events", about("events.jsonl", [fault]));
  }
  if (lines.pop() !== "" || !lines.length) faults.push(new Fault("event-end"));
  for (const [index, line] of lines.entries()) {
    const { event, wrong } = await eventOf(line, previous, time);
    faults.push(...wrong.map(({ code, facts }) => new Fault(code, { line: index + 1, ...facts })));
    if (!event) continue;
    bundle.events.push(event);
    ({ digest: previous, time } = event);
  }
  const { wrong, missing } = await eventFiles(bundle);
  faults.push(...wrong, ...orderFaults(bundle));
  if (missing.length && !faults.length) {
    return unchecked("events", "not-chosen", { file: missing.join(", ") });
  }
  return verdictOf("events", about("events.jsonl", faults));
}

async function eventOf(line, previous, time) {
  const { value: event, faults } = await documentOf(new TextEncoder().encode(line), EVENT);
  if (!event) return { event, wrong: [new Fault("event-form")] };
  const wrong = faults.length ? [new Fault("event-form")] : [];
  const { digest, ...rest } = event;
  if ((await digestOf(canonical(rest))) !== digest) wrong.push(new Fault("event-digest"));
  if (event.previous !== previous) wrong.push(new Fault("event-chain"));
  if (event.time < time) wrong.push(new Fault("event-time"));
  return { event, wrong };
}

// of these a lottery has one each, in this order
const ONCE = ["prepared", "published", "drawn"];

/** Prepared, published, then drawn once at most; the events are about this lottery and draw. */
function orderFaults({ digest, draw, events, files }) {
  const names = events.map(({ event }) => event);
  const once = names.filter((name) => ONCE.includes(name));
  const needed = ONCE.slice(0, files.has("draw.json") ? 3 : 2);
  const faults = [];
  if (once.join() !== needed.join() || names.slice(0, 2).join() !== ONCE.slice(0, 2).join()) {
    faults.push(new Fault("event-order"));
  }
  const factsOf = (name) => events.findLast(({ event }) => event === name)?.facts;
  const published = factsOf("published");
  if (digest && published && published.commitment !== digest) {
    faults.push(new Fault("event-commitment"));
  }
  const drawn = factsOf("drawn");
  if (draw && drawn && drawn.ticket !== draw.ticket) faults.push(new Fault("event-ticket"));
  return faults;
}

/** What the last event that wrote a public file says of it must be true of the chosen file. */
async function eventFiles({ events, files }) {
  const written = new Map();
  for (const { facts } of events) {
    for (const [place, digest] of isRecord(facts.files) ? Object.entries(facts.files) : []) {
      if (place.startsWith("public/")) written.set(place.slice("public/".length), digest);
    }
  }
  const [wrong, missing] = [[], []];
  for (const [name, digest] of written) {
    const bytes = files.get(name);
    if (!bytes) missing.push(name);
    else if ((await digestOf(bytes)) !== digest) wrong.push(new Fault("event-file", { name }));
  }
  for (const name of KNOWN_FILES) {
    if (files.has(name) && !written.has(name)) wrong.push(new Fault("event-none", { name }));
  }
  return { wrong, missing };
}
