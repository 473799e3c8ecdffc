import type { Diagnostics, Logger } from "../../framework/index.ts";
import { isUnknown, Path } from "../../framework/index.ts";
import { OpenAIError, stringifyJson } from "../../openai/index.ts";
import { MemorySink } from "../api/content-sink.ts";
import { sameJsonValue } from "../json-argument.ts";
import { JsonLineError, jsonLines } from "../jsonl.ts";
import type { OpenAIProvider } from "../openai-provider.ts";

/** As much of an input as is read for a plan, and how long that may take. */
const mostBytes = 64 * 1024 * 1024;
const readMs = 60_000;

interface Imported {
  readonly id: string;
  readonly input_file_id: string | null;
}

interface Call {
  readonly provider: OpenAIProvider;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Compares the requests of a configuration with the input of a batch that was imported, which alone has them: the first
 * plan takes them over. Warns where they differ, which another batch is created for, and where nobody knows.
 *
 * @returns whether they differ
 */
export async function importedRequestsDiffer(
  requests: unknown,
  { id, input_file_id: fileId }: Imported,
  call: Call,
): Promise<boolean> {
  const written: readonly unknown[] = Array.isArray(requests) ? requests : [requests];
  const input = written.some(isUnknown)
    ? "requests are not known before the apply"
    : fileId === null
      ? "the API does not name its input"
      : await linesOf(fileId, call);
  const path = Path.root.atName("requests");
  const batch = `The batch ${JSON.stringify(id)} was imported`;
  if (typeof input === "string") {
    call.diagnostics.addAttributeWarning(
      path,
      "Requests not compared",
      `${batch}, and its requests could not be compared with those of the configuration: ${input}. The next apply takes these ` +
        "into state, and the batch stays as it is, whatever it carries out.\n\n" +
        `Make sure that they are the same, or set input_file_id${fileId === null ? "" : ` = ${JSON.stringify(fileId)}`} in their place.`,
    );
    return false;
  }
  const same =
    input.length === written.length && written.every((each, index) => sameJsonValue(each, input[index]));
  if (same) return false;
  call.diagnostics.addAttributeWarning(
    path,
    "Requests are not those of the imported batch",
    `${batch}, and the requests of the configuration are not those of its input, ${JSON.stringify(fileId)}. The next apply creates ` +
      "another batch, which is paid for, and cancels this one where it still runs.\n\n" +
      `To keep the imported one, correct the requests, or set input_file_id = ${JSON.stringify(fileId)} in their place.`,
  );
  return true;
}

/** The lines of an input as JSON texts; or why they cannot be read, for a sentence. */
async function linesOf(
  fileId: string,
  { provider, diagnostics, signal, log }: Call,
): Promise<readonly string[] | string> {
  const access = provider.access(null, { diagnostics, log, object: "resource" });
  if (access === undefined) return "there is no key to read its input with";
  const sink = new MemorySink(mostBytes);
  try {
    const request = { method: "GET", path: ["files", fileId, "content"] } as const;
    await access.openai.download(request, sink, { signal, timeoutMs: readMs });
    return Array.from(jsonLines(sink.content.toString()), ({ value }) => stringifyJson(value));
  } catch (thrown) {
    const file = `its input, the file ${JSON.stringify(fileId)},`;
    if (thrown instanceof JsonLineError) return `${file} is no JSONL`;
    if (!(thrown instanceof OpenAIError)) throw thrown;
    if (thrown.kind === "not_found") return `${file} is gone`;
    if (thrown.kind === "too_large") return `${file} is larger than 64 MiB`;
    return `${file} cannot be read (${thrown.failure.message})`;
  }
}
