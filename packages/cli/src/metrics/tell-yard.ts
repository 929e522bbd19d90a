/** The repository of a yard in numbers: how much was written, how often the history was cut, what lies on the live ref. */
import { fileProblems, operationsOf, operationsSinceCut } from '@gityard/domain';
import { METRICS, type Meter, NO_LABELS } from '@gityard/telemetry';
import type { Yard } from '@gityard/yard';

const { operations, epoch, sinceCut, liveRefSize, fileProblems: problems } = METRICS.yard;

export function tellYard(meter: Meter, { state, live }: Yard): void {
  meter.reach(operations, NO_LABELS, operationsOf(state));
  meter.set(epoch, NO_LABELS, state.epoch?.epoch ?? 0);
  meter.set(sinceCut, NO_LABELS, operationsSinceCut(state));
  meter.set(liveRefSize, NO_LABELS, sizeOf(live.snapshot));
  meter.set(problems, NO_LABELS, fileProblems(state).length);
}

function sizeOf(snapshot: Yard['live']['snapshot']): number {
  let bytes = 0;
  for (const { oid } of snapshot?.list() ?? []) bytes += snapshot?.read(oid)?.length ?? 0;
  return bytes;
}
