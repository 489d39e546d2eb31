// The events: each names the digest of the one before, so that none can be changed or left out.

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
  faults.push(...(await eventFileFaults(bundle)));
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

/** What the last event that wrote a public file says of it must be true of the chosen file. */
async function eventFileFaults({ events, files }) {
  const written = new Map();
  for (const { facts } of events) {
    for (const [place, digest] of isRecord(facts.files) ? Object.entries(facts.files) : []) {
      if (place.startsWith("public/")) written.set(place.slice("public/".length), digest);
    }
  }
  const faults = [];
  for (const [name, digest] of written) {
    const bytes = files.get(name);
    if (bytes && (await digestOf(bytes)) !== digest) faults.push(new Fault("event-file", { name }));
  }
  return faults;
}
