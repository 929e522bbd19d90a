/**
 * Sends the traces of this process to where OTEL_EXPORTER_OTLP_ENDPOINT says, by OTLP over HTTP. Only here OpenTelemetry is
 * loaded. What cannot be sent waits in a queue with an end, and is dropped; whoever stops waits a moment for it and no longer.
 */
import { hostname } from 'node:os';
import type * as Api from '@opentelemetry/api';
import { AsyncContext } from './async-context.ts';
import { ChosenIds } from './chosen-ids.ts';
import { type Mask, maskedExporter } from './masked-exporter.ts';
import { useTracing } from './tracing.ts';
import { receiverOf, unfitTraces, wantsTraces } from './wants-traces.ts';

export interface TracingOptions {
  /** `service.name` where OTEL_SERVICE_NAME says none. */
  readonly service: string;
  readonly version: string;
  /** Puts *** in the place of what looks like a secret. */
  readonly mask: Mask;
  /** The receiver is away, or refuses: told once for a run of failures. Before that, each setting that cannot be heeded. */
  readonly onTrouble: (text: string) => void;
  /** For one request with its repetitions, where OTEL_EXPORTER_OTLP_TIMEOUT says nothing: also the longest that a stop waits. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 3_000;
/** What an agent loses at most that is killed, where OTEL_BSP_SCHEDULE_DELAY says nothing. */
const EVERY_MS = 1_000;

/** Ends it; undefined where no traces are wanted, or none can be sent. */
export async function startTracing(options: TracingOptions): Promise<(() => Promise<void>) | undefined> {
  const { env } = process;
  const { patienceMs = PATIENCE_MS } = options;
  if (!wantsTraces(env)) return undefined;
  const unfit = unfitTraces(env);
  if (unfit !== undefined) return void options.onTrouble(unfit);
  const [api, sdk, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const ids = new ChosenIds(new sdk.RandomIdGenerator());
  const discarded = new Set<string>();
  // What is sent now may have been noticed in the middle of something else, which has nothing to do with it.
  const onTrouble = (text: string): void => api.context.with(api.ROOT_CONTEXT, () => options.onTrouble(text));
  const wished = env.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT || env.OTEL_EXPORTER_OTLP_TIMEOUT;
  const resource = await resourceOf(options);
  const masking = { mask: options.mask, discarded, onTrouble, receiver: receiverOf(env) };
  const provider = withSettingsTold(api, onTrouble, () => {
    const exporter = new OTLPTraceExporter(wished ? {} : { timeoutMillis: patienceMs });
    const pace = env.OTEL_BSP_SCHEDULE_DELAY ? {} : { scheduledDelayMillis: EVERY_MS };
    const spanProcessors = [new sdk.BatchSpanProcessor(maskedExporter(exporter, masking), pace)];
    return new sdk.BasicTracerProvider({ resource, idGenerator: ids, spanProcessors });
  });
  api.context.setGlobalContextManager(new AsyncContext(api.ROOT_CONTEXT));
  useTracing({ api, tracer: provider.getTracer('gityard', options.version), ids, discarded });
  return async () => {
    useTracing(undefined);
    await atMost(patienceMs, provider.shutdown());
    api.context.disable();
  };
}

/** What OpenTelemetry reads from the environment and cannot heed, it tells nobody by itself. Later it tells of each failure anew. */
function withSettingsTold<Result>(api: typeof Api, onTrouble: (text: string) => void, act: () => Result): Result {
  const tell = (text: string): void => onTrouble(`traces: ${text}`);
  const logger = { error: tell, warn: tell, info: unheard, debug: unheard, verbose: unheard };
  api.diag.setLogger(logger, { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true });
  try {
    return act();
  } finally {
    api.diag.disable();
  }
}
function unheard(): void {
  // It matters to nobody here.
}

async function resourceOf({ service, version }: TracingOptions) {
  const { detectResources, envDetector, resourceFromAttributes } = await import('@opentelemetry/resources');
  const own = resourceFromAttributes({
    'service.name': service,
    'service.version': version,
    'service.instance.id': `${hostname()}-${process.pid}`,
    'host.name': hostname(),
    'process.pid': process.pid,
  });
  // What people say about it counts more than what it says about itself.
  return own.merge(detectResources({ detectors: [envDetector] }));
}

/** However it ends: what could not be sent was told of. */
async function atMost(ms: number, act: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([act.catch(() => undefined), passed]);
  clearTimeout(timer);
}
