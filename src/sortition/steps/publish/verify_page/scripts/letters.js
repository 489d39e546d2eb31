// The letters that everybody's verifier knows: those of Unicode 14.0. How a later one is spelled in
// NFC depends on the version that a program has.

// how many code points in turn have a meaning and have none, from U+0000 on, in digits of base 36
const RUNS = `{{ RUNS }}`;

const ENDS = [];
for (const run of RUNS.trim().split(/\s+/)) {
  ENDS.push((ENDS.at(-1) ?? 0) + Number.parseInt(run, 36));
}

/** Whether every letter of a text has a meaning in Unicode 14.0. */
function isKnown(text) {
  if (/^[\0-\x7f]*$/.test(text)) return true;
  return [...new Set(text)].every((letter) => {
    const code = letter.codePointAt(0);
    let [low, high] = [0, ENDS.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (ENDS[middle] <= code) low = middle + 1;
      else high = middle;
    }
    return low % 2 === 0;
  });
}
