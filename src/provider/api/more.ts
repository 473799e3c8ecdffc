import type { Attributes, State } from "../../framework/index.ts";
import type { ApiObject, MoreRequest } from "./declaration.ts";

type Values = State<Attributes>;

/**
 * The state with what an object's own answer does not have.
 *
 * @throws {OpenAIError} where it cannot be read.
 */
export async function withMore(
  of: ApiObject,
  state: Values,
  request: Omit<MoreRequest<Attributes>, "state" | "openai">,
): Promise<Values> {
  const { openai } = request.access;
  const more = await of.more?.({ ...request, openai, state: { ...state, id: String(state.id) } });
  return { ...state, ...more };
}
