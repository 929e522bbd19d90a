/** A command of a chat to what it changes and what is answered. A wish that is refused is answered with the reason. */
import { missingApprovals } from '../approval/standing.ts';
import type { Job } from '../entities/job.ts';
import { find } from '../find.ts';
import { approveJob } from '../operations/jobs/approve-job.ts';
import { rejectJob } from '../operations/jobs/reject-job.ts';
import { submitJob } from '../operations/jobs/submit-job.ts';
import type { Change, State } from '../state.ts';
import { clipped } from '../text.ts';
import type { Time } from '../time.ts';
import { agentsCalled } from './addressed.ts';
import type { ChatCommand, Parsed } from './command.ts';
import { parseCommand } from './parse-command.ts';
import { taskListText, taskStatusText } from './task-lines.ts';

/** What the script of an `exec` brought about, on the agent that was asked to run it. */
export interface ScriptResult {
  readonly ok: boolean;
  /** What it printed; or why it was not run, or how it failed. */
  readonly text: string;
}

export interface Asked {
  readonly by: string;
  /** The message that holds the command. */
  readonly messageId: string;
  /** For the task that it may ask for. */
  readonly jobId: string;
  readonly script: ScriptResult | null;
  readonly now: Time;
}

export interface Done {
  readonly text: string;
  readonly ok: boolean;
  readonly changes: readonly Change[];
  /** What it is about. */
  readonly job?: string;
  /** That job is a task that it asked for. */
  readonly isNew?: true;
}

export function carryOut(state: State, text: string, asked: Asked): Done {
  const parsed = parseCommand(text);
  if (!parsed.ok) return misspelt(parsed);
  const { command } = parsed;
  switch (command.kind) {
    case 'task':
      return submitted(state, command, asked);
    case 'tasklist':
      return told(taskListText(state, command.tags, asked.now));
    case 'taskstatus':
      return status(state, command.id, asked.now);
    case 'approve':
    case 'reject':
      return spoken(state, command, asked);
    case 'exec':
      return executed(state, command, asked);
  }
}

const told = (text: string): Done => ({ text, ok: true, changes: [] });
const failed = (text: string): Done => ({ text, ok: false, changes: [] });

const misspelt = ({ problem, example }: Extract<Parsed, { ok: false }>): Done =>
  failed(`${problem}\nwrite it like this: ${example}`);

function submitted(state: State, command: Extract<ChatCommand, { kind: 'task' }>, asked: Asked): Done {
  const { text, tags, parameters, notify } = command;
  const { jobId: id, by, messageId, now } = asked;
  const task = { text, parameters: { ...parameters }, notify, message: messageId };
  const decision = submitJob(state, { id, job: { task, labels: [...tags] }, by, now });
  if (!decision.ok) return failed(`the task was refused: ${decision.reason}`);
  const { labels, priority } = decision.result;
  const forWhom = labels.length === 0 ? '' : ` for ${labels.join(', ')}`;
  const answer = `task ${id} is queued${forWhom}, priority ${priority} (1 = first, 10 = last); /taskstatus ${id} tells how it goes`;
  return { text: answer, ok: true, changes: decision.changes, job: id, isNew: true };
}

function status(state: State, id: string, now: Time): Done {
  const found = find<Job>(state.jobs, id, 'task');
  if (!found.ok) return failed(`${found.reason}; /tasklist shows them`);
  return told(taskStatusText(state, found.value, now));
}

/** The word of whoever sent the message, as of one who calls the operation. */
function spoken(
  state: State,
  { kind, id, reason }: Extract<ChatCommand, { kind: 'approve' | 'reject' }>,
  asked: Asked,
) {
  const decide = kind === 'approve' ? approveJob : rejectJob;
  const decision = decide(state, { jobId: id, by: asked.by, reason, now: asked.now });
  if (!decision.ok) return failed(`that was refused: ${decision.reason}`);
  const { id: job } = decision.result;
  const missing = missingApprovals(state, decision.result, asked.now).length;
  const words =
    kind === 'reject' ? 'is rejected, and cancelled' : missing === 0 ? 'is approved' : 'needs more approvals';
  return { text: `job ${job} ${words}`, ok: true, changes: decision.changes, job };
}

const MOST_CHARACTERS = 5_000;

/** What a script prints is a command in its turn when it looks like one for tasks; it cannot ask for another script. */
function executed(state: State, { bot, script }: Extract<ChatCommand, { kind: 'exec' }>, asked: Asked): Done {
  if (asked.script === null)
    return agentsCalled(state, bot).length === 0
      ? failed(`no agent answers to ${bot}; start one with gityard agent run, or name a role of yard.json`)
      : failed(`${script} was not run`);
  const { ok, text } = asked.script;
  if (!ok) return failed(clipped(text, MOST_CHARACTERS));
  if (/^\s*\/task/.test(text)) return carryOut(state, text, asked);
  return told(text.trim() === '' ? `${script} printed nothing` : clipped(text, MOST_CHARACTERS));
}

/** The script that a message asks for, where it is rightly written. */
export function scriptIn(text: string): Extract<ChatCommand, { kind: 'exec' }> | undefined {
  const parsed = parseCommand(text);
  return parsed.ok && parsed.command.kind === 'exec' ? parsed.command : undefined;
}
