import type { Attributes, DataSource } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import {
  computed,
  idArgument,
  operationTime,
  ownKeyArgument,
  readTimeouts,
  timeoutsOf,
} from "./arguments.ts";
import type { ApiObject, DataSourceDeclaration } from "./declaration.ts";
import { withMore } from "./more.ts";
import { parentsOf } from "./object-names.ts";
import { explained, readAnswer, retrieve, subjectOf } from "./request.ts";
import { wireOf } from "./wire.ts";

/** The data source that reads one object by its ID. */
export function apiDataSource(
  of: ApiObject,
  { description, leaveOut = [] }: DataSourceDeclaration<Attributes>,
): DataSource<OpenAIProvider> {
  const members = readable(of, [...leaveOut, ...parentsOf(of)]);
  return dataSource({
    name: of.name,
    description,
    attributes: {
      ...parentArguments(of),
      id: idArgument(`The ID of the ${of.noun}, for example \`${of.id}\`.`),
      ...members,
      ...ownKeyArgument(of.key),
      timeouts: readTimeouts,
    } satisfies Attributes as Attributes,
    async read({ config, provider, diagnostics, signal, log }) {
      const ownKey = typeof config.api_key === "string" ? config.api_key : null;
      const access = provider.access(ownKey, { diagnostics, log, key: of.key });
      if (access === undefined) return diagnostics;
      const timeLeft = operationTime(timeoutsOf(config), "read");
      const options = () => ({ signal, timeoutMs: timeLeft() });
      const subject = { ...subjectOf(of, access, "read", config), object: "data source" } as const;
      const read = await explained({ diagnostics }, subject, async () => {
        const response = await retrieve(of, access, config, options());
        const values = await readAnswer(of, members, String(config.id), response, diagnostics);
        return withMore(of, { ...config, ...values }, { access, imported: false, options });
      });
      return read === undefined ? diagnostics : { ...config, ...read };
    },
  });
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
