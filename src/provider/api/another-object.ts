import { JsonNumber, type ObjectResponse, OpenAIError } from "../../openai/index.ts";
import type { ApiObject } from "./declaration.ts";
import { idMemberOf } from "./object-names.ts";

type Values = { readonly [name: string]: unknown };

/**
 * The failure of an answer for another object than the one that was asked for. A cache or a gateway may give that, and what
 * it has is no change of this one.
 */
export function anotherObject(of: ApiObject, id: string, response: ObjectResponse): OpenAIError {
  const { status, requestId, context, display, account } = response;
  const message = display(`the answer has the ${idMemberOf(of)} ${JSON.stringify(id)}`);
  return new OpenAIError({ kind: "another_object", message, status, requestId, account }, context);
}

/** The ID of another object than the one that was asked for, where the answer has that. */
export function otherId(of: ApiObject, values: Values, response: ObjectResponse): string | undefined {
  if (of.singleton === true || of.association !== undefined) return undefined;
  const id = response.body.get(idMemberOf(of));
  const asked = String(values.id);
  if (typeof id !== "string" || id === asked || of.isAlias?.(asked) === true) return undefined;
  return isCreatedThen(of, values, response) ? undefined : id;
}

/** Whether an answer that is kept was created when the state says: a gateway may give it an ID of its own in each answer. */
function isCreatedThen(of: ApiObject, values: Values, { body }: ObjectResponse): boolean {
  const member = of.resource?.keeps?.created;
  if (member === undefined) return false;
  const [known, created] = [values[member], body.get(member)];
  return created instanceof JsonNumber && typeof known === "number" && Number(created.text) === known;
}
