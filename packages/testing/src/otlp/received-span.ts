/** One span as specs look at it, and what a backend would find wrong with it or with its trace. */
import type { DecodedAttribute, DecodedRequest, DecodedSpan } from './decode-traces.ts';

export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  /** null: it begins the trace. */
  readonly parentId: string | null;
  readonly name: string;
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  /** 2: it is an error. */
  readonly status: number;
  readonly message: string;
  readonly resource: Readonly<Record<string, unknown>>;
}

/** Throws at what breaks OTLP although protobuf would take it. */
export function spansIn({ resourceSpans }: DecodedRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const about = attributesOf(resource?.attributes ?? [], 'the resource');
    if (typeof about['service.name'] !== 'string' || about['service.name'] === '')
      throw new Error('the resource has no service.name');
    return scopeSpans.flatMap(({ scope, spans }) => {
      if (!scope?.name) throw new Error('spans of no scope');
      return spans.map((it) => received(it, about));
    });
  });
}

function received(span: DecodedSpan, resource: ReceivedSpan['resource']): ReceivedSpan {
  const { traceId, spanId, parentSpanId, name, kind, links, status } = span;
  const what = `span ${name || '(no name)'} ${spanId}`;
  const check = (holds: boolean, why: string): void => {
    if (!holds) throw new Error(`${what}: ${why}`);
  };
  check(name !== '', 'it has no name');
  check(isId(traceId, 32), `its trace is ${traceId}`);
  check(isId(spanId, 16), 'its id is none');
  check(parentSpanId === '' || isId(parentSpanId, 16), `its parent is ${parentSpanId}`);
  check(parentSpanId !== spanId, 'it is its own parent');
  check(kind >= 1 && kind <= 5, `its kind is ${kind}`);
  const [startMs, endMs] = [msOf(span.startTimeUnixNano), msOf(span.endTimeUnixNano)];
  check(Math.abs(startMs - Date.now()) < A_DAY_MS, `it began at ${span.startTimeUnixNano}`);
  check(endMs >= startMs, 'it ended before it began');
  check((status?.code ?? 0) <= 2, `its status is ${status?.code}`);
  for (const link of links) check(isId(link.traceId, 32) && isId(link.spanId, 16), 'one of its links leads nowhere');
  return {
    traceId,
    spanId,
    parentId: parentSpanId || null,
    name,
    kind,
    startMs,
    endMs,
    attributes: attributesOf(span.attributes, what),
    links: links.map((it) => ({ traceId: it.traceId, spanId: it.spanId })),
    status: status?.code ?? 0,
    message: status?.message ?? '',
    resource,
  };
}
const A_DAY_MS = 86_400_000;

const isId = (id: string, digits: number): boolean => id.length === digits && !/^0*$/.test(id);
const msOf = (nanoseconds: string): number => Number(BigInt(nanoseconds) / 1000n) / 1000;

function attributesOf(attributes: readonly DecodedAttribute[], what: string): Record<string, unknown> {
  const named = attributes.map(({ key, value }) => {
    if (key === '') throw new Error(`${what}: an attribute has no name`);
    return [key, plain(value)] as const;
  });
  if (new Set(named.map(([key]) => key)).size < named.length) throw new Error(`${what}: an attribute is there twice`);
  return Object.fromEntries(named);
}

/** The one of its kinds that is set; the others are not there. */
function plain(value: DecodedAttribute['value']): unknown {
  const { stringValue, boolValue, intValue, doubleValue, arrayValue } = value ?? {};
  if (arrayValue) return (arrayValue as { values: DecodedAttribute['value'][] }).values.map(plain);
  return stringValue ?? boolValue ?? (intValue === undefined ? undefined : Number(intValue)) ?? doubleValue;
}

/** What is wrong with the spans of one trace, together: what hangs in the air, and what is there twice. */
export function traceFaults(spans: readonly ReceivedSpan[]): string[] {
  const ids = new Set(spans.map((it) => it.spanId));
  const roots = spans.filter((it) => it.parentId === null);
  return [
    ...(new Set(spans.map((it) => it.traceId)).size > 1 ? ['they are of more than one trace'] : []),
    ...(ids.size < spans.length ? [`${spans.length - ids.size} are there twice`] : []),
    ...(roots.length === 1 ? [] : [`${roots.length} begin it: ${roots.map((it) => it.name).join(', ')}`]),
    ...spans
      .filter(({ parentId }) => parentId !== null && !ids.has(parentId))
      .map(({ name, parentId }) => `the parent ${parentId} of ${name} is not there`),
  ];
}
