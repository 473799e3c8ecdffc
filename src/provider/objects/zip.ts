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

/** The one file of a zip that has such a name; undefined where there is none, or what is there cannot be read. */
export function contentIn(
  bytes: Buffer,
  isNamed: (name: string) => boolean,
  mostBytes: number,
): Buffer | undefined {
  try {
    const end = bytes.lastIndexOf(u32(0x06054b50));
    let at = bytes.readUInt32LE(end + 16);
    for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
      const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset));
      const nameEnd = at + 46 + (nameLength ?? 0);
      if (isNamed(bytes.toString("utf8", at + 46, nameEnd))) return entryAt(bytes, at, mostBytes);
      at = nameEnd + (extra ?? 0) + (comment ?? 0);
    }
    return undefined;
  } catch {
    // No zip, or one of another kind, which the API may be able to read.
    return undefined;
  }
}

/** The content that an entry of the directory names, as it is or deflated. */
function entryAt(bytes: Buffer, at: number, mostBytes: number): Buffer | undefined {
  const [method, size, local] = [
    bytes.readUInt16LE(at + 10),
    bytes.readUInt32LE(at + 20),
    bytes.readUInt32LE(at + 42),
  ];
  const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
  const content = bytes.subarray(start, start + size);
  if (method === 0) return content;
  if (method !== 8) return undefined;
  return process.getBuiltinModule("node:zlib").inflateRawSync(content, { maxOutputLength: mostBytes });
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
