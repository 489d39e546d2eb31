// The chosen files, out of a ZIP file or by themselves. Only the directory of a ZIP is believed.

const MOST_BYTES = 256 * 2 ** 20;
const MOST_ENTRIES = 1000;
const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
const STORED = 0;
const DEFLATED = 8;
// a folder, or what macOS adds
const NO_FILE = /(\/|^__MACOSX\/.*|\.DS_Store)$/;

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

/** The files of a ZIP by name; a folder that holds everything is looked through. */
async function unzip(bytes, room) {
  const entries = directory(bytes).filter(({ path }) => !NO_FILE.test(path));
  const tops = new Set(entries.map(({ path }) => path.slice(0, path.indexOf("/") + 1)));
  const top = tops.size === 1 ? [...tops][0] : "";
  const files = [];
  for (const entry of entries) {
    const name = entry.path.slice(top.length);
    if (!name.includes("/")) files.push([name, await unpacked(bytes, entry, room)]);
  }
  return files;
}

function directory(bytes) {
  const view = new DataView(bytes.buffer);
  const end = endOfDirectory(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count === 0xffff || at === 0xffffffff) throw new Fault("zip-64");
  if (count > MOST_ENTRIES) throw new Fault("zip-entries", { most: MOST_ENTRIES });
  return Array.from({ length: count }, () => {
    if (view.getUint32(at, true) !== DIRECTORY_ENTRY) throw new Fault("zip-damaged");
    const nameLength = view.getUint16(at + 28, true);
    const entry = {
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      local: view.getUint32(at + 42, true),
      path: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
    };
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    return entry;
  });
}

function endOfDirectory(view) {
  const last = view.byteLength - END_LENGTH;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  throw new Fault("zip-damaged");
}

async function unpacked(bytes, entry, room) {
  if (entry.encrypted) throw new Fault("zip-encrypted");
  if (![STORED, DEFLATED].includes(entry.method)) throw new Fault("zip-method");
  take(room, entry.size);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(entry.local, true) !== LOCAL_ENTRY) throw new Fault("zip-damaged");
  const names = view.getUint16(entry.local + 26, true) + view.getUint16(entry.local + 28, true);
  const start = entry.local + 30 + names;
  const content = bytes.subarray(start, start + entry.packed);
  const whole = entry.method === STORED ? content : await inflated(content, entry.size);
  if (whole.length !== entry.size) throw new Fault("zip-damaged");
  return whole;
}

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
