import util from "node:util";

/*
 * undici prints each request with its query under NODE_DEBUG=undici or fetch, and a query may hold a secret. It asks
 * once, when it is loaded: this module has to be imported before it.
 */
const { debuglog } = util;
const silent = Object.assign(() => {}, { enabled: false });
Reflect.set(util, "debuglog", (...given: Parameters<typeof debuglog>) =>
  /^(?:undici|fetch|websocket)\b/i.test(given[0]) ? silent : debuglog(...given),
);
