/*
 * What this client uses of undici. The build puts this module, with undici, in a script of its own
 * beside the executable: it is loaded at the first request. undici's index would load its fetch, its
 * caches and its mocks as well, which takes three times as long.
 */
import api from "undici/lib/api/index.js";
import Dispatcher from "undici/lib/dispatcher/dispatcher.js";
import Pool from "undici/lib/dispatcher/pool.js";
import ProxyAgent from "undici/lib/dispatcher/proxy-agent.js";

// As undici's own index does it: `request` is a method of every dispatcher.
Object.assign(Dispatcher.prototype, api);

export { Pool, ProxyAgent };
