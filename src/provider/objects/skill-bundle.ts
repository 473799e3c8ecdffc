import { createHash } from "node:crypto";
import { lstat, readdir, readFile, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { type Diagnostics, Path, quote } from "../../framework/index.ts";
import { contentIn, type ZipEntry, zip } from "./zip.ts";

/** What is uploaded: a zip, and its hash. */
export interface Bundle {
  readonly zip: Buffer;
  readonly filename: string;
  /** Of the zip, in hexadecimal digits. A folder's follows from names and contents alone. */
  readonly sha256: string;
  /** As `SKILL.md` says it; undefined where that cannot be read. */
  readonly name: string | undefined;
}

const mebibyte = 1024 * 1024;
/** The API's limits. */
const mostBytes = 50 * mebibyte;
const mostFileBytes = 25 * mebibyte;
const mostFiles = 500;

/** What systems and version control leave in folders. */
const ignored: readonly string[] = [".git", ".DS_Store", "Thumbs.db", "__MACOSX"];

/** Why a path cannot be uploaded. */
class BundleError extends Error {
  readonly summary: string;
  constructor(summary: string, detail: string) {
    super(detail);
    this.summary = summary;
  }
}

/** Reads a folder or a zip. Undefined, with an error on `path`, where it cannot be uploaded. */
export async function bundleOf(path: string, diagnostics: Diagnostics): Promise<Bundle | undefined> {
  try {
    return await read(path);
  } catch (thrown) {
    const [summary, detail] = words(thrown, path);
    diagnostics.addAttributeError(Path.root.atName("path"), summary, detail);
    return undefined;
  }
}

function words(thrown: unknown, path: string): [summary: string, detail: string] {
  if (thrown instanceof BundleError) return [thrown.summary, thrown.message];
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
  if (typeof code !== "string") throw thrown;
  const why =
    code === "ENOENT" ? "does not exist" : code === "EACCES" ? "may not be read" : `cannot be read (${code})`;
  return [
    "Skill cannot be read",
    `${quote(path)}, or a file in it, ${why}.\n\nA relative path begins at the folder in which Terraform runs. path.module ` +
      "leads to the files of a module.",
  ];
}

async function read(path: string): Promise<Bundle> {
  const found = await stat(path);
  const folder = basename(resolve(path));
  const content = found.isDirectory() ? zip(await filesOf(path, folder)) : await zipFile(path, found.size);
  if (content.length > mostBytes)
    throw new BundleError(
      "Skill too large",
      `${quote(path)} is larger than 50 MiB, the most that the API accepts.`,
    );
  return {
    zip: content,
    filename: found.isDirectory() ? `${folder}.zip` : folder,
    sha256: createHash("sha256").update(content).digest("hex"),
    name: nameIn(contentIn(content, isManifest, mostFileBytes)),
  };
}

const isManifest = (name: string) => /^([^/]+\/)?skill\.md$/i.test(name);

async function zipFile(path: string, size: number): Promise<Buffer> {
  if (size > mostBytes)
    throw new BundleError(
      "Skill too large",
      `${quote(path)} is larger than 50 MiB, the most that the API accepts.`,
    );
  const content = await readFile(path);
  if (content.subarray(0, 2).toString() === "PK") return content;
  throw new BundleError(
    "Not a skill",
    `${quote(path)} is neither a folder nor a zip.\n\nSet path to one of them.`,
  );
}

/** The files of a folder, below its own name. */
async function filesOf(path: string, folder: string): Promise<ZipEntry[]> {
  const entries: ZipEntry[] = [];
  let bytes = 0;
  for (const name of await namesOf(path, "")) {
    const { size } = await stat(join(path, name));
    if (size > mostFileBytes)
      throw new BundleError(
        "Skill too large",
        `${quote(name)} is larger than 25 MiB, the most that the API accepts of a file.`,
      );
    bytes += size;
    if (bytes > mostBytes)
      throw new BundleError(
        "Skill too large",
        `The files of ${quote(path)} have more than 50 MiB, the most that the API accepts.`,
      );
    entries.push({ name: `${folder}/${name}`, content: await readFile(join(path, name)) });
  }
  const manifests = entries.filter(({ name }) => /(^|\/)skill\.md$/i.test(name));
  const manifest = manifests.find(({ name }) => name.toLowerCase() === `${folder}/skill.md`.toLowerCase());
  if (manifest === undefined || manifests.length > 1) {
    throw new BundleError(
      "Not a skill",
      `${quote(path)} has ${manifest === undefined ? "no SKILL.md" : "more than one SKILL.md"}. A skill is a folder with exactly ` +
        "one, at its top, which begins with its name and description.",
    );
  }
  checkManifest(manifest);
  return entries;
}

/** Relative paths of all files. */
async function namesOf(path: string, below: string): Promise<string[]> {
  const names: string[] = [];
  for (const name of await readdir(join(path, below))) {
    if (ignored.includes(name)) continue;
    const inside = below === "" ? name : `${below}/${name}`;
    const found = await lstat(join(path, inside));
    if (found.isDirectory()) names.push(...(await namesOf(path, inside)));
    else if (found.isFile()) names.push(inside);
    else {
      // A link may lead to what nobody meant to upload.
      throw new BundleError(
        "Not a file",
        `${quote(inside)} in ${quote(path)} is a link or another special file.\n\nReplace it by a copy.`,
      );
    }
    if (names.length > mostFiles)
      throw new BundleError(
        "Skill too large",
        `${quote(path)} has more than 500 files, the most that the API accepts.`,
      );
  }
  return names;
}

/** A SKILL.md begins with YAML between two lines of `---`, of which the API needs two keys. */
function checkManifest({ content }: ZipEntry): void {
  const head = headOf(content);
  const missing = ["name", "description"].filter((key) => !new RegExp(`^${key}:\\s*\\S`, "m").test(head));
  if (missing.length === 0) return;
  throw new BundleError(
    "Not a skill",
    `SKILL.md has no ${missing.join(" and no ")}. It must begin with them:\n\n---\nname: basic-math\n` +
      "description: Add or multiply numbers.\n---",
  );
}

function headOf(manifest: Buffer): string {
  return /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(manifest.toString())?.[1] ?? "";
}

/** The name in the head of a SKILL.md, where it is on one line and has nothing escaped. */
function nameIn(manifest: Buffer | undefined): string | undefined {
  const head = manifest === undefined ? "" : headOf(manifest);
  const found =
    /^name:[ \t]+(?:"([^"\\\r\n]*)"|'([^'\r\n]*)'|([^\s"'#|>&*!][^#\r\n]*?))[ \t]*(?:#.*)?\r?$/m.exec(head);
  return found?.[1] ?? found?.[2] ?? found?.[3];
}
