/** What the programs tell of themselves, for people and machines that watch: metrics, traces, logs. Knows nothing of yards. */
export { METRICS, metricsBy } from './metrics/list.ts';
export { type Meter, openMeter } from './metrics/meter.ts';
export { type Metric, NO_LABELS } from './metrics/metric.ts';
export { tellProcess } from './metrics/tell-process.ts';
export { tellRemote } from './metrics/tell-remote.ts';
export { removeTextfile, unfitTextfile, writeTextfile } from './metrics/textfile.ts';
export {
  beginSpan,
  type Facts,
  inTrace,
  type PastSpan,
  type Span,
  type SpanWish,
  tell,
  traced,
  tracedInside,
  traceparentHere,
} from './traces/span.ts';
export { startTracing, type TracingOptions } from './traces/start-tracing.ts';
export { readTraceparent } from './traces/traceparent.ts';
export { wantsTraces } from './traces/wants-traces.ts';
export { isAtLeast, LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from './logs/level.ts';
export { openJsonLog } from './logs/json-log.ts';
export { type Log, type LogFacts, type LogLine, openMaskedLog, placeFacts } from './logs/masked-log.ts';
