import {
  type Attributes,
  bool,
  check,
  type DataSource,
  integer,
  list,
  nested,
  notBlank,
  string,
  types,
  type Validator,
} from "../../framework/index.ts";
import { dataSource } from "../define.ts";
import type { OpenAIProvider } from "../openai-provider.ts";
import { ownKeyArgument, readTimeouts, text } from "./arguments.ts";
import { parentArguments, readable } from "./data-source.ts";
import type { ApiObject, ListDeclaration } from "./declaration.ts";
import { pluralName, pluralNoun, withArticle } from "./object-names.ts";
import { orderArguments } from "./order.ts";
import { responseJson } from "./response-json.ts";
import { answeredMember, wired } from "./wire.ts";

/** The data source that reads all objects of a kind: `openai_files`, with the list in `files`. */
export function apiList(of: ApiObject, declared: ListDeclaration<Attributes>): DataSource<OpenAIProvider> {
  const name = pluralName(of);
  const plural = declared.attribute ?? name.slice(name.indexOf("_") + 1);
  const hasIds = declared.ids !== false;
  const members: Attributes = {
    ...(hasIds && { id: text(`The ID of the ${of.noun}.`) }),
    ...renamed(readable(of, declared.leaveOut ?? []), declared.rename),
  };
  const given = listArguments(of, declared);
  return dataSource({
    name,
    description: declared.description,
    attributes: {
      ...given,
      ...ownKeyArgument(of.key),
      timeouts: readTimeouts,
      id: text("A unique identifier of this data source: a hash of where it reads and of its filters."),
      ...(hasIds && {
        ids: list(types.string, {
          computed: true,
          description: `The IDs of the ${pluralNoun(of)}, in the same order.`,
        }),
      }),
      ...(reportsMore(declared) && { has_more: hasMoreAttribute(pluralNoun(of)) }),
      [plural]: list(nested(members), {
        computed: true,
        description: `The ${pluralNoun(of)}; an empty list where there are none.`,
      }),
      ...(of.responseJson === true && { response_json: responseJson }),
    } as Attributes,
    async read(request) {
      const { readList } = await import("./list-read.ts");
      return readList(of, declared, { given, members, plural }, request);
    },
  });
}

/** Whether the data source says that there is more than `limit` allowed to read. */
export function reportsMore({ cursor, pages }: ListDeclaration<Attributes>): boolean {
  return cursor === true || typeof pages === "object";
}

/** Attributes by the names that elements have for them. */
function renamed(attributes: Attributes, names: ListDeclaration<Attributes>["rename"] = {}): Attributes {
  const entries = Object.entries(attributes).map(([name, attribute]) => {
    const as = names[name];
    return as === undefined
      ? [name, attribute]
      : [as, wired(attribute, { answer: answeredMember(name, attribute) })];
  });
  return Object.fromEntries(entries);
}

/** The arguments that say what to read. */
function listArguments(of: ApiObject, declared: ListDeclaration<Attributes>): Attributes {
  return {
    ...parentArguments(of),
    ...declared.filters,
    ...orderArguments(declared),
    ...(declared.cursor === true ? { after: afterArgument(of.noun) } : {}),
    limit: limitArgument(pluralNoun(of)),
  };
}

function afterArgument(noun: string) {
  const cursor = check(
    `must be the ID of ${withArticle(noun)}, without control characters`,
    (value) => !/[\p{Cc}\p{Cs}]/u.test(value),
  );
  return string({
    optional: true,
    validate: [notBlank(), cursor],
    description: `The ID of ${withArticle(noun)}: only those that follow it in the order are read.`,
  });
}

/** How many of a list in all. */
export function limitArgument(plural: string) {
  const atLeastOne: Validator<number> = {
    description: "must be at least 1",
    validate: (value) =>
      value >= 1
        ? undefined
        : {
            detail: `The limit is how many ${plural} are read in all, and must be at least 1. Leave it out for all.`,
            given: String(value),
          },
  };
  return integer({
    optional: true,
    validate: [atLeastOne],
    description: `How many ${plural} to read in all, however many pages that takes. Left out means all there are.`,
  });
}

export function hasMoreAttribute(plural: string) {
  return bool({
    computed: true,
    description: `Whether the API has more ${plural} than \`limit\` allowed to read.`,
  });
}
