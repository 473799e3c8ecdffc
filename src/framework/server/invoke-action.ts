import { isWhollyKnown, type ObjectValue } from "../../cty/index.ts";
import type { Action } from "../action.ts";
import { bugDiagnostic, Diagnostics } from "../diagnostic.ts";
import { configOf, knownConfigOf } from "./config.ts";
import { attempt } from "./exception.ts";
import type { CallContext, ProviderServer } from "./provider-server.ts";
import { validateBlock } from "./validate-resource.ts";

/** Looks ahead to what an action will do. One without `plan` can be planned always. */
export async function planAction<P>(
  server: ProviderServer<P>,
  action: Action<P>,
  config: ObjectValue,
  context: CallContext,
): Promise<Diagnostics> {
  const diagnostics = new Diagnostics();
  if (action.plan === undefined) return diagnostics;
  const configured = server.data(diagnostics);
  if (configured === undefined) return diagnostics;
  const { signal, log } = context;
  const request = {
    config: configOf(config, action.schema.attributes),
    provider: configured.data,
    diagnostics,
    signal,
    log,
  };
  log.log("debug", "Calling provider defined Action Plan");
  await attempt(async () => action.plan?.(request), diagnostics, context);
  log.log("debug", "Called provider defined Action Plan");
  return diagnostics;
}

/** What an action says of itself: its progress, and at last, once, what came of it. */
export type ActionEvent = { readonly progress: string } | { readonly completed: Diagnostics };

/**
 * Does what an action does. Values that were not known or ephemeral in the plan are validated here for the first time.
 */
export async function* invokeAction<P>(
  server: ProviderServer<P>,
  action: Action<P>,
  config: ObjectValue,
  context: CallContext,
): AsyncGenerator<ActionEvent, void, undefined> {
  const texts: string[] = [];
  let wake = () => {};
  let done = false;
  const progress = (text: string) => {
    texts.push(text);
    wake();
  };
  const completed = invoke(server, action, config, progress, context).finally(() => {
    done = true;
    wake();
  });
  while (!done || texts.length > 0) {
    const text = texts.shift();
    if (text !== undefined) yield { progress: text };
    else
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  }
  yield { completed: await completed };
}

async function invoke<P>(
  server: ProviderServer<P>,
  action: Action<P>,
  config: ObjectValue,
  progress: (text: string) => void,
  context: CallContext,
): Promise<Diagnostics> {
  const { signal, log } = context;
  const diagnostics = new Diagnostics();
  const configured = server.data(diagnostics);
  if (configured === undefined) return diagnostics;
  const { name, schema } = action;
  if (!isWhollyKnown(config)) {
    return diagnostics.add(
      bugDiagnostic(`Terraform asked to invoke ${name} with arguments that are not known yet.`),
    );
  }
  const validated = validateBlock(action, config);
  if (validated.hasError) return validated;
  const request = { config: knownConfigOf(config, schema.attributes), provider: configured.data };
  log.log("debug", "Calling provider defined Action Invoke");
  await attempt(
    () => action.invoke({ ...request, progress, diagnostics, signal, log }),
    diagnostics,
    context,
  );
  log.log("debug", "Called provider defined Action Invoke");
  return diagnostics;
}
