/** An agent as a unit of systemd, of the machine or of one person. */

import { ownUser, plannedHome } from '../account.ts';
import { OWN_USER, type ServiceFacts } from '../facts.ts';
import { plannedEnvironment } from '../files-of.ts';
import { joinFor } from '../join-for.ts';
import { command, type Installed, type Plan, type PlannedCommand, type Service, whereItFails } from '../plan.ts';
import { unit } from './unit.ts';

const unitName = ({ id }: Pick<ServiceFacts, 'id'>): string => `gityard-agent-${id}.service`;

export const systemd: Service = {
  name: 'systemd',
  plan(facts): Plan {
    const { scope, user, folders } = facts;
    const isSystem = scope === 'system';
    const isOwnFolder = !facts.home.startsWith('/var/lib/');
    return {
      steps: [
        ...(isSystem && user === OWN_USER ? [ownUser()] : []),
        ...(isSystem && !isOwnFolder ? [] : plannedHome(facts)),
        { kind: 'folder', path: folders.config, mode: 0o755 },
        plannedEnvironment(facts),
        {
          kind: 'file',
          path: joinFor(folders.systemd)(folders.systemd, unitName(facts)),
          mode: 0o644,
          content: unit(facts),
        },
        manager(facts, 'daemon-reload'),
        manager(facts, 'enable', unitName(facts)),
        // What runs is finished first, and nobody waits here for it, nor for a yard that is away.
        manager(facts, 'restart', '--no-block', unitName(facts)),
        ...(isSystem ? [] : [lingering(user)]),
      ],
      notes: [
        `systemctl ${isSystem ? '' : '--user '}status ${unitName(facts)} shows it, journalctl ${isSystem ? '' : '--user '}-u ${unitName(facts)} what it tells`,
      ],
    };
  },
  undo: (installed) => ({
    before: [whereItFails('it did not run', manager(installed, 'disable', '--now', unitName(installed)))],
    after: [whereItFails('systemd was not told that the unit is gone', manager(installed, 'daemon-reload'))],
    signalsDaemon: false,
  }),
};

const manager = ({ scope }: Pick<Installed, 'scope'>, ...words: string[]): PlannedCommand =>
  command('systemctl', ...(scope === 'user' ? ['--user'] : []), ...words);

const lingering = (user: string): PlannedCommand =>
  whereItFails(
    `it runs only while you are logged in; sudo loginctl enable-linger ${user} mends that`,
    command('loginctl', 'enable-linger', user),
  );
