/** What every endpoint may use. */
import type { Followers } from './followers.ts';
import type { ApiOptions } from './options.ts';
import type { Sessions } from './sessions.ts';

export interface RouteContext {
  readonly options: ApiOptions;
  readonly followers: Followers;
  readonly sessions: Sessions;
  /** Aborts when the server closes: long answers end by it. */
  readonly closing: AbortSignal;
}
