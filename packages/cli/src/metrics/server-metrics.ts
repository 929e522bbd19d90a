/**
 * The numbers of a server, for Prometheus. Counters grow with its looks at the yard; what is as it is now is asked of the state
 * when somebody scrapes.
 */
import type { Answered, MetricsSource } from '@gityard/api';
import { BuildWatch, CacheWatch } from '@gityard/domain';
import { METRICS, metricsBy, NO_LABELS, openMeter, tellProcess, tellRemote } from '@gityard/telemetry';
import type { Yard } from '@gityard/yard';
import { pushUseOf } from '../yard/push-use.ts';
import { tellBuild } from './tell-build.ts';
import { tellFleet } from './tell-fleet.ts';
import { tellYard } from './tell-yard.ts';

export interface ServerMetrics extends MetricsSource {
  looked(outcome: 'seen' | 'failed'): void;
}

export interface ServerMetricsOptions {
  readonly yard: Yard;
  readonly version: string;
  /** Streams of events that are open. */
  readonly followers: () => number;
}

export async function openServerMetrics({ yard, version, followers }: ServerMetricsOptions): Promise<ServerMetrics> {
  const meter = await openMeter({ metrics: metricsBy('server') });
  const builds = new BuildWatch();
  const caches = new CacheWatch();
  const codes = new Set<string>();
  const { process, builds: of } = METRICS;

  return {
    looked: (outcome) => {
      meter.add(process.looks, { outcome });
      if (outcome === 'failed') return;
      const { state } = yard;
      for (const tick of builds.look(state, yard.now())) tellBuild(meter, tick);
      const { hits, misses } = caches.look(state.heartbeats);
      meter.add(of.cacheHits, NO_LABELS, hits);
      meter.add(of.cacheMisses, NO_LABELS, misses);
    },
    answered: (answer) => meter.observe(process.httpDuration, labelsOf(answer), answer.seconds),
    text: () => {
      const { state } = yard;
      const now = yard.now();
      tellFleet(meter, { state, now, codes });
      tellYard(meter, yard);
      tellRemote(meter, { connection: yard.connection(), counters: yard.counters(), budget: pushUseOf(yard) });
      tellProcess(meter, { of: 'server', version });
      meter.set(process.eventFollowers, NO_LABELS, followers());
      return meter.text();
    },
  };
}

const KNOWN_METHODS = new Set(['GET', 'HEAD', 'POST', 'DELETE']);

/** What a caller made up is no label. */
const labelsOf = ({ method, route, status }: Answered) => ({
  http_request_method: KNOWN_METHODS.has(method) ? method : '_OTHER',
  http_route: route,
  http_response_status_code: String(status),
});
