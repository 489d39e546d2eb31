// The draw: integers and SHA-256 only. Tickets are numbered from 0 in the order of the panels, and
// panels are in the order of their marks.

const SPACE = 2n ** 256n;

/** A number from 0 to n − 1; the blocks that would favour one are passed over. */
async function below(n, seed, domain) {
  const prefix = `${await digestOf(`sortition/seed/1\n${seed}`)}|${domain}|`;
  const limit = SPACE - (SPACE % BigInt(n));
  for (let counter = 0; ; counter += 1) {
    const block = BigInt(`0x${await digestOf(`${prefix}${counter}`)}`);
    if (block < limit) return Number(block % BigInt(n));
  }
}

const ticketFromSeed = (seed, commitment) =>
  below(commitment.tickets, seed, `draw/${commitment.lottery}`);

const digitsOf = (tickets) => String(tickets - 1).length;

/** The ticket that was drawn by hand, as many digits as the highest number has. */
function ticketFromDigits(digits, tickets) {
  const width = digitsOf(tickets);
  if (digits.length !== width || !/^[0-9]+$/.test(digits)) {
    throw new Fault("digits", { digits, width });
  }
  const ticket = Number(digits);
  if (ticket >= tickets) throw new Fault("digits-range", { digits, last: String(tickets - 1) });
  return ticket;
}

/** The ticket that a source gives under a commitment. */
async function ticketOf(source, commitment) {
  if (source.kind === "drawn") return ticketFromDigits(source.digits, commitment.tickets);
  return ticketFromSeed(source.kind === "seed" ? source.seed : source.randomness, commitment);
}

/** By what a panel has its place among the others. */
const markOf = ({ members }) => digestOf(["sortition/panel/1", ...members].join("\n"));

/** The panels with the tickets of each, from `first` to `last`. */
function ticketed(panels) {
  let next = 0;
  return panels.map(({ members, weight }) => {
    const first = next;
    next += weight;
    return { members, first, last: next - 1 };
  });
}

const panelOf = (ticket, lottery) =>
  ticketed(lottery.panels).find(({ first, last }) => first <= ticket && ticket <= last)?.members;

const ticketsIn = (lottery) => lottery.panels.reduce((sum, { weight }) => sum + weight, 0);

/** The tickets whose panels hold a token, as ranges with neighbours joined. */
function rangesOf(token, lottery) {
  const ranges = [];
  for (const { members, first, last } of ticketed(lottery.panels)) {
    if (!members.includes(token)) continue;
    const before = ranges.at(-1);
    if (before && before.last + 1 === first) before.last = last;
    else ranges.push({ first, last });
  }
  return ranges;
}
