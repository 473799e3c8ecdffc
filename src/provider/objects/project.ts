import {
  bool,
  conflictsWith,
  type Diagnostics,
  isUnknown,
  notBlank,
  Path,
  string,
} from "../../framework/index.ts";
import { idAlias, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { deletionProtection } from "../api/removal.ts";
import { createdWith, wired } from "../api/wire.ts";

const places = ["geography", "residency"] as const;

/** A project of the organization. */
export const project = apiObject({
  name: "openai_project",
  noun: "project",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects",
  id: "proj_abc123",
  idAlias: "project_id",
  responseJson: true,
  readByList: "first",
  missing: ["it belongs to another organization"],
  attributes: {
    project_id: idAlias("The ID of the project, as `id` has it."),
    name: string({
      required: true,
      validate: [notBlank()],
      description: "The name, which appears in reports.",
    }),
    external_key_id: string({
      optional: true,
      validate: [notBlank()],
      description: "The ID of an external key, with which the project's data is encrypted.",
    }),
    geography: wired(
      string({
        optional: true,
        validate: [notBlank(), conflictsWith("residency")],
        description:
          "The region in which the project's data stays, for example `EU`. It is chosen at the creation; the API does not " +
          "report it. OpenAI recommends `residency` instead.",
      }),
      { sentOnly: true, createOnly: true },
    ),
    residency: wired(
      string({
        optional: true,
        computed: true,
        validate: [notBlank()],
        description:
          "Where the project's data is stored and processed, for example `EU_STORAGE_PROCESSING`. It is chosen at the " +
          "creation; left out, the API chooses.",
      }),
      { createOnly: true },
    ),
    deletion_protection: deletionProtection(),
    created_at: timestamp("of its creation"),
    archived_at: timestamp("of when it was archived; null where it is active"),
    status: text("`active` or `archived`."),
  },
  leftOut: { object: "it is always organization.project" },
  resource: {
    description:
      "Keeps a project. The API cannot delete one: a destroy archives it, which cannot be undone, and its keys stop working. " +
      "One that somebody else archived is gone, and the next apply creates another.",
    update: ["name", "external_key_id", "geography", "residency", "deletion_protection"],
    answersUpdate: true,
    absent: { is: ({ status }) => status === "archived" },
    gone: {
      post: "archive",
      while: { attribute: "status", values: ["active"] },
      unasked: true,
    },
    removal: {
      title: "Project is archived, not deleted",
      detail:
        "The API cannot delete a project. Removing it archives it: its API keys and service accounts stop working, and it cannot " +
        "be used or changed again.\n\nTo keep it in use without Terraform, take it out of the state instead: a removed block with " +
        "destroy = false, or terraform state rm.",
    },
    made: (listed, sent) => listed.name === sent.name,
    modifyPlan({ plan, state, diagnostics, private: kept }) {
      for (const name of places) {
        const after = plan[name];
        const before = state?.[name] ?? kept.get(createdWith(name)) ?? null;
        // What an import could not know is taken over.
        const adopted = kept.imported && before === null;
        // What is written no more asks for nothing.
        const removed = after === null;
        if (state === null || adopted || removed || isUnknown(after) || after === before) continue;
        refuseMove(name, diagnostics);
      }
      return Promise.resolve(undefined);
    },
  },
  dataSource: {
    argument: "project_id",
    description: "Reads a project: its name, whether it is archived, and where its data stays.",
  },
  list: {
    displayName: "name",
    description: "Reads all projects of the organization.",
    order: false,
    filters: {
      include_archived: bool({ optional: true, description: "Whether archived projects are read, too." }),
    },
  },
});

function refuseMove(name: string, diagnostics: Diagnostics): void {
  diagnostics.addAttributeError(
    Path.root.atName(name),
    `${name} cannot be changed`,
    `Where a project's data stays is chosen at its creation, and the API does not change it.\n\n` +
      `Set ${name} back. For another region, create another project beside this one: a replacement would archive this one, ` +
      "with all its keys.",
  );
}
