// The data of ICU within Node: 33 MB, of which nearly all is how other languages than English name, order and format
// things, and encodings other than Unicode's. What remains is every table that is not of one language, and English.

/** UDataInfo of a package of data: ICU's ucmndata.h. The name of its format, and where it stands in the header. */
const FORMAT = Buffer.from("CmnD\x01\0\0\0", "latin1");
const FORMAT_AT = 12;
const MAGIC = Buffer.from([0xda, 0x27]);
const MAGIC_AT = 2;
/** An entry of the table of contents: where the name is, and where the item is, both after the table's start. */
const ENTRY = 8;
/** Items of ICU begin at multiples of 16 bytes. */
const ALIGNMENT = 16;

/** Names of resources that belong to no language, in the form of a language's: lists, and what others fall back to. */
const ofNone = /^(res_index|root|pool)$/;
const ofLanguage = /^[a-z]{2,3}(_[A-Za-z0-9]+)*$/;
const ofEnglish = /^en(_|$)/;

/** Whether an item remains. @param {string} path  such as `icudt78l/coll/de.res` */
export function isKept(path) {
  const [, name = "", kind = ""] = /([^/]+)\.(\w+)$/.exec(path) ?? [];
  // Converters of encodings, dictionaries of languages without spaces, and transliteration.
  if (kind === "cnv" || kind === "dict" || path.includes("/translit/")) return false;
  return kind !== "res" || ofNone.test(name) || !ofLanguage.test(name) || ofEnglish.test(name);
}

/**
 * @typedef {object} Package
 * @property {number} at  where it begins in the program
 * @property {number} length  what it takes there
 */

/**
 * Finds the one package of ICU's data in a program, and the package that takes its place.
 * @param {Buffer} program @returns {Package & { replacement: Buffer }}
 * @throws {Error} where there is not exactly one
 */
export function smallerIcu(program) {
  const starts = packages(program);
  const [at] = starts;
  if (at === undefined || starts.length > 1)
    throw new Error(`The runtime holds ${starts.length} packages of ICU's data, where one is expected.`);
  const table = at + program.readUInt16LE(at);
  const items = itemsOf(program, table);
  const kept = items.filter(({ name }) => isKept(name));
  // The last one has no other after it to say how long it is. It is a language's, and left out.
  const last = items.at(-1);
  if (last === undefined || kept.includes(last))
    throw new Error("The last item of ICU's data has no known length.");
  return {
    at,
    length: table + last.offset - at,
    replacement: Buffer.concat([program.subarray(at, table), packed(program, table, kept)]),
  };
}

/** @param {Buffer} program */
function packages(program) {
  const found = [];
  for (let at = program.indexOf(FORMAT); at >= 0; at = program.indexOf(FORMAT, at + 1)) {
    const start = at - FORMAT_AT;
    if (program.subarray(start + MAGIC_AT, start + MAGIC_AT + 2).equals(MAGIC)) found.push(start);
  }
  return found;
}

/** @typedef {{ name: string, offset: number, end: number }} Item */

/** @param {Buffer} program @param {number} table @returns {Item[]} */
function itemsOf(program, table) {
  const count = program.readUInt32LE(table);
  const entry = (/** @type {number} */ index) => table + 4 + index * ENTRY;
  return Array.from({ length: count }, (_, index) => {
    const name = table + program.readUInt32LE(entry(index));
    const offset = program.readUInt32LE(entry(index) + 4);
    const end = index + 1 < count ? program.readUInt32LE(entry(index + 1) + 4) : offset;
    return { name: program.toString("latin1", name, program.indexOf(0, name)), offset, end };
  });
}

/** A table of contents with these items, in the order of their names, as ICU searches it. @param {Buffer} program @param {number} table @param {readonly Item[]} items */
function packed(program, table, items) {
  const names = items.map(({ name }) => Buffer.from(`${name}\0`, "latin1"));
  const head = Buffer.alloc(4 + items.length * ENTRY);
  head.writeUInt32LE(items.length);
  /** @type {Uint8Array[]} */
  const parts = [head, ...names];
  let position = parts.reduce((sum, { length }) => sum + length, 0);
  const pad = () => {
    const padding = Buffer.alloc(-position & (ALIGNMENT - 1));
    parts.push(padding);
    position += padding.length;
  };
  let name = head.length;
  for (const [index, { offset, end }] of items.entries()) {
    pad();
    head.writeUInt32LE(name, 4 + index * ENTRY);
    head.writeUInt32LE(position, 8 + index * ENTRY);
    name += names[index]?.length ?? 0;
    parts.push(program.subarray(table + offset, table + end));
    position += end - offset;
  }
  return Buffer.concat(parts);
}
