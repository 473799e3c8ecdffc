import type { PrivateState } from "../../framework/index.ts";
import { type Account, type ApiResponse, OpenAIError } from "../../openai/index.ts";
import type { Access } from "../openai-provider.ts";
import { recordAccount, recordedWhereabouts, type Whereabouts, whereabouts } from "./answer-record.ts";
import type { ApiObject } from "./declaration.ts";
import { knownId } from "./object-id.ts";
import { parentsOf, titleOf } from "./object-names.ts";

/*
 * With an admin key of another organization nothing of the state is there, and a plan would create all of it anew, in
 * the wrong place. Which organization had an object is recorded beside the state, from the header of each answer.
 */

/** Who asks for which object. */
export interface Asked {
  readonly of: ApiObject;
  readonly access: Access;
  readonly state: { readonly [name: string]: unknown };
  readonly private: PrivateState;
}

/** Records the organization that has an object of the Administration API. */
export function recordOrganization(
  { of, access, private: kept }: Omit<Asked, "state">,
  response: ApiResponse,
): void {
  if (of.key === "admin") recordAccount(kept, access, response);
}

/**
 * Refuses to take an object for gone that is only not there for the organization that was asked.
 *
 * @throws {ElsewhereError}
 */
export function checkOrganizationOfMissing(asked: Asked, thrown: unknown): void {
  if (asked.of.key === "admin" && thrown instanceof OpenAIError) check(asked, thrown.failure.account);
}

/**
 * Refuses an answer about what another organization has by the same name: the ID of what each organization has one of,
 * or of a person, says nothing of the organization.
 *
 * @throws {ElsewhereError}
 */
export function checkOrganizationOfAnswer(asked: Asked, { account }: ApiResponse): void {
  const { of, state } = asked;
  if (of.key === "admin" && parentsOf(of).length === 0 && knownId(of, state) !== undefined)
    check(asked, account);
}

function check(asked: Asked, account: Account | undefined): void {
  const before = recordedWhereabouts(asked.private);
  const now = whereabouts(asked.access, account);
  const differs = (["baseUrl", "organization"] as const).some(
    (name) => before[name] !== undefined && now[name] !== undefined && before[name] !== now[name],
  );
  if (differs) throw new ElsewhereError(asked, before, now);
}

/** The object is another organization's. */
export class ElsewhereError extends Error {
  readonly summary: string;
  readonly detail: string;

  constructor({ of, access, state }: Asked, before: Whereabouts, now: Whereabouts) {
    super("the object belongs to another organization");
    this.summary = `${titleOf(of)} belongs to another organization`;
    this.detail =
      `The state has the ${of.noun} ${JSON.stringify(state.id)} of ${inWords(before)}, and ${access.baseUrl} answered for ` +
      `${inWords(now)}: the admin key, organization or base_url is another one since. It is kept in state, since a plan would ` +
      "create it anew in the wrong organization.\n\n" +
      "Give the provider the admin key and base_url that it was created with. To leave it there, or where the organization " +
      "was renamed, take it out of the state: terraform state rm ADDRESS; then create or import one.";
  }
}

function inWords({ organization }: Whereabouts): string {
  return organization === undefined
    ? "an organization that the API does not name"
    : `organization ${organization}`;
}
