import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";

/* Where a secret is readable: in a text, or in the files of a workspace, those within its plans included. */

/** Searches every file of the folder, and every file in a plan, for secrets, as they are and in Base64. */
export function searchFolder(folder: string, secrets: readonly string[], expected: readonly string[]): void {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((each) => each.isFile());
  const names = files.map(({ name }) => name);
  for (const name of expected) assert.ok(names.includes(name), name);
  for (const { name, parentPath } of files) {
    const bytes = readFileSync(join(parentPath, name));
    assertClean(name, bytes, secrets);
    if (!name.endsWith(".tfplan")) continue;
    const inside = unzipped(bytes);
    assert.ok(inside.length >= 2, "a plan has files in it");
    for (const each of inside) assertClean(name, each, secrets);
  }
}

/** Whether none of the secrets is in it, as it is or in Base64. */
export function assertClean(what: string, bytes: Buffer, secrets: readonly string[]): void {
  for (const secret of secrets) {
    const forms = [secret, ...inBase64(secret)];
    for (const form of forms) assert.equal(bytes.indexOf(form), -1, `${what} has a secret`);
  }
}

/** What of a text stands in the Base64 of anything that has it: there are three ways to fall into groups of three bytes. */
function inBase64(secret: string): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from("x".repeat(before) + secret)
      .toString("base64")
      .replace(/=*$/, "");
    return text.slice(before === 0 ? 0 : 4, -4);
  });
}

/** The files in a ZIP archive. */
function unzipped(zip: Buffer): Buffer[] {
  const files: Buffer[] = [];
  const signature = Buffer.from("PK\x01\x02", "latin1");
  for (let at = zip.indexOf(signature); at >= 0; at = zip.indexOf(signature, at + 4)) {
    const size = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + size);
    files.push(zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes));
  }
  return files;
}
