// What PEER may be: PEER=file, a Go provider whose address is mkdev-me/openai, or any number of name=file:namespace/type, with
// spaces between them. A file is an executable, or the zip of a release, such as an older one of this provider; a folder
// stands for the terraform-provider-… file in it.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

/** @typedef {{ name: string, file: string, source: string }} Peer */

/** @param {string} [text]  of PEER @returns {Peer[]} */
export function parsePeers(text = "") {
  const named = text.trim();
  if (named === "") return [];
  const parts = [...named.matchAll(/([^=]+)=(.+?):([\w-]+\/[\w-]+)(?:\s+|$)/gy)];
  const peers =
    parts.map(([whole]) => whole).join("") === named
      ? parts.map(([, name = "", path = "", source = ""]) => ({ name, file: found(path), source }))
      : [{ name: "the Go provider", file: found(named), source: "mkdev-me/openai" }];
  const sources = peers.map(({ source }) => source);
  if (new Set(sources).size < sources.length)
    throw new Error("PEER: each provider needs an address of its own, by which the plans tell them apart.");
  return peers;
}

/** @param {string} path */
function found(path) {
  const place = resolve(path);
  const file = !existsSync(place)
    ? undefined
    : statSync(place).isFile()
      ? place
      : readdirSync(place)
          .filter((each) => each.startsWith("terraform-provider-"))
          .map((each) => join(place, each))[0];
  if (file === undefined)
    throw new Error(
      `PEER: there is no provider at ${path}. It must be a provider's executable, or name=file:namespace/type, or several of these; see scripts/bench/parse-peers.mjs.`,
    );
  return file;
}
