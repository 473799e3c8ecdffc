// Prints what a Node makes of text, and within a single executable which code caches it rejects: the release compares
// the Node that it took with what it made of it (try-single.mjs).
"use strict";
const { createHash } = require("node:crypto");
const sea = require("node:sea");
const { Script } = require("node:vm");

const samples = [
  "Straße, ΌΔΟΣ ς, İstanbul ıI, ǅ, ﬁn, Å Å Å",
  "e\u0301\u0323 q\u0307\u0323 각 각 \u1100\u1161\u11a8",
  "👩‍👩‍👧‍👦 🇩🇪🇫🇷 👍🏽 ❤️ e\u0301\u0302 क्षि ที่ กำ 각\r\n\u200dx",
  "例え.テスト 漢字 ﷺ ½ ① ℌ",
];

const hosts = [
  "bücher.example",
  "例え.テスト",
  "faß.de",
  "xn--bcher-kva.example",
  "☃.net",
  "I♥NY.com",
  "a\u00adb.c",
  "ＡＢＣ.de",
];

/** The code points that Unicode has given to characters lie in these ranges, last excluded. */
const ranges = [
  [0, 0xd800],
  [0xe000, 0x32400],
  [0xe0000, 0xe0200],
];

/** A digest of what a function gives for every character. @param {(character: string) => string} of */
function ofAll(of) {
  const hash = createHash("sha256");
  for (const [first = 0, end = 0] of ranges) {
    let text = "";
    for (let point = first; point < end; point += 1) text += `${of(String.fromCodePoint(point))}\0`;
    hash.update(text);
  }
  return hash.digest("hex");
}

const classes = [
  "Cc",
  "Cf",
  "Cs",
  "L",
  "N",
  "M",
  "Surrogate",
  "Bidi_Control",
  "Lu",
  "Emoji",
  "Script=Greek",
  "ID_Start",
];
const classesOf = classes.map((name) => new RegExp(`^\\p{${name}}$`, "u"));

function texts() {
  const bytes = Buffer.from("\ufeffaä€😀\xff", "utf8");
  const when = new Date(Date.UTC(2026, 10, 26, 20, 15, 3));
  return {
    normalized: ["NFC", "NFD", "NFKC", "NFKD"].map((form) => ofAll((each) => each.normalize(form))),
    cases: ofAll((each) => `${each.toLowerCase()} ${each.toUpperCase()}`),
    cased: ["en", "tr", "lt", "el", "de"].flatMap((locale) =>
      samples.map((text) => [text.toLocaleLowerCase(locale), text.toLocaleUpperCase(locale)]),
    ),
    classes: ofAll((each) => classesOf.map((pattern) => (pattern.test(each) ? "1" : "0")).join("")),
    folded: ofAll((each) => (/^[a-zß-ÿΑ-ω\u212a]$/iu.test(each) ? "1" : "0")),
    graphemes: samples.map((text) =>
      [...new Intl.Segmenter("und", { granularity: "grapheme" }).segment(text)].map(({ segment }) => segment),
    ),
    numbers: [0, 1234567.891, -1e21, 2 ** 53].map((number) => [
      number.toLocaleString("en-US"),
      new Intl.NumberFormat("en", { style: "unit", unit: "megabyte" }).format(number),
      new Intl.NumberFormat("en", { style: "currency", currency: "EUR" }).format(number),
    ]),
    plurals: [0, 1, 2, 21].map((number) => new Intl.PluralRules("en", { type: "ordinal" }).select(number)),
    dates: ["UTC", "Europe/Berlin", "Asia/Kolkata"].map((timeZone) =>
      when.toLocaleString("en-GB", { timeZone, dateStyle: "full", timeStyle: "long" }),
    ),
    lists: new Intl.ListFormat("en").format(["a", "b", "c"]),
    sorted: [...samples.join(" ")].sort((one, other) => one.localeCompare(other, "en")).join(""),
    insensitive: "Ä".localeCompare("a", "en", { sensitivity: "base" }),
    hosts: hosts.map((host) => new URL(`https://${host}/ä?ö#ü`).href),
    decoded: ["utf-8", "utf-16le"].map((encoding) => new TextDecoder(encoding).decode(bytes)),
    kept: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes),
    fatal: failure(() => new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from([0x61, 0xff]))),
    latin: ["latin1", "ascii", "ucs2", "utf16le", "base64url"].map((encoding) =>
      Buffer.from(samples.join(""), /** @type {BufferEncoding} */ (encoding)).toString("hex"),
    ),
  };
}

/** @param {() => unknown} run */
function failure(run) {
  try {
    return run();
  } catch (error) {
    return String(error);
  }
}

/** Names of the scripts whose cache this Node takes for another's. */
function rejected() {
  /** @type {string[]} */
  const names = Reflect.get(sea, "getAssetKeys")();
  const bytes = (/** @type {string} */ name) =>
    Buffer.from(/** @type {ArrayBuffer} */ (sea.getRawAsset(name)));
  return names.filter((filename) => {
    const cache = filename.replace(/cjs$/, "cache");
    if (!filename.endsWith(".cjs") || !names.includes(cache)) return false;
    const script = new Script(bytes(filename).toString("latin1"), { filename, cachedData: bytes(cache) });
    return script.cachedDataRejected !== false;
  });
}

console.log(JSON.stringify({ texts: texts(), rejected: sea.isSea() ? rejected() : [] }));
