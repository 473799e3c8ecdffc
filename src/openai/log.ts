export type LogLevel = "trace" | "debug" | "info" | "warn" | "error";
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/**
 * Called for every attempt and for oddities; never with a key, a body or a query. Must not throw. The fields are made
 * when they are asked for, so that a line nobody writes costs nothing.
 */
export type RequestLog = (level: LogLevel, message: string, fields: () => LogFields) => void;
