/** The REST API of the daemon, in suggested reading order. What a browser may import is `@gityard/api/client`. */

export { ApiStartError } from './api-start-error.ts';
export { isLoopback } from './guard.ts';
export type { Api, ApiOptions, CommandDesk, CommandOutcome, RepositoryView, SnapshotSource } from './options.ts';
export { startApi } from './start-api.ts';
