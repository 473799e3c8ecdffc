import { stat } from "node:fs/promises";
import { type Diagnostics, isUnknown, Path } from "../../framework/index.ts";
import { planUpload, uploadOf } from "./upload.ts";

/* The upload of a recording, from its path: of a consent, or of a voice. */

interface Scope {
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

/** The API's limit: 10 MiB. */
const mostBytes = 10 * 1024 * 1024;

/** What the API takes, by the end of the name. */
const types: Readonly<Record<string, string>> = {
  aac: "audio/aac",
  flac: "audio/flac",
  m4a: "audio/mp4",
  mp3: "audio/mpeg",
  mp4: "audio/mp4",
  mpeg: "audio/mpeg",
  oga: "audio/ogg",
  ogg: "audio/ogg",
  wav: "audio/wav",
  webm: "audio/webm",
};

function typeOf(path: string): string | undefined {
  const end = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(types, end) ? types[end] : undefined;
}

interface Planned extends Scope {
  readonly path: unknown;
  readonly state: { readonly content_sha256: string | null } | null;
  readonly imported: boolean;
}

/** The plan's hash of a recording, and whether another one replaces what is there. */
export async function planAudio({ path, ...request }: Planned): Promise<{
  readonly plan?: { readonly content_sha256: string };
  readonly requiresReplace?: readonly ("path" | "content_sha256")[];
}> {
  // Any recording may come out of what is not known yet.
  if (isUnknown(path)) return request.state === null ? {} : { requiresReplace: ["path"] };
  if (typeof path !== "string" || !(await isTaken(path, request.diagnostics))) return {};
  const { plan, requiresReplace = [] } = await planUpload({
    ...request,
    config: { path, content: null, filename: "" },
  });
  if (plan === undefined) return {};
  const replaced = requiresReplace.length > 0;
  return {
    plan: { content_sha256: plan.content_sha256 },
    requiresReplace: replaced ? ["content_sha256"] : [],
  };
}

async function isTaken(path: string, diagnostics: Diagnostics): Promise<boolean> {
  const at = Path.root.atName("path");
  if (typeOf(path) === undefined) {
    diagnostics.addAttributeError(
      at,
      "Not an audio file",
      `The API takes recordings as ${Object.keys(types).join(", ")}, and goes by the end of the name. Convert the file, or rename it.`,
    );
    return false;
  }
  // What is missing is the upload's to say.
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size <= mostBytes) return true;
  diagnostics.addAttributeError(
    at,
    "File too large",
    `A recording may have 10 MiB, and this file has ${size} bytes. Shorten it, or save it in a smaller format.`,
  );
  return false;
}

interface Sent extends Scope {
  readonly path: string;
  /** The hash as it was planned. */
  readonly planned: unknown;
}

/** The recording as the file of a form; undefined, with an error added, where it cannot be sent. */
export async function audioOf({ path, ...request }: Sent) {
  const sent = await uploadOf({
    plan: { path, content: null, filename: null },
    config: { content_wo: null },
    ...request,
  });
  if (sent === undefined) return undefined;
  const file = { ...sent.file, type: typeOf(path) ?? "application/octet-stream" };
  return { file, state: { content_sha256: sent.state.content_sha256 } };
}
