// Makes 64-bit ELF programs smaller: without what is not loaded into memory (debug information, symbols, the table of
// sections), and without bytes that nothing reads. Unlike the strip program, this does the same on every machine and for
// any target.

/** Offsets in the file header: elf(5), Elf64_Ehdr. */
const PHOFF = 32;
const SHOFF = 40;
const PHNUM = 56;
const SHENTSIZE = 58;
/** Size of a program header, its types, and offsets in it: Elf64_Phdr. */
const PROGRAM_HEADER = 56;
const PT_LOAD = 1;
const PT_PHDR = 6;
const P_OFFSET = 8;
const P_VADDR = 16;
const P_PADDR = 24;
const P_FILESZ = 32;
const P_MEMSZ = 40;
const P_ALIGN = 48;

/** @param {Buffer} program @returns {Buffer} */
export function stripped(program) {
  const ends = headersOf(program).map((header) => numberAt(header, P_OFFSET) + numberAt(header, P_FILESZ));
  const rest = Buffer.from(program.subarray(0, Math.max(...ends)));
  rest.writeBigUInt64LE(0n, SHOFF);
  // e_shentsize, e_shnum and e_shstrndx, two bytes each.
  rest.fill(0, SHENTSIZE, SHENTSIZE + 6);
  return rest;
}

/**
 * The program without the whole pages between two places of the file. Every address stays what it was: the segment that
 * held them becomes two, with nothing in memory between. The table of program headers gets one more, for which
 * `--build-sea` leaves room.
 *
 * @param {Buffer} program @param {number} from @param {number} to @returns {Buffer}
 * @throws {Error} where the program is not of the form that this knows
 */
export function withoutBytes(program, from, to) {
  const headers = headersOf(program);
  const index = headers.findIndex((header) => header.readUInt32LE(0) === PT_LOAD && holds(header, from, to));
  const whole = headers[index];
  if (whole === undefined) throw new Error("No segment of the program holds what is to be cut out.");
  const page = numberAt(whole, P_ALIGN);
  const start = Math.ceil(from / page) * page;
  const end = Math.floor(to / page) * page;
  const cut = end - start;
  if (cut <= 0) return program;
  const table = Number(program.readBigUInt64LE(PHOFF));
  const first = Buffer.from(whole);
  const second = Buffer.from(whole);
  const [offset, size] = [numberAt(whole, P_OFFSET), numberAt(whole, P_FILESZ)];
  for (const field of [P_FILESZ, P_MEMSZ]) putNumber(first, field, start - offset);
  for (const field of [P_VADDR, P_PADDR]) putNumber(second, field, numberAt(whole, field) + end - offset);
  putNumber(second, P_OFFSET, end);
  for (const field of [P_FILESZ, P_MEMSZ]) putNumber(second, field, offset + size - end);
  const changed = headers.toSpliced(index, 1, first, second);
  for (const header of changed) {
    if (header.readUInt32LE(0) === PT_PHDR)
      for (const field of [P_FILESZ, P_MEMSZ]) putNumber(header, field, changed.length * PROGRAM_HEADER);
    const at = numberAt(header, P_OFFSET);
    if (at >= end) putNumber(header, P_OFFSET, at - cut);
    else if (at + numberAt(header, P_FILESZ) > start)
      throw new Error("A program header names what is to be cut out.");
  }
  const room = program.subarray(
    table + headers.length * PROGRAM_HEADER,
    table + changed.length * PROGRAM_HEADER,
  );
  if (table < end || !room.every((byte) => byte === 0))
    throw new Error("The table of program headers has no room for another.");
  const result = Buffer.concat([program.subarray(0, start), program.subarray(end)]);
  result.writeBigUInt64LE(BigInt(table - cut), PHOFF);
  result.writeUInt16LE(changed.length, PHNUM);
  Buffer.concat(changed).copy(result, table - cut);
  return result;
}

/** Copies of the program headers. @param {Buffer} program */
function headersOf(program) {
  const first = Number(program.readBigUInt64LE(PHOFF));
  return Array.from({ length: program.readUInt16LE(PHNUM) }, (_, index) =>
    Buffer.from(program.subarray(first + index * PROGRAM_HEADER, first + (index + 1) * PROGRAM_HEADER)),
  );
}

/** Whether a segment has these bytes of the file. @param {Buffer} header @param {number} from @param {number} to */
function holds(header, from, to) {
  const offset = numberAt(header, P_OFFSET);
  return offset <= from && to <= offset + numberAt(header, P_FILESZ);
}

/** @param {Buffer} header @param {number} field */
function numberAt(header, field) {
  return Number(header.readBigUInt64LE(field));
}

/** @param {Buffer} header @param {number} field @param {number} value */
function putNumber(header, field, value) {
  header.writeBigUInt64LE(BigInt(value), field);
}
