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
}

/** For one request with its repetitions, where OTEL_EXPORTER_OTLP_TIMEOUT says nothing: also the longest that a stop waits. */
const SEND_MS = 3_000;
/** What an agent loses at most that is killed, where OTEL_BSP_SCHEDULE_DELAY says nothing. */
const EVERY_MS = 1_000;

/** Ends it; undefined where no traces are wanted. */
export async function startTracing(options: TracingOptions): Promise<(() => Promise<void>) | undefined> {
  const { env } = process;
  if (!wantsTraces(env)) return undefined;
  const [api, sdk, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const ids = new ChosenIds(new sdk.RandomIdGenerator());
  const discarded = new Set<string>();
  const isTimeSet = env.OTEL_EXPORTER_OTLP_TIMEOUT ?? env.OTEL_EXPORTER_OTLP_TRACES_TIMEOUT;
  const exporter = new OTLPTraceExporter(isTimeSet === undefined ? { timeoutMillis: SEND_MS } : {});
  const provider = new sdk.BasicTracerProvider({
    resource: await resourceOf(options),
    idGenerator: ids,
    spanProcessors: [
      new sdk.BatchSpanProcessor(
        maskedExporter(exporter, { ...options, discarded }),
        env.OTEL_BSP_SCHEDULE_DELAY === undefined ? { scheduledDelayMillis: EVERY_MS } : {},
      ),
    ],
  });
  api.context.setGlobalContextManager(new AsyncContext(api.ROOT_CONTEXT));
  useTracing({ api, tracer: provider.getTracer('gityard', options.version), ids, discarded });
  return async () => {
    useTracing(undefined);
    await Promise.race([provider.shutdown().catch(() => undefined), passed(SEND_MS)]);
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

const passed = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());
