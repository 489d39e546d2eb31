// The checks of a bundle. Each gives a name, a state ("ok", "wrong" or "open") and its faults.

const verdictOf = (id, faults) => ({ id, state: faults.length ? "wrong" : "ok", faults });
const unchecked = (id, code, facts) => ({ id, state: "open", faults: [new Fault(code, facts)] });
const about = (file, faults) =>
  faults.map((fault) => new Fault(fault.code, { file, ...fault.facts }));

/** All that can be said of a bundle: its documents, its checks, and the draw computed again. */
async function examine({ files, faults }) {
  const commitment = await documentOf(files.get("commitment.json"), COMMITMENT);
  const lottery = await documentOf(files.get("lottery.json"), LOTTERY);
  const draw = await documentOf(files.get("draw.json"), DRAW);
  const bytes = files.get("commitment.json");
  const bundle = {
    files,
    commitment: commitment.value,
    lottery: lottery.value,
    draw: draw.value,
    digest: bytes ? await digestOf(bytes) : null,
    events: [],
  };
  const addsUp = await checkLottery(lottery, bundle);
  if (addsUp.state === "ok") bundle.mixed = company(bundle.lottery);
  const checks = [
    verdictOf("reading", files.size || faults.length ? faults : [new Fault("no-files")]),
    checkCommitment(commitment),
    checkSheet(bundle),
    await checkFiles(bundle),
    addsUp,
    ...fewTickets(bundle),
  ];
  const events = await checkEvents(bundle);
  checks.push(...(await checkDraw(draw, bundle)), events);
  return { ...bundle, checks };
}

function checkAnnounced(announced, digest) {
  const typed = announced.replace(/[\s:-]/g, "").toLowerCase();
  if (!typed) return unchecked("announced", "announced-empty");
  if (!/^[0-9a-f]{0,64}$/.test(typed)) return verdictOf("announced", [new Fault("announced-form")]);
  if (typed.length < 64) return unchecked("announced", "announced-short", { n: typed.length });
  if (!digest) return unchecked("announced", "needs", { file: "commitment.json" });
  const faults = typed === digest ? [] : [new Fault("announced-differs", { digest })];
  return verdictOf("announced", faults);
}

function checkCommitment({ missing, faults }) {
  const all = missing ? [new Fault("missing")] : faults;
  return verdictOf("commitment", about("commitment.json", all));
}

/** The sheet for the draw shows the digest to announce, and no digest of another lottery. */
function checkSheet({ commitment, digest, files }) {
  const sheet = files.get("draw_sheet.html");
  if (!sheet) return unchecked("sheet", "not-chosen", { file: "draw_sheet.html" });
  if (!commitment) return unchecked("sheet", "needs", { file: "commitment.json" });
  const shown = new TextDecoder().decode(sheet);
  const known = [digest, commitment.lottery, ...Object.values(commitment.public)];
  const others = (shown.match(/[0-9a-f]{64}/g) ?? []).filter((one) => !known.includes(one));
  const faults = others.length ? [new Fault("sheet-digests")] : [];
  if (!shown.includes(`>${digest}<`)) faults.push(new Fault("sheet-digest"));
  return verdictOf("sheet", about("draw_sheet.html", faults));
}

async function checkFiles({ commitment, files }) {
  if (!commitment) return unchecked("files", "needs", { file: "commitment.json" });
  const faults = [];
  const missing = [];
  for (const [name, digest] of Object.entries(commitment.public)) {
    if (!files.has(name)) missing.push(name);
    else if ((await digestOf(files.get(name))) !== digest) {
      faults.push(new Fault("digest-differs", { file: name }));
    }
  }
  if (missing.length && !faults.length) {
    return unchecked("files", "not-chosen", { file: missing.join(", ") });
  }
  return verdictOf("files", faults);
}

async function checkLottery({ value, missing, faults }, { commitment }) {
  if (missing) return verdictOf("lottery", [new Fault("missing", { file: "lottery.json" })]);
  const all = [...faults, ...(value ? await lotteryFaults(value) : [])];
  if (value && commitment) all.push(...lotteryMismatches(value, commitment));
  return verdictOf("lottery", about("lottery.json", all));
}

const FEWEST_TICKETS = 1000;
// of the rounds of quicknet, in seconds
const GENESIS = 1692803367;
const PERIOD = 3;

const hasFewTickets = ({ commitment }) => commitment && commitment.tickets < FEWEST_TICKETS;

/** Few tickets need a reason; with it they are no fault, but no verdict calls them fair. */
function fewTickets({ commitment }) {
  if (!hasFewTickets({ commitment }) || !FILLED(commitment.few_tickets, "").length) return [];
  const { tickets } = commitment;
  return [verdictOf("few", [new Fault("few-tickets", { tickets })])];
}

const ascending = (items) => items.every((item, index) => index === 0 || items[index - 1] < item);

/** The numbers, from 1, of the panels that a test finds wrong, as a fault. */
function panelFault(code, panels, isWrong) {
  const numbers = panels.flatMap((panel, index) => (isWrong(panel, index) ? [index + 1] : []));
  if (!numbers.length) return [];
  const named = numbers.slice(0, MOST_PLACES).join(", ");
  return [new Fault(code, { panels: numbers.length > MOST_PLACES ? `${named}, …` : named })];
}

async function lotteryFaults({ k, panels, people, quotas }) {
  const known = new Set(people);
  const marks = await Promise.all(panels.map(markOf));
  const bounds = quotas.filter(({ min, max }) => min > max);
  const inOrder = quotas.every((quota, index) => {
    if (index === 0) return true;
    const { category, value } = quotas[index - 1];
    const order = byCodePoint(category, quota.category);
    return order < 0 || (order === 0 && byCodePoint(value, quota.value) < 0);
  });
  return [
    ...(quotas.length && inOrder ? [] : [new Fault("quotas-order")]),
    ...(panels.length ? [] : [new Fault("no-panels")]),
    ...(ascending(people) ? [] : [new Fault("people-order")]),
    ...panelFault("panel-size", panels, ({ members }) => members.length !== k),
    ...panelFault("members-order", panels, ({ members }) => !ascending(members)),
    ...panelFault("strangers", panels, ({ members }) => !members.every((one) => known.has(one))),
    ...panelFault("panels-order", panels, (_, index) => index && marks[index - 1] >= marks[index]),
    ...bounds.map(({ category, value }) => new Fault("quota-bounds", { category, value })),
  ];
}

function lotteryMismatches(lottery, { lottery: sealed, pool, tickets }) {
  const [sum, people] = [ticketsIn(lottery), lottery.people.length];
  return [
    ...(sum === tickets ? [] : [new Fault("tickets-sum", { sum, tickets })]),
    ...(lottery.sealed === sealed ? [] : [new Fault("sealed-differs")]),
    ...(people === pool.size ? [] : [new Fault("pool-size", { people, size: pool.size })]),
  ];
}

/** The four checks of the draw; all are open before it took place. */
async function checkDraw({ value, missing, faults }, bundle) {
  const ids = ["drawn", "source", "ticket", "panel"];
  if (missing) {
    bundle.undrawn = bundle.events.every(({ event }) => event !== "drawn");
    const code = bundle.undrawn ? "not-drawn" : "draw-left-out";
    return ids.map((id) => unchecked(id, code));
  }
  const { commitment, digest, lottery } = bundle;
  const own = about("draw.json", faults);
  if (value && digest && value.commitment !== digest) own.push(new Fault("draw-elsewhere"));
  const drawn =
    value && !digest && !own.length
      ? unchecked("drawn", "needs", { file: "commitment.json" })
      : verdictOf("drawn", own);
  if (!value || !commitment) {
    const file = value ? "commitment.json" : "draw.json";
    return [drawn, ...ids.slice(1).map((id) => unchecked(id, "needs", { file }))];
  }
  const source = verdictOf("source", [
    ...(await sourceFaults(value.source, commitment)),
    ...timeFaults(commitment, bundle.events),
  ]);
  const ticket = await checkTicket(value, bundle);
  return [drawn, source, ticket, checkPanel(value, lottery, bundle)];
}

async function sourceFaults(source, { source: committed }) {
  if (source.kind !== committed.kind) {
    return [new Fault("source-kind", { kind: source.kind, committed: committed.kind })];
  }
  if (source.kind === "seed") return seedFaults(source.seed, committed.numbers);
  if (source.kind !== "beacon") return [];
  const { round, randomness, signature } = source;
  const faults = [];
  if (round !== committed.round) {
    faults.push(new Fault("beacon-round", { round, committed: committed.round }));
  }
  if ((await digestOf(bytesOf(signature))) !== randomness) faults.push(new Fault("beacon-random"));
  else if (!(await signedByQuicknet(round, signature))) {
    faults.push(new Fault("beacon-not-signed", { round }));
  }
  return faults;
}

/** The source spoke after the lottery was published, and before it was drawn. */
function timeFaults({ about: { day }, source: { numbers = [], round } }, events) {
  const timeOf = (name, other) => events.findLast(({ event }) => event === name)?.time ?? other;
  const [published, drawn] = [timeOf("published", ""), timeOf("drawn", "9")];
  // a day can be over elsewhere before it begins in Greenwich
  const dayBefore = (day) =>
    new Date(Date.parse(`${day}T00:00:00Z`) - 864e5).toJSON().slice(0, 10);
  const faults = numbers
    .filter(({ when }) => when < published.slice(0, 10) || drawn.slice(0, 10) < dayBefore(when))
    .map(({ what, when }) => new Fault("numbers-time", { what, when }));
  if (drawn.slice(0, 10) < dayBefore(day)) faults.push(new Fault("about-day", { day }));
  if (round !== undefined) {
    const time = new Date((GENESIS + PERIOD * (round - 1)) * 1000).toJSON().replace(".000Z", "Z");
    if (!(published < time && time <= drawn)) faults.push(new Fault("beacon-time", { round }));
  }
  return faults;
}

/** One spelling for one outcome: numbers sorted, each with a full stop, all with a slash. */
function seedFaults(seed, promised) {
  const parts = seed.split("/");
  const isSpelled = (part, { count, lowest, highest }) => {
    if (!/^(\d{1,9}\.)+$/.test(part)) return false;
    const found = part.slice(0, -1).split(".");
    const numbers = found.map(Number);
    return (
      found.length === count &&
      numbers.every((number, place) => String(number) === found[place]) &&
      numbers.every((number) => lowest <= number && number <= highest) &&
      numbers.every((number, place) => place === 0 || numbers[place - 1] <= number)
    );
  };
  const well =
    parts.pop() === "" &&
    parts.length === promised.length &&
    parts.every((part, place) => isSpelled(part, promised[place]));
  return well ? [] : [new Fault("seed-format", { seed })];
}

async function checkTicket(draw, bundle) {
  try {
    bundle.ticket = await ticketOf(draw.source, bundle.commitment);
  } catch (fault) {
    return verdictOf("ticket", [fault]);
  }
  const [computed, stated] = [String(bundle.ticket), String(draw.ticket)];
  const faults = computed === stated ? [] : [new Fault("ticket-differs", { computed, stated })];
  return verdictOf("ticket", faults);
}

function checkPanel(draw, lottery, bundle) {
  if (!lottery) return unchecked("panel", "needs", { file: "lottery.json" });
  if (bundle.ticket === undefined) return unchecked("panel", "no-ticket");
  bundle.panel = panelOf(bundle.ticket, lottery);
  const ticket = String(bundle.ticket);
  if (!bundle.panel) return verdictOf("panel", [new Fault("no-panel", { ticket })]);
  const same = bundle.panel.join() === draw.panel.join();
  return verdictOf("panel", same ? [] : [new Fault("panel-differs", { ticket })]);
}
