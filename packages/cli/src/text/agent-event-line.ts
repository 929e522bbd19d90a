/** What a daemon tells, as a line of a log: how much it matters, and its facts by names that stay. */
import type { AgentEvent, EventPlace } from '@gityard/agent';
import { type LogFacts, type LogLevel, type LogLine, placeFacts } from '@gityard/telemetry';
import { sentenceOf } from './agent-event.ts';

const LEVELS: Readonly<Partial<Record<AgentEvent['kind'], LogLevel>>> = {
  stopping: 'warn',
  'log-lost': 'error',
  refused: 'warn',
  'spool-damaged': 'error',
  requeued: 'warn',
  quarantined: 'warn',
  'storage-trouble': 'warn',
  'upkeep-failed': 'warn',
  'loop-failed': 'warn',
  'rewrite-accepted': 'warn',
  'not-allowed': 'warn',
  'program-returned': 'error',
};

export function lineOfEvent(event: AgentEvent, { attempt, traceparent }: EventPlace): LogLine {
  const sentence = sentenceOf(event);
  const level = LEVELS[event.kind] ?? (sentence === undefined ? 'debug' : 'info');
  const text = sentence ?? ('text' in event ? event.text : event.kind);
  return { level, text, facts: { ...factsOf(event), attempt, ...placeFacts(traceparent) } };
}

function factsOf(event: AgentEvent): LogFacts {
  const { kind, ...rest } = event;
  // Its sentence has the text.
  const entries = Object.entries(rest).filter(([name, value]) => name !== 'text' && typeof value !== 'object');
  return { event: kind, ...(Object.fromEntries(entries) as LogFacts) };
}
