/** Hands a wish to the yard and tells what became of it. */
import { randomUUID } from 'node:crypto';
import type { CommandWish } from '@gityard/domain';
import * as vscode from 'vscode';
import type { YardLink } from '../link/yard-link.ts';
import type { AskedJob } from '../model/wishes.ts';
import { Told } from './command.ts';

/** Resolves with the id of the job, where there is a new one. The key makes that it is done once, though the answer may be lost. */
export async function give(link: YardLink, wish: CommandWish | AskedJob): Promise<string | undefined> {
  const outcome = await link.call('giveCommand', { body: { ...wish }, idempotencyKey: randomUUID() });
  if (outcome.state === 'refused') throw new Told(`The yard refuses: ${outcome.reason}`);
  return outcome.id;
}

/** A word in the corner that goes away by itself. */
export const tell = (text: string): void => void vscode.window.setStatusBarMessage(`$(check) ${text}`, 5_000);
