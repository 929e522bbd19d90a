/** What can be done with a job that is there. */
import * as vscode from 'vscode';
import { showLog } from '../log/log-terminal.ts';
import { isHeld, type JobRow, jobIn, jobRevision, jobTitle } from '../model/job-rows.ts';
import { commandWish, priorityChoices, type Wish } from '../model/wishes.ts';
import { joined } from '../model/words.ts';
import { askedReason, chosenJob, isConfirmed } from './choose.ts';
import { type Command, type SeenLink, seen } from './command.ts';
import { give, tell } from './give.ts';

const isOpen = (job: JobRow): boolean => job.status === 'queued' || isHeld(job);
const hasEnded = (job: JobRow): boolean => !isOpen(job);

const nameOf = ({ model }: SeenLink, id: string): string => {
  const job = jobIn(model, id);
  return job ? joined(jobTitle(job), jobRevision(job)) : id;
};

const done = async (link: SeenLink, wish: Wish, words: string): Promise<void> => {
  await give(link, commandWish(wish, link.model));
  tell(words);
};

const cancelJob: Command = {
  id: 'gityard.cancelJob',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenJob(link, { row, title: 'Which job is to be cancelled?', fits: isOpen });
    if (target === undefined) return;
    const job = jobIn(link.model, target);
    const detail =
      job && isHeld(job)
        ? 'Its agent is told to stop it; what it has done so far is lost.'
        : 'It leaves the queue; jobs that need it will not run.';
    if (!(await isConfirmed(`Cancel ${nameOf(link, target)}?`, { detail, verb: 'Cancel the Job' }))) return;
    await done(link, { op: 'cancel', target }, 'the job is cancelled');
  },
};

const retryJob: Command = {
  id: 'gityard.retryJob',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenJob(link, { row, title: 'Which job is to be tried again?', fits: hasEnded });
    if (target !== undefined) await done(link, { op: 'retry', target }, 'the job is in the queue again');
  },
};

const prioritiseJob: Command = {
  id: 'gityard.prioritiseJob',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenJob(link, { row, title: 'Which job?', fits: isOpen });
    if (target === undefined) return;
    const choice = await vscode.window.showQuickPick(priorityChoices(), {
      title: `Priority of ${nameOf(link, target)}`,
    });
    if (choice)
      await done(
        link,
        { op: 'prioritise', target, args: { priority: choice.priority } },
        `its priority is ${choice.label}`,
      );
  },
};

const ANY = 'Any agent';

const assignJob: Command = {
  id: 'gityard.assignJob',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenJob(link, { row, title: 'Which job?', fits: ({ status }) => status === 'queued' });
    if (target === undefined) return;
    const items = [ANY, ...link.model.agents.map(({ id }) => id)];
    const agent = await vscode.window.showQuickPick(items, { title: `Who alone may run ${nameOf(link, target)}?` });
    if (agent === undefined) return;
    await done(
      link,
      { op: 'assign', target, args: { agent: agent === ANY ? '' : agent } },
      agent === ANY ? 'any agent may take it' : `it is kept for ${agent}`,
    );
  },
};

const approveJob: Command = {
  id: 'gityard.approveJob',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const isAsking = ({ reasons }: JobRow): boolean => reasons.some(({ code }) => code === 'needs-approval');
    const target = await chosenJob(link, { row, title: 'Which job is approved?', fits: isAsking });
    if (target === undefined) return;
    const reason = await askedReason(`Approve ${nameOf(link, target)}`);
    if (reason !== undefined) await done(link, { op: 'approve', target, args: { reason } }, 'the job is approved');
  },
};

const whyJob: Command = {
  id: 'gityard.whyJob',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenJob(link, { row, title: 'Which job?', fits: () => true });
    if (target !== undefined) await surroundings.documents.show('why', { id: target, title: nameOf(link, target) });
  },
};

const followLog: Command = {
  id: 'gityard.followLog',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenJob(link, { row, title: 'Whose log?', fits: () => true });
    if (target !== undefined) showLog(link, { id: target, title: nameOf(link, target) });
  },
};

export const JOB_COMMANDS: readonly Command[] = [
  cancelJob,
  retryJob,
  prioritiseJob,
  assignJob,
  approveJob,
  whyJob,
  followLog,
];
