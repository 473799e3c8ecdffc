import type { Attributes, DataSource } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { computed, idArgument, ownKeyArgument, readTimeouts, text } from "./arguments.ts";
import type { ApiObject, DataSourceDeclaration } from "./declaration.ts";
import { parentsOf } from "./object-names.ts";
import { responseJson } from "./response-json.ts";
import { wireOf } from "./wire.ts";

/** The data source that reads one object by its ID. */
export function apiDataSource(
  of: ApiObject,
  { description, argument, leaveOut = [] }: DataSourceDeclaration<Attributes>,
): DataSource<OpenAIProvider> {
  const members = readable(of, [...leaveOut, ...parentsOf(of), argument ?? ""]);
  const byArgument = argument !== undefined || of.singleton === true;
  return dataSource({
    name: of.name,
    description,
    attributes: {
      ...parentArguments(of),
      ...(argument !== undefined && { [argument]: idArgument(idDescription(of)) }),
      id: byArgument ? text(idDescription(of)) : idArgument(idDescription(of), of.slashes),
      ...of.readQuery,
      ...members,
      ...(of.responseJson === true && { response_json: responseJson }),
      ...ownKeyArgument(of.key),
      timeouts: readTimeouts,
    } satisfies Attributes as Attributes,
    async read(request) {
      const { readOne } = await import("./data-source-read.ts");
      return readOne(of, { members, argument }, request);
    },
  });
}

function idDescription({ noun, id }: ApiObject): string {
  return `The ID of the ${noun}, for example \`${id}\`.`;
}

/** What a read has of an object: all that the API reports, computed. */
export function readable(of: ApiObject, leaveOut: readonly string[]): Attributes {
  const entries = Object.entries(of.attributes).filter(([name, attribute]) => {
    const { local, sentOnly } = wireOf(attribute);
    return !leaveOut.includes(name) && local !== true && sentOnly !== true && !attribute.writeOnly;
  });
  return Object.fromEntries(entries.map(([name, attribute]) => [name, computed(attribute)]));
}

/** The arguments that an object's path has. */
export function parentArguments(of: ApiObject): Attributes {
  return Object.fromEntries(
    parentsOf(of).map((name) => {
      const attribute = of.attributes[name];
      if (attribute === undefined)
        throw new Error(`${of.name}: its path names ${name}, which it does not have`);
      return [name, { ...attribute, planModifiers: [] }];
    }),
  );
}
