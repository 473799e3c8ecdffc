import {
  bool,
  isUnknown,
  list,
  nested,
  notBlank,
  object,
  oneOf,
  Path,
  string,
  types,
  type Validator,
  warning,
} from "../../framework/index.ts";
import { isJsonObject, JsonNumber } from "../../openai/index.ts";
import { idArgument, objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { json } from "../api/wire.ts";
import { eachNotBlank, notEmpty } from "../argument-validators.ts";
import { parseJsonArgument, sameJsonValue } from "../json-argument.ts";

/** Matchers compare with one value each. */
const plainValues: Validator<string> = {
  description: "must have texts, numbers and booleans alone",
  validate(json) {
    const matchers = parseJsonArgument(json);
    if (matchers === undefined || !isJsonObject(matchers)) return undefined;
    const odd = [...matchers].find(
      ([, value]) => !(["string", "boolean"].includes(typeof value) || value instanceof JsonNumber),
    );
    if (odd === undefined) return undefined;
    return {
      detail: `Each attribute is matched by one text, number or boolean, and ${JSON.stringify(odd[0])} is not.`,
    };
  },
};

const anyMatcher: Validator<string> = {
  description: "should match by at least one attribute",
  validate(json) {
    const matchers = parseJsonArgument(json);
    if (matchers === undefined || !isJsonObject(matchers) || matchers.size > 0) return undefined;
    return {
      detail:
        "Without an attribute, every token of the provider stands for the service account: those of other teams and customers, too.",
    };
  },
};

/** Which tokens of a workload identity provider stand for a service account. */
export const workloadIdentityFederationRule = apiObject({
  name: "openai_workload_identity_federation_rule",
  noun: "workload identity federation rule",
  subcategory: "Organization",
  key: "admin",
  path: "organization/workload_identity_providers/{workload_identity_provider_id}/federation_rules",
  id: "wifr_abc123",
  responseJson: true,
  readByList: "first",
  missing: ["its workload identity provider was deleted", "its service account was deleted"],
  attributes: {
    workload_identity_provider_id: idArgument(
      "The ID of the workload identity provider, for example `wip_abc123`.",
    ),
    project_id: string({
      required: true,
      validate: [notBlank()],
      description: "The ID of the service account's project, for example `proj_abc123`.",
    }),
    service_account_id: string({
      required: true,
      validate: [notBlank()],
      description: "The ID of the service account that the tokens stand for, for example `svcacct_abc123`.",
    }),
    attribute_matchers_json: json({
      required: true,
      validate: [plainValues, warning(anyMatcher, "Every token matches")],
      description:
        "Attributes of a token and what each has to be, as JSON text of an object, for example " +
        '`jsonencode({ sub = "repo:example/site:ref:refs/heads/main" })`. All have to match.',
    }),
    permissions: object(
      nested({
        type: string({
          required: true,
          validate: [oneOf("service_account_default", "restricted")],
          description: "`service_account_default`, or `restricted` to the scopes of `scopes`.",
        }),
        scopes: list(types.string, {
          optional: true,
          validate: [notEmpty(), eachNotBlank()],
          description: "The scopes, for example `api.model.request`. Needed with `restricted`.",
        }),
      }),
      {
        optional: true,
        computed: true,
        description:
          "What the tokens permit. Left out, it stays as it is; at first, that is all that the account may do.",
      },
    ),
    name: string({ optional: true, validate: [notBlank()], description: "The name of the rule." }),
    description: string({ optional: true, validate: [notBlank()], description: "What the rule is for." }),
    enabled: bool({
      optional: true,
      computed: true,
      description: "Whether the rule applies. Left out, it stays as it is.",
    }),
    object: objectType("organization.workload_identity_federation_rule"),
    created_at: timestamp("of its creation"),
    updated_at: timestamp("of its last change"),
  },
  leftOut: { attribute_matchers: "it is attribute_matchers_json" },
  resource: {
    description:
      "Lets tokens of a workload identity provider stand for a service account of a project, in place of an API key.",
    update: ["attribute_matchers_json", "permissions", "name", "description", "enabled"],
    volatile: ["updated_at"],
    answersUpdate: true,
    made: (listed, sent) =>
      listed.service_account_id === sent.service_account_id &&
      listed.name === sent.name &&
      sameJsonValue(sent.attribute_matchers_json, listed.attribute_matchers_json),
    validate({ config: { permissions }, diagnostics }) {
      if (isUnknown(permissions) || permissions === null) return;
      const { type, scopes } = permissions;
      if (isUnknown(type) || isUnknown(scopes) || (scopes !== null) === (type === "restricted")) return;
      diagnostics.addAttributeError(
        Path.root.atName("permissions").atName("scopes"),
        "Permissions do not fit their type",
        scopes === null
          ? 'The type "restricted" needs scopes. For all that the account may do, set type = "service_account_default".'
          : 'scopes are set, and the type is not "restricted". Set the type, or remove the scopes.',
      );
    },
  },
  dataSource: { description: "Reads a federation rule: which tokens stand for which service account." },
  list: {
    attribute: "federation_rules",
    displayName: "name",
    description: "Reads all federation rules of a workload identity provider.",
    filters: {
      service_account_id: string({
        optional: true,
        validate: [notBlank()],
        description: "Only rules for this service account.",
      }),
    },
  },
});
