import { isUnknown, notBlank, oneOf, Path, string } from "../../framework/index.ts";
import { idAlias, idArgument, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";

/** An account of a project that is nobody's: for programs. */
export const projectServiceAccount = apiObject({
  name: "openai_project_service_account",
  noun: "service account",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/service_accounts",
  id: "user-abc123",
  idAlias: "service_account_id",
  responseJson: true,
  readByList: "first",
  missing: ["it was deleted with its keys", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    service_account_id: idAlias("The ID of the service account, as `id` has it."),
    name: string({ required: true, validate: [notBlank()], description: "The name. It changes in place." }),
    role: wired(
      string({
        optional: true,
        computed: true,
        validate: [oneOf("owner", "member", "none")],
        description:
          "The role in the project: `owner` or `member`. Left out, the account is created without one, which the API calls " +
          "`none`. It changes in place; the API does not take a role away.",
      }),
      { updateOnly: true },
    ),
    created_at: timestamp("of its creation"),
  },
  leftOut: {
    object: "it is always organization.project.service_account",
    create_service_account_only: "it is always true: a key is made by a request of its own",
    expires_in_seconds: "no key is made with the account",
  },
  resource: {
    description:
      "Keeps a service account of a project. It is created without a default role and without a key. A destroy deletes it " +
      "with all its keys.",
    update: ["name", "role"],
    answersUpdate: true,
    always: { create_service_account_only: true },
    made: (listed, sent) => listed.name === sent.name,
    modifyPlan({ plan: { role }, state, diagnostics }) {
      const before = state?.role ?? "none";
      if (state !== null && !isUnknown(role) && role === "none" && before !== "none") {
        diagnostics.addAttributeError(
          Path.root.atName("role"),
          "role cannot be taken away",
          `The service account is ${before} of the project, and the API changes a role only to "owner" or "member".\n\n` +
            "Set role to one of these, or replace the account, with its keys: terraform apply -replace=ADDRESS.",
        );
      }
      return Promise.resolve(undefined);
    },
    // The creation takes no role.
    async complete({ openai, plan, before, state, options }) {
      const { role } = plan;
      if (before !== null || role === null || role === "none") return state;
      const path = ["organization", "projects", state.project_id, "service_accounts", state.id];
      const body = new Map([["role", role]]);
      await openai.acknowledge({ method: "POST", path, body, policy: "repeatable" }, options());
      return state;
    },
  },
  dataSource: {
    argument: "service_account_id",
    description: "Reads a service account of a project: its name and its role there.",
  },
  list: {
    attribute: "service_accounts",
    displayName: "name",
    description: "Reads all service accounts of a project.",
    leaveOut: ["project_id"],
    order: false,
  },
});
