/** Why a job waits, now or at a time that is over, and how its reasons changed. */
import { explain, explainPast } from '@gityard/domain';
import { type JobChapter, jobHistory } from '@gityard/yard';
import { type Answer, answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { usageError } from '../errors.ts';
import { argument, flag, option, wholeNumber } from '../parameters.ts';
import { lookBack, notePast } from '../past/look-back.ts';
import { WHEN, WHEN_SUMMARY } from '../past/when.ts';
import { dim, type Line, line } from '../text/lines.ts';
import { reasonText, whyText } from '../text/why-text.ts';
import { statusSpan } from '../text/words.ts';
import { findJobAnywhere } from '../yard/find.ts';

const MOST_CHAPTERS = 200;

export const command = defineCommand({
  name: 'explain',
  summary: 'why a job waits, or waited at a time that is over',
  details:
    'Without --at it is job why. --history tells every change of the reasons from the beginning, also from before a cut, ' +
    'as far as it is kept.',
  example: 'gityard explain 01k9x --at 2h',
  parameters: {
    id: argument('id', 'the id of the job, or its beginning'),
    at: option(WHEN, WHEN_SUMMARY),
    history: flag('one line for each change of the reasons'),
    limit: wholeNumber('N', `with --history: the newest so many changes, else ${MOST_CHAPTERS}`, { minimum: 1 }),
  },
  run: async (context, { id, at, history, limit = MOST_CHAPTERS }) => {
    if (history && at !== undefined) throw usageError('both --history and --at were given', 'choose one of them');
    if (history) return explainHistory(context, { id, limit });
    return at === undefined ? explainNow(context, id) : explainAt(context, { id, at });
  },
});

async function explainNow(context: Context, id: string): Promise<Answer> {
  const state = await context.look();
  const job = findJobAnywhere(await context.yard(), id);
  const explanation = explain(state, job, context.now());
  return answer({ ...explanation, split: job.split }, () => whyText(explanation, job));
}

async function explainAt(context: Context, { id, at }: { id: string; at: string }): Promise<Answer> {
  const past = await lookBack(context, at);
  const job = findJobAnywhere(past, id);
  const explanation = explainPast(past.state, job, past.now());
  notePast(context, past);
  return answer({ ...explanation, commit: past.head, at: past.now() }, () => whyText(explanation, job));
}

async function explainHistory(context: Context, { id, limit }: { id: string; limit: number }): Promise<Answer> {
  const yard = await context.yard();
  const chapters = await jobHistory(yard, { jobId: findJobAnywhere(yard, id).id, limit });
  return answer(chapters, () => chapters.flatMap(drawn));
}

function drawn({ commit, at, operation, status, priority, position, agent, reasons }: JobChapter): Line[] {
  const place = position === null ? '' : `  position ${position}, priority ${priority}`;
  const holder = agent === null ? '' : ` on ${agent}`;
  const by = `  ${operation ?? 'by hand'}`;
  return [
    line(dim(`${commit.slice(0, 10)}  ${at}  `), statusSpan(status), holder, dim(`${place}${by}`)),
    ...reasons.map((it) => line('  ', ...reasonText(it))),
  ];
}
