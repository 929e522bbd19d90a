/**
 * Puts what a build made into the store of artifacts, before its result is handed in. A store that is away costs a bounded time
 * and no build: its artifacts stay on this agent, the stage says so, and the upkeep brings them later.
 */
import type { BuildOutcome, UploadProgress } from '@gityard/builder';
import type { ArtifactPlace, Stage } from '@gityard/domain';
import { traced } from '@gityard/telemetry';
import type { AgentContext } from '../context.ts';
import { textOf } from '../trouble.ts';
import type { Holding } from './holding.ts';
import type { Progress } from './tell-progress.ts';

/** Without a place they are with this agent alone. */
export type PlacedOutcome = BuildOutcome & { readonly store?: ArtifactPlace };

const LONGEST_MS = 30 * 60_000;
const TELL_EVERY_MS = 1_000;

export async function placeArtifacts(
  context: AgentContext,
  { id, token }: Holding,
  { outcome, progress, signal }: { outcome: BuildOutcome; progress: Progress; signal: AbortSignal },
): Promise<PlacedOutcome> {
  const { artifacts, stages } = outcome;
  if (artifacts.length === 0 || !context.storage.hasArtifactStore) return outcome;
  try {
    const { uploadArtifacts } = await import('@gityard/builder');
    const store = await context.storage.artifacts();
    const facts = { 'gityard.store': store.name, 'gityard.artifacts': artifacts.length };
    const place = await traced({ name: 'upload', kind: 'client', facts }, () =>
      uploadArtifacts(
        store,
        { job: id, token },
        {
          artifacts,
          temporary: context.storage.temporary,
          signal: AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)]),
          onProgress: teller((text) => progress.tell(stages, text), store.name),
        },
      ),
    );
    return { ...withWord(outcome, `uploaded to ${place.name}`), store: place };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const why = signal.aborted ? 'the upload was stopped' : textOf(error);
    context.emit({ kind: 'storage-trouble', text: `the artifacts of job ${id} stay on this agent for now: ${why}` });
    return withWarning(withWord(outcome, `kept on this agent for now: ${why}`));
  }
}

/** Each telling may become a heartbeat. */
function teller(tell: (text: string) => void, name: string) {
  let toldAt = Number.NEGATIVE_INFINITY;
  return ({ path, sentBytes, totalBytes }: UploadProgress) => {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    toldAt = performance.now();
    const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
    tell(`Uploading ${path} to ${name}: ${megabytes(sentBytes)} of ${megabytes(totalBytes)} MB…`);
  };
}

const changed = (outcome: BuildOutcome, change: (publish: Stage) => Partial<Stage>): BuildOutcome => ({
  ...outcome,
  stages: outcome.stages.map((it) => (it.name === 'Publish' ? { ...it, ...change(it) } : it)),
});

const withWord = (outcome: BuildOutcome, word: string): BuildOutcome =>
  changed(outcome, ({ message }) => ({ message: [...(message ? [message] : []), word].join('; ').slice(0, 2_000) }));

const withWarning = (outcome: BuildOutcome): BuildOutcome =>
  changed(outcome, ({ warnings }) => ({ warnings: warnings + 1 }));
