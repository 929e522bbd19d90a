/** What can be done with an agent: taken out, let in again, and gone to. */
import * as vscode from 'vscode';
import { setting } from '../link/connected-yard.ts';
import { openDesktop } from '../link/open-desktop.ts';
import { checkedHost, checkedUser, sshWords } from '../model/remote-access.ts';
import { commandWish } from '../model/wishes.ts';
import { askedReason, chosenAgent, isConfirmed } from './choose.ts';
import { type Command, seen, Told } from './command.ts';
import { give, tell } from './give.ts';

interface Mode {
  readonly op: 'drain' | 'maintain' | 'resume';
  readonly title: string;
  readonly words: string;
}

const mode = (id: string, { op, title, words }: Mode): Command => ({
  id,
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenAgent(link, { row, title });
    if (target === undefined) return;
    const reason = op === 'resume' ? '' : await askedReason(`${title} (${target})`);
    if (reason === undefined) return;
    await give(link, commandWish({ op, target, args: { reason } }, link.model));
    tell(`${target} ${words}`);
  },
});

const SSH = 'SSH in a terminal';
const DESKTOP = 'Remote desktop';

const connectToAgent: Command = {
  id: 'gityard.connectToAgent',
  run: async (surroundings, row) => {
    const link = seen(surroundings);
    const target = await chosenAgent(link, { row, title: 'To the machine of which agent?' });
    const agent = link.model.agents.find(({ id }) => id === target);
    if (target === undefined || !agent) return;
    const host = checkedHost(agent.host ?? '');
    if (!host.ok) throw new Told(`Agent ${target} gives a host that is not called: ${host.reason}.`);
    const user = checkedUser(setting('remoteUser'));
    if (!user.ok) throw new Told(`The setting gityard.remoteUser is not used: ${user.reason}.`);
    const ways = agent.pool === 'Windows' ? [DESKTOP, SSH] : [SSH, DESKTOP];
    const way = await vscode.window.showQuickPick(ways, { title: `Connect to ${host.value}` });
    if (way === undefined) return;
    const detail = `Agent ${target} says that this is its machine. Go on only if you know it: what you type there, it sees.`;
    if (!(await isConfirmed(`Connect to ${host.value}?`, { detail, verb: 'Connect' }))) return;
    const machine = { host: host.value, user: user.value };
    if (way === SSH)
      vscode.window
        .createTerminal({ name: `ssh ${host.value}`, shellPath: 'ssh', shellArgs: [...sshWords(machine)] })
        .show();
    else await openDesktop(machine, surroundings.storage);
  },
};

export const AGENT_COMMANDS: readonly Command[] = [
  mode('gityard.drainAgent', { op: 'drain', title: 'Which agent takes no more jobs?', words: 'takes no more jobs' }),
  mode('gityard.maintainAgent', {
    op: 'maintain',
    title: 'Which agent goes into maintenance?',
    words: 'is in maintenance',
  }),
  mode('gityard.resumeAgent', { op: 'resume', title: 'Which agent takes jobs again?', words: 'takes jobs again' }),
  connectToAgent,
];
