/**
 * The command that reaches a host by the system's ssh. Keys, hosts, jumps and host keys are the business of the user's own
 * ssh settings; nothing is ever asked on a terminal. A `ControlMaster` that the user keeps is used like any other.
 */
import { askGit } from '../ask-git.ts';
import type { Service } from '../channel.ts';
import type { SshAddress } from './address.ts';
import { shellWords } from './shell-words.ts';

export interface SshOptions {
  /** The file of a private key, used alone: a deploy key. */
  readonly sshKey?: string | undefined;
}

/** Found in the order in which Git itself looks for it. */
export async function sshProgram(env: NodeJS.ProcessEnv): Promise<readonly string[]> {
  if (env.GIT_SSH_COMMAND) return shellWords(env.GIT_SSH_COMMAND, 'GIT_SSH_COMMAND');
  const configured = await askGit(['config', '--get', 'core.sshCommand'], { env });
  if (configured?.trim()) return shellWords(configured.trim(), 'core.sshCommand');
  return [env.GIT_SSH || 'ssh'];
}

export function sshArguments(
  { destination, port, path }: SshAddress,
  service: Service,
  { sshKey }: SshOptions,
): string[] {
  return [
    ...SETTINGS.flatMap((setting) => ['-o', setting]),
    ...(sshKey ? ['-i', sshKey, '-o', 'IdentitiesOnly=yes'] : []),
    ...(port ? ['-p', port] : []),
    destination,
    `${service} ${quoted(path)}`,
  ];
}

const SETTINGS = [
  'BatchMode=yes',
  'ConnectTimeout=10',
  'ServerAliveInterval=15',
  // Asks for protocol 2, where the server lets a client say so.
  'SendEnv=GIT_PROTOCOL',
];

/** For the shell of the other side, as Git writes it. The exclamation mark is for those who log in to a csh. */
function quoted(path: string): string {
  return `'${path.replace(/['!]/g, "'\\$&'")}'`;
}
