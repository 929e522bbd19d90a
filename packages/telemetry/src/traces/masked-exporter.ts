/** Nothing leaves without being looked at for secrets, and nobody waits for a receiver that is away: what it misses is dropped. */
import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

export type Mask = (text: string) => Promise<string>;

export interface Masking {
  readonly mask: Mask;
  /** Ids of spans that somebody else tells of. */
  readonly discarded: Set<string>;
  /** Where they go, in words. */
  readonly receiver: string;
  /** Told once for a run of failures. */
  readonly onTrouble: (text: string) => void;
}

type Done = Parameters<SpanExporter['export']>[1];
const FAILED = 1;

export function maskedExporter(inner: SpanExporter, { mask, discarded, receiver, onTrouble }: Masking): SpanExporter {
  let isAway = false;
  const heard =
    (done: Done, count: number): Done =>
    (result) => {
      const why = result.error?.message ?? 'no reason was given';
      if (result.code === FAILED && !isAway)
        onTrouble(`${count} spans of traces could not be sent to ${receiver}: ${why}`);
      isAway = result.code === FAILED;
      done(result);
    };
  const send = async (spans: readonly ReadableSpan[], done: Done): Promise<void> => {
    const wanted = spans.filter((it) => !discarded.delete(it.spanContext().spanId));
    if (wanted.length === 0) return done({ code: 0 });
    const masked = await Promise.all(wanted.map((it) => maskedSpan(it, mask)));
    inner.export(masked, heard(done, masked.length));
  };
  return {
    export: (spans, done) =>
      void send(spans, done).catch((error: unknown) =>
        done({ code: FAILED, error: error instanceof Error ? error : new Error(String(error)) }),
      ),
    forceFlush: async () => inner.forceFlush?.(),
    shutdown: () => inner.shutdown(),
  };
}

/** In front of the span itself, which others may still look at. */
async function maskedSpan(span: ReadableSpan, mask: Mask): Promise<ReadableSpan> {
  const { name, attributes, status, events, links } = span;
  const masked = {
    name: await mask(name),
    attributes: await maskedAttributes(attributes, mask),
    status: { ...status, ...(status.message !== undefined && { message: await mask(status.message) }) },
    events: await Promise.all(
      events.map(async (it) => ({ ...it, attributes: await maskedAttributes(it.attributes ?? {}, mask) })),
    ),
    links: await Promise.all(
      links.map(async (it) => ({ ...it, attributes: await maskedAttributes(it.attributes ?? {}, mask) })),
    ),
  };
  const properties = Object.entries(masked).map(([key, value]) => [key, { value, enumerable: true }] as const);
  return Object.create(span, Object.fromEntries(properties)) as ReadableSpan;
}

async function maskedAttributes(attributes: Attributes, mask: Mask): Promise<Attributes> {
  const entries = Object.entries(attributes).map(async ([name, value]) => [name, await maskedValue(value, mask)]);
  return Object.fromEntries(await Promise.all(entries)) as Attributes;
}

async function maskedValue(value: AttributeValue | undefined, mask: Mask): Promise<AttributeValue | undefined> {
  if (typeof value === 'string') return mask(value);
  if (!Array.isArray(value)) return value;
  const texts = value.map((it) => (typeof it === 'string' ? mask(it) : Promise.resolve(it)));
  return (await Promise.all(texts)) as AttributeValue;
}
