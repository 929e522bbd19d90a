/** What the programs tell of themselves, for machines that watch. Knows nothing of yards. */
export { METRICS, metricsBy } from './metrics/list.ts';
export { type Meter, openMeter } from './metrics/meter.ts';
export { type Metric, NO_LABELS } from './metrics/metric.ts';
export { tellProcess } from './metrics/tell-process.ts';
export { tellRemote } from './metrics/tell-remote.ts';
export { removeTextfile, unfitTextfile, writeTextfile } from './metrics/textfile.ts';
