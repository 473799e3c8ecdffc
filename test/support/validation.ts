import type { Value } from "../../src/cty/index.ts";
import type { Attributes, Diagnostic } from "../../src/framework/index.ts";
import { validateDataSource } from "../../src/framework/server/index.ts";
import { configuration, thingOf } from "./fake-provider.ts";

/** What the check of a data block reports, for attributes of the test's own. */
export function validate(attributes: Attributes, given: { readonly [name: string]: Value }): Diagnostic[] {
  return [...validateDataSource(thingOf(attributes), configuration(attributes, given))];
}

/** "path: summary" of each diagnostic. */
export function reported(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map((diagnostic) => `${diagnostic.path ?? ""}: ${diagnostic.summary}`);
}
