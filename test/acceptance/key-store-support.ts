import { generateKeyPairSync } from "node:crypto";
import type { OpenAIServer } from "../support/openai-server/server.ts";

/* What the examples of keys that reach a store have in common: files of the API stand in for the store. */

export const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** The environment of such an example: both kinds of keys, and the server. */
export const environment = (server: OpenAIServer) => ({
  OPENAI_ADMIN_KEY: "sk-admin-example",
  OPENAI_API_KEY: "sk-example",
  OPENAI_BASE_URL: server.url,
});

/** What is in the store. */
export function stored(server: OpenAIServer): string[] {
  return server.control.objects.all("files").map(({ content }) => String(content));
}
