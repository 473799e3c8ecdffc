import { unlinkSync } from "node:fs";
import type { Server } from "node:net";
import { join } from "node:path";
import { admitGroup } from "./socket-group.ts";

/** sun_path of sockaddr_un less its final zero byte: 108 bytes on Linux, 104 on macOS and the BSDs. */
export const SOCKET_PATH_LIMIT = process.platform === "linux" ? 107 : 103;

/** Only the owner may connect; a host that names a group widens it for that group alone. */
const OWNER_ONLY_UMASK = 0o177;

export interface UnixPlace {
  readonly address: string;
  remove(): void;
}

/**
 * Listens on a new socket file in PLUGIN_UNIX_SOCKET_DIR, else in the temporary directory, else in
 * /tmp; nobody but the owner may connect from the moment it exists. With PLUGIN_UNIX_SOCKET_GROUP,
 * a name or a number, that group may too (go-plugin/server.go, serverListener_unix).
 *
 * @throws {Error} with a message for people
 */
export async function listenUnix(server: Server, env: NodeJS.ProcessEnv): Promise<UnixPlace> {
  const asked = env.PLUGIN_UNIX_SOCKET_DIR ?? "";
  const directories =
    asked === "" ? [...new Set([env.TMPDIR || env.TMP || env.TEMP || "/tmp", "/tmp"])] : [asked];
  const problems: string[] = [];
  for (const directory of directories) {
    const path = join(directory, `plugin${randomName()}`);
    const problem = await tryPath(server, path);
    if (problem !== undefined) {
      problems.push(problem);
      continue;
    }
    const remove = () => removeFile(path);
    try {
      admitGroup(path, env.PLUGIN_UNIX_SOCKET_GROUP ?? "");
    } catch (error) {
      server.close();
      remove();
      throw error;
    }
    return { address: path, remove };
  }
  const variable = asked === "" ? "TMPDIR" : "PLUGIN_UNIX_SOCKET_DIR";
  throw new Error(
    `No Unix socket to listen on: ${problems.join("; ")}. Set ${variable} to a short path of a ` +
      "directory this user may write to, or PLUGIN_NETWORK to tcp.",
  );
}

/** Ten digits, as Go names temporary files; taken names are refused by the system, never replaced. */
function randomName(): string {
  return Math.floor(Math.random() * 1e10)
    .toString()
    .padStart(10, "0");
}

async function tryPath(server: Server, path: string): Promise<string | undefined> {
  const length = Buffer.byteLength(path);
  if (length > SOCKET_PATH_LIMIT) {
    return `${path} has ${length} bytes, and the system allows ${SOCKET_PATH_LIMIT}`;
  }
  return await new Promise((resolve) => {
    const failed = (error: Error) => resolve(error.message);
    server.once("error", failed);
    // The file is made within this very call, so that no other code runs under the umask.
    const umask = process.umask(OWNER_ONLY_UMASK);
    try {
      server.listen(path, () => {
        server.off("error", failed);
        resolve(undefined);
      });
    } finally {
      process.umask(umask);
    }
  });
}

function removeFile(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already gone.
  }
}
