import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { type Diagnostics, Path, quote } from "../../framework/index.ts";
import type { FormFile } from "../../openai/index.ts";

/** The largest file that the API takes in one request: 512 MB. */
export const sizeLimit = 512 * 1024 * 1024;

/** What is uploaded. */
export interface Content {
  readonly source: FormFile["content"];
  /** The last part of its path; empty for a text. */
  readonly filename: string;
  /** Of the content, in hexadecimal digits. */
  readonly sha256: string;
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
  { path, content }: { readonly path: string | null; readonly content: string | null },
  { diagnostics, signal }: Scope,
): Promise<Content | undefined> {
  if (path === null) return contentOfText(content ?? "", diagnostics);
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
        `${quote(path)} has ${found.size} bytes. The API accepts at most 512 MB in one request.`,
      );
    }
    const hash = createHash("sha256");
    for await (const piece of createReadStream(path, { signal }))
      if (Buffer.isBuffer(piece)) hash.update(piece);
    return { source: { path, size: found.size }, filename: basename(path), sha256: hash.digest("hex") };
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
  "configuration.";

function contentOfText(text: string, diagnostics: Diagnostics): Content | undefined {
  const bytes = Buffer.from(text);
  if (bytes.length === 0) {
    diagnostics.addAttributeError(
      Path.root.atName("content"),
      "Empty file",
      "The content is empty, and the API accepts no empty file.",
    );
    return undefined;
  }
  return { source: bytes, filename: "", sha256: createHash("sha256").update(bytes).digest("hex") };
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
