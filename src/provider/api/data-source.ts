import type { Attributes, DataSource } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import {
  computed,
  idArgument,
  operationTime,
  ownKeyArgument,
  readTimeouts,
  text,
  timeoutsOf,
} from "./arguments.ts";
import type { ApiObject, DataSourceDeclaration } from "./declaration.ts";
import { withMore } from "./more.ts";
import { withId } from "./object-id.ts";
import { parentsOf } from "./object-names.ts";
import { explained, readAnswer, retrieve, subjectOf } from "./request.ts";
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
      id: byArgument ? text(idDescription(of)) : idArgument(idDescription(of)),
      ...members,
      ...(of.responseJson === true && { response_json: responseJson }),
      ...ownKeyArgument(of.key),
      timeouts: readTimeouts,
    } satisfies Attributes as Attributes,
    async read({ config, provider, diagnostics, signal, log }) {
      const ownKey = typeof config.api_key === "string" ? config.api_key : null;
      const access = provider.access(ownKey, { diagnostics, log, key: of.key });
      if (access === undefined) return diagnostics;
      const timeLeft = operationTime(timeoutsOf(config), "read", access.openai);
      const options = () => ({ signal, timeoutMs: timeLeft() });
      const named = argument === undefined ? withId(of, config) : { ...config, id: config[argument] };
      const subject = subjectOfRead(of, access, named, argument);
      const read = await explained({ diagnostics }, subject, async () => {
        const response = await retrieve(of, access, named, options());
        const values = await readAnswer(of, members, String(named.id), response, diagnostics);
        const raw = of.responseJson === true ? { response_json: response.text.trim() } : {};
        return withMore(of, { ...named, ...values, ...raw }, { access, imported: false, options });
      });
      return read === undefined ? diagnostics : { ...named, ...read };
    },
  });
}

function idDescription({ noun, id }: ApiObject): string {
  return `The ID of the ${noun}, for example \`${id}\`.`;
}

function subjectOfRead(
  of: ApiObject,
  access: Access,
  values: { readonly [name: string]: unknown },
  argument?: string,
) {
  const subject = subjectOf(of, access, "read", values);
  const topic = argument === undefined ? subject.topic : { ...subject.topic, idArgument: argument };
  return { ...subject, topic, object: "data source" } as const;
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
