/** An agent as a job of launchd: a daemon of the machine, or an agent of one person who is logged in. */
import { plannedHome } from '../account.ts';
import type { ServiceFacts } from '../facts.ts';
import { plannedEnvironment } from '../files-of.ts';
import { joinFor } from '../join-for.ts';
import { command, type Installed, type Plan, type Service, type Step, whereItFails } from '../plan.ts';
import { runScript } from '../run-script.ts';
import { forNewsyslog, plist } from './plist.ts';

const labelOf = ({ id }: Pick<ServiceFacts, 'id'>): string => `io.gityard.agent.${id}`;

export const launchd: Service = {
  name: 'launchd',
  plan(facts): Plan {
    const { id, scope, user, home, folders } = facts;
    const join = joinFor(folders.config);
    const script = join(folders.config, `${id}.run.sh`);
    const log = join(home, 'agent.log');
    const path = join(folders.launchd, `${labelOf(facts)}.plist`);
    const owner = scope === 'system' ? { owner: user } : {};
    return {
      steps: [
        ...plannedHome(facts),
        { kind: 'folder', path: folders.config, mode: 0o755 },
        plannedEnvironment(facts, owner.owner),
        { kind: 'file', path: script, mode: 0o700, content: runScript(facts, { before: [], log }), ...owner },
        ...(scope === 'system' ? [rotation(facts, log)] : []),
        { kind: 'folder', path: folders.launchd, mode: 0o755 },
        { kind: 'file', path, mode: 0o644, content: plist(facts, { label: labelOf(facts), script, log }) },
        // What is loaded stays as it was read: it is taken out first, and was not there the first time.
        whereItFails(
          'it was not loaded before',
          command('launchctl', 'bootout', `${domainOf(facts)}/${labelOf(facts)}`),
        ),
        command('launchctl', 'bootstrap', domainOf(facts), path),
      ],
      notes: [
        `launchctl print ${domainOf(facts)}/${labelOf(facts)} shows it, it writes to ${log}`,
        ...(scope === 'user'
          ? ['it runs while you are logged in; installed with sudo it runs from the start of the machine']
          : []),
      ],
    };
  },
  undo: (installed) => ({
    before: [
      whereItFails(
        'it was not loaded',
        command('launchctl', 'bootout', `${domainOf(installed)}/${labelOf(installed)}`),
      ),
    ],
    after: [],
    signalsDaemon: false,
  }),
};

const domainOf = ({ scope, uid }: Pick<Installed, 'scope' | 'uid'>): string =>
  scope === 'system' ? 'system' : `gui/${uid}`;

/** What macOS itself keeps logs small with; the daemon opens its log anew for each line. */
const rotation = ({ id, user, folders }: ServiceFacts, log: string): Step => ({
  kind: 'file',
  path: joinFor(folders.newsyslog)(folders.newsyslog, `gityard-agent-${id}.conf`),
  mode: 0o644,
  content: forNewsyslog({ log, user }),
});
