// Strips a 64-bit ELF program of what is not loaded into memory: debug information, symbols and the
// table of sections. Unlike the strip program, this does the same on every machine and for any target.

/** Offsets in the file header: elf(5), Elf64_Ehdr. */
const PHOFF = 32;
const SHOFF = 40;
const PHNUM = 56;
const SHENTSIZE = 58;
/** Size of a program header, and offsets in it: Elf64_Phdr. */
const PROGRAM_HEADER = 56;
const P_OFFSET = 8;
const P_FILESZ = 32;

/** @param {Buffer} program @returns {Buffer} */
export function stripped(program) {
  const first = Number(program.readBigUInt64LE(PHOFF));
  let end = 0;
  for (let index = 0; index < program.readUInt16LE(PHNUM); index += 1) {
    const header = first + index * PROGRAM_HEADER;
    const offset = Number(program.readBigUInt64LE(header + P_OFFSET));
    end = Math.max(end, offset + Number(program.readBigUInt64LE(header + P_FILESZ)));
  }
  const rest = Buffer.from(program.subarray(0, end));
  rest.writeBigUInt64LE(0n, SHOFF);
  // e_shentsize, e_shnum and e_shstrndx, two bytes each.
  rest.fill(0, SHENTSIZE, SHENTSIZE + 6);
  return rest;
}
