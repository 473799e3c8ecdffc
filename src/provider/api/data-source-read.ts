import type { Attributes, Diagnostics, ReadRequest, State } from "../../framework/index.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject } from "./declaration.ts";
import { idHints } from "./id-hints.ts";
import { withMore } from "./more.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { knownId } from "./object-id.ts";
import { objectPath } from "./object-names.ts";
import { explained, readAnswer, retrieve, subjectOf } from "./request.ts";

/** What the data source of an object has of it. */
interface Reading {
  readonly members: Attributes;
  /** The argument that the ID is; unset means `id`. */
  readonly argument: string | undefined;
}

/** Reads one object by its ID, for its data source. */
export async function readOne(
  of: ApiObject,
  { members, argument }: Reading,
  { config, provider, diagnostics, signal, log }: ReadRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics> {
  const ownKey = typeof config.api_key === "string" ? config.api_key : null;
  const access = provider.access(ownKey, { diagnostics, log, key: of.key });
  if (access === undefined) return diagnostics;
  const timeLeft = operationTime(timeoutsOf(config), "read", access.openai);
  const options = () => ({ signal, timeoutMs: timeLeft() });
  const named = {
    ...config,
    id: argument === undefined ? (config.id ?? knownId(of, config)) : config[argument],
  };
  const subject = () => subjectOfRead(of, access, named, argument);
  const read = await explained({ diagnostics }, subject, async () => {
    const asking = { provider, access, timeLeft, signal, log };
    const response = await onceNewIsVisible({ path: objectPath(of, named) }, asking, (left) =>
      retrieve(of, access, named, left),
    );
    const values = await readAnswer(of, members, String(named.id), response, diagnostics);
    const raw = of.responseJson === true ? { response_json: response.text.trim() } : {};
    const call = { diagnostics, signal, log };
    return withMore(of, { ...named, ...values, ...raw }, { access, imported: false, options, call });
  });
  return read === undefined ? diagnostics : { ...named, ...read };
}

function subjectOfRead(
  of: ApiObject,
  access: Access,
  values: { readonly [name: string]: unknown },
  argument?: string,
) {
  const subject = subjectOf(of, access, "read", values);
  const topic = argument === undefined ? subject.topic : { ...subject.topic, idArgument: argument };
  const hints = () => idHints(of, values, argument);
  return { ...subject, topic, hints, object: "data source" } as const;
}
