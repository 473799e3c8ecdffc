// From exec to the handshake line, against a Node that does nothing.
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { executable } from "../build/provider.mjs";

const provider = resolve("dist/dev", executable);

export async function startCases() {
  const env = { ...process.env, ...(await hostEnvironment()) };
  return {
    title: "Start: exec to handshake line (floor: exec to exit)",
    entries: [
      { name: "node -e 0", run: () => exited(process.execPath, ["-e", "0"], process.env) },
      {
        name: "node -e 'require(\"http2\")'",
        run: () => exited(process.execPath, ["-e", 'require("http2")'], process.env),
      },
      { name: "this provider", run: () => handshake(provider, env) },
    ],
    close: undefined,
  };
}

/** What Terraform sets for a plugin, with a client certificate as it makes one. */
async function hostEnvironment() {
  return {
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    PLUGIN_PROTOCOL_VERSIONS: "5,6",
    PLUGIN_MIN_PORT: "10000",
    PLUGIN_MAX_PORT: "25000",
    PLUGIN_CLIENT_CERT: await clientCertificate(),
  };
}

/** A P-521 certificate as Terraform's own (go-plugin makes it by Go's library), by the openssl program. */
async function clientCertificate() {
  const { execFileSync } = await import("node:child_process");
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521", "-nodes", "-keyout", "/dev/null"];
  const names = ["-subj", "/O=HashiCorp/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  return execFileSync("openssl", ["req", "-x509", ...key, ...names], {
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
}

/** @param {string} file @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function exited(file, args, env) {
  const started = performance.now();
  const child = spawn(file, args, { env, stdio: "ignore" });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("exit", () => done(performance.now() - started));
  });
}

/** @param {string} file @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function handshake(file, env) {
  const started = performance.now();
  const child = spawn(file, [], { env, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((done, failed) => {
    /** @type {number | undefined} */
    let time;
    child.on("error", failed);
    child.stdout.once("data", () => {
      time = performance.now() - started;
      child.kill("SIGTERM");
    });
    child.on("exit", () => (time === undefined ? failed(new Error("no handshake line")) : done(time)));
  });
}
