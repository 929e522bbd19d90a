/**
 * An operation as a span: under its own name, with what it is about, the commit that holds it, and how often others were faster.
 * What is done to a job belongs to the trace of that job, whoever does it and wherever, unless it is a part of something else.
 */
import { attemptTraceparent, newTraceparent, type State, traceparentOf } from '@gityard/domain';
import { type Facts, type SpanWish, traceparentHere } from '@gityard/telemetry';
import type { Operation, Reply } from '../writing/compose.ts';

export interface PerformedOperations {
  readonly operations: readonly Operation[];
  /** As it was last seen, if it was. */
  readonly state: State | undefined;
}

export function operationSpan({ operations, state }: PerformedOperations): SpanWish {
  const subject = subjectOf(operations);
  const place = placeOf(subject, state);
  const here = traceparentHere();
  return {
    name: [...new Set(operations.map((it) => it.name))].join(' + '),
    parent: here ?? place,
    links: here !== undefined && place !== undefined && traceOf(here) !== traceOf(place) ? [place] : [],
    facts: {
      'gityard.operations': operations.length,
      'gityard.job': subject.job,
      'gityard.token': subject.token,
      'gityard.agent': subject.agent,
    },
  };
}

/** What became of it. `retries`: pushes that somebody else was faster than, while it waited. */
export function outcomeFacts({ answers }: Reply, commit: string | null, retries: number): Facts {
  const refused = answers.find((it) => !it.ok);
  const changed = answers.some((it) => it.ok && it.changes.length > 0);
  const [accepted] = answers.filter((it) => it.ok);
  const { job, token } = accepted?.subject ?? {};
  return {
    // What was claimed nobody knew before.
    'gityard.job': job,
    'gityard.token': token,
    'gityard.commit': changed ? commit : null,
    'gityard.refusal': refused?.ok === false ? refused.code : null,
    'gityard.retries': retries,
  };
}

interface Subject {
  readonly job?: string;
  readonly token?: number;
  readonly agent?: string;
  readonly traceparent?: string;
  readonly isNew: boolean;
}

/** By the names that inputs of operations have for these; of many operations, the first that names a job. */
function subjectOf(operations: readonly Operation[]): Subject {
  const [first] = operations.filter((it) => jobIn(it) !== undefined);
  const operation = first ?? operations[0];
  if (!operation) return { isNew: false };
  const { agentId, token, job } = fieldsOf(operation);
  const asked = typeof job === 'object' && job !== null ? (job as { traceparent?: unknown }).traceparent : undefined;
  return {
    ...textAs('job', jobIn(operation)),
    ...textAs('agent', agentId),
    ...textAs('traceparent', asked),
    ...(typeof token === 'number' && { token }),
    isNew: operation.name === 'submit',
  };
}

const jobIn = (operation: Operation): unknown => fieldsOf(operation)[operation.name === 'submit' ? 'id' : 'jobId'];
const fieldsOf = ({ input }: Operation) => input as unknown as Readonly<Record<string, unknown>>;

const textAs = (name: string, value: unknown) => (typeof value === 'string' ? { [name]: value } : {});

function placeOf({ job: id, token, traceparent, isNew }: Subject, state: State | undefined): string | undefined {
  if (id === undefined) return undefined;
  if (isNew) return traceparent ?? newTraceparent(id);
  const job = state?.jobs.get(id);
  if (!job) return undefined;
  return token === undefined || token === 0 ? traceparentOf(job) : attemptTraceparent(job, token);
}

const traceOf = (traceparent: string): string => traceparent.slice(3, 35);
