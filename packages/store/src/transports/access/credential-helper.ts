/**
 * Git's credential helpers, asked through git itself: whatever keeps a person's logins (a keychain, a manager, a file) is
 * used as it is. Nobody is asked at a terminal. What they answer is kept in memory and appears in no message.
 */
import { askGit } from '../ask-git.ts';
import type { Login } from './netrc.ts';

export interface HelperQuestion {
  readonly env: NodeJS.ProcessEnv;
  readonly url: URL;
  readonly user?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HelperLogin extends Login {
  /** The whole answer, for the helper to know again what we speak of. */
  readonly answer: string;
}

export async function fillLogin({ env, url, user, signal }: HelperQuestion): Promise<HelperLogin | undefined> {
  const question = {
    protocol: url.protocol.slice(0, -1),
    host: url.host,
    // Git leaves it out again, unless credential.useHttpPath says otherwise.
    path: url.pathname.slice(1),
    ...(user && { username: user }),
  };
  // A line of its own in an address could name another host, whose login would then be sent to this one.
  if (Object.values(question).some(hasControls)) return undefined;
  const input = Object.entries(question).map(([key, value]) => `${key}=${value}\n`);
  const answer = await askGit(['credential', 'fill'], { env, input: `${input.join('')}\n`, signal });
  const field = (name: string) => answer?.match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1];
  const password = field('password');
  return answer && password ? { user: field('username') ?? '', password, answer } : undefined;
}

function hasControls(text: string): boolean {
  return [...text].some((it) => it < ' ');
}

/** What turned out right is kept by the helpers, what was refused is forgotten, as when Git itself has tried it. */
export async function tellHelper(
  word: 'approve' | 'reject',
  { answer }: HelperLogin,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  await askGit(['credential', word], { env, input: `${answer.trimEnd()}\n\n` });
}
