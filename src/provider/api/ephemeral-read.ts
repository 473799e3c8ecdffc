import type { Attributes, Diagnostics, OpenRequest, State } from "../../framework/index.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject } from "./declaration.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { objectPath } from "./object-names.ts";
import { explained, readAnswer, retrieve, subjectOf } from "./request.ts";

/** Reads one object by its ID, for its ephemeral resource. */
export async function openOne(
  of: ApiObject,
  members: Attributes,
  { config, provider, diagnostics, signal, log }: OpenRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics> {
  const ownKey = typeof config.api_key === "string" ? config.api_key : null;
  const access = provider.access(ownKey, { diagnostics, log, object: "ephemeral resource" });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(timeoutsOf(config), "open", access.openai);
  const subject = { ...subjectOf(of, access, "open", config), object: "ephemeral resource" } as const;
  const read = await explained({ diagnostics }, subject, async () => {
    const asking = { provider, access, timeLeft, signal, log };
    const response = await onceNewIsVisible({ path: objectPath(of, config) }, asking, (left) =>
      retrieve(of, access, config, left),
    );
    const values = await readAnswer(of, members, String(config.id), response, diagnostics);
    return of.responseJson === true ? { ...values, response_json: response.text.trim() } : values;
  });
  return read === undefined ? diagnostics : { ...config, ...read };
}
