/**
 * A real OpenSSH server for specs, on a free port of this machine, as the user who runs them: with its own host key, one
 * key that is let in, and a client's settings that know it. Everything of it is in one folder.
 */
import { spawn } from 'node:child_process';
import { access, appendFile, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';

import { freePort } from '@gityard/testing';
import { run } from '../../git.fixture.ts';

export interface Sshd {
  readonly port: number;
  readonly user: string;
  /** The private key that is let in. */
  readonly key: string;
  /** Settings for `ssh -F`: knows the server's host key, and nothing of the machine's own settings. */
  readonly clientConfig: string;
  urlOf(path: string): string;
  /** How often somebody logged in. */
  logins(): number;
  log(): string;
  close(): Promise<void>;
}

export interface SshdOptions {
  /** Whether clients may ask for a version of Git's protocol; Debian's own settings do not allow it. */
  readonly acceptsProtocol: boolean;
  /** What takes the place of the command that the client asks for. */
  readonly forcedCommand?: string;
}

export async function startSshd(folder: string, { acceptsProtocol, forcedCommand }: SshdOptions): Promise<Sshd> {
  const program = await sshdProgram();
  const { uid, username: user } = userInfo();
  // The folder that sshd gives up its rights in, made at boot where sshd is a service.
  if (uid === 0) await mkdir('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  const [hostKey, key] = [await makeKey(join(folder, 'host')), await makeKey(join(folder, 'key'))];
  const config = join(folder, 'sshd_config');
  const settings = [
    `ListenAddress 127.0.0.1:${port}`,
    `HostKey ${hostKey}`,
    `AuthorizedKeysFile ${key}.pub`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    // Specs knock often.
    'MaxStartups 100',
    ...(acceptsProtocol ? ['AcceptEnv GIT_PROTOCOL'] : []),
    ...(forcedCommand ? [`ForceCommand ${forcedCommand}`] : []),
  ];
  await writeFile(config, `${settings.join('\n')}\n`);
  const child = spawn(program, ['-D', '-e', '-f', config], { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  let log = '';
  const listens = new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('Server listening')) resolve();
    });
    child.once('exit', () => reject(new Error(`sshd did not start: ${log}`)));
  });
  await listens;
  return {
    port,
    user,
    key,
    clientConfig: await clientConfig(folder, { hostKey, port }),
    urlOf: (path) => `ssh://${user}@127.0.0.1:${port}${path}`,
    logins: () => log.match(/Accepted publickey/g)?.length ?? 0,
    log: () => log,
    async close() {
      child.kill();
      await gone;
    },
  };
}

async function sshdProgram(): Promise<string> {
  for (const path of ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/opt/homebrew/sbin/sshd'])
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    )
      return path;
  throw new Error('the specs of ssh talk to a real server: install openssh-server (apt-get install openssh-server)');
}

async function makeKey(path: string): Promise<string> {
  await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  return path;
}

async function clientConfig(folder: string, { hostKey, port }: { hostKey: string; port: number }): Promise<string> {
  const [known, path] = [join(folder, 'known_hosts'), join(folder, 'ssh_config')];
  await appendFile(known, `[127.0.0.1]:${port} ${await readFile(`${hostKey}.pub`, 'utf8')}`);
  const settings = [`UserKnownHostsFile ${known}`, 'GlobalKnownHostsFile /dev/null', 'StrictHostKeyChecking yes'];
  await writeFile(path, `${settings.join('\n')}\n`);
  await chmod(path, 0o600);
  return path;
}
