/** One thing that became of a build, as counters and histograms have it. */
import type { BuildTick } from '@gityard/domain';
import { METRICS, type Meter, NO_LABELS } from '@gityard/telemetry';

const { buildsStarted, buildsCompleted, buildsFailed, buildDuration, queueWait, stageDuration } = METRICS.builds;
const STAGES: readonly string[] = ['Fetch', 'Restore', 'Build', 'Test', 'Package', 'Publish'];

export function tellBuild(meter: Meter, tick: BuildTick): void {
  const { strategy } = tick;
  if (tick.kind === 'started') {
    meter.add(buildsStarted, { strategy });
    if (tick.waitedSeconds !== null) meter.observe(queueWait, NO_LABELS, tick.waitedSeconds);
    return;
  }
  const { outcome, cause, seconds, stages } = tick;
  meter.add(buildsCompleted, { strategy, outcome });
  if (outcome !== 'succeeded') meter.add(buildsFailed, { cause: cause ?? 'unknown' });
  if (outcome === 'succeeded' || outcome === 'failed') meter.observe(buildDuration, { strategy, outcome }, seconds);
  // A recipe may name stages of its own.
  for (const { name, seconds } of stages)
    meter.observe(stageDuration, { stage: STAGES.includes(name) ? name : 'other' }, seconds);
}
