import {
  bool,
  integer,
  isUnknown,
  list,
  nested,
  notBlank,
  object,
  oneOf,
  Path,
  string,
  types,
} from "../../framework/index.ts";
import { objectType, timestamp } from "../api/arguments.ts";
import { apiObject } from "../api/object.ts";
import { jsonList, local, wired } from "../api/wire.ts";
import { atLeast, eachNotBlank, notEmpty } from "../argument-validators.ts";
import { expiresAfter } from "./expires-after.ts";

/** A place in which the API runs code. It expires some minutes after its last use. */
export const container = apiObject({
  name: "openai_container",
  noun: "container",
  subcategory: "Containers",
  path: "containers",
  id: "cntr_abc123",
  missing: ["it has expired: a container ends 20 minutes after its last use, unless expires_after says less"],
  attributes: {
    name: string({ required: true, validate: [notBlank()], description: "The name of the container." }),
    expires_after: object(
      expiresAfter(["last_active_at"], {
        minutes: integer({
          required: true,
          validate: [atLeast(1)],
          description: "After how many minutes without use the container expires.",
        }),
      }),
      {
        optional: true,
        computed: true,
        description: "When the container expires. Left out, that is 20 minutes after its last use.",
      },
    ),
    file_ids: wired(
      list(types.string, {
        optional: true,
        validate: [notEmpty(), eachNotBlank()],
        description: "The IDs of files that are copied into the new container.",
      }),
      { sentOnly: true },
    ),
    memory_limit: string({
      optional: true,
      computed: true,
      validate: [oneOf("1g", "4g", "16g", "64g")],
      description:
        "The memory: `1g`, `4g`, `16g` or `64g`. Left out, the API chooses, and may not report it.",
    }),
    network_policy: object(
      nested({
        type: string({
          required: true,
          validate: [oneOf("disabled", "allowlist")],
          description: "`disabled`, or `allowlist` for the domains of `allowed_domains`.",
        }),
        allowed_domains: list(types.string, {
          optional: true,
          validate: [notEmpty(), eachNotBlank()],
          description: "The domains that code in the container may reach.",
        }),
      }),
      { optional: true, computed: true, description: "What code in the container may reach." },
    ),
    skills_json: wired(
      jsonList({
        optional: true,
        description:
          "Skills that the container has, as JSON text of a list, for example " +
          '`jsonencode([{ type = "skill_reference", skill_id = "skill_abc123" }])`.',
      }),
      { sentOnly: true },
    ),
    recreate_when_expired: local(
      bool({
        optional: true,
        description:
          "Whether a plan creates another container once this one has expired. Left out means that it stays in state, with " +
          "`expired` for its `status`: to expire is what containers do.",
      }),
    ),
    object: objectType("container"),
    created_at: timestamp("of its creation"),
    last_active_at: timestamp("of its last use; null where the API does not report it"),
    status: string({
      computed: true,
      description: "`running` or `expired`, also where the API has it no more.",
    }),
  },
  leftOut: {
    "network_policy.domain_secrets":
      "secrets for single hosts, which the API never reports: a request that runs code can bring its own",
  },
  resource: {
    description:
      "Keeps a container in which the API runs code. It expires 20 minutes after its last use, which is no error: it stays " +
      "in state, and is created again only with `recreate_when_expired`.",
    update: ["recreate_when_expired"],
    volatile: ["last_active_at", "status"],
    absent: {
      is: ({ status }) => status === "expired",
      state: async ({ state }) => (state.recreate_when_expired === true ? null : { status: "expired" }),
    },
    made: (listed, sent) => listed.name === sent.name && listed.status === "running",
    async modifyPlan({ config, state }) {
      const again = state?.status === "expired" && config.recreate_when_expired === true;
      return again ? { requiresReplace: ["recreate_when_expired"] } : {};
    },
    validate({ config: { network_policy: policy }, diagnostics }) {
      if (isUnknown(policy) || policy === null || isUnknown(policy.type) || isUnknown(policy.allowed_domains))
        return;
      const listed = policy.allowed_domains !== null;
      if (listed === (policy.type === "allowlist")) return;
      diagnostics.addAttributeError(
        Path.root.atName("network_policy").atName(listed ? "type" : "allowed_domains"),
        "Network policy does not fit its domains",
        listed
          ? 'allowed_domains are set, and the type is not "allowlist". Set the type, or remove the domains.'
          : 'The type "allowlist" needs allowed_domains. For no network at all, set type = "disabled".',
      );
    },
  },
  dataSource: { description: "Reads a container: whether it still runs, and when it was last used." },
  list: {
    description: "Reads all containers of the project, also those that have expired.",
    filters: {
      name: string({
        optional: true,
        validate: [notBlank()],
        description: "Only containers of this name.",
      }),
    },
  },
});
