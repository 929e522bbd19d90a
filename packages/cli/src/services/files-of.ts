/** The names under which one agent's service is known, and the files that all kinds of services share. */
import type { ServiceFacts, ServiceFolders } from './facts.ts';
import { joinFor } from './join-for.ts';
import type { DaemonFacts, PlannedFile } from './plan.ts';

export const MADE_BY = 'Written by gityard agent install, taken away by gityard agent uninstall.';

export const environmentFile = ({
  id,
  folders: { config },
}: Pick<ServiceFacts, 'id'> & { readonly folders: Pick<ServiceFolders, 'config'> }): string =>
  joinFor(config)(config, `${id}.env`);

/** Begun with nothing but comments: passwords go from a person's hand into it, and never over a command line. */
export const plannedEnvironment = (facts: ServiceFacts, owner?: string): PlannedFile => ({
  kind: 'file',
  path: environmentFile(facts),
  mode: 0o600,
  isForPerson: true,
  ...(owner === undefined ? {} : { owner }),
  content: [
    `# The environment of gityard agent ${facts.id}: NAME=value, one a line, as it stands, without quotes.`,
    '# Here go passwords that it needs beside its token, e.g. AWS_SECRET_ACCESS_KEY or GITYARD_RELAY_KEY.',
    '',
  ].join('\n'),
});

/** What the daemon is told by its environment. Nothing in it is secret. */
export function environmentOf({
  userHome,
  path,
  home,
  tokenFile,
  sshKey,
}: Pick<ServiceFacts, 'home'> & DaemonFacts): readonly [string, string][] {
  return [
    ['HOME', userHome],
    ['PATH', path],
    ['GITYARD_HOME', home],
    ...(tokenFile === null ? [] : ([['GITYARD_TOKEN_FILE', tokenFile]] as [string, string][])),
    ...(sshKey === null ? [] : ([['GITYARD_SSH_KEY', sshKey]] as [string, string][])),
  ];
}

export const daemonWords = ({ program, id, flags }: ServiceFacts): readonly string[] => [
  ...program,
  'agent',
  'run',
  '--agent',
  id,
  ...flags,
];

/** So much of its log is kept, and as much of the one before. */
export const LOG_LIMIT_BYTES = 10_485_760;
