import { bool, integer, map, notBlank, string, types } from "../framework/index.ts";
import { positiveDuration } from "./duration.ts";
import { headersValidator, headerValue, queryValidator, retryCount } from "./http-validators.ts";

export const providerAttributes = {
  api_key: string({
    optional: true,
    sensitive: true,
    validate: [notBlank(), headerValue()],
    description:
      "The API key. Taken from the environment variable `OPENAI_API_KEY` where it is left out, and where `base_url` is " +
      "OpenAI's or nothing else in the block is a credential for it. `OPENAI_API_KEY` says that the variable's value is " +
      "meant all the same; `none` says that there is no key. Needs not be set where every data source brings its own, or " +
      "where `headers` or `query` carry a credential.",
  }),
  admin_api_key: string({
    optional: true,
    sensitive: true,
    validate: [notBlank(), headerValue()],
    description:
      "The admin key, for the organization's own objects: projects, members, roles, limits. It is sent to the " +
      "Administration API alone (`/organization`, `/projects`), and `api_key` never is. Taken from the environment " +
      "variable `OPENAI_ADMIN_KEY` where it is left out, and where `base_url` is OpenAI's or nothing else in the block is " +
      "a credential for it. `OPENAI_ADMIN_KEY` says that the variable's value is meant all the same; `none` says that " +
      "there is no key. Needs not be set where nothing of the organization is managed.",
  }),
  organization: string({
    optional: true,
    validate: [notBlank(), headerValue()],
    description:
      "The organization that requests are counted for, where the key belongs to several. Taken from " +
      "`OPENAI_ORG_ID` where it is left out, and where `base_url` is OpenAI's or nothing else in the block is a " +
      "credential for it. `OPENAI_ORG_ID` says that the variable's value is meant all the same, `none` that there is " +
      "no organization.",
  }),
  project: string({
    optional: true,
    validate: [notBlank(), headerValue()],
    description:
      "The project that requests are made for. Taken from `OPENAI_PROJECT_ID` as the organization from its variable; " +
      "`OPENAI_PROJECT_ID` and `none` can be said here too. Not sent with the admin key.",
  }),
  base_url: string({
    optional: true,
    description:
      "The API's URL with its path, `https://api.openai.com/v1` by default: of a region, of Azure or of a gateway. " +
      "Taken from `OPENAI_BASE_URL`, then from `OPENAI_API_URL`, where it is left out. A query in it is sent with " +
      "every request. Must be an absolute URL without user name, password and fragment. Messages and logs show its host, " +
      "and of its path only what is known to be no token, such as `v1`.",
  }),
  allow_http: bool({
    optional: true,
    description:
      "Whether a `base_url` that begins with `http://` may name another machine. The key is then sent in the clear. " +
      "Left out means false; for this machine (localhost) it is not needed.",
  }),
  headers: map(types.string, {
    optional: true,
    sensitive: true,
    validate: [headersValidator()],
    description:
      "Headers for every request, for Azure (`api-key`) and gateways. One that carries a credential, by its name " +
      "(`Authorization`, `x-api-key`, `cf-aig-authorization`, `X-Gateway-Token`) or by its value (`Bearer …`), stands in " +
      "for an API key. Of the provider's own headers only `Authorization` and `User-Agent` can be replaced.",
  }),
  query: map(types.string, {
    optional: true,
    sensitive: true,
    validate: [queryValidator()],
    description:
      "Query parameters for every request, for example Azure's `api-version`. One whose name is that of a credential, " +
      "such as `key` or `subscription-key`, stands in for an API key.",
  }),
  timeout: string({
    optional: true,
    validate: [positiveDuration()],
    description:
      'How long one attempt of a request may take, as a duration (`"90s"`) or a number of seconds. Left out means 60 ' +
      "seconds. The time for all attempts together is set by each object's `timeouts`.",
  }),
  max_retries: integer({
    optional: true,
    validate: [retryCount()],
    description:
      "How often a request is repeated after a failure that may pass. Taken from `OPENAI_MAX_RETRIES` where it is left " +
      "out; else 4 for reads and 2 for writes. Waiting for a rate limit is not counted here.",
  }),
};

export type ProviderAttributes = typeof providerAttributes;

/** What the provider is but for its objects. */
export const providerDeclaration = {
  name: "openai",
  description:
    "Keeps what OpenAI's API stores: chat completions and responses, files, vector stores, batches, and the organization " +
    "with its projects, people, keys and limits. Every field, exact, with errors that say what happened, why, and what to do.",
  attributes: providerAttributes,
};
