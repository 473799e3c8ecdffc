import { type Diagnostics, notBlank, oneOf, Path, string } from "../../framework/index.ts";
import { idAlias, idArgument, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { type KeptKey, keyAttributes, keyNames, keyOf, plannedKey, sameKey } from "./service-account-key.ts";

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
          "`none`. It is set after the creation: where that fails, a warning says so, and the next plan sets it. It changes in place; the " +
          "API does not take a role away.",
      }),
      { updateOnly: true },
    ),
    created_at: timestamp("of its creation"),
    ...keyAttributes,
  },
  leftOut: {
    object: "it is always organization.project.service_account",
    create_service_account_only: "it is always true: a key is made by a request of its own",
    expires_in_seconds: "no key is made with the account",
  },
  resource: {
    description:
      "Keeps a service account of a project. It is created without a default role, and without a key unless `api_key` asks for " +
      "one. A destroy deletes it with all its keys.\n\n" +
      "Another `api_key.version` makes a new key, keeps it in state, and then deletes the old one. Where the API refuses to delete " +
      "the key of a service account alone, a warning names it: it stays valid until it expires, or until the account is replaced. " +
      "So set `expires_in_seconds`.\n\n" +
      "The old key ends before what uses the new one is updated. Where that gap matters, replace the account as a whole: " +
      "`create_before_destroy = true` and `replace_triggered_by = [terraform_data.key_version]` in `lifecycle`, with the " +
      "number in `input` of that `terraform_data` and not in `version`.\n\n" +
      "A key that was deleted elsewhere or has expired is missing after a refresh, and the next apply makes another one. So does " +
      "the apply after a creation that made the account and not its key, which is a warning: the key's attributes are null until " +
      "then.\n\n" +
      "An import cannot bring a key back. Its attributes are null then, `api_key` in the configuration makes a new key, and keys " +
      "from before stay valid.",
    update: ["name", "role", "api_key"],
    answersUpdate: true,
    always: { create_service_account_only: true },
    made: (listed, sent) => listed.name === sent.name,
    async modifyPlan({ plan, state, diagnostics }) {
      checkRole(plan.role, state?.role ?? "none", diagnostics);
      const key = await plannedKey({ key: plan.api_key, state, diagnostics });
      return key && { plan: key };
    },
    async complete({ access, plan, before, state, save, private: own, diagnostics, options, onceVisible }) {
      const { role, api_key: wanted } = plan;
      // The creation takes no role.
      if (before === null && role !== null && role !== "none") {
        const { firstRole } = await import("./service-account-role.ts");
        await firstRole({ access, account: state, role, diagnostics, onceVisible });
      }
      const old = keyOf(before);
      const isKept = old.api_key_id !== null && old.api_key !== null && wanted !== null;
      if ((wanted === null && old.api_key === null) || (isKept && sameKey(old.api_key, wanted)))
        return { ...state, ...old, api_key: wanted };
      const { changeKey, firstKey } = await import("./service-account-key-change.ts");
      const change = {
        access,
        account: state,
        wanted,
        old,
        save: (key: KeptKey) => save({ ...state, ...key }),
        private: own,
        diagnostics,
        options,
        onceVisible,
      };
      const kept = before === null ? await firstKey(change) : await changeKey(change);
      return kept && { ...state, ...kept };
    },
    // A state without a key asks nothing of it.
    refresh: async (request) =>
      request.state.api_key_id === null
        ? {}
        : (await import("./service-account-key-read.ts")).readKey(request),
  },
  dataSource: {
    argument: "service_account_id",
    leaveOut: keyNames,
    description: "Reads a service account of a project: its name and its role there.",
  },
  list: {
    attribute: "service_accounts",
    displayName: "name",
    description: "Reads all service accounts of a project.",
    leaveOut: ["project_id", ...keyNames],
    order: false,
  },
});

function checkRole(role: unknown, before: string, diagnostics: Diagnostics): void {
  if (role !== "none" || before === "none") return;
  diagnostics.addAttributeError(
    Path.root.atName("role"),
    "role cannot be taken away",
    `The service account is ${before} of the project, and the API changes a role only to "owner" or "member".\n\n` +
      "Set role to one of these, or replace the account, with its keys: terraform apply -replace=ADDRESS.",
  );
}
