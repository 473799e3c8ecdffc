/*
 * What this client uses of undici. The build puts this module, with undici, in a script of its own
 * beside the executable: it is loaded at the first request. undici's index would load its fetch, its
 * caches and its mocks as well, which takes three times as long.
 */
import "./undici-quiet.ts";

import api from "undici/lib/api/index.js";
import Client from "undici/lib/dispatcher/client.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";

// As undici's own index does it: `request` is a method of every dispatcher.
Object.assign(Dispatcher.prototype, api);

// undici parses HTTP/1 in WebAssembly, which V8 would compile once more in the background, with its
// optimizing compiler: up to Node 24 the process waits for that before it exits, and Terraform waits
// for the exit: 80 ms on Node 20. For the few requests of a process the first compilation will do.
// Only now, after the imports, since Node's own modules load slower once a flag has changed; and not
// from Node 26 on, which does not wait.
if (Number.parseInt(process.versions.node, 10) < 26)
  process.getBuiltinModule("node:v8").setFlagsFromString("--liftoff-only");

export { Client };
