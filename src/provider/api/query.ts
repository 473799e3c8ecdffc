import { type Attributes, type DataSource, string } from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { ownKeyArgument, readTimeouts } from "./arguments.ts";
import type { ApiObject, QueryDeclaration } from "./declaration.ts";

/** The data source that asks with a POST that creates nothing, such as a search. */
export function apiQuery(of: ApiObject, declared: QueryDeclaration): DataSource<OpenAIProvider> {
  return dataSource({
    name: of.name,
    description: declared.description,
    ...(declared.configValidators && { configValidators: declared.configValidators }),
    attributes: {
      ...of.attributes,
      ...ownKeyArgument(of.key),
      timeouts: readTimeouts,
      id: string({
        computed: true,
        description:
          "A unique identifier of this data source: a hash of where it reads and of its arguments.",
      }),
    } satisfies Attributes as Attributes,
    async read(request) {
      const { readQuery } = await import("./query-read.ts");
      return readQuery(of, declared, request);
    },
  });
}
