// From exec to the handshake line, against a Node that does nothing.
import { execFileSync, spawn } from "node:child_process";

/** What Terraform sets for a plugin, with a client certificate as it makes one. */
export function hostEnvironment() {
  return {
    ...process.env,
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    PLUGIN_PROTOCOL_VERSIONS: "5,6",
    PLUGIN_MIN_PORT: "10000",
    PLUGIN_MAX_PORT: "25000",
    PLUGIN_CLIENT_CERT: clientCertificate(),
  };
}

/** A P-521 certificate as Terraform's own (go-plugin makes it by Go's library), by the openssl program. */
function clientCertificate() {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521", "-nodes", "-keyout", "/dev/null"];
  const names = ["-subj", "/O=HashiCorp/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  return execFileSync("openssl", ["req", "-x509", ...key, ...names], {
    stdio: ["ignore", "pipe", "ignore"],
    encoding: "utf8",
  });
}

/** Milliseconds from exec to exit. @param {string} file @param {string[]} args @returns {Promise<number>} */
export function exited(file, args) {
  const started = performance.now();
  const child = spawn(file, args, { stdio: "ignore" });
  return new Promise((done, failed) => {
    child.on("error", failed);
    child.on("exit", () => done(performance.now() - started));
  });
}

/** Milliseconds from exec to the first line on stdout. @param {string} file @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
export function handshake(file, env) {
  const started = performance.now();
  const child = spawn(file, [], { env, stdio: ["ignore", "pipe", "ignore"] });
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
