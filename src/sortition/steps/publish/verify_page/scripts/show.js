// What was found, as words on the page. Whatever stands in a file stays text.

const words = JSON.parse(document.getElementById("words").textContent);
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const percents = new Intl.NumberFormat(language, { style: "percent", maximumSignificantDigits: 3 });
const byId = (id) => document.getElementById(id);
const REHEARSAL = "rehearsal: "; // how the name of an assembly begins whose draw decides nothing
const SIGNS = { ok: "✓", wrong: "✗", open: "–" };

/** A text of the catalogue with its fields filled in. */
function say(section, key, facts = {}) {
  const filled = (_, name) =>
    typeof facts[name] === "number" ? numbers.format(facts[name]) : String(facts[name]);
  return words[section][key].replace(/\{(\w+)\}/g, filled);
}

function sentence({ code, facts: { file, ...facts } }) {
  const template = words.faults[code];
  const told = say("faults", code, { file, ...facts });
  return file === undefined || template.includes("{file}") ? told : `${file}: ${told}`;
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const paragraph = (text, kind) => element("p", kind ? { class: kind } : {}, text);
const code = (text) => element("code", {}, text);

/** A list of terms; texts and elements are both taken as what they are. */
function terms(pairs, kind) {
  const rows = pairs.map(([term, ...told]) =>
    element("div", {}, element("dt", {}, term), element("dd", {}, ...told)),
  );
  return element("dl", { class: kind }, ...rows);
}

/** A status is announced when it changes, and only then. */
function announce(id, text) {
  if (byId(id).textContent !== text) byId(id).textContent = text;
}

function showChecks(id, checks) {
  const items = checks.map((check) => {
    const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[check.state]);
    const state = element("span", { class: "state" }, sign, say("states", check.state));
    const name = element("div", {}, element("span", { class: "name" }, say("checks", check.id)));
    const faults = check.faults.map((fault) => element("li", {}, sentence(fault)));
    if (faults.length) name.append(element("ul", {}, ...faults));
    return element("li", { class: check.state, "data-check": check.id }, state, name);
  });
  byId(id).replaceChildren(...items);
}

function verdict(checks, bundle) {
  const count = (state) => checks.filter((check) => check.state === state).length;
  const [ok, wrong, open] = ["ok", "wrong", "open"].map(count);
  if (!wrong && bundle && hasFewTickets(bundle)) {
    const { few_tickets: reason, tickets } = bundle.commitment;
    return `– ${say("verdict", "few", { reason, tickets })}`;
  }
  const [key, sign] = wrong ? ["wrong", "✗"] : open ? ["open", "–"] : ["ok", "✓"];
  return `${sign} ${say("verdict", key)} ${say("verdict", "counts", { ok, wrong, open })}`;
}

const padded = (ticket, tickets) => String(ticket).padStart(digitsOf(tickets), "0");

function committedSource({ kind, chain, round, numbers = [] }) {
  const found = numbers.map(
    ({ count, lowest, highest, what, where, when }) =>
      `${count} (${lowest}–${highest}): ${what}, ${where}, ${when}`,
  );
  return say("sources", kind, { chain, round: String(round), numbers: found.join("; ") });
}

function drawnSource({ kind, seed, digits, randomness }) {
  return code({ seed, drawn: digits, beacon: randomness }[kind]);
}

function companySentences({ cases, forced, ...shares }) {
  const facts = { cases, forced };
  for (const [name, share] of Object.entries(shares)) facts[name] = percents.format(share);
  const always = cases ? "nearly_always" : "nobody_always";
  return ["never", "closest", always].map((key) => paragraph(say("company", key, facts)));
}

function showFigures({ commitment, digest, draw, lottery, mixed }) {
  const pairs = [];
  byId("rehearsal").hidden = !commitment?.about.assembly.startsWith(REHEARSAL);
  if (digest) pairs.push([say("figures", "digest"), code(digest)]);
  if (commitment) {
    const { about, tickets } = commitment;
    const [first, last] = [padded(0, tickets), padded(tickets - 1, tickets)];
    pairs.push(
      [say("figures", "about"), `${about.assembly}, ${about.organiser}, ${about.day}`],
      [say("figures", "lottery"), code(commitment.lottery)],
      [say("figures", "tickets"), say("figures", "numbered", { tickets, first, last })],
      [say("figures", "source"), committedSource(commitment.source)],
    );
  }
  if (draw) pairs.push([say("figures", `draw_${draw.source.kind}`), drawnSource(draw.source)]);
  if (lottery) {
    const facts = { people: lottery.people.length, k: lottery.k, panels: lottery.panels.length };
    pairs.push([say("figures", "lottery_size"), say("figures", "size", facts)]);
    if (mixed) pairs.push([say("company", "heading"), ...companySentences(mixed)]);
  }
  byId("figures").replaceChildren(...terms(pairs, "facts").children);
}

/** A ticket in large digits, and its panel. */
function ticketAndPanel(label, ticket, panel, tickets, own) {
  const tokens = panel.map((token) =>
    token === own
      ? element("li", { class: "own" }, code(token), ` ${say("draw", "own")}`)
      : element("li", {}, code(token)),
  );
  return [
    paragraph(label, "label"),
    paragraph(padded(ticket, tickets), "ticket"),
    paragraph(say("draw", "panel", { n: panel.length })),
    element("ul", { class: "tokens" }, ...tokens),
  ];
}

function showDraw({ checks, commitment, panel, ticket, undrawn, lottery }, own) {
  const state = checks.find(({ id }) => id === "ticket").state;
  byId("draw").hidden = !(panel || undrawn);
  byId("trial").hidden = !(undrawn && commitment && lottery);
  if (undrawn) {
    byId("outcome").replaceChildren(paragraph(say("draw", "not_drawn"), "note"));
    const kind = commitment?.source.kind ?? "seed";
    byId("seed-label").textContent = say("draw", `trial_${kind}`);
  } else if (panel) {
    const label = say("draw", state === "ok" ? "ticket" : "ticket_here");
    const shown = ticketAndPanel(label, ticket, panel, commitment.tickets, own);
    byId("outcome").replaceChildren(...shown);
  }
}

function showEvents({ events }) {
  byId("events").hidden = !events.length;
  const items = events.map(({ event, facts: { files, ...facts }, time }) => {
    const when = element("time", { datetime: time }, time.replace("T", " ").replace("Z", " UTC"));
    const name = element("strong", {}, words.events[event] ?? event);
    const item = element("li", {}, element("p", {}, when), element("p", {}, name));
    const told = Object.entries(facts);
    if (told.length) item.append(terms(told.map(factPair), "told"));
    if (files !== undefined) item.append(fileList(files));
    return item;
  });
  byId("event-list").replaceChildren(...items);
}

const factPair = ([name, value]) => [words.facts[name] ?? name, inWords(value)];

function inWords(value) {
  if (!isRecord(value)) return typeof value === "object" ? canonical(value) : String(value);
  return Object.entries(value).map(([name, item]) => `${name}: ${inWords(item)}`).join(", ");
}

/** The files that an event wrote, folded away. */
function fileList(files) {
  const written = isRecord(files) ? Object.entries(files) : [["", files]];
  const lines = written.map(([name, digest]) => [name, code(inWords(digest))]);
  const summary = element("summary", {}, say("facts", "files", { n: written.length }));
  return element("details", {}, summary, terms(lines, "digests"));
}

function rangeText({ first, last }, tickets) {
  const [from, to] = [padded(first, tickets), padded(last, tickets)];
  return first === last ? from : `${from}–${to}`;
}

/** What the lottery knows of a volunteer, and her chance in it. */
function showPerson({ own, row, ranges, tickets, of, selected }, { ticket }) {
  const selection = { true: "selected", false: "not_selected", undefined: "not_yet" }[selected];
  const drawn = ticket === undefined ? "" : padded(ticket, of);
  const chances = [
    [say("person", "token"), code(row.token)],
    [say("person", "tickets"), say("person", "of", { tickets, of })],
    [say("person", "share"), percents.format(tickets / of)],
  ];
  const numbersOf = ranges.map((range) => rangeText(range, of)).join(", ");
  if (ranges.length) chances.push([say("person", "numbers"), numbersOf]);
  const known = Object.entries(row.values);
  byId("person").replaceChildren(
    paragraph(say("person", selection, { ticket: drawn }), "lead"),
    element("h3", {}, say("person", "chances")),
    terms(chances, "facts"),
    element("h3", {}, say("person", "whose")),
    paragraph(say("person", "whose_note")),
    terms(Object.entries(own).filter(([, value]) => value), "facts"),
    element("h3", {}, say("person", "known")),
    terms(known.map(([name, value]) => [name, String(value)]), "facts"),
  );
}
