import type { Attributes, EphemeralResource } from "../../framework/index.ts";
import { ephemeralResource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { apiKeyArgument, idArgument, openTimeouts } from "./arguments.ts";
import { parentArguments, readable } from "./data-source.ts";
import type { ApiObject, DataSourceDeclaration } from "./declaration.ts";
import { parentsOf } from "./object-names.ts";
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
    async open(request) {
      const { openOne } = await import("./ephemeral-read.ts");
      return openOne(of, members, request);
    },
  });
}
