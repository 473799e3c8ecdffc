import { type Diagnostics, isUnknown, Path, quote } from "../../framework/index.ts";
import { isJsonObject, parseJson, pathSegment, stringifyJson } from "../../openai/index.ts";
import type { PrepareRequest } from "../api/declaration.ts";
import { topicOf } from "../api/object-names.ts";
import { explained } from "../api/request.ts";
import { JsonLineError, jsonLine } from "../jsonl.ts";
import { BatchLines } from "./batch-lines.ts";
import { file } from "./file.ts";

/** Checks `requests`, of which some or all may not be known yet: an error on each that the API would refuse. */
export function checkRequests(
  requests: readonly unknown[],
  endpoint: unknown,
  diagnostics: Diagnostics,
): void {
  const lines = new BatchLines(typeof endpoint === "string" ? endpoint : null, true);
  for (const [index, text] of requests.entries()) {
    if (isUnknown(text) || typeof text !== "string") continue;
    const problem = problemOf(lines, text, index + 1);
    if (problem === undefined) continue;
    diagnostics.addAttributeError(
      Path.root.atName("requests").atListIndex(index),
      "Invalid request of a batch",
      `The request of line ${index + 1} ${problem}.\n\n` +
        `batch_request("…", ${quote(typeof endpoint === "string" ? endpoint : "/v1/responses")}, { … }) writes one.`,
    );
  }
}

function problemOf(lines: BatchLines, text: string, line: number): string | undefined {
  try {
    return lines.problem(jsonLine(text, line), line);
  } catch (thrown) {
    if (!(thrown instanceof JsonLineError)) throw thrown;
    return "is not JSON";
  }
}

const filename = "requests.jsonl";

/** Uploads the requests as a file. Undefined, with an error added, where that fails. */
export async function uploadRequests(
  requests: readonly string[],
  { access, timeLeft, diagnostics, signal }: Omit<PrepareRequest<never>, "plan">,
): Promise<string | undefined> {
  // JSON on several lines is one line here; digits and keys stay as they are.
  const content = Buffer.from(requests.map((text) => `${stringifyJson(parseJson(text))}\n`).join(""));
  const topic = topicOf(file.declaration);
  const argument = () => Path.root.atName("requests");
  const subject = { access, topic, operation: "create", object: "resource", argument } as const;
  const response = await explained({ diagnostics }, subject, () =>
    access.openai.send(
      {
        method: "POST",
        path: ["files"],
        policy: "once",
        form: [
          ["purpose", "batch"],
          ["file", { filename, content }],
        ],
      },
      { signal, timeoutMs: timeLeft() },
    ),
  );
  if (response === undefined) return undefined;
  const id = isJsonObject(response.body) ? response.body.get("id") : undefined;
  if (typeof id === "string" && pathSegment(id).ok) return id;
  diagnostics.addError(
    "Unexpected answer from the API",
    `${access.baseUrl} answered the upload of the requests with success, but without an ID. No batch was created.\n\n` +
      "Is base_url right?",
  );
  return undefined;
}
