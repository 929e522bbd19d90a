/**
 * How our code tells of what it does: in the middle of it, or once it is over. In the words of OpenTelemetry, and without its
 * weight: while nothing is exported (`startTracing`), each of these is a call and no more.
 */
import type { Span as ApiSpan, Attributes, Context } from '@opentelemetry/api';
import { spanContextOf, traceparentOfSpan } from './traceparent.ts';
import { type Tracing, tracingNow } from './tracing.ts';

/** Attributes; what is null or undefined is left out. */
export type Facts = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

export interface SpanWish {
  readonly name: string;
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer';
  readonly facts?: Facts;
  /** The traceparent of what it belongs to; else it belongs to what this code is in the middle of. */
  readonly parent?: string | undefined;
  /** Traceparents of what it has to do with besides. */
  readonly links?: readonly string[];
  /** An id that others know: 16 hexadecimal digits. */
  readonly spanId?: string | undefined;
  /** Where it begins a trace: 32 hexadecimal digits that others know. */
  readonly traceId?: string | undefined;
  /** RFC 3339; else now. */
  readonly startedAt?: string | undefined;
}

export interface PastSpan extends SpanWish {
  /** RFC 3339. */
  readonly endedAt: string;
  /** Why it was an error. */
  readonly failed?: string | null | undefined;
}

export interface Span {
  /** For those who go on with it elsewhere; undefined while nothing is traced. */
  readonly traceparent: string | undefined;
  note(facts: Facts): void;
  failed(why: string): void;
  /** Somebody else tells of it: what was noted here is not sent. */
  discard(): void;
}

const SILENT: Span = { traceparent: undefined, note: nothing, failed: nothing, discard: nothing };
function nothing(): void {
  // Nobody listens.
}

/** What is begun inside belongs to it. What is thrown makes it an error. */
export async function traced<Result>(
  wish: SpanWish | (() => SpanWish),
  act: (span: Span) => Promise<Result>,
): Promise<Result> {
  const tracing = tracingNow();
  if (!tracing) return act(SILENT);
  const { api } = tracing;
  const inner = begin(tracing, typeof wish === 'function' ? wish() : wish);
  const span = spanOf(tracing, inner);
  try {
    return await api.context.with(api.trace.setSpan(api.context.active(), inner), () => act(span));
  } catch (error) {
    span.failed(error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    inner.end();
  }
}

/** Only as a part of something: what is done again and again for nobody would fill the backend. */
export function tracedInside<Result>(wish: SpanWish, act: (span: Span) => Promise<Result>): Promise<Result> {
  return traceparentHere() === undefined ? act(SILENT) : traced(wish, act);
}

/** Begun here and ended elsewhere, such as the answer to a request. */
export function beginSpan(wish: SpanWish): Span & { readonly end: () => void; run<Result>(act: () => Result): Result } {
  const tracing = tracingNow();
  if (!tracing) return { ...SILENT, end: nothing, run: (act) => act() };
  const { api } = tracing;
  const inner = begin(tracing, wish);
  const inside = api.trace.setSpan(api.context.active(), inner);
  return { ...spanOf(tracing, inner), end: () => inner.end(), run: (act) => api.context.with(inside, act) };
}

/** Of what is over. */
export function tell({ endedAt, failed, ...wish }: PastSpan): void {
  const tracing = tracingNow();
  if (!tracing) return;
  const inner = begin(tracing, wish);
  if (failed !== null && failed !== undefined) spanOf(tracing, inner).failed(failed);
  inner.end(new Date(endedAt));
}

/** As if in the middle of that span, wherever it is. */
export function inTrace<Result>(traceparent: string, act: () => Result): Result {
  const tracing = tracingNow();
  return tracing ? tracing.api.context.with(contextOf(tracing, traceparent), act) : act();
}

/** Of the span that this code is in the middle of. */
export function traceparentHere(): string | undefined {
  const tracing = tracingNow();
  const span = tracing?.api.trace.getSpanContext(tracing.api.context.active());
  return span && tracing?.api.isSpanContextValid(span) ? traceparentOfSpan(span) : undefined;
}

function begin(tracing: Tracing, wish: SpanWish): ApiSpan {
  const { api, tracer, ids } = tracing;
  const { name, kind, facts = {}, parent, links = [], spanId, traceId, startedAt } = wish;
  const options = {
    kind: kind ? api.SpanKind[KINDS[kind]] : api.SpanKind.INTERNAL,
    attributes: attributesOf(facts),
    links: links.map((it) => ({ context: spanContextOf(it) })),
    ...(startedAt !== undefined && { startTime: new Date(startedAt) }),
    root: traceId !== undefined,
  };
  const context = parent === undefined ? api.context.active() : contextOf(tracing, parent);
  return ids.with({ spanId, traceId }, () => tracer.startSpan(name, options, context));
}
const KINDS = { server: 'SERVER', client: 'CLIENT', producer: 'PRODUCER', consumer: 'CONSUMER' } as const;

const contextOf = ({ api }: Tracing, traceparent: string): Context =>
  api.trace.setSpanContext(api.ROOT_CONTEXT, spanContextOf(traceparent));

function spanOf({ api, discarded }: Tracing, inner: ApiSpan): Span {
  return {
    traceparent: traceparentOfSpan(inner.spanContext()),
    note: (facts) => void inner.setAttributes(attributesOf(facts)),
    failed: (message) => void inner.setStatus({ code: api.SpanStatusCode.ERROR, message }),
    // One that is not sampled nobody would take out again.
    discard: () => void (inner.isRecording() && discarded.add(inner.spanContext().spanId)),
  };
}

const attributesOf = (facts: Facts): Attributes =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => {
      if (value === null || value === undefined) return [];
      return [[name, typeof value === 'object' ? [...value] : value]];
    }),
  );
