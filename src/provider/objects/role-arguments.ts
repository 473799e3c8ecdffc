import { check, list, quote, types, type Validator, warning } from "../../framework/index.ts";
import { flag, idArgument, text } from "../api/arguments.ts";

/* What roles and their assignments share. */

/** Whether two lists have the same elements: their order means nothing. */
export function sameElements(written: unknown, stored: unknown): boolean {
  if (!Array.isArray(written) || !Array.isArray(stored) || written.length !== stored.length) return false;
  const [one, other] = [[...written].sort(), [...stored].sort()];
  return one.every((each, index) => each === other[index]);
}

/**
 * Whether two roles are the same. The API reports a predefined role as one that is bound to its project,
 * `role-api-project-member__api-project__proj_abc123`, and as its short name, `member`.
 */
export function sameRole(written: unknown, stored: unknown): boolean {
  return (
    typeof written === "string" && typeof stored === "string" && shortRole(written) === shortRole(stored)
  );
}

/**
 * Warns of what is none of the API's own roles, and no role's ID: a role may have been added since, so that it is no
 * error.
 */
export function knownRole(...words: readonly string[]): Validator<string> {
  const known = check(
    `must be ${words.map(quote).join(" or ")}, or the ID of a role`,
    (value) => words.includes(shortRole(value)) || /^role[-_]./.test(value),
  );
  return warning(known, "Role may not exist");
}

function shortRole(role: string): string {
  return plainRole(role).replace(/^role-api-(?:project|organization)-/, "");
}

/** The ID of a role without what binds it to where it is assigned. */
export function plainRole(role: string): string {
  return role.replace(/__.*$/, "");
}

/** The role of an assignment, which keeps the ID that was written. */
export function roleId(example: string) {
  const argument = idArgument(`The ID of the role, for example \`${example}\`.`);
  return { ...argument, equivalent: sameRole };
}

/** What an assigned role is. */
export const assignedRole = {
  name: text("The name of the role."),
  description: text("What the role is for."),
  permissions: list(types.string, { computed: true, description: "What the role permits." }),
  predefined_role: flag("Whether the role is OpenAI's own."),
  resource_type: text("What the role is for: `api.organization` or `api.project`."),
};

/** What is reported of an assignment, and is no part of its role. */
export const assignmentLeftOut = {
  assignment_sources: "where an assignment is inherited from is no part of the one that is kept",
  created_at: "of the role, and null for predefined ones",
  created_by: "of the role, and null for predefined ones",
  created_by_user_obj: "of the role, and null for predefined ones",
  metadata: "of the role, and empty",
  updated_at: "of the role, and null for predefined ones",
} as const;
