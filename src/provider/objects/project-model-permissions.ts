import { list, oneOf, string, types } from "../../framework/index.ts";
import { idArgument, objectType } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { sameElements } from "./role-arguments.ts";

/** Which models a project may use. */
export const projectModelPermissions = apiObject({
  name: "openai_project_model_permissions",
  noun: "model permissions",
  pluralEnding: "",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/model_permissions",
  id: "proj_abc123",
  singleton: true,
  responseJson: true,
  missing: ["the project has none, and may use all models", "the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    mode: string({
      required: true,
      validate: [oneOf("allow_list", "deny_list")],
      description: "`allow_list`: the project may use these models and no other; `deny_list`: all but these.",
    }),
    model_ids: list(types.string, {
      required: true,
      equivalent: sameElements,
      description: "The IDs of the models. The order means nothing.",
    }),
    object: objectType("project.model_permissions"),
  },
  resource: {
    description: "Keeps which models a project may use. A destroy permits all models again.",
    update: ["mode", "model_ids"],
    answersUpdate: true,
  },
  dataSource: { description: "Reads which models a project may use." },
});
