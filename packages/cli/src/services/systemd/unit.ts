/** The unit of one agent: told when it is ready and alive, started again when it fails, and stopped in three steps. */
import { posix } from 'node:path';
import { usageError } from '../../errors.ts';
import type { ServiceFacts } from '../facts.ts';
import { daemonWords, environmentFile, environmentOf, MADE_BY } from '../files-of.ts';
import { forExec, forSystemd, forSystemdPath } from '../quoting.ts';
import { hardening } from './hardening.ts';

/** A work loop that says nothing for half of it hangs. A claim may wait for its push where a host allows few. */
const WATCHDOG_SECONDS = 600;
/** Beyond the time to drain: giving jobs back, and the last heartbeat. */
const LAST_WORDS_SECONDS = 60;

const STATE_FOLDER = /^\/var\/lib\/(?=[^/])/;

export function unit(facts: ServiceFacts): string {
  const { id, scope, user, home, intervalSeconds, drainSeconds } = facts;
  const isSystem = scope === 'system';
  return [
    `# ${MADE_BY}`,
    '[Unit]',
    `Description=Gityard agent ${id}`,
    ...(isSystem ? ['Wants=network-online.target', 'After=network-online.target'] : []),
    '# However often it fails, it is started again.',
    'StartLimitIntervalSec=0',
    '',
    '[Service]',
    '# Ready is who could be seen by others. Where the yard cannot be reached, it waits.',
    'Type=notify',
    'NotifyAccess=all',
    'TimeoutStartSec=infinity',
    `WatchdogSec=${WATCHDOG_SECONDS}`,
    ...(isSystem ? [`User=${user}`] : []),
    `WorkingDirectory=${isSystem ? '/' : '~'}`,
    ...environmentOf(withoutSecretFiles(facts)).map(([name, value]) => `Environment=${forSystemd(`${name}=${value}`)}`),
    `EnvironmentFile=-${forSystemdPath(environmentFile(facts))}`,
    ...credentials(facts),
    `ExecStart=${execStart(daemonWords(facts))}`,
    'Restart=on-failure',
    `RestartSec=${intervalSeconds}`,
    '# Wrong flags stay wrong.',
    'RestartPreventExitStatus=2',
    '',
    '# The first signal lets what runs finish, for as long as this waits. The second, by systemd itself, gives jobs back.',
    `ExecStop=-/bin/sh -c 'test -z "$$MAINPID" || { kill -TERM "$$MAINPID"; timeout ${drainSeconds} tail --pid="$$MAINPID" -f /dev/null; }'`,
    `TimeoutStopSec=${drainSeconds + LAST_WORDS_SECONDS}`,
    'KillMode=mixed',
    '',
    '# Limits of builds are control groups below its own; one build that takes all memory is not to end the agent.',
    'Delegate=yes',
    'OOMPolicy=continue',
    'TasksMax=infinity',
    ...(isSystem ? ['Slice=gityard.slice'] : []),
    '',
    ...stateLines(facts),
    ...hardening(facts, [...(STATE_FOLDER.test(home) ? [] : [home]), ...written(facts)]),
    '',
    '[Install]',
    `WantedBy=${isSystem ? 'multi-user.target' : 'default.target'}`,
    '',
  ].join('\n');
}

/** In the path of the program itself $ is a letter like others, and some letters may not be at all. */
function execStart([program = '', ...words]: readonly string[]): string {
  if (/["'\\]/.test(program))
    throw usageError(
      `systemd starts nothing with a quote or a backslash in its path, like ${program}`,
      'put Node.js into another folder',
    );
  return [forSystemd(program), ...words.map(forExec)].join(' ');
}

/** They come as credentials instead, which only this service can read. */
const withoutSecretFiles = (facts: ServiceFacts): ServiceFacts =>
  facts.scope === 'system' ? { ...facts, tokenFile: null, sshKey: null } : facts;

function credentials({ scope, tokenFile, sshKey }: ServiceFacts): readonly string[] {
  if (scope === 'user') return [];
  return [
    ...(tokenFile === null ? [] : [`LoadCredential=gityard-token:${forSystemdPath(tokenFile)}`]),
    ...(sshKey === null ? [] : [`LoadCredential=gityard-ssh-key:${forSystemdPath(sshKey)}`]),
  ];
}

/** Made by systemd, for the account of the service, when it starts. */
function stateLines({ scope, home }: ServiceFacts): readonly string[] {
  if (scope === 'user' || !STATE_FOLDER.test(home)) return [];
  return [`StateDirectory=${forSystemd(home.replace(STATE_FOLDER, ''))}`, 'StateDirectoryMode=0700'];
}

/** A yard on this machine is written to by whoever claims. */
function written({ flags }: ServiceFacts): readonly string[] {
  const [yard, metrics] = ['--yard', '--metrics-file'].map((it) =>
    flags.includes(it) ? flags[flags.indexOf(it) + 1] : undefined,
  );
  const folder = metrics?.endsWith('.prom') ? posix.dirname(metrics) : metrics;
  return [yard, folder].filter((it) => it !== undefined).filter((it) => it.startsWith('/'));
}
