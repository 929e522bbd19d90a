/** What commands that change one job have in common: the operation, the job as it stands then, and a word on one that is archived. */
import { type InputOf, type Job, jobView } from '@gityard/domain';
import { answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { line, type Span } from '../text/lines.ts';
import { act } from './act.ts';
import { unlessArchived } from './find.ts';

type Change = 'cancel' | 'retry' | 'prioritise' | 'assign' | 'approve' | 'reject' | 'pause' | 'unpause';

/** The words follow the id of the job. */
export async function changeJob<N extends Change>(
  context: Context,
  name: N,
  wish: Omit<InputOf<N>, 'now'> & { readonly jobId: string },
  words: (job: Job) => Span,
): Promise<Reply> {
  const reply = await act(context, name, wish, ({ result }) => {
    const job: Job = result;
    return answer(jobView(job), () => [line('job ', job.id, ' ', words(job))]);
  });
  return unlessArchived(context, wish.jobId, reply);
}
