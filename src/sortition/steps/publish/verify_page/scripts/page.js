// The page: what the visitor chose and typed, and what is shown of it.

let bundle = null;
let own = null;
let latestChoice = 0;
let latestReceipt = 0;

async function choose(files) {
  if (!files.length) return;
  const choice = ++latestChoice;
  byId("checks").ariaBusy = "true";
  announce("verdict", say("verdict", "busy"));
  const collected = await collect(files);
  const examined = await examine(collected);
  if (choice !== latestChoice) return;
  bundle = examined;
  const names = [...collected.files.keys()].sort(byCodePoint).join(", ");
  byId("chosen").textContent = names && say("draw", "chosen", { names });
  byId("trial-outcome").replaceChildren();
  showBundle();
  await checkReceipt();
  byId("checks").ariaBusy = "false";
}

function showBundle() {
  if (!bundle) return;
  const announced = checkAnnounced(byId("announced").value, bundle.digest);
  const [reading, ...rest] = bundle.checks;
  const checks = [reading, announced, ...rest];
  showChecks("checks", checks);
  showFigures(bundle);
  showDraw(bundle, own);
  showEvents(bundle);
  announce("verdict", verdict(checks, bundle));
}

async function tryOut() {
  const typed = byId("seed").value.normalize("NFC");
  const { commitment, lottery } = bundle;
  const { kind } = commitment.source;
  const source = {
    seed: { kind, seed: typed },
    drawn: { kind, digits: typed.trim() },
    beacon: { kind, randomness: typed.trim().toLowerCase() },
  }[kind];
  const shown = [];
  try {
    const ticket = await ticketOf(source, commitment);
    const panel = panelOf(ticket, lottery);
    if (!panel) throw new Fault("no-panel", { ticket: String(ticket) });
    const label = say("draw", "trial_ticket");
    shown.push(...ticketAndPanel(label, ticket, panel, commitment.tickets, own));
  } catch (fault) {
    shown.push(paragraph(sentence(fault)));
  }
  byId("trial-outcome").replaceChildren(...shown);
}

async function checkReceipt() {
  const turn = ++latestReceipt;
  byId("receipt-checks").ariaBusy = "true";
  const content = byId("receipt-text").value;
  let found = { checks: [] };
  if (content.trim() && bundle) found = await examineReceipt(content, bundle);
  if (turn !== latestReceipt) return;
  showChecks("receipt-checks", found.checks);
  byId("person").replaceChildren();
  if (found.person) showPerson(found.person, bundle);
  own = found.person?.row.token ?? null;
  if (bundle) showDraw(bundle, own);
  announce("receipt-verdict", receiptVerdict(content, found));
  byId("receipt-checks").ariaBusy = "false";
}

function receiptVerdict(content, { checks, person }) {
  if (!content.trim()) return "";
  if (!bundle) return say("verdict", "files_first");
  if (!person) return verdict(checks);
  const sound = bundle.checks.every(({ state }) => state !== "wrong");
  return `✓ ${say("verdict", "receipt")}${sound ? "" : ` ${say("verdict", "receipt_but")}`}`;
}

async function readReceipt(files) {
  const [file] = files;
  if (!file) return;
  // what is no text becomes a finding, like any other text that is no receipt
  byId("receipt-text").value = await file.text().catch(() => "?");
  await checkReceipt();
}

/** Files may be dropped anywhere; the browser must not open them in place of this page. */
function takeDrops() {
  const holdsFiles = ({ dataTransfer }) => dataTransfer.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.add("over");
  });
  document.addEventListener("dragleave", () => document.body.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    document.body.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (byId("receipt").contains(event.target)) readReceipt(files);
    else choose(files);
  });
}

function start() {
  if (!globalThis.crypto?.subtle) {
    byId("insecure").hidden = false;
    for (const field of document.querySelectorAll("input, textarea, button")) field.disabled = true;
    return;
  }
  byId("bundle").addEventListener("change", ({ target }) => choose([...target.files]));
  byId("announced").addEventListener("input", showBundle);
  byId("receipt-file").addEventListener("change", ({ target }) => readReceipt(target.files));
  byId("receipt-text").addEventListener("input", checkReceipt);
  byId("trial").addEventListener("submit", (event) => {
    event.preventDefault();
    tryOut();
  });
  takeDrops();
}

start();
