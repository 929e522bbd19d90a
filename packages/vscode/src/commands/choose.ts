/** Asks which job, agent or message is meant, where the command was not called on one. */
import * as vscode from 'vscode';
import { agentWords } from '../model/agent-rows.ts';
import { type JobRow, jobRevision, jobTitle, momentWords } from '../model/job-rows.ts';
import type { Row } from '../model/row.ts';
import { joined } from '../model/words.ts';
import { type SeenLink, Told } from './command.ts';

interface Choosing {
  readonly row: Row | undefined;
  /** The question. */
  readonly title: string;
}

/** undefined: they have thought better of it. */
export async function chosenJob(
  link: SeenLink,
  { row, title, fits }: Choosing & { readonly fits: (job: JobRow) => boolean },
): Promise<string | undefined> {
  if (row?.target !== undefined) return row.target;
  const { model } = link;
  const items = [...model.jobs, ...model.finished].filter(fits).map((job) => ({
    label: joined(jobTitle(job), jobRevision(job)),
    description: joined(job.status, momentWords(job, link.now())),
    detail: job.id,
  }));
  if (items.length === 0) throw new Told('There is no such job now.');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true }))?.detail;
}

export async function chosenAgent(link: SeenLink, { row, title }: Choosing): Promise<string | undefined> {
  if (row?.target !== undefined) return row.target;
  const { model } = link;
  const items = model.agents.map((agent) => ({ label: agent.id, description: agentWords(agent, model, link.now()) }));
  if (items.length === 0) throw new Told('No agent has joined this yard yet.');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.label;
}

export async function chosenMessage(link: SeenLink, { row, title }: Choosing): Promise<string | undefined> {
  if (row?.target !== undefined) return row.target;
  const items = link.model.messages.map(({ id, subject, from, to }) => ({
    label: subject || 'no subject',
    description: `${from} → ${to}`,
    detail: id,
  }));
  if (items.length === 0) throw new Told('There are no messages.');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.detail;
}

const YES = 'Do It';

/** For what cannot be taken back. */
export async function isConfirmed(
  question: string,
  { detail, verb = YES }: { readonly detail: string; readonly verb?: string },
): Promise<boolean> {
  return (await vscode.window.showWarningMessage(question, { modal: true, detail }, verb)) === verb;
}

/** Empty: none was given. undefined: they have thought better of it. */
export const askedReason = (title: string): Thenable<string | undefined> =>
  vscode.window.showInputBox({ title, prompt: 'Reason, for the history (may be empty)' });
