// The chosen files, out of a ZIP file or by themselves. Only the directory of a ZIP is believed.

const MOST_BYTES = 256 * 2 ** 20;
const MOST_ENTRIES = 1000;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_LENGTH = 22;
const STORED = 0;
const DEFLATED = 8;

const isZip = (bytes) => bytes[0] === 0x50 && bytes[1] === 0x4b;

/** All chosen files by name, ZIP files unpacked; what cannot be read is told as faults. */
async function collect(chosen) {
  const files = new Map();
  const faults = [];
  const room = { bytes: MOST_BYTES };
  for (const file of chosen) {
    try {
      const found = await orFault(() => contents(file, room), "unreadable");
      for (const [name, bytes] of found) {
        if (files.has(name)) throw new Fault("file-twice", { name });
        files.set(name, bytes);
      }
    } catch (fault) {
      faults.push(new Fault(fault.code, { file: file.name, ...fault.facts }));
    }
  }
  return { files, faults };
}

async function contents(file, room) {
  take(room, file.size);
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isZip(bytes)) return [[file.name, bytes]];
  return orFault(() => unzip(bytes, room), "zip-damaged");
}

function take(room, bytes) {
  room.bytes -= bytes;
  if (room.bytes < 0) throw new Fault("too-large", { megabytes: MOST_BYTES / 2 ** 20 });
}

/** The files of a ZIP by name: those in the folder of the one commitment. */
async function unzip(bytes, room) {
  const entries = directory(bytes).filter(({ path }) => !path.endsWith("/"));
  const paths = entries.map(({ path }) => path);
  const folded = new Set(paths.map((path) => path.toLowerCase()));
  const anchors = paths.filter((path) => /(^|\/)commitment\.json$/.test(path));
  if (folded.size < paths.length || anchors.length > 1 || paths.some(isOutside)) {
    throw new Fault("zip-ambiguous");
  }
  const home = (anchors[0] ?? "").replace(/commitment\.json$/, "");
  const files = [];
  for (const entry of entries) {
    const name = entry.path.slice(home.length);
    if (!entry.path.startsWith(home) || name.includes("/")) continue;
    files.push([name, await unpacked(bytes, entry, room)]);
  }
  return files;
}

// no folder above, nothing absolute, no letter that does not show
const isOutside = (path) =>
  path.split("/").some((part) => ["", ".", ".."].includes(part)) || /[\\\p{C}]/u.test(path);

function directory(bytes) {
  const view = new DataView(bytes.buffer);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw new Fault("zip-64");
  if (count > MOST_ENTRIES) throw new Fault("zip-entries", { most: MOST_ENTRIES });
  // nothing before the first file, nothing beside the directory: it can be read in one way alone
  const whole = at + view.getUint32(end + 12, true) === end && !view.getUint32(end + 4, true);
  if (!whole || view.getUint16(end + 8, true) !== count) throw new Fault("zip-damaged");
  if (count && view.getUint32(0, true) !== LOCAL_ENTRY) throw new Fault("zip-damaged");
  const entries = Array.from({ length: count }, () => {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Fault("zip-damaged");
    const nameLength = view.getUint16(at + 28, true);
    const named = bytes.subarray(at + 46, at + 46 + nameLength);
    const inUtf8 = (view.getUint16(at + 8, true) & 0x800) !== 0;
    if (!inUtf8 && named.some((byte) => byte > 127)) throw new Fault("zip-ambiguous");
    const entry = {
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      crc: view.getUint32(at + 16, true),
      named,
      local: view.getUint32(at + 42, true),
      path: textOf(named),
    };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return entry;
  });
  if (at !== end) throw new Fault("zip-damaged");
  return entries;
}

function endOfDirectory(view) {
  const at = view.byteLength - END_LENGTH;
  if (at < 0 || view.getUint32(at, true) !== END_OF_DIRECTORY) throw new Fault("zip-damaged");
  if (view.getUint16(at + 20, true)) throw new Fault("zip-damaged");
  return at;
}

async function unpacked(bytes, entry, room) {
  if (entry.encrypted) throw new Fault("zip-encrypted");
  if (![STORED, DEFLATED].includes(entry.method)) throw new Fault("zip-method");
  take(room, entry.size);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(entry.local, true) !== LOCAL_ENTRY) throw new Fault("zip-damaged");
  const nameLength = view.getUint16(entry.local + 26, true);
  const begin = entry.local + 30;
  const named = bytes.subarray(begin, begin + nameLength);
  if (hexOf(named) !== hexOf(entry.named)) throw new Fault("zip-damaged");
  const start = begin + nameLength + view.getUint16(entry.local + 28, true);
  const content = bytes.subarray(start, start + entry.packed);
  const whole = entry.method === STORED ? content : await inflated(content, entry.size);
  if (whole.length !== entry.size || crc32(whole) !== entry.crc) throw new Fault("zip-damaged");
  return whole;
}

/** CRC-32, as a ZIP states it of each file. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ byte) & 255];
  return ~crc >>> 0;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** The bytes unpacked, no more of them than the directory told of. */
async function inflated(packed, size) {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const whole = new Uint8Array(size);
  let length = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    whole.set(piece.value, length); // throws when there is more than was told
    length += piece.value.length;
  }
  return whole.subarray(0, length);
}
