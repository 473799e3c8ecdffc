import { bool } from "../../framework/index.ts";
import { idArgument } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { wired } from "../api/wire.ts";

/** Whether a project may use one of OpenAI's own tools: `tool.enabled` of the body. */
function enabled(tool: string, words: string) {
  return wired(bool({ required: true, description: `Whether the project may use ${words}.` }), {
    member: `${tool}.enabled`,
  });
}

/** Which of OpenAI's own tools a project may use. */
export const projectHostedToolPermissions = apiObject({
  name: "openai_project_hosted_tool_permissions",
  noun: "hosted tool permissions",
  pluralEnding: "",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/hosted_tool_permissions",
  id: "proj_abc123",
  singleton: true,
  responseJson: true,
  missing: ["the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    code_interpreter_enabled: enabled("code_interpreter", "the code interpreter"),
    file_search_enabled: enabled("file_search", "file search"),
    image_generation_enabled: enabled("image_generation", "image generation"),
    mcp_enabled: enabled("mcp", "MCP servers"),
    web_search_enabled: enabled("web_search", "web search"),
  },
  leftOut: {
    code_interpreter: "it is code_interpreter_enabled",
    file_search: "it is file_search_enabled",
    image_generation: "it is image_generation_enabled",
    mcp: "it is mcp_enabled",
    web_search: "it is web_search_enabled",
  },
  resource: {
    description:
      "Sets which of OpenAI's own tools a project may use. The API cannot reset them: a destroy leaves them as they are.",
    gone: "forget",
    update: [
      "code_interpreter_enabled",
      "file_search_enabled",
      "image_generation_enabled",
      "mcp_enabled",
      "web_search_enabled",
    ],
    answersUpdate: true,
  },
  dataSource: { description: "Reads which of OpenAI's own tools a project may use." },
});
