/** Asks for new jobs: a build of what is open in the editor, or anything else by a few questions. */
import * as vscode from 'vscode';
import { openRepositories } from '../link/open-repositories.ts';
import { showLog } from '../log/log-terminal.ts';
import { type AskedJob, buildWish, commandWords, type OpenRepository, priorityChoices } from '../model/wishes.ts';
import { joined, repositoryName } from '../model/words.ts';
import { type Command, type SeenLink, seen, Told } from './command.ts';
import { give } from './give.ts';

const buildRepository: Command = {
  id: 'gityard.buildRepository',
  run: async (surroundings) => {
    const link = seen(surroundings);
    const repository = await chosenRepository();
    if (!repository) return;
    const wish = buildWish(repository);
    if (!wish.ok) throw new Told(`This cannot be built: ${wish.reason}.`);
    if (repository.ahead > 0) {
      const text = `${repository.ahead} of your commits are not pushed, and agents build what they can fetch.`;
      if ((await vscode.window.showWarningMessage(text, 'Build Without Them')) === undefined) return;
    }
    await added(link, wish.value);
  },
};

async function chosenRepository(): Promise<OpenRepository | undefined> {
  const [first, ...others] = await openRepositories();
  if (!first) throw new Told('No Git repository is open in this window; “Gityard: Add a Job…” takes an address.');
  if (others.length === 0) return first;
  const items = [first, ...others].map((it) => ({
    label: repositoryName(it.remote ?? 'no remote'),
    description: joined(it.branch, it.remote),
    it,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Which repository is to be built?' }))?.it;
}

const addJob: Command = {
  id: 'gityard.addJob',
  run: async (surroundings) => {
    const link = seen(surroundings);
    const [open] = await openRepositories().catch(() => []);
    const repository = await vscode.window.showInputBox({
      title: 'New job (1 of 4): which repository?',
      prompt: 'Address of a Git repository; empty for a command that needs none',
      value: open?.remote ?? '',
    });
    if (repository === undefined) return;
    const branch =
      repository === ''
        ? ''
        : await vscode.window.showInputBox({
            title: 'New job (2 of 4): which branch?',
            prompt: 'Empty: its default branch',
            value: open?.branch ?? '',
          });
    if (branch === undefined) return;
    const line = await vscode.window.showInputBox({
      title: 'New job (3 of 4): which command?',
      prompt:
        repository === ''
          ? 'A command and its words'
          : 'Empty: what the repository says of itself, or what is found in it',
      validateInput: (text) => commandProblem(text, repository !== ''),
    });
    if (line === undefined) return;
    const priority = await vscode.window.showQuickPick(priorityChoices(), {
      title: 'New job (4 of 4): how urgent?',
      placeHolder: 'Normal',
    });
    if (!priority) return;
    const words = commandWords(line);
    await added(link, {
      ...(repository !== '' && { repository }),
      ...(branch !== '' && { branch }),
      ...(words.ok && { command: words.value }),
      priority: priority.priority,
    });
  },
};

function commandProblem(text: string, mayBeEmpty: boolean): string | undefined {
  if (text.trim() === '' && mayBeEmpty) return undefined;
  const words = commandWords(text);
  return words.ok ? undefined : words.reason;
}

const FOLLOW = 'Follow Log';

async function added(link: SeenLink, wish: AskedJob): Promise<void> {
  const id = await give(link, wish);
  if (id === undefined) return;
  const title = wish.repository
    ? joined(repositoryName(wish.repository), wish.branch)
    : (wish.command?.join(' ') ?? id);
  const text = `${title} is in the queue.`;
  if ((await vscode.window.showInformationMessage(text, FOLLOW)) === FOLLOW) showLog(link, { id, title });
}

export const ADD_COMMANDS: readonly Command[] = [buildRepository, addJob];
