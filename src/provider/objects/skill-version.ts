import { bool, string } from "../../framework/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";
import { skillHash, skillPath } from "./skill.ts";
import { plannedUpload, uploadForm } from "./skill-upload.ts";

/** A version of a skill, which nothing changes any more. */
export const skillVersion = apiObject({
  name: "openai_skill_version",
  noun: "skill version",
  subcategory: "Skills",
  path: "skills/{skill_id}/versions",
  id: "2",
  idMember: "version",
  isAlias: (id) => !/^\d+$/.test(id),
  missing: ["the skill was deleted"],
  attributes: {
    skill_id: idArgument("The ID of the skill, for example `skill_abc123`."),
    path: skillPath,
    default: wired(
      bool({
        optional: true,
        description:
          "Whether the skill uses this version from now on, where none is named. Said at the creation alone: a change of it " +
          "uploads another version, and `default_version` of `openai_skill` changes the default in place.",
      }),
      { sentOnly: true },
    ),
    content_sha256: skillHash,
    skill_version_id: wired(
      string({
        computed: true,
        description: "The ID that the API has beside the version: `skillver_abc123`.",
      }),
      { member: "id" },
    ),
    name: string({ computed: true, description: "The name in `SKILL.md`." }),
    description: string({ computed: true, description: "The description in `SKILL.md`." }),
    object: objectType("skill.version"),
    created_at: timestamp("of its creation"),
  },
  leftOut: { files: "path is what is in them", version: "the ID of the object" },
  resource: {
    description:
      "Adds a version to a skill. Other files are another version: `create_before_destroy` keeps one of them there at any time.",
    update: ["path"],
    volatile: ["content_sha256"],
    modifyPlan: ({ config: { path }, state, private: { imported }, diagnostics }) =>
      plannedUpload({ path, state, imported, diagnostics }),
    form: ({ plan, planned, diagnostics }) =>
      uploadForm(
        plan.path,
        planned.content_sha256,
        diagnostics,
        plan.default === null ? [] : [["default", String(plan.default)]],
      ),
    // The first version comes with the skill.
    made: (listed, sent) => listed.id !== "1" && listed.name !== null && listed.name === sent.name,
  },
  dataSource: { description: "Reads a version of a skill.", leaveOut: ["default"] },
  list: { description: "Reads all versions of a skill." },
  content: { description: "Reads the files of a version of a skill, as a zip.", idArgument: "version" },
});
