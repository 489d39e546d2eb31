// Who shares tickets with whom: the same figures as model/company.py, from the public tickets.

/** The tickets by person: for each, her number of tickets and the panels she is on. */
function held({ panels }) {
  const places = new Map();
  const people = [];
  const seated = panels.map(({ members, weight }) => {
    const row = members.map((member) => {
      if (!places.has(member)) {
        places.set(member, people.length);
        people.push({ tickets: 0, panels: [] });
      }
      return places.get(member);
    });
    for (const place of row) people[place].tickets += weight;
    return { row, weight };
  });
  for (const panel of seated) for (const place of panel.row) people[place].panels.push(panel);
  return people;
}

/** Pairs on no ticket together, as a share; what independent dealing would give; companions. */
function company(lottery) {
  const people = held(lottery);
  const tickets = ticketsIn(lottery);
  const shared = new Float64Array(people.length);
  const closest = [];
  let [met, cases, forced] = [0, 0, 0];
  for (const [own, person] of people.entries()) {
    shared.fill(0);
    for (const { row, weight } of person.panels) for (const place of row) shared[place] += weight;
    let most = 0;
    for (const [other, count] of shared.entries()) {
      if (other === own) continue;
      if (count) met += 1;
      if (count > most) most = count;
      if (10 * count >= 9 * person.tickets) cases += 1;
      // two people with a and b of m tickets share at least a + b - m
      const least = person.tickets + people[other].tickets - tickets;
      if (10 * least >= 9 * person.tickets) forced += 1;
    }
    closest.push(most / person.tickets);
  }
  const pairs = (people.length * (people.length - 1)) / 2;
  return {
    never: pairs ? (2 * pairs - met) / (2 * pairs) : 0,
    independent: pairs ? apart(people, tickets) / pairs : 0,
    closest: median(closest),
    cases,
    forced,
  };
}

/** How many pairs independent dealing leaves apart on average; people by their tickets. */
function apart(people, tickets) {
  const sizes = new Map();
  for (const { tickets: own } of people) sizes.set(own, (sizes.get(own) ?? 0) + 1);
  let sum = 0;
  for (const [own, size] of sizes) {
    for (const [other, others] of sizes) {
      if (other < own) continue;
      const pairs = own === other ? (size * (size - 1)) / 2 : size * others;
      sum += pairs * (1 - (own * other) / tickets ** 2) ** tickets;
    }
  }
  return sum;
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
