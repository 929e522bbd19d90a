/** The tracing of this process while it is on; undefined costs nothing, and loads nothing. Knows no SDK, only OpenTelemetry's API. */
import type * as Api from '@opentelemetry/api';
import type { ChosenIds } from './chosen-ids.ts';

export interface Tracing {
  readonly api: typeof Api;
  readonly tracer: Api.Tracer;
  readonly ids: ChosenIds;
  /** Ids of spans that somebody else tells of. */
  readonly discarded: Set<string>;
}

let tracing: Tracing | undefined;

export const tracingNow = (): Tracing | undefined => tracing;

export function useTracing(it: Tracing | undefined): void {
  tracing = it;
}
