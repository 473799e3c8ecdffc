import assert from "node:assert/strict";
import { test } from "node:test";
import { isKept, smallerIcu } from "../../../scripts/release/icu.mjs";

/** A package of ICU's data as ucmndata.h has it, between bytes of a program. */
function programWith(items: Readonly<Record<string, string>>, before = 64): Buffer {
  const header = Buffer.alloc(32);
  header.writeUInt16LE(32);
  header.write("\xda\x27", 2, "latin1");
  header.write("CmnD\x01", 12, "latin1");
  const names = Object.keys(items);
  const table = Buffer.alloc(4 + names.length * 8);
  table.writeUInt32LE(names.length);
  const texts = names.map((name) => Buffer.from(`${name}\0`));
  let name = table.length;
  let position = Math.ceil((name + Buffer.concat(texts).length) / 16) * 16;
  const data = Buffer.alloc(position + 16 * 16 * names.length);
  for (const [index, content] of Object.values(items).entries()) {
    table.writeUInt32LE(name, 4 + index * 8);
    table.writeUInt32LE(position, 8 + index * 8);
    name += texts[index]?.length ?? 0;
    data.write(content, position);
    position += Math.ceil(content.length / 16) * 16;
  }
  Buffer.concat([table, ...texts]).copy(data);
  return Buffer.concat([Buffer.alloc(before, 0xcc), header, data, Buffer.alloc(64, 0xcc)]);
}

/** What ICU finds under each name. */
function itemsOf(data: Buffer): Record<string, string> {
  const table = data.readUInt16LE(0);
  const found: Record<string, string> = {};
  for (let index = 0; index < data.readUInt32LE(table); index += 1) {
    const name = table + data.readUInt32LE(table + 4 + index * 8);
    const at = table + data.readUInt32LE(table + 8 + index * 8);
    assert.equal((at - table) % 16, 0, "ICU's items are aligned");
    found[data.toString("latin1", name, data.indexOf(0, name))] = data.toString(
      "latin1",
      at,
      data.indexOf(0, at),
    );
  }
  return found;
}

const all = {
  "icudt78l/brkitr/char.brk": "clusters",
  "icudt78l/brkitr/thaidict.dict": "words",
  "icudt78l/coll/de.res": "German order",
  "icudt78l/coll/root.res": "order of all",
  "icudt78l/en.res": "English",
  "icudt78l/res_index.res": "which there are",
  "icudt78l/zoneinfo64.res": "zones",
  "icudt78l/zu.res": "Zulu",
};

test("a smaller package has the kept items under their names, and says what the old one took", () => {
  const program = programWith(all);
  const { at, length, replacement } = smallerIcu(program);
  assert.equal(at, 64);
  assert.ok(length > replacement.length);
  assert.ok(program.subarray(at, at + length).includes("zones"));
  const {
    "icudt78l/coll/de.res": _de,
    "icudt78l/brkitr/thaidict.dict": _th,
    "icudt78l/zu.res": _zu,
    ...kept
  } = all;
  assert.deepEqual(itemsOf(replacement), kept);
  assert.deepEqual(
    replacement.subarray(0, 32),
    program.subarray(at, at + 32),
    "the header says which version it is",
  );
});

test("what no language needs, English and every list are kept; other languages and encodings are not", () => {
  for (const path of [
    "uts46.nrm",
    "nfkc.nrm",
    "brkitr/char.brk",
    "brkitr/root.res",
    "coll/ucadata.icu",
    "cnvalias.icu",
  ])
    assert.ok(isKept(`icudt78l/${path}`), path);
  for (const path of [
    "en.res",
    "curr/en_US.res",
    "root.res",
    "zone/pool.res",
    "res_index.res",
    "supplementalData.res",
  ])
    assert.ok(isKept(`icudt78l/${path}`), path);
  for (const path of [
    "de.res",
    "zone/de_CH.res",
    "sr_Cyrl_RS.res",
    "coll/zh.res",
    "gsw.res",
    "ibm-943.cnv",
    "translit/root.res",
  ])
    assert.ok(!isKept(`icudt78l/${path}`), path);
});

test("a program without such data, with two, or whose last item would stay is refused", () => {
  assert.throws(() => smallerIcu(Buffer.alloc(4096)), /holds 0 packages/);
  assert.throws(() => smallerIcu(Buffer.concat([programWith(all), programWith(all)])), /holds 2 packages/);
  assert.throws(() => smallerIcu(programWith({ "icudt78l/en.res": "English" })), /no known length/);
});
