import type { Attributes, Diagnostics, ReadRequest, State } from "../../framework/index.ts";
import { stringifyJson } from "../../openai/index.ts";
import type { Subject } from "../explain/explain.ts";
import { hashedId } from "../hashed-id.ts";
import type { Access, OpenAIProvider } from "../openai-provider.ts";
import { operationTime, timeoutsOf } from "./arguments.ts";
import type { ApiObject, QueryDeclaration } from "./declaration.ts";
import { onceNewIsVisible } from "./new-objects.ts";
import { parentsOf, pathOf, titleOf } from "./object-names.ts";
import { explained, memberAttributes, readAnswer, subjectOf } from "./request.ts";
import { writeAttributes } from "./write.ts";

type Values = { readonly [name: string]: unknown };

/** Asks, for the data source of a query. */
export async function readQuery(
  of: ApiObject,
  declared: QueryDeclaration,
  { config, provider, diagnostics, signal, log }: ReadRequest<Attributes, OpenAIProvider>,
): Promise<State<Attributes> | Diagnostics> {
  const computed = Object.entries(of.attributes).filter(([, { mode }]) => mode === "computed");
  const ownKey = typeof config.api_key === "string" ? config.api_key : null;
  const access = provider.access(ownKey, { diagnostics, log, key: of.key });
  if (access === undefined) return diagnostics;
  const body = writeAttributes(memberAttributes(of), config);
  const request = { method: "POST", path: pathOf(of, config), headers: of.headers, body } as const;
  const timeLeft = operationTime(timeoutsOf(config), "read", access.openai);
  const found = await explained({ diagnostics }, querySubject(of, declared, access, config), async () => {
    const asking = { provider, access, timeLeft, signal, log };
    const response = await onceNewIsVisible(request, asking, (left) =>
      access.openai.send({ ...request, policy: "repeatable" }, left),
    );
    return readAnswer(
      of,
      Object.fromEntries(computed),
      String(config[parentsOf(of)[0] ?? ""]),
      response,
      diagnostics,
    );
  });
  if (found === undefined) return diagnostics;
  const id = hashedId(access.origin, ...pathOf(of, config), stringifyJson(body));
  return { ...config, ...found, id };
}

/** A 404 is about what is asked: the vector store of a search. */
function querySubject(of: ApiObject, { about }: QueryDeclaration, access: Access, config: Values): Subject {
  const [parent = "id"] = parentsOf(of);
  const base = subjectOf(of, access, "read", { id: config[parent] });
  const words = { noun: about, plural: `${about}s`, title: titleOf({ noun: about }), idArgument: parent };
  return { ...base, topic: { ...base.topic, ...words }, object: "data source" };
}
