import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:https";
import { join } from "node:path";
import { selfSigned } from "../../support/openai-server/certificate.ts";
import { release } from "./release.ts";

export interface Registry {
  /** Host and port, as in a source address. */
  readonly host: string;
  /** The throw-away authority that Terraform has to trust, as PEM. */
  readonly authority: string;
  /** What was asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

export interface RegistryOptions {
  /** A folder with a release's zip, sums and signature. */
  readonly folder: string;
  /** The public key that signed the sums, armored, and its ID. */
  readonly key: { readonly id: string; readonly armor: string };
  /** What the zip becomes on its way. */
  readonly spoil?: (zip: Buffer) => Buffer;
}

/**
 * Serves a release by the provider registry protocol (developer.hashicorp.com/terraform/internals/
 * provider-registry-protocol) over https on the loopback, for any namespace.
 */
export async function startRegistry({
  folder,
  key,
  spoil = (zip) => zip,
}: RegistryOptions): Promise<Registry> {
  const { version, platform } = release();
  const [os, arch] = platform.split("_");
  const stem = `terraform-provider-openai_${version}`;
  const zip = readFileSync(join(folder, `${stem}_${platform}.zip`));
  const sums = readFileSync(join(folder, `${stem}_SHA256SUMS`));
  const signature = readFileSync(join(folder, `${stem}_SHA256SUMS.sig`));
  const manifest = JSON.parse(readFileSync(join(folder, `${stem}_manifest.json`), "utf8"));
  const protocols: unknown = manifest.metadata.protocol_versions;

  const answers: readonly (readonly [RegExp, () => Buffer | object])[] = [
    [/^\/\.well-known\/terraform\.json$/, () => ({ "providers.v1": "/v1/providers/" })],
    [/\/versions$/, () => ({ versions: [{ version, protocols, platforms: [{ os, arch }] }] })],
    [
      /\/download\/[^/]+\/[^/]+$/,
      () => ({
        protocols,
        os,
        arch,
        filename: `${stem}_${platform}.zip`,
        download_url: "/files/zip",
        shasums_url: "/files/sums",
        shasums_signature_url: "/files/signature",
        shasum: createHash("sha256").update(zip).digest("hex"),
        signing_keys: { gpg_public_keys: [{ key_id: key.id, ascii_armor: key.armor }] },
      }),
    ],
    [/^\/files\/zip$/, () => spoil(zip)],
    [/^\/files\/sums$/, () => sums],
    [/^\/files\/signature$/, () => signature],
  ];

  const certificate = selfSigned();
  const requests: string[] = [];
  const server = createServer({ ...certificate }, (request, response) => {
    const path = request.url ?? "";
    requests.push(path);
    const answer = answers.find(([pattern]) => pattern.test(path))?.[1]();
    if (answer === undefined) response.writeHead(404).end();
    else if (Buffer.isBuffer(answer)) response.end(answer);
    else response.setHeader("Content-Type", "application/json").end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The registry listens at no port.");
  return {
    host: `localhost:${address.port}`,
    authority: certificate.cert,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
