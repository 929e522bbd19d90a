/**
 * An agent that cron keeps going: at every tick, and when the machine starts, the daemon is begun unless it runs. Not `--once`
 * at every tick: between two of them nobody would see the agent, and a job would wait for the next.
 */
import { ownUser, plannedHome } from '../account.ts';
import { OWN_USER, type ServiceFacts } from '../facts.ts';
import { MADE_BY, plannedEnvironment } from '../files-of.ts';
import { joinFor } from '../join-for.ts';
import type { Plan, Service, Step } from '../plan.ts';
import { forCrontab, forShell } from '../quoting.ts';
import { runScript } from '../run-script.ts';
import { scheduleOf } from './schedule.ts';

export const cron: Service = {
  name: 'cron',
  plan(facts): Plan {
    const { id, scope, user, home, folders } = facts;
    const join = joinFor(folders.config);
    const script = join(folders.config, `${id}.run.sh`);
    const log = join(home, 'agent.log');
    const isSystem = scope === 'system';
    // Held by the kernel as long as the daemon lives, however it ends: a tick that finds it held ends at once.
    const before = ['flock', '-n', join(home, 'service.lock')];
    const owner = isSystem ? { owner: user } : {};
    return {
      steps: [
        ...(isSystem && user === OWN_USER ? [ownUser()] : []),
        ...plannedHome(facts),
        { kind: 'folder', path: folders.config, mode: 0o755 },
        plannedEnvironment(facts, isSystem ? user : undefined),
        { kind: 'file', path: script, mode: 0o700, content: runScript(facts, { before, log }), ...owner },
        entry(facts, script),
      ],
      notes: [`it is started within ${facts.intervalSeconds} s, and writes to ${log}`],
    };
  },
  undo: () => ({ before: [], after: [], signalsDaemon: true }),
};

function entry({ id, scope, user, intervalSeconds, folders }: ServiceFacts, script: string): Step {
  const command = forCrontab(`/bin/sh ${forShell(script)}`);
  const whens = ['@reboot', scheduleOf(intervalSeconds)];
  if (scope === 'user') return { kind: 'crontab', lines: whens.map((when) => `${when} ${command}`) };
  return {
    kind: 'file',
    path: joinFor(folders.cron)(folders.cron, cronFile(id)),
    mode: 0o644,
    content: `# ${MADE_BY}\n${whens.map((when) => `${when} ${user} ${command}\n`).join('')}`,
  };
}

/** Files with a dot in their name are passed over by cron; no id has a capital letter. */
export const cronFile = (id: string): string => `gityard-agent-${id.replaceAll('.', '_2E')}`;
