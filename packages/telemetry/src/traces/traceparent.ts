/** The header by which a trace goes on in another process. https://www.w3.org/TR/trace-context/#traceparent-header */
import type { SpanContext } from '@opentelemetry/api';

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** As version 00 has it; undefined for what the standard says to ignore. Later versions may have more behind it. */
export function readTraceparent(header: unknown): string | undefined {
  const [, version, traceId, spanId, flags, more] = (typeof header === 'string' && FORM.exec(header.trim())) || [];
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId ?? '') || /^0+$/.test(spanId ?? '')) return undefined;
  // Of the flags of later versions only this one is known to mean the same.
  return `00-${traceId}-${spanId}-${version === '00' ? flags : isSampled(flags) ? '01' : '00'}`;
}

const isSampled = (flags = ''): boolean => (Number.parseInt(flags, 16) & 1) === 1;

export function spanContextOf(traceparent: string): SpanContext {
  const [, traceId = '', spanId = '', flags = ''] = traceparent.split('-');
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & 1, isRemote: true };
}

export const traceparentOfSpan = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
