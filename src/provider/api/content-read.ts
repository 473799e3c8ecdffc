import {
  type Attributes,
  type Diagnostics,
  Path,
  quote,
  type ReadRequest,
  type State,
} from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import { explain } from "../explain/explain.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import { usualInState, usualOnDisk } from "./content.ts";
import { type ContentSink, FileSink, MemorySink, notRegular } from "./content-sink.ts";
import type { ApiObject, ContentDeclaration } from "./declaration.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { pathOf } from "./object-names.ts";
import { type Call, subjectOf } from "./request.ts";

type Values = { readonly [name: string]: unknown };

/** Reads an object's content, for its data source. */
export async function readContent(
  of: ApiObject,
  declared: ContentDeclaration,
  { config, provider, diagnostics, signal, log }: ReadRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics> {
  const ownKey = typeof config.api_key === "string" ? config.api_key : null;
  const access = provider.access(ownKey, { diagnostics, log, key: of.key });
  if (access === undefined) return diagnostics;
  const call = { provider, diagnostics, signal, log };
  const found = await download(of, declared, access, config, call);
  return found === undefined ? diagnostics : { ...config, id: String(config[declared.idArgument]), ...found };
}

/** What there is of the content; undefined, with an error added, where it cannot be read or kept. */
async function download(
  of: ApiObject,
  declared: ContentDeclaration,
  access: Access,
  config: Values,
  { provider, diagnostics, signal, log }: Call,
): Promise<Values | undefined> {
  const id = String(config[declared.idArgument]);
  const { output_path: path, max_bytes: most } = config;
  const onDisk = typeof path === "string";
  const limit = typeof most === "number" ? most : onDisk ? usualOnDisk : usualInState;
  const sink = onDisk ? new FileSink(path, limit) : new MemorySink(limit);
  const request = { method: "GET", path: pathOf(of, config, id, "content"), headers: of.headers } as const;
  const timeLeft = operationTime(timeoutsOf(config), "read", access.openai);
  const stopProgress = reportProgress(sink, () =>
    log.log("info", `Reading the content of the ${of.noun}`, { id, bytes: sink.received }),
  );
  try {
    await onceNewIsVisible(request, { provider, access, timeLeft, signal, log }, (left) =>
      access.openai.download(request, sink, left),
    );
    const { bytes, sha256 } = sink.result();
    const state = { bytes, content_sha256: sha256, content: null, content_base64: null };
    if (sink instanceof FileSink) {
      await sink.commit();
      return state;
    }
    if (config.encoding === "base64") return { ...state, content_base64: sink.content.toString("base64") };
    const content = textOf(sink.content);
    if (content === undefined) notText(of, id, diagnostics);
    return content === undefined ? undefined : { ...state, content };
  } catch (thrown) {
    if (!explainContent(thrown, { of, path, limit }, diagnostics)) {
      if (!(thrown instanceof OpenAIError)) throw thrown;
      const base = subjectOf(of, access, "read", { id });
      const topic = { ...base.topic, idArgument: declared.idArgument };
      diagnostics.add(explain(thrown, { ...base, topic, object: "data source" }));
    }
    return undefined;
  } finally {
    stopProgress();
    if (sink instanceof FileSink) await sink.discard();
  }
}

const progressMs = 10_000;

function reportProgress(sink: ContentSink, report: () => void): () => void {
  const timer = setInterval(() => {
    if (sink.received > 0) report();
  }, progressMs);
  return () => clearInterval(timer);
}

/** Undefined for bytes that are not UTF-8. A byte order mark stays. */
function textOf(content: Buffer): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

function notText(of: ApiObject, id: string, diagnostics: Diagnostics): void {
  diagnostics.addAttributeError(
    Path.root.atName("encoding"),
    "Content is not text",
    `The content of the ${of.noun} ${JSON.stringify(id)} is not text in UTF-8, and Terraform's strings can have nothing else.\n\n` +
      'Set encoding = "base64" for content_base64, or output_path, which writes the content to a file.',
  );
}

interface Place {
  readonly of: ApiObject;
  readonly path: unknown;
  readonly limit: number;
}

/** Adds the error of content that is too large or cannot be written; false for any other failure. */
function explainContent(thrown: unknown, { of, path, limit }: Place, diagnostics: Diagnostics): boolean {
  if (thrown instanceof OpenAIError && thrown.kind === "too_large") {
    diagnostics.addAttributeError(
      Path.root.atName("max_bytes"),
      "Content too large",
      `The content of the ${of.noun} is larger than ${limit} bytes, which max_bytes allows. Nothing of it was kept.\n\n` +
        (typeof path === "string"
          ? "Set max_bytes to what you accept."
          : "Set output_path, which writes it to a file, or max_bytes to what state should have, up to 32 MiB."),
    );
    return true;
  }
  const code = codeOf(thrown);
  if (code === undefined || typeof path !== "string") return false;
  diagnostics.addAttributeError(
    Path.root.atName("output_path"),
    "File cannot be written",
    `The content of the ${of.noun} cannot be written to ${quote(path)}: ${reasons[code] ?? code}. A file that was there ` +
      "before is unchanged.\n\nSet output_path to a path where the user who runs Terraform may create files.",
  );
  return true;
}

/** The system's word for why a file could not be written. */
function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof OpenAIError)
    return thrown.kind === "not_saved" ? thrown.failure.systemCode : undefined;
  const code: unknown = thrown instanceof Error ? Reflect.get(thrown, "code") : undefined;
  return typeof code === "string" ? code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "the user who runs Terraform has no permission",
  EPERM: "the user who runs Terraform has no permission",
  EROFS: "it is on a file system that can only be read",
  EISDIR: "it is a folder",
  [notRegular]: "a device, a pipe or a socket is there, and no file",
  ENOENT: "a part of the path is a link to what is not there",
  ELOOP: "a part of the path is a link that leads to itself",
  EEXIST: "a part of the path is a file",
  ENOTDIR: "a part of the path is a file",
  ENOSPC: "the disk is full",
  ENAMETOOLONG: "the path is too long",
};
