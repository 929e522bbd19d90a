/** What programs tell of themselves: traces, and logs. */

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
export { type JsonLog, type LogFacts, type LogLine, openJsonLog, placeFacts } from './logs/json-log.ts';
