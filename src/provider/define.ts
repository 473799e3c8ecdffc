import * as framework from "../framework/index.ts";
import { parseDuration } from "./duration.ts";
import type { OpenAIProvider } from "./openai-provider.ts";

/** `dataSource` of the framework, for data sources that get this provider's clients. */
export function dataSource<const A extends framework.Attributes>(
  definition: framework.DataSourceDefinition<A, OpenAIProvider>,
): framework.DataSource<OpenAIProvider> {
  const declared = framework.dataSource<OpenAIProvider>()(definition);
  const read: typeof declared.read = (request) => {
    limit(request, request.config, "read");
    return declared.read(request);
  };
  return { ...declared, read };
}

/** `ephemeralResource` of the framework, for ephemeral resources that get this provider's clients. */
export function ephemeralResource<const A extends framework.Attributes>(
  definition: framework.EphemeralResourceDefinition<A, OpenAIProvider>,
): framework.EphemeralResource<OpenAIProvider> {
  const declared = framework.ephemeralResource<OpenAIProvider>()(definition);
  const open: typeof declared.open = (request) => {
    limit(request, request.config, "open");
    return declared.open(request);
  };
  return { ...declared, open };
}

/** `action` of the framework, for actions that get this provider's clients. */
export const action = framework.action<OpenAIProvider>();

/** `listResource` of the framework, for list resources that get this provider's clients. */
export const listResource = framework.listResource<OpenAIProvider>();

/** `resource` of the framework, for resources that get this provider's clients. */
export function resource<const A extends framework.Attributes>(
  definition: framework.ResourceDefinition<A, OpenAIProvider>,
): framework.Resource<OpenAIProvider> {
  const declared = framework.resource<OpenAIProvider>()(definition);
  const read: typeof declared.read = (request) => {
    limit(request, request.state, "read");
    return declared.read(request);
  };
  return { ...declared, read };
}

/** What `timeouts` means where it is left out. */
const defaultTime = "5m";

/** Gives the call the time that `timeouts` says, for what is done after the answer was read, too. */
function limit(
  request: Pick<framework.ReadRequest<framework.Attributes, OpenAIProvider>, "limit">,
  { timeouts }: { readonly [name: string]: unknown },
  operation: "read" | "open",
): void {
  const given = typeof timeouts === "object" && timeouts !== null ? Reflect.get(timeouts, operation) : null;
  const text = typeof given === "string" ? given : defaultTime;
  const ms = parseDuration(text);
  if (ms === undefined) return;
  const noun = operation === "read" ? "read" : "opening";
  request.limit(ms, {
    severity: "error",
    summary: `${operation === "read" ? "Read" : "Opening"} not finished in time`,
    detail:
      `The API answered, but with so much that the values for Terraform were not made within the time that this ${noun} ` +
      `may take, ${text}.\n\n` +
      `Give the ${noun} more time (timeouts = { ${operation} = "15m" }), or ask for less.`,
  });
}
