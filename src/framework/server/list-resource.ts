import { conform, isWhollyKnown, type ObjectValue, objectValue, type Value } from "../../cty/index.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import { identityIn } from "../identity.ts";
import type { ListResource, ListResult } from "../list-resource.ts";
import type { Resource } from "../resource.ts";
import { checkImportedState } from "./applied-state.ts";
import { knownConfigOf } from "./config.ts";
import { exceptionDiagnostic } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { checked } from "./state.ts";
import { cancelled, Stop } from "./stop.ts";

export interface ListRequest {
  readonly config: ObjectValue;
  readonly limit: number;
  readonly includeResource: boolean;
}

/** An object of a list, or diagnostics alone. */
export interface ListEvent {
  readonly found?: {
    readonly identity: ObjectValue;
    readonly displayName: string;
    /** Where it was asked for. */
    readonly state: ObjectValue | undefined;
  };
  readonly diagnostics: Diagnostics;
}

/**
 * Lists the objects of a resource, each when it is asked for. A list that is not complete ends with an error, so that
 * nobody takes it for whole: but for one that reached its limit.
 */
export async function* listResource<P>(
  server: ProviderServer<P>,
  declared: ListResource<P>,
  resource: Resource<P>,
  request: ListRequest,
  context: CallContext,
): AsyncGenerator<ListEvent, void, undefined> {
  const { signal, log } = context;
  const diagnostics = new Diagnostics();
  const configured = server.data(diagnostics);
  if (configured === undefined || !isListable(declared, request, diagnostics)) return yield { diagnostics };
  log.log("debug", "Calling provider defined ListResource List");
  try {
    const results = declared.list({
      config: knownConfigOf(request.config, declared.schema.attributes),
      limit: request.limit,
      includeResource: request.includeResource,
      provider: configured.data,
      signal,
      log,
    });
    let left = request.limit;
    for await (const result of results) {
      if (signal.aborted) break;
      const event =
        result instanceof Diagnostics
          ? { diagnostics: result }
          : await found(resource, result, request, context);
      yield event;
      if (event.diagnostics.hasError) return;
      if (event.found !== undefined) left -= 1;
      if (left === 0) return;
    }
    // What was cut short is not all there is.
    if (signal.aborted) yield { diagnostics: new Diagnostics().add(cancelled) };
  } catch (thrown) {
    yield { diagnostics: new Diagnostics().add(exceptionDiagnostic(thrown, context)) };
  } finally {
    log.log("debug", "Called provider defined ListResource List");
  }
}

function isListable<P>(
  { name }: ListResource<P>,
  { config, limit }: ListRequest,
  diagnostics: Diagnostics,
): boolean {
  if (!isWhollyKnown(config)) {
    diagnostics.add(bugDiagnostic(`Terraform asked to list ${name} with arguments that are not known yet.`));
  }
  if (!(limit >= 1)) addInvalidLimit(String(limit), diagnostics);
  return !diagnostics.hasError;
}

export function addInvalidLimit(given: string, diagnostics: Diagnostics): void {
  diagnostics.addError(
    "Invalid limit",
    `"limit" of a list must be a whole number from 1 on.\n\nGiven: ${given}`,
  );
}

/** An event of what the author returned, or the mistake in it. */
async function found<P>(
  { name, schema, identity: identitySchema }: Resource<P>,
  { identity: given, displayName, state, diagnostics = new Diagnostics() }: ListResult,
  { includeResource }: ListRequest,
  { signal }: CallContext,
): Promise<ListEvent> {
  const wrong = (what: string): ListEvent => ({
    diagnostics: diagnostics.add(bugDiagnostic(`The list of ${name} gave ${what}.`)),
  });
  if (identitySchema === undefined) return wrong("an object that has no identity");
  const values = Object.entries(given).map(([each, value]): [string, Value] => [each, value as Value]);
  const identity = objectValue(values);
  const [mistake] = conform(identity, identitySchema.type);
  if (mistake !== undefined) return wrong(`an identity that its schema does not allow: ${mistake.message}`);
  const whole = identityIn(identitySchema, identity);
  if (whole === null) return wrong("an identity that is not whole");
  if (!includeResource || state === undefined) {
    return { found: { identity: whole, displayName, state: undefined }, diagnostics };
  }
  const outcome = await checked(checkImportedState(state, schema), new Stop(signal));
  if ("state" in outcome)
    return { found: { identity: whole, displayName, state: outcome.state }, diagnostics };
  return { diagnostics: diagnostics.append(outcome.diagnostics) };
}
