import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Diagnostics, Path, quote } from "../../framework/index.ts";
import type { FormFile } from "../../openai/index.ts";
import { JsonlCheck } from "./jsonl-check.ts";

/** The largest file that the API takes in one request: 512 MB. */
export const requestLimit = 512 * 1024 * 1024;
/** The largest one that it takes in parts: 8 GB. */
const sizeLimit = 8 * 1024 * 1024 * 1024;

/** What is uploaded. */
export interface Content {
  readonly source: FormFile["content"];
  /** Bytes. */
  readonly size: number;
  /** The last part of its path; empty for a text. */
  readonly filename: string;
  /** Of the content, in hexadecimal digits. */
  readonly sha256: string;
  /** Of a content that is too large for one request: the API compares it with what has arrived in parts. */
  readonly md5: string | undefined;
  /** The first line that the API would refuse, and why, where the purpose wants JSONL. */
  readonly problem: string | undefined;
}

/** Purposes whose files are JSONL. */
const jsonlPurposes: readonly unknown[] = ["batch", "fine-tune"];

interface Source {
  readonly path: string | null;
  readonly content: string | null;
  /** Not a string: it is not known yet. */
  readonly purpose: unknown;
  /** The argument that a text comes from; unset means `content`. */
  readonly argument?: "content" | "content_wo";
}

interface Scope {
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

/**
 * Reads what a file's arguments name, a piece at a time. Undefined, with an error on the argument, where it
 * cannot be uploaded.
 */
export async function contentOf(
  { path, content, purpose, argument = "content" }: Source,
  { diagnostics, signal }: Scope,
): Promise<Content | undefined> {
  if (path === null) return contentOfText(content ?? "", purpose, argument, diagnostics);
  const refuse = (summary: string, detail: string) => {
    diagnostics.addAttributeError(Path.root.atName("path"), summary, detail);
    return undefined;
  };
  try {
    const found = await stat(path);
    if (!found.isFile())
      return refuse(
        "Not a file",
        `${quote(path)} is ${found.isDirectory() ? "a folder" : "no file"}. ${one}`,
      );
    if (found.size === 0)
      return refuse("Empty file", `${quote(path)} is empty, and the API accepts no empty file.`);
    if (found.size > sizeLimit) {
      return refuse(
        "File too large",
        `${quote(path)} has ${found.size} bytes. The API accepts at most 8 GB.`,
      );
    }
    const hash = createHash("sha256");
    const parts = found.size > requestLimit ? md5() : undefined;
    const check = checkFor(purpose, true);
    for await (const piece of createReadStream(path, { signal })) {
      if (!Buffer.isBuffer(piece)) continue;
      hash.update(piece);
      parts?.update(piece);
      check?.write(piece);
    }
    const sha256 = hash.digest("hex");
    return {
      source: { path, size: found.size, sha256 },
      size: found.size,
      filename: basename(path),
      sha256,
      md5: parts?.digest("hex"),
      problem: check?.end(),
    };
  } catch (thrown) {
    const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
    if (signal.aborted || typeof code !== "string") throw thrown;
    return refuse(
      "File cannot be read",
      `${quote(path)} ${reasons[code] ?? `cannot be read (${code})`}.\n\n${relative}`,
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "cannot be read: the user who runs Terraform has no permission",
  EISDIR: "is a folder",
  ENOTDIR: "does not exist: a part of the path is a file",
};

const one = "Set path to one file; fileset() with for_each uploads a folder's.";

const relative =
  "A relative path begins at the folder in which Terraform runs. path.module and path.root lead to the files of a " +
  "configuration. A file that another resource of the same apply writes is not there at its plan: set its text as content, or " +
  "write it first with terraform apply -target=ADDRESS.";

/** Undefined where the system forbids it, as one that is bound to FIPS does: the API needs none. */
function md5(): Hash | undefined {
  try {
    return createHash("md5");
  } catch {
    return undefined;
  }
}

function checkFor(purpose: unknown, quotes: boolean): JsonlCheck | undefined {
  return jsonlPurposes.includes(purpose) ? new JsonlCheck(String(purpose), quotes) : undefined;
}

/** Adds the error of a line that the API would refuse: true if there is one. */
export function hasBrokenLine(
  { problem }: Content,
  argument: "path" | "content" | "content_wo",
  diagnostics: Diagnostics,
): boolean {
  if (problem === undefined) return false;
  diagnostics.addAttributeError(
    Path.root.atName(argument),
    "Invalid line in JSONL",
    `A file of this purpose has one JSON object on each line, and ${problem}. The API would refuse it once it is used.\n\n` +
      "Correct the line. jsonl_encode writes such files, and batch_request the lines of a batch.",
  );
  return true;
}

function contentOfText(
  text: string,
  purpose: unknown,
  argument: string,
  diagnostics: Diagnostics,
): Content | undefined {
  const bytes = Buffer.from(text);
  if (bytes.length === 0) {
    diagnostics.addAttributeError(
      Path.root.atName(argument),
      "Empty file",
      "The content is empty, and the API accepts no empty file.",
    );
    return undefined;
  }
  const check = checkFor(purpose, argument === "content");
  check?.write(bytes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { source: bytes, size: bytes.length, filename: "", sha256, md5: undefined, problem: check?.end() };
}

/** Whether another content was planned: an error on the argument, and nothing is uploaded. */
export function changedSincePlan(
  { source, sha256 }: Content,
  planned: unknown,
  diagnostics: Diagnostics,
): boolean {
  if (typeof planned !== "string" || planned === sha256) return false;
  const name = "path" in source ? "path" : "content";
  diagnostics.addAttributeError(
    Path.root.atName(name),
    "File changed since the plan",
    "The content is another one than at plan, so that nothing was uploaded.\n\nRun terraform apply again once it is complete.",
  );
  return true;
}
