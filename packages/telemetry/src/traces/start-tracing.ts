/**
 * Sends the traces of this process to where OTEL_EXPORTER_OTLP_ENDPOINT says, by OTLP over HTTP. Only here OpenTelemetry is
 * loaded. What cannot be sent waits in a queue with an end, and is dropped; whoever stops waits a moment for it and no longer.
 */
import { hostname } from 'node:os';
import { AsyncContext } from './async-context.ts';
import { ChosenIds } from './chosen-ids.ts';
import { type Mask, maskedExporter } from './masked-exporter.ts';
import { useTracing } from './tracing.ts';
import { wantsTraces } from './wants-traces.ts';

export interface TracingOptions {
  /** `service.name` where OTEL_SERVICE_NAME says none. */
  readonly service: string;
  readonly version: string;
  /** Puts *** in the place of what looks like a secret. */
  readonly mask: Mask;
  /** The receiver is away, or refuses: told once for a run of failures. */
  readonly onTrouble: (text: string) => void;
  /** For one request with its repetitions, where OTEL_EXPORTER_OTLP_TIMEOUT says nothing: also the longest that a stop waits. */
  readonly patienceMs?: number;
}

const PATIENCE_MS = 3_000;
/** What an agent loses at most that is killed, where OTEL_BSP_SCHEDULE_DELAY says nothing. */
const EVERY_MS = 1_000;

/** Ends it; undefined where no traces are wanted. */
export async function startTracing(options: TracingOptions): Promise<(() => Promise<void>) | undefined> {
  const { env } = process;
  const { patienceMs = PATIENCE_MS } = options;
  if (!wantsTraces(env)) return undefined;
  const [api, sdk, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const ids = new ChosenIds(new sdk.RandomIdGenerator());
  const discarded = new Set<string>();
  // What is sent now may have been noticed in the middle of something else, which has nothing to do with it.
  const onTrouble = (text: string): void => api.context.with(api.ROOT_CONTEXT, () => options.onTrouble(text));
  const wished = env.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT ?? env.OTEL_EXPORTER_OTLP_TIMEOUT;
  const exporter = new OTLPTraceExporter(wished === undefined ? { timeoutMillis: patienceMs } : {});
  const provider = new sdk.BasicTracerProvider({
    resource: await resourceOf(options),
    idGenerator: ids,
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        maskedExporter(exporter, { mask: options.mask, discarded, onTrouble }),
        env.OTEL_BSP_SCHEDULE_DELAY === undefined ? { scheduledDelayMillis: EVERY_MS } : {},
      ),
    ],
  });
  api.context.setGlobalContextManager(new AsyncContext(api.ROOT_CONTEXT));
  useTracing({ api, tracer: provider.getTracer('gityard', options.version), ids, discarded });
  return async () => {
    useTracing(undefined);
    await atMost(patienceMs, provider.shutdown());
    api.context.disable();
  };
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
