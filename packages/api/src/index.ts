/** The REST API of the daemon, in suggested reading order. What a browser may import is `@gityard/api/client`. */

export { signToken, type TokenKey, tokenReader } from './access/tokens.ts';
export { ApiStartError } from './api-start-error.ts';
export { isLoopback } from './guard.ts';
export type {
  Answered,
  Api,
  ApiOptions,
  CommandDesk,
  CommandOutcome,
  MetricsSource,
  RepositoryView,
  SnapshotSource,
  TokenDesk,
} from './options.ts';
export { startApi } from './start-api.ts';
