import type { Config, Diagnostics, Logger, State } from "../../framework/index.ts";
import { parseDuration } from "../duration.ts";
import type { Subject } from "../explain/subject.ts";
import { identifier } from "../identifier.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import type { apiKeyArgument, completionIdArgument, waitTimeoutArgument } from "./arguments.ts";
import { timeoutOf } from "./arguments.ts";
import type { CompletionAttributes, responseJsonAttribute } from "./attributes.ts";
import { readCompletion } from "./read.ts";

type Arguments = Config<{
  readonly completion_id: typeof completionIdArgument;
  readonly api_key: ReturnType<typeof apiKeyArgument>;
  readonly wait_timeout: typeof waitTimeoutArgument;
}>;

/** What the framework hands to a read or an opening, besides the configuration. */
interface Call {
  readonly provider: OpenAIProvider;
  readonly diagnostics: Diagnostics;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

type Whole = { readonly id: string } & State<
  CompletionAttributes & { readonly response_json: typeof responseJsonAttribute }
>;

/**
 * The read that the data source and the ephemeral resource have in common: everything computed of a
 * completion, from the arguments that both have. Undefined, with an error added, where it fails.
 */
export async function readWhole(
  config: Arguments,
  timeout: string | null | undefined,
  operation: "read" | "open",
  object: NonNullable<Subject["object"]>,
  { provider, diagnostics, signal, log }: Call,
): Promise<Whole | undefined> {
  const access = provider.access(config.api_key, { diagnostics, log, object });
  if (access === undefined) return undefined;
  const completion = await readCompletion(
    { access, completionId: config.completion_id, operation, object },
    {
      timeoutMs: timeoutOf(timeout),
      waitMs: parseDuration(config.wait_timeout ?? "0") ?? 0,
      signal,
      log,
    },
    diagnostics,
  );
  if (completion === undefined) return undefined;
  return {
    id: identifier(access.origin, config.completion_id),
    ...completion.state,
    response_json: completion.response.text,
  };
}
