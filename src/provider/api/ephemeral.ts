import type { Attributes, EphemeralResource } from "../../framework/index.ts";
import { ephemeralResource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { apiKeyArgument, idArgument, openTimeouts, operationTime, timeoutsOf } from "./arguments.ts";
import { parentArguments, readable } from "./data-source.ts";
import type { ApiObject, DataSourceDeclaration } from "./declaration.ts";
import { parentsOf } from "./object-names.ts";
import { explained, readAnswer, retrieve, subjectOf } from "./request.ts";
import { responseJson } from "./response-json.ts";

/** The ephemeral resource that reads one object by its ID, and of which neither plan nor state has anything. */
export function apiEphemeral(
  of: ApiObject,
  { description, leaveOut = [] }: DataSourceDeclaration<Attributes>,
): EphemeralResource<OpenAIProvider> {
  const members = readable(of, [...leaveOut, ...parentsOf(of)]);
  return ephemeralResource({
    name: of.name,
    description,
    attributes: {
      ...parentArguments(of),
      id: idArgument(`The ID of the ${of.noun}, for example \`${of.id}\`.`),
      ...of.readQuery,
      ...members,
      ...(of.responseJson === true && { response_json: responseJson }),
      api_key: apiKeyArgument("ephemeral resource"),
      timeouts: openTimeouts,
    } satisfies Attributes as Attributes,
    async open({ config, provider, diagnostics, signal, log }) {
      const ownKey = typeof config.api_key === "string" ? config.api_key : null;
      const access = provider.access(ownKey, { diagnostics, log, object: "ephemeral resource" });
      if (access === undefined) return diagnostics;
      const timeLeft = operationTime(timeoutsOf(config), "open");
      const subject = { ...subjectOf(of, access, "open", config), object: "ephemeral resource" } as const;
      const read = await explained({ diagnostics }, subject, async () => {
        const response = await retrieve(of, access, config, { signal, timeoutMs: timeLeft() });
        const values = await readAnswer(of, members, String(config.id), response, diagnostics);
        return of.responseJson === true ? { ...values, response_json: response.text.trim() } : values;
      });
      return read === undefined ? diagnostics : { ...config, ...read };
    },
  });
}
