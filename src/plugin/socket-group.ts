import {
  chmodSync,
  chownSync,
  closeSync,
  constants,
  fstatSync,
  lchmodSync,
  lchownSync,
  lstatSync,
  openSync,
  readFileSync,
  type Stats,
} from "node:fs";

const GROUP_MODE = 0o660;

/** O_PATH of Linux, on every architecture that Node runs on: a descriptor of the file itself, unopened. */
const O_PATH = 0o10000000;

/**
 * Lets a group, by name or number, connect to a socket; an empty group changes nothing. Members of
 * that group may write to the socket's directory, where go-plugin makes it, and could put a link to
 * another file in the socket's place: what is changed is a socket of ours, or nothing.
 *
 * @throws {Error} with a message for people
 */
export function admitGroup(path: string, group: string): void {
  if (group === "") return;
  const id = /^\d+$/.test(group) ? Number(group) : groupId(group);
  if (id === undefined) {
    throw new Error(
      `PLUGIN_UNIX_SOCKET_GROUP names the group ${JSON.stringify(group)}, which does not exist.`,
    );
  }
  try {
    if (process.platform === "linux") changeOpened(path, id);
    else changeUnfollowed(path, id);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`PLUGIN_UNIX_SOCKET_GROUP (${group}) cannot be given the socket: ${reason}.`);
  }
}

/** Linux changes a socket's file by its path only; /proc has a path that stays with the opened one. */
function changeOpened(path: string, id: number): void {
  const descriptor = openSync(path, O_PATH | constants.O_NOFOLLOW);
  try {
    assertOwnSocket(path, fstatSync(descriptor));
    chownSync(`/proc/self/fd/${descriptor}`, -1, id);
    chmodSync(`/proc/self/fd/${descriptor}`, GROUP_MODE);
  } finally {
    closeSync(descriptor);
  }
}

/** macOS and the BSDs can change a link itself, and Node's lchmod is there for them alone. */
function changeUnfollowed(path: string, id: number): void {
  assertOwnSocket(path, lstatSync(path));
  lchownSync(path, -1, id);
  lchmodSync(path, GROUP_MODE);
}

function assertOwnSocket(path: string, file: Stats): void {
  if (!file.isSocket()) throw new Error(`${path} is no socket any more`);
  if (file.uid !== process.geteuid?.()) throw new Error(`${path} belongs to another user`);
}

function groupId(name: string): number | undefined {
  for (const line of readFileSync("/etc/group", "utf8").split("\n")) {
    const [candidate, , id] = line.split(":");
    if (candidate === name && id !== undefined) return Number(id);
  }
  return undefined;
}
