import { type Diagnostics, type ExactNumber, isUnknown, terraformNumberText } from "../../framework/index.ts";
import type { FormFile } from "../../openai/index.ts";
import { changedSincePlan, contentOf, hasBrokenLine } from "./file-content.ts";

/* The upload of a file, from its path or its text: the whole object, or one of several ways to make it. */

interface Scope {
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
}

interface Planned extends Scope {
  readonly config: {
    readonly path: unknown;
    readonly content: unknown;
    readonly filename: unknown;
    readonly purpose?: unknown;
  };
  /** Null before there is one. */
  readonly state: { readonly content_sha256: string | null; readonly bytes?: ExactNumber | null } | null;
  readonly imported: boolean;
}

/** The plan's hash and name of what is uploaded, and what replaces what is there. */
export async function planUpload({ config, state, imported, diagnostics, signal }: Planned) {
  const { path, content, purpose = null } = config;
  // Any content may come out of what is not known yet.
  const unknown = (["path", "content"] as const).filter((name) => isUnknown(config[name]));
  if (unknown.length > 0) return state === null ? {} : { requiresReplace: unknown };
  const named = typeof path === "string" ? path : null;
  const text = typeof content === "string" ? content : null;
  if (named === null && text === null) return {};
  const read = await contentOf({ path: named, content: text, purpose }, { diagnostics, signal });
  if (read === undefined) return {};
  const changed = state !== null && state.content_sha256 !== read.sha256;
  // An import cannot know what was uploaded: the first plan after it adopts what is there, if that can be the same.
  const adopted = imported && state?.content_sha256 === null && mayBe(read.size, state.bytes);
  const uploads = state === null || (changed && !adopted);
  // What is uploaded already is as it is.
  if (uploads && hasBrokenLine(read, named === null ? "content" : "path", diagnostics)) return {};
  const filename = config.filename === null && (state === null || changed) ? { filename: read.filename } : {};
  const requiresReplace: "content_sha256"[] = changed && !adopted ? ["content_sha256"] : [];
  return { plan: { content_sha256: read.sha256, ...filename }, requiresReplace };
}

/** Whether an object of a list may be an upload whose answer was lost: its size is the same. */
export function sameSize(listed: ExactNumber | null, sent: ExactNumber | null | undefined): boolean {
  return listed !== null && sent != null && terraformNumberText(listed) === terraformNumberText(sent);
}

/** Whether what was uploaded may have this size, as far as the API says. */
function mayBe(size: number, bytes: ExactNumber | null | undefined): boolean {
  return bytes === null || bytes === undefined || terraformNumberText(bytes) === String(size);
}

interface Sent extends Scope {
  readonly plan: {
    readonly path: string | null;
    readonly content: string | null;
    readonly filename: string | null;
    readonly purpose?: string;
  };
  readonly config: { readonly content_wo: string | null };
  /** The hash as it was planned. */
  readonly planned: unknown;
}

/** The content as the file of a form, and what of the state follows from it; undefined, with an error added, where it cannot be sent. */
export async function uploadOf({ plan, config, planned, diagnostics, signal }: Sent) {
  const { path, purpose = null } = plan;
  const text = config.content_wo ?? plan.content;
  const argument = config.content_wo === null ? "content" : "content_wo";
  const content = await contentOf({ path, content: text, purpose, argument }, { diagnostics, signal });
  if (content === undefined || changedSincePlan(content, planned, diagnostics)) return undefined;
  if (config.content_wo !== null && hasBrokenLine(content, "content_wo", diagnostics)) return undefined;
  const filename = plan.filename ?? content.filename;
  const file: FormFile = { filename, content: content.source };
  return {
    content,
    file,
    state: {
      filename,
      content_sha256: config.content_wo === null ? content.sha256 : null,
      bytes: content.size,
    },
  };
}
