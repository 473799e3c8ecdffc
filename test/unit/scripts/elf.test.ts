import assert from "node:assert/strict";
import { test } from "node:test";
import { stripped, withoutBytes } from "../../../scripts/release/elf.mjs";

/*
 * Programs of 4 KiB pages with one segment of code and one of data, a table of headers in a segment of its own with room
 * for another, and a section that nothing loads: as `node --build-sea` writes them.
 */

const PAGE = 4096;
const [LOAD, NOTE, PHDR] = [1, 4, 6];
const HEADER = 56;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

function programOf(segments: readonly Segment[], { room = 2, length = 9 * PAGE } = {}): Buffer {
  const program = Buffer.alloc(length);
  for (let page = 1; page < 7; page += 1) program.fill(page, page * PAGE, (page + 1) * PAGE);
  const table = 7 * PAGE;
  program.write("\x7fELF", "latin1");
  program.writeBigUInt64LE(BigInt(table), 32);
  program.writeBigUInt64LE(BigInt(8 * PAGE), 40);
  program.writeUInt16LE(segments.length, 56);
  for (const [index, { type, offset, address, size }] of segments.entries()) {
    const at = table + index * HEADER;
    program.writeUInt32LE(type, at);
    for (const [field, value] of [
      [8, offset],
      [16, address],
      [24, address],
      [32, size],
      [40, size],
      [48, PAGE],
    ] as const)
      program.writeBigUInt64LE(BigInt(value), at + field);
  }
  program.fill(
    0xff,
    table + (segments.length + room) * HEADER,
    table + (segments.length + room + 1) * HEADER,
  );
  return program;
}

const segments: readonly Segment[] = [
  { type: PHDR, offset: 7 * PAGE, address: 0x407000, size: 4 * HEADER },
  { type: LOAD, offset: PAGE, address: 0x401000, size: 5 * PAGE },
  { type: NOTE, offset: 5 * PAGE, address: 0x405000, size: 16 },
  { type: LOAD, offset: 7 * PAGE, address: 0x407000, size: PAGE },
];

/** What a loader puts into memory: the byte of each page, by its address. */
function memoryOf(program: Buffer): Record<string, number | undefined> {
  const memory: Record<string, number | undefined> = {};
  for (const { type, offset, address, size } of segmentsOf(program)) {
    assert.equal(offset % PAGE, address % PAGE, "a loader maps whole pages");
    if (type !== LOAD) continue;
    for (let page = 0; page < size; page += PAGE)
      memory[(address + page).toString(16)] = program[offset + page];
  }
  return memory;
}

function segmentsOf(program: Buffer): Segment[] {
  const table = Number(program.readBigUInt64LE(32));
  return Array.from({ length: program.readUInt16LE(56) }, (_, index) => {
    const at = table + index * HEADER;
    const number = (field: number) => Number(program.readBigUInt64LE(at + field));
    return { type: program.readUInt32LE(at), offset: number(8), address: number(16), size: number(32) };
  });
}

test("what is cut out is gone from the file, and everything else keeps its address", () => {
  const program = programOf(segments);
  // From within page 2 to within page 4: page 3 is all of it that fills a page.
  const cut = withoutBytes(program, 2 * PAGE + 100, 4 * PAGE + 100);
  assert.equal(cut.length, program.length - PAGE);
  const { "403000": gone, ...rest } = memoryOf(program);
  assert.equal(gone, 3);
  const { "407000": table, ...after } = memoryOf(cut);
  assert.notEqual(table, undefined);
  const { "407000": _before, ...before } = rest;
  assert.deepEqual(after, before);
  const [headers, , , note] = segmentsOf(cut);
  assert.equal(headers?.size, 5 * HEADER, "the table says its own size");
  assert.equal(headers?.offset, Number(cut.readBigUInt64LE(32)));
  assert.deepEqual([note?.type, note?.offset, note?.address], [NOTE, 4 * PAGE, 0x405000]);
});

test("less than a page stays where it is", () => {
  const program = programOf(segments);
  assert.deepEqual(withoutBytes(program, 2 * PAGE + 1, 4 * PAGE - 1), program);
});

test("a program that it does not know is refused, and not spoilt", () => {
  const [at, to] = [2 * PAGE, 4 * PAGE];
  const within = { type: NOTE, offset: 3 * PAGE, address: 0x403000, size: 16 };
  assert.throws(() => withoutBytes(programOf([...segments, within]), at, to), /names what is to be cut out/);
  assert.throws(() => withoutBytes(programOf(segments, { room: 0 }), at, to), /no room for another/);
  assert.throws(() => withoutBytes(programOf(segments), 2 * PAGE, 7 * PAGE), /No segment/);
  assert.throws(() => withoutBytes(programOf(segments.slice(2)), at, to), /No segment/);
});

test("a stripped program ends with what is loaded, and has no table of sections", () => {
  const program = stripped(programOf(segments));
  assert.equal(program.length, 8 * PAGE);
  assert.equal(program.readBigUInt64LE(40), 0n);
  assert.deepEqual(memoryOf(program), memoryOf(programOf(segments)));
});
