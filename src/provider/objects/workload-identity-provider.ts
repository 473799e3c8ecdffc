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
} from "../../framework/index.ts";
import { type JsonValue, parseJson } from "../../openai/index.ts";
import { objectType, text, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { json, wired } from "../api/wire.ts";
import { httpsUrl } from "./https-url.ts";

const verification = nested({
  type: string({
    required: true,
    validate: [oneOf("discovery", "uploaded_jwks")],
    description:
      "`discovery` for the keys that the issuer publishes, or `uploaded_jwks` for those of `jwks_json`.",
  }),
  discovery_url: string({
    optional: true,
    validate: [httpsUrl()],
    description: "Where the issuer describes itself. Left out, it is where the issuer's URL says.",
  }),
  jwks_json: json({
    optional: true,
    description:
      "The public keys as JSON text of a JSON Web Key Set, for example of `jsonencode({ keys = [] })` or of a file. Needed with `uploaded_jwks`.",
  }),
});

/** The API wants a `discovery_url` with each discovery, null or not. */
function writeVerification(value: unknown): JsonValue {
  if (typeof value !== "object" || value === null) return null;
  const [type, url, keys] = ["type", "discovery_url", "jwks_json"].map((name) => Reflect.get(value, name));
  const own: [string, JsonValue] =
    typeof keys === "string"
      ? ["jwks", parseJson(keys)]
      : ["discovery_url", typeof url === "string" ? url : null];
  return new Map<string, JsonValue>([["type", String(type)], own]);
}

/** An OIDC provider whose tokens stand for service accounts of projects. */
export const workloadIdentityProvider = apiObject({
  name: "openai_workload_identity_provider",
  noun: "workload identity provider",
  subcategory: "Organization",
  key: "admin",
  path: "organization/workload_identity_providers",
  id: "wip_abc123",
  responseJson: true,
  readByList: "first",
  attributes: {
    name: string({ required: true, validate: [notBlank()], description: "The name of the provider." }),
    issuer: string({
      required: true,
      validate: [httpsUrl()],
      description: "The URL of the issuer, as `iss` of its tokens has it.",
    }),
    audience: string({
      required: true,
      validate: [notBlank()],
      description: "What `aud` of the tokens has to have.",
    }),
    description: string({ optional: true, validate: [notBlank()], description: "What the provider is for." }),
    enabled: bool({
      optional: true,
      computed: true,
      description: "Whether its tokens are accepted. Left out, it stays as it is.",
    }),
    attribute_transformations: list(
      nested({
        attribute: string({
          required: true,
          validate: [notBlank()],
          description: "The name of the attribute, by which federation rules match.",
        }),
        expression: string({
          required: true,
          validate: [notBlank()],
          description: "What makes the attribute of the claims of a token.",
        }),
      }),
      {
        optional: true,
        computed: true,
        description:
          "Attributes that are made of the claims of tokens; an empty list for none. Left out, they stay as they are.",
      },
    ),
    verification: wired(
      object(verification, {
        optional: true,
        computed: true,
        description: "How the signatures of tokens are verified. Left out, it stays as it is.",
      }),
      { write: writeVerification },
    ),
    type: text("The kind of the provider, which is `oidc`."),
    object: objectType("organization.workload_identity_provider"),
    created_at: timestamp("of its creation"),
    updated_at: timestamp("of its last change"),
  },
  leftOut: {
    type: "it is always oidc",
    "verification.jwks": "it is verification.jwks_json",
  },
  resource: {
    description:
      "Keeps an OIDC provider, such as a cloud or a CI system, whose tokens take the place of API keys. Which tokens stand " +
      "for which service account is said by `openai_workload_identity_federation_rule`.",
    always: { type: "oidc" },
    update: [
      "name",
      "issuer",
      "audience",
      "description",
      "enabled",
      "attribute_transformations",
      "verification",
    ],
    volatile: ["updated_at"],
    answersUpdate: true,
    made: (listed, sent) =>
      listed.name === sent.name && listed.issuer === sent.issuer && listed.audience === sent.audience,
    validate({ config: { verification: how }, diagnostics }) {
      if (isUnknown(how) || how === null || isUnknown(how.type)) return;
      const uploaded = how.type === "uploaded_jwks";
      const path = Path.root.atName("verification");
      if (uploaded && how.jwks_json === null)
        diagnostics.addAttributeError(
          path.atName("jwks_json"),
          "Verification without keys",
          'The type "uploaded_jwks" needs jwks_json. For the keys that the issuer publishes, set type = "discovery".',
        );
      const odd = uploaded ? "discovery_url" : "jwks_json";
      if (how[odd] === null || isUnknown(how[odd])) return;
      diagnostics.addAttributeError(
        path.atName(odd),
        "Verification does not fit its type",
        `${odd} is set, and means nothing with the type "${how.type}". Remove it, or set the other type.`,
      );
    },
  },
  dataSource: {
    description: "Reads a workload identity provider: its issuer, and how its tokens are verified.",
  },
  list: {
    displayName: "name",
    description: "Reads all workload identity providers of the organization.",
  },
});
