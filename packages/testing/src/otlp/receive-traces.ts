/** A receiver that the traces of this very process go to. */

import { PATIENCE_MS } from '../wait-for.ts';
import { type OtlpReceiver, startOtlpReceiver } from './receiver.ts';

export interface TracesReceived extends OtlpReceiver {
  /** Ends the tracing: all that was told is here. */
  sent(): Promise<void>;
}

/** As `telemetry` has it, which is not known here. */
type StartTracing = (options: {
  readonly service: string;
  readonly version: string;
  readonly mask: (text: string) => Promise<string>;
  readonly onTrouble: (text: string) => void;
  readonly patienceMs: number;
}) => Promise<(() => Promise<void>) | undefined>;

export async function receiveTraces(startTracing: StartTracing): Promise<TracesReceived> {
  const receiver = await startOtlpReceiver();
  const closed = receiver.close;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = receiver.url;
  const mask = async (text: string): Promise<string> => text;
  const stop = await startTracing({
    service: 'spec',
    version: '1',
    mask,
    onTrouble: () => undefined,
    patienceMs: PATIENCE_MS,
  });
  const sent = async (): Promise<void> => stop?.();
  const close = async (): Promise<void> => {
    delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
    await sent();
    await closed();
  };
  return Object.assign(receiver, { sent, close });
}
