import type { OpenAIServer } from "../../../support/openai-server/server.ts";
import type { Kept } from "../../../support/provider-session.ts";

/* What the tests of a service account's key have in common. */

export const type = "openai_project_service_account";
export const given = { project_id: "proj_default", name: "Deployment" };
export const keys = "organization/projects/{project_id}/api_keys";

/** The requests that change something, as "METHOD path body" below the project. */
export function sent(server: OpenAIServer): string[] {
  return server.requests
    .filter(({ method }) => method !== "GET")
    .map(({ method, path, body }) => `${method} ${path.split("proj_default/")[1] ?? ""} ${body}`);
}

/** The IDs of all keys that are alive. */
export function alive(server: OpenAIServer): unknown[] {
  return server.control.objects.all(keys).map(({ id }) => id);
}

/** What state has of the key that the API made. */
export function keyOf({ state }: Kept) {
  const { api_key_id, api_key_value, encrypted_value, api_key_expires_at } = state;
  return { api_key_id, api_key_value, encrypted_value, api_key_expires_at };
}

/** The same where there is no key. */
export const none = {
  api_key_id: null,
  api_key_value: null,
  encrypted_value: null,
  api_key_expires_at: null,
};
