/** A file of a zip. */
export interface ZipEntry {
  /** With `/` between folders. */
  readonly name: string;
  readonly content: Buffer;
}

/** The first time that a zip can have: 1980-01-01, as a DOS date. */
const dosDate = 0x21;
/** Names are UTF-8. */
const utf8 = 0x0800;
const version = 20;

/**
 * A zip whose bytes follow from names and contents alone: entries by name, one date for all, and contents as they are,
 * since a compressor's output is another one in each of its versions. For fewer than 65,536 files of less than 4 GiB.
 */
export function zip(entries: readonly ZipEntry[]): Buffer {
  const sorted = [...entries].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content } of sorted) {
    const path = Buffer.from(name);
    const common = commonHeader(path, content);
    const local = Buffer.concat([u32(0x04034b50), common, path]);
    files.push(local, content);
    // No comment, disk 0, no attributes: a file that may be read and written, on any system.
    const rest = Buffer.concat([u16(0), u16(0), u16(0), u32(0), u32(offset)]);
    directory.push(u32(0x02014b50), u16(version), common, rest, path);
    offset += local.length + content.length;
  }
  const listed = Buffer.concat(directory);
  const count = u16(sorted.length);
  const end = [u32(0x06054b50), u16(0), u16(0), count, count, u32(listed.length), u32(offset), u16(0)];
  return Buffer.concat([...files, listed, ...end]);
}

/** What a file's own header and the directory have in common. */
function commonHeader(path: Buffer, content: Buffer): Buffer {
  const size = u32(content.length);
  return Buffer.concat([
    u16(version),
    u16(utf8),
    u16(0),
    u16(0),
    u16(dosDate),
    u32(process.getBuiltinModule("node:zlib").crc32(content)),
    size,
    size,
    u16(path.length),
    u16(0),
  ]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
