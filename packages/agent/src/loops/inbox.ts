/** Takes up what people put into `queue/`. Each file is for one agent to take up; the others let it go first. */
import { isPersonsWord, newerSchema, type QueueFile } from '@gityard/domain';
import { newId, whoCommitted } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import { ourTurn } from '../peers.ts';
import type { LoopLine } from '../status-board.ts';

const LONGEST_WAIT_MS = 60_000;

export async function inbox(context: AgentContext, line: LoopLine, signal: AbortSignal): Promise<void> {
  const { bell } = context;
  while (!signal.aborted) {
    const since = bell.count;
    await takeUpAll(context, signal);
    line.doing('waiting for files in queue/');
    await bell.wait({ since, ms: LONGEST_WAIT_MS, signal });
  }
}

/** One pass over everything that waits now. */
export async function takeUpAll(context: AgentContext, signal: AbortSignal): Promise<void> {
  if (newerSchema(context.yard.state) !== null) return;
  for (const file of waitingFiles(context)) {
    if (signal.aborted) return;
    await ourTurn(context, file.path, signal);
    if (isStillWaiting(context, file)) await takeUp(context, file, signal);
  }
}

function waitingFiles({ yard }: AgentContext): QueueFile[] {
  return [...yard.state.queue].filter((file) => file.answered !== file.blob).sort((a, b) => (a.path < b.path ? -1 : 1));
}

const isStillWaiting = ({ yard }: AgentContext, { path, blob }: QueueFile): boolean => {
  const now = yard.state.queue.get(path);
  return now?.blob === blob && now.answered !== blob;
};

async function takeUp({ yard, emit }: AgentContext, file: QueueFile, signal: AbortSignal): Promise<void> {
  const { path, blob, wishes } = file;
  const ids = wishes.map(() => newId());
  // As long as a name may be.
  const by = path.replace(/\.json$/, '').slice(0, 255);
  const author = isWhoseAsked(yard, file) ? await whoCommitted(yard, path, signal) : null;
  const answer = await yard.perform('take-up', { path, blob, ids, by, author, now: yard.now() });
  if (!answer.ok || answer.commit === null) return;
  const { result } = answer;
  const text = result.taken ? `took up ${path}` : `${path} ${result.reason}`;
  emit({ kind: 'taken-up', path, jobs: result.taken ? result.jobs : [], text });
}

/** To approve a job is for a person, and nobody approves their own. */
const isWhoseAsked = ({ state: { yard } }: AgentContext['yard'], { wishes }: QueueFile): boolean =>
  wishes.some((it) => ('op' in it ? isPersonsWord(it) : yard.approvals.length > 0 || it.approval !== null));
