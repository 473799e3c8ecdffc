import { createHash } from "node:crypto";
import projectServiceAccount from "../../samples/project_service_account.json";
import type { ObjectKind } from "./kinds.ts";

/* Service accounts of a project, and keys. */

/** A key's value, as its creation answers it once. */
export function keyValue(id: string): string {
  return `sk-svcacct-${createHash("sha256").update(id).digest("hex")}`;
}

export const keyKinds: readonly ObjectKind[] = [
  {
    path: "organization/projects/{project_id}/service_accounts",
    sample: projectServiceAccount,
    id: { prefix: "user-" },
    missing: { message: "Service account with id '{id}' not found in project '{project_id}'." },
    create: { parameters: ["name", "create_service_account_only", "expires_in_seconds"], required: ["name"] },
    update: ["name", "role"],
    delete: { object: "organization.project.service_account.deleted" },
    created(object, { create_service_account_only: only }) {
      object.role = only === true ? "none" : "member";
    },
    // Without the word that there shall be none, a key comes with it.
    answers: (object) => {
      const { id, role, created_at } = object;
      const key = { id: `key_of_${id}`, created_at, name: "Secret key", value: keyValue(String(id)) };
      return { ...object, api_key: role === "none" ? null : key } as ReturnType<
        NonNullable<ObjectKind["answers"]>
      >;
    },
  },
];
