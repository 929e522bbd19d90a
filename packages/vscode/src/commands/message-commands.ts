/** Messages: reading, acknowledging, and sending them. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { commandWish } from '../model/wishes.ts';
import { chosenMessage } from './choose.ts';
import { type Command, seen } from './command.ts';
import { give, tell } from './give.ts';

const showMessage: Command = {
  id: 'gityard.showMessage',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenMessage(link, { row, title: 'Which message?' });
    if (target === undefined) return;
    const title = link.model.messages.find(({ id }) => id === target)?.subject ?? '';
    await surroundings.documents.show('message', { id: target, title });
  },
};

const acknowledgeMessage: Command = {
  id: 'gityard.acknowledgeMessage',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenMessage(link, { row, title: 'Which message is acknowledged?' });
    if (target === undefined) return;
    const { to = '' } = link.model.messages.find(({ id }) => id === target) ?? {};
    const reader = await vscode.window.showInputBox({
      title: 'Acknowledge: as which recipient?',
      prompt: 'An agent; everybody sees that it has read the message and will see to it',
      value: to === 'all' ? '' : to,
    });
    if (reader === undefined) return;
    await give(link, commandWish({ op: 'acknowledge', target, args: { reader } }, link.model));
    tell('the message is acknowledged');
  },
};

const PRIORITIES = ['normal', 'low', 'high', 'critical'] as const;

const sendMessage: Command = {
  id: 'gityard.sendMessage',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const recipients = ['all', ...link.model.agents.map(({ id }) => id)];
    const to = row?.target ?? (await vscode.window.showQuickPick(recipients, { title: 'New message: to whom?' }));
    if (to === undefined) return;
    const subject = await vscode.window.showInputBox({
      title: `New message to ${to}: what is it about?`,
      validateInput: (text) => (text.trim() === '' ? 'a message has a subject' : undefined),
    });
    if (subject === undefined) return;
    const body = await vscode.window.showInputBox({ title: `${subject}: the text`, prompt: 'May be empty' });
    if (body === undefined) return;
    const priority = await vscode.window.showQuickPick(PRIORITIES, { title: `${subject}: how urgent?` });
    if (priority === undefined) return;
    const message = { to, subject, body, priority: priority as (typeof PRIORITIES)[number] };
    await link.call('sendMessage', { body: message, idempotencyKey: randomUUID() });
    tell(`the message to ${to} is sent`);
  },
};

export const MESSAGE_COMMANDS: readonly Command[] = [showMessage, acknowledgeMessage, sendMessage];
