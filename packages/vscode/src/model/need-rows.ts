/** What goes on only when a person acts, and the state of the yard in a sentence above it. Pure. */
import type { NeedsYou, ReadModel } from '@gityard/domain';
import { jobIn, jobTitle } from './job-rows.ts';
import type { Row } from './row.ts';
import { counted, plain } from './words.ts';

export function needRows(model: ReadModel): readonly Row[] {
  const { needsYou, truncated } = model;
  const hidden = truncated.needsYou ?? 0;
  const rows = needsYou.map((need, index) => rowOf(model, need, index));
  if (rows.length === 0)
    return [{ key: 'needs/none', label: headline(model), icon: { name: 'pass', colour: 'charts.green' } }];
  if (hidden === 0) return rows;
  return [
    ...rows,
    {
      key: 'needs/more',
      label: `${counted(hidden, 'more')} on the page`,
      icon: { name: 'ellipsis' },
      command: 'gityard.openPage',
    },
  ];
}

/** One line: how many servers, what they do. */
function headline({ agents, totals }: ReadModel): string {
  const servers =
    agents.length === 0 ? 'No agent has joined yet' : `Nothing needs you: ${counted(agents.length, 'agent')}`;
  return `${servers}, ${totals.running} running, ${totals.queued} waiting`;
}

/** The same in one sentence. */
export function needText(model: ReadModel, { text, refs: [target] }: NeedsYou): string {
  const job = target === undefined ? undefined : jobIn(model, target);
  return job ? `${jobTitle(job)} ${withoutId(text, job.id)}` : text;
}

/** The id of a job says nothing to a person, and would fill the line. */
const withoutId = (text: string, id: string): string => text.replace(`job ${id} `, '');

function rowOf(model: ReadModel, { code, text, refs }: NeedsYou, index: number): Row {
  const [target] = refs;
  const job = target === undefined ? undefined : jobIn(model, target);
  const isAgent = model.agents.some(({ id }) => id === target);
  const isMessage = model.messages.some(({ id }) => id === target);
  const on = { ...(target !== undefined && { target }) };
  const base: Row = {
    key: `needs/${index}/${code}`,
    label: text,
    icon: { name: 'warning', colour: 'charts.orange' },
    tooltip: `${plain(text)}  \n\\[${plain(code)}\\]`,
  };
  if (job) {
    const description = withoutId(text, job.id);
    return { ...base, ...on, label: jobTitle(job), description, ...jobDeeds(job.status) };
  }
  if (isAgent) return { ...base, ...on, context: 'agent.named' };
  return isMessage ? { ...base, ...on, context: 'message.awaited', command: 'gityard.showMessage' } : base;
}

function jobDeeds(status: string): Pick<Row, 'context' | 'command'> {
  if (status === 'queued') return { context: 'job.waiting', command: 'gityard.whyJob' };
  return {
    context: status === 'running' || status === 'claimed' ? 'job.held' : 'job.ended',
    command: 'gityard.followLog',
  };
}
