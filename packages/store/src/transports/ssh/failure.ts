/** Why a line by ssh came to nothing: what ssh and the other side said, as an error that tells what to do. */
import { diskTroubleIn } from '../../codec/disk-trouble.ts';
import { StoreError, type StoreErrorCode } from '../../errors.ts';
import { diskError } from '../../push-errors.ts';
import type { Service } from '../channel.ts';
import type { ProgramEnd } from '../start-program.ts';

export interface Call {
  /** The remote, for messages. */
  readonly name: string;
  readonly service: Service;
  readonly signal?: AbortSignal | undefined;
  /** Something was said that the other side may have acted on. */
  readonly said: boolean;
}

export function sshFailure(end: ProgramEnd, call: Call & { readonly timedOut: boolean }): unknown {
  const { name, signal, timedOut } = call;
  const mayHaveLanded = call.service === 'git-receive-pack' && call.said;
  if (signal?.aborted && !mayHaveLanded) return signal.reason;
  if (timedOut) return new StoreError('TIMEOUT', `${name} does not answer`, { hint: SLOW_HINT, mayHaveLanded });
  if (end.failure) {
    const hint = 'install ssh, or name another program by GIT_SSH_COMMAND';
    return new StoreError('REMOTE_UNREACHABLE', 'ssh could not be started', { hint, cause: end.failure });
  }
  const reason = reasonIn(end.complaint);
  const trouble = diskTroubleIn(end.complaint);
  if (trouble) return diskError(trouble, { remote: name, reason });
  const { code, what, hint } =
    MEANINGS.find(({ words }) => words.test(end.complaint)) ??
    (end.code === null || end.code === SSH_FAILED ? NO_CONNECTION : GIT_FAILED);
  return new StoreError(code, `${name}: ${what}: ${reason || 'it gave no reason'}`, { hint, mayHaveLanded });
}

const SLOW_HINT = 'look for a hook, a disk or a network that hangs, then try again';

/** What is said for people at every connection is not the reason. */
function reasonIn(complaint: string): string {
  const lines = complaint.split(/\r?\n/).map((it) => it.trim());
  return lines
    .filter((it) => it !== '' && !/^(Warning: Permanently added|@+$|debug\d:)/.test(it))
    .slice(-3)
    .join(' ')
    .replace(/\.$/, '');
}

interface Meaning {
  readonly words: RegExp;
  readonly code: StoreErrorCode;
  readonly what: string;
  readonly hint: string;
}

// The words of OpenSSH, of Git, and of the larger hosts. The first that fits counts.
const MEANINGS: readonly Meaning[] = [
  {
    words: /host key verification failed|remote host identification has changed|no .*host key is known/i,
    code: 'REMOTE_INVALID',
    what: 'its host key is not known here, or is another one',
    hint: 'compare the key with the one that its owner publishes, then put it into known_hosts (ssh to it once by hand)',
  },
  {
    words: /unprotected private key file|bad permissions/i,
    code: 'DENIED',
    what: 'ssh does not use a key that others may read',
    hint: 'chmod 600 the file of the private key',
  },
  {
    words:
      /permission denied \(|permission denied, please try again|too many authentication failures|no such identity/i,
    code: 'DENIED',
    what: 'it does not let this key in',
    hint: 'add the public key there (as a deploy key that may write), and name the private one by GITYARD_SSH_KEY',
  },
  {
    words: /command not found|git-\w+-pack: not found/i,
    code: 'REMOTE_INVALID',
    what: 'git is not there',
    hint: 'install git on the server, where its users find it',
  },
  {
    words:
      /repository .*not found|does not appear to be a git repository|could not be found|no such file or directory/i,
    code: 'REMOTE_INVALID',
    what: 'not found or no access',
    hint: 'check the path, and what this key may use',
  },
  {
    words: /denied|not allowed|read[ -]only|unauthorized|forbidden/i,
    code: 'DENIED',
    what: 'access is denied',
    hint: 'check what this key may do there',
  },
  {
    words: /dubious ownership/i,
    code: 'DENIED',
    what: 'the repository belongs to another user',
    hint: 'give it to the user who serves it, or add it to safe.directory there',
  },
];

/** The exit code of ssh itself, for a connection that broke or never was. Any other is that of the program far away. */
export const SSH_FAILED = 255;

const NO_CONNECTION: Omit<Meaning, 'words'> = {
  code: 'REMOTE_UNREACHABLE',
  what: 'it cannot be reached',
  hint: 'check the network and the server: ssh to it by hand tells more',
};

const GIT_FAILED: Omit<Meaning, 'words'> = {
  code: 'REMOTE_INVALID',
  what: 'git failed there',
  hint: 'look at the repository on the server; git fsck there tells of damage',
};
