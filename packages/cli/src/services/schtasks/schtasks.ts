/** An agent as a task of the Windows Task Scheduler. */
import { usageError } from '../../errors.ts';
import { plannedHome } from '../account.ts';
import type { ServiceFacts } from '../facts.ts';
import { daemonWords, plannedEnvironment } from '../files-of.ts';
import { joinFor } from '../join-for.ts';
import { command, type Plan, type Service, whereItFails } from '../plan.ts';
import { batchFile } from './batch-file.ts';
import { taskXml } from './task-xml.ts';

const taskName = ({ id }: Pick<ServiceFacts, 'id'>): string => `\\Gityard\\${id}`;

const LONGEST_SECONDS = 31 * 86_400;

export const schtasks: Service = {
  name: 'schtasks',
  plan(facts): Plan {
    checkWindows(facts);
    const { id, user, home, folders } = facts;
    const join = joinFor(folders.config);
    const [script, xml] = [join(folders.config, `${id}.run.cmd`), join(folders.config, `${id}.task.xml`)];
    const log = join(home, 'agent.log');
    const name = taskName(facts);
    // A SID has no name that would have to be looked up, and an account none that a star could be.
    const grantee = user.startsWith('S-1-') ? `*${user}` : user;
    const environment = plannedEnvironment(facts);
    return {
      steps: [
        ...plannedHome({ ...facts, scope: 'user' }),
        command('icacls', home, '/grant', `${grantee}:(OI)(CI)M`),
        { kind: 'folder', path: folders.config, mode: 0o755 },
        environment,
        // What stands there is for that account and for administrators, and for nobody else who may use this machine.
        command(
          'icacls',
          environment.path,
          '/inheritance:r',
          '/grant:r',
          `${grantee}:R`,
          '*S-1-5-32-544:F',
          '*S-1-5-18:F',
        ),
        { kind: 'file', path: script, mode: 0o644, content: batchFile(facts, log) },
        { kind: 'file', path: xml, mode: 0o644, content: taskXml(facts, { name, script }), encoding: 'utf16le' },
        whereItFails('it did not run before', command('schtasks', '/End', '/TN', name)),
        command('schtasks', '/Create', '/TN', name, '/XML', xml, '/F'),
        command('schtasks', '/Run', '/TN', name),
      ],
      notes: [
        `schtasks /Query /TN ${name} /V shows it, it writes to ${log}`,
        'Windows ends a task at once: gityard agent drain lets its jobs finish before',
      ],
    };
  },
  undo: (installed) => ({
    before: [
      whereItFails('it did not run', command('schtasks', '/End', '/TN', taskName(installed))),
      whereItFails('there was no such task', command('schtasks', '/Delete', '/TN', taskName(installed), '/F')),
    ],
    after: [],
    signalsDaemon: false,
  }),
};

function checkWindows(facts: ServiceFacts): void {
  const { intervalSeconds, home, path, userHome, folders, tokenFile, sshKey } = facts;
  if (intervalSeconds < 60 || intervalSeconds > LONGEST_SECONDS)
    throw usageError(
      `the Task Scheduler cannot look every ${intervalSeconds} s`,
      `use --interval 60 to ${LONGEST_SECONDS}`,
    );
  // On the command line of cmd nothing stands for a percent sign.
  if (folders.config.includes('%'))
    throw usageError(`${folders.config} holds a percent sign`, 'set ProgramData to another folder');
  // In a batch file nothing stands for a quote inside quotes, and no path of Windows has one.
  const withQuote = [...daemonWords(facts), home, path, userHome, folders.config, tokenFile ?? '', sshKey ?? ''].find(
    (it) => it.includes('"'),
  );
  if (withQuote !== undefined)
    throw usageError(`${JSON.stringify(withQuote)} holds a double quote, which no batch file can`, 'write it without');
}
