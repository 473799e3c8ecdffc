import { type Attributes, type Diagnostics, Path } from "../../framework/index.ts";
import { OpenAIError } from "../../openai/index.ts";
import type { CompleteRequest } from "../api/resource-declaration.ts";
import { explain } from "../explain/explain.ts";
import type { Subject } from "../explain/subject.ts";
import type { Access } from "../openai-provider.ts";

interface FirstRole {
  readonly access: Access;
  readonly account: { readonly id: string; readonly project_id: string };
  readonly role: string;
  readonly diagnostics: Diagnostics;
  readonly onceVisible: CompleteRequest<Attributes>["onceVisible"];
}

/**
 * Gives a role to an account that was created just now. Where that fails, it is a warning, which does not taint the account:
 * the next plan reads that it has none, and sets it in place.
 */
export async function firstRole({
  access,
  account,
  role,
  diagnostics,
  onceVisible,
}: FirstRole): Promise<void> {
  const path = ["organization", "projects", account.project_id, "service_accounts", account.id];
  const body = new Map([["role", role]]);
  try {
    await onceVisible(path, (left) =>
      access.openai.acknowledge({ method: "POST", path, body, policy: "repeatable" }, left),
    );
  } catch (thrown) {
    if (!(thrown instanceof OpenAIError)) throw thrown;
    const { summary, detail, path: at } = explain(thrown, { ...subject, access, id: account.id });
    diagnostics.add({
      severity: "warning",
      ...(at && { path: at }),
      summary: "Service account without its role",
      detail:
        `The service account ${JSON.stringify(account.id)} was created, and its role was not set to ${JSON.stringify(role)}. It is ` +
        `kept in state, and the next plan, which reads the account, sets the role in place.\n\n${summary}: ${detail}`,
    });
  }
}

const subject: Omit<Subject, "access"> = {
  operation: "update",
  object: "resource",
  argument: (param) => (param === "role" ? Path.root.atName("role") : undefined),
  topic: {
    noun: "service account",
    plural: "service accounts",
    title: "Service account",
    path: "/organization/projects/{project_id}/service_accounts",
    missing: () => ["the project was archived"],
    lost: "",
  },
};
