import {
  list,
  oneOf,
  type Pieces,
  type Problem,
  quote,
  string,
  types,
  type Validator,
} from "../../framework/index.ts";
import type { JsonValue } from "../../openai/index.ts";
import { idArgument, objectType } from "../api/arguments.ts";
import type { Body } from "../api/body.ts";
import { apiObject } from "../api/object.ts";
import { readKindPieces, wired } from "../api/wire.ts";
import { sameElements } from "./role-arguments.ts";

const tiers = ["flex", "fast", "ultrafast"];

/** Tiers by name, or `all` alone. */
const tierNames: Validator<readonly string[]> = {
  description: "must have tiers by their names, or all alone",
  validate(value): Problem | undefined {
    const odd = value.find((each) => !tiers.includes(each));
    if (odd === undefined || (odd === "all" && value.length === 1)) return undefined;
    return {
      detail:
        'The list must have "flex", "fast" and "ultrafast" as far as they are enabled, or "all" and nothing else.',
      given: quote(odd),
    };
  },
};

/** The API has the text `all`, or a list. */
function* readTiers(object: Body): Pieces<unknown> {
  const member = object.get("enabled_tiers");
  if (!member.isArray) return member.word("all") === null ? null : ["all"];
  return yield* readKindPieces({ kind: "list", element: types.string }, member);
}

function writeTiers(value: unknown): JsonValue {
  const names = Array.isArray(value) ? value.map(String) : [];
  return names[0] === "all" ? "all" : names;
}

/** Which service tiers a project's requests may use. */
export const projectServiceTierSettings = apiObject({
  name: "openai_project_service_tier_settings",
  noun: "service tier settings",
  pluralEnding: "",
  subcategory: "Projects",
  key: "admin",
  path: "organization/projects/{project_id}/service_tier_settings",
  id: "proj_abc123",
  singleton: true,
  responseJson: true,
  missing: ["the project was archived"],
  attributes: {
    project_id: idArgument("The ID of the project, for example `proj_abc123`."),
    default: string({
      optional: true,
      computed: true,
      validate: [oneOf("standard", "fast", "scale")],
      description:
        "The tier of requests that name none: `standard`, `fast` or `scale`. Left out, it stays as it is.",
    }),
    enabled_tiers: wired(
      list(types.string, {
        optional: true,
        computed: true,
        validate: [tierNames],
        equivalent: sameElements,
        description:
          'The tiers that requests may name: `["all"]`, or some of `flex`, `fast` and `ultrafast`; an empty list for none. ' +
          "Left out, it stays as it is.",
      }),
      { readPieces: readTiers, write: writeTiers },
    ),
    object: objectType("project.service_tier_settings"),
  },
  resource: {
    description:
      "Sets which service tiers a project's requests use. The API cannot reset them: a destroy leaves them as they are.",
    update: ["default", "enabled_tiers"],
    answersUpdate: true,
    gone: "forget",
  },
  dataSource: { description: "Reads which service tiers a project's requests use." },
});
