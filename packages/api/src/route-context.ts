/** What every endpoint may use. */
import type { Followers } from './followers.ts';
import type { ApiOptions } from './options.ts';
import type { Sessions } from './sessions.ts';
import type { TlsPair } from './tls.ts';

export interface RouteContext {
  readonly options: ApiOptions;
  readonly followers: Followers;
  readonly sessions: Sessions;
  readonly tls?: TlsPair | undefined;
  /** Aborts when the server closes: long answers end by it. */
  readonly closing: AbortSignal;
}
