import { notBlank, Path, string } from "../../framework/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { local } from "../api/wire.ts";
import { plannedUpload, uploadForm } from "./skill-upload.ts";

/** Where a skill's files are. */
export const skillPath = local(
  string({
    optional: true,
    validate: [notBlank()],
    description:
      "The folder of the skill, with a `SKILL.md` at its top, or a zip of one. Of a folder, the provider makes a zip that " +
      "follows from names and contents alone; `.git` and what systems leave in folders is left out. Needed for a creation, and not after an import.",
  }),
);

export const skillHash = local(
  string({
    computed: true,
    description:
      "The SHA-256 of the zip, in hexadecimal digits. Where it changes, the next plan uploads the files anew. Null after an import.",
  }),
);

/** Files that teach a model how to do something. */
export const skill = apiObject({
  name: "openai_skill",
  noun: "skill",
  subcategory: "Skills",
  path: "skills",
  id: "skill_abc123",
  attributes: {
    path: skillPath,
    content_sha256: skillHash,
    default_version: string({
      optional: true,
      computed: true,
      validate: [notBlank()],
      description:
        "The version that is used where none is named. Changed in place; it has to exist already, so that a new skill's can " +
        "only be `1`. Left out, it is what the API or an `openai_skill_version` has made it.",
    }),
    name: string({ computed: true, description: "The name in `SKILL.md`." }),
    description: string({ computed: true, description: "The description in `SKILL.md`." }),
    latest_version: string({ computed: true, description: "The newest version." }),
    object: objectType("skill"),
    created_at: timestamp("of its creation"),
  },
  leftOut: { files: "path is what is in them" },
  resource: {
    description:
      "Uploads a skill. Other files are another skill with another ID: `openai_skill_version` adds versions to one that keeps its ID.",
    update: ["path", "default_version"],
    volatile: ["content_sha256", "latest_version", "name", "description"],
    modifyPlan({ config: { path, default_version: version }, state, private: { imported }, diagnostics }) {
      if (state === null && typeof version === "string" && version !== "1") {
        diagnostics.addAttributeError(
          Path.root.atName("default_version"),
          "No such version",
          `A new skill has the version "1" alone, and default_version is ${JSON.stringify(version)}.\n\n` +
            "Leave it out, and set default = true on the openai_skill_version that is to be used.",
        );
      }
      return plannedUpload({ path, state, imported, diagnostics });
    },
    form: ({ plan, planned, diagnostics }) => uploadForm(plan.path, planned.content_sha256, diagnostics),
    made: (listed, sent) =>
      listed.name !== null && listed.name === sent.name && listed.latest_version === "1",
  },
  dataSource: { description: "Reads a skill: its name, its description and its versions." },
  list: { description: "Reads all skills of the project." },
  content: { description: "Reads the files of a skill's default version, as a zip.", idArgument: "skill_id" },
});
