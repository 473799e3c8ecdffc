import { timeoutOf } from "../api/arguments.ts";
import { type Call, explained, readAnswer, retrieve, subjectOf } from "../api/request.ts";
import { untilVisible } from "../api/visibility.ts";
import { waitOf } from "../api/wait-timeout.ts";
import { hashedId } from "../hashed-id.ts";
import { completion } from "./completion.ts";
import { completionAttributes } from "./completion-attributes.ts";

const of = completion.declaration;

/** Everything computed of a completion. Undefined, with an error added, where the read fails. */
export async function readById(
  config: {
    readonly completion_id: string;
    readonly api_key: string | null;
    readonly wait_timeout: string | null;
  },
  timeouts: Parameters<typeof timeoutOf>[0],
  operation: "read" | "open",
  { provider, diagnostics, signal, log }: Call,
) {
  const object = operation === "open" ? ("ephemeral resource" as const) : ("data source" as const);
  const access = provider.access(config.api_key, { diagnostics, log, object });
  if (access === undefined) return undefined;
  const { completion_id: id } = config;
  const waitMs = waitOf(config);
  const subject = () => ({ ...subjectOf(of, access, operation, { id }), object, waitMs });
  return explained({ diagnostics }, subject, async () => {
    const response = await untilVisible((options) => retrieve(of, access, { id }, options), {
      timeoutMs: timeoutOf(timeouts, operation),
      waitMs,
      signal,
      log,
    });
    const read = await readAnswer(of, completionAttributes, id, response, diagnostics);
    return { id: hashedId(access.origin, id), ...read, response_json: response.text };
  });
}
