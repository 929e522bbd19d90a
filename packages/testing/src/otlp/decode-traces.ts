/**
 * Requests of OTLP over HTTP, in JSON or in protobuf, read by the official .proto files (protos/, Apache-2.0). JSON has ids in
 * hexadecimal digits where the files say bytes, so they are turned first. https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
import { fileURLToPath } from 'node:url';
import type { Message, Type } from 'protobufjs';

/** As protobufjs gives them: bytes as hexadecimal digits, 64-bit numbers as text, what is not there as its default. */
export interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly DecodedAttribute[] } | null;
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string } | null;
      readonly spans: readonly DecodedSpan[];
    }[];
  }[];
}

export interface DecodedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly DecodedAttribute[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code: number; readonly message: string } | null;
}

export interface DecodedAttribute {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>> | null;
}

const REQUEST = 'opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest';
const IDS = new Set(['traceId', 'spanId', 'parentSpanId']);
/** Of later versions than the files here. */
const NEWER = new Set(['flags', 'entityRefs']);

/** Throws at what no receiver has to take. */
export async function decodeTraces(body: Buffer, contentType: string): Promise<DecodedRequest> {
  const type = await requestType();
  const message = contentType.startsWith('application/json') ? fromJson(type, body) : type.decode(body);
  const decoded = type.toObject(message, { longs: String, bytes: String, defaults: true, arrays: true });
  return withHexIds(decoded) as DecodedRequest;
}

let known: Type | undefined;
/** Loaded by whoever receives something: most specs do not. */
async function requestType(): Promise<Type> {
  if (known) return known;
  const { default: protobuf } = await import('protobufjs');
  const root = new protobuf.Root();
  const folder = fileURLToPath(new URL('./protos/', import.meta.url));
  root.resolvePath = (_origin, target) => `${folder}${target}`;
  root.loadSync('opentelemetry/proto/collector/trace/v1/trace_service.proto');
  known = root.lookupType(REQUEST);
  return known;
}

function fromJson(type: Type, body: Buffer): Message {
  const value: unknown = JSON.parse(body.toString('utf8'));
  const unknown = unknownFields(type, value);
  if (unknown.length > 0) throw new Error(`OTLP knows no ${unknown.join(', ')}`);
  const message = type.fromObject(withBase64Ids(value) as Record<string, unknown>);
  const wrong = type.verify(message);
  if (wrong !== null) throw new Error(wrong);
  return message;
}

/** What `fromObject` would pass over in silence. */
function unknownFields(type: Type, value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = type.fields[name];
    if (!field) return NEWER.has(name) ? [] : [`${path}${name}`];
    const { resolvedType } = field.resolve();
    if (!resolvedType || !('fields' in resolvedType)) return [];
    const all = Array.isArray(inner) ? inner : [inner];
    return all.flatMap((it) => unknownFields(resolvedType as Type, it, `${path}${name}.`));
  });
}

const withBase64Ids = (value: unknown): unknown =>
  changedIds(value, (id) => {
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(id)) throw new Error(`${JSON.stringify(id)} is no id in hexadecimal digits`);
    return Buffer.from(id, 'hex').toString('base64');
  });

const withHexIds = (value: unknown): unknown => changedIds(value, (id) => Buffer.from(id, 'base64').toString('hex'));

function changedIds(value: unknown, change: (id: string) => string): unknown {
  if (Array.isArray(value)) return value.map((it) => changedIds(it, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [
      name,
      IDS.has(name) && typeof it === 'string' ? change(it) : changedIds(it, change),
    ]),
  );
}
