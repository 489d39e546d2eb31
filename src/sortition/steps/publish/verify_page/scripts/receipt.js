// The receipt of a volunteer: that her row is in the pool that was committed to.

const leafOf = (nonce, row) => sha256(Uint8Array.of(0), bytesOf(nonce), canonical(row));
const nodeOf = (left, right) => sha256(Uint8Array.of(1), left, right);

/** The root that a leaf and its path lead to in a tree of RFC 6962. */
async function rootOver(leaf, index, size, path) {
  if (index >= size) throw new Fault("receipt-index", { index, size });
  if (size === 1) {
    if (path.length) throw new Fault("receipt-path-length");
    return leaf;
  }
  if (!path.length) throw new Fault("receipt-path-length");
  let middle = 1;
  while (middle * 2 < size) middle *= 2;
  const [below, sibling] = [path.slice(0, -1), bytesOf(path.at(-1))];
  if (index < middle) return nodeOf(await rootOver(leaf, index, middle, below), sibling);
  return nodeOf(sibling, await rootOver(leaf, index - middle, size - middle, below));
}

/** What a receipt shows under a bundle: its checks and, if they are ok, the volunteer herself. */
async function examineReceipt(content, bundle) {
  const ids = ["receipt", "receipt-commitment", "receipt-path", "receipt-own", "receipt-token"];
  let receipt;
  try {
    receipt = parsed(content);
    canonical(receipt);
    const [fault] = misfit(receipt, RECEIPT);
    if (fault) throw fault;
  } catch (error) {
    const fault = error instanceof Fault ? error : new Fault("unreadable");
    const form = verdictOf("receipt", about("receipt", [fault]));
    return { checks: [form, ...ids.slice(1).map((id) => unchecked(id, "needs-receipt"))] };
  }
  const checks = [
    verdictOf("receipt", []),
    checkReceiptCommitment(receipt, bundle),
    await checkPath(receipt, bundle),
    await checkOwn(receipt),
    checkToken(receipt, bundle),
  ];
  if (checks.some(({ state }) => state !== "ok")) return { checks };
  return { checks, person: person(receipt, bundle) };
}

function checkReceiptCommitment(receipt, { digest }) {
  const id = "receipt-commitment";
  if (!digest) return unchecked(id, "needs", { file: "commitment.json" });
  return verdictOf(id, receipt.commitment === digest ? [] : [new Fault("receipt-elsewhere")]);
}

async function checkPath({ index, nonce, path, row, size }, { commitment }) {
  const id = "receipt-path";
  if (!commitment) return unchecked(id, "needs", { file: "commitment.json" });
  const { pool } = commitment;
  if (size !== pool.size) {
    return verdictOf(id, [new Fault("receipt-size", { size, people: pool.size })]);
  }
  try {
    const root = hexOf(await rootOver(await leafOf(nonce, row), index, size, path));
    return verdictOf(id, root === pool.root ? [] : [new Fault("receipt-root")]);
  } catch (fault) {
    return verdictOf(id, [fault]);
  }
}

/** What she wrote of herself is in the row, so that nobody else can be handed this receipt. */
async function checkOwn({ nonce, own, row }) {
  const digest = await digestOf(Uint8Array.of(2), bytesOf(nonce), canonical(own));
  return verdictOf("receipt-own", digest === row.own ? [] : [new Fault("receipt-own")]);
}

function checkToken({ row }, { lottery }) {
  if (!lottery) return unchecked("receipt-token", "needs", { file: "lottery.json" });
  const { token } = row;
  const faults = lottery.people.includes(token) ? [] : [new Fault("receipt-token", { token })];
  return verdictOf("receipt-token", faults);
}

function person({ own, row }, { lottery, panel }) {
  const ranges = rangesOf(row.token, lottery);
  const tickets = ranges.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return { own, row, ranges, tickets, of: ticketsIn(lottery), selected: panel?.includes(row.token) };
}
