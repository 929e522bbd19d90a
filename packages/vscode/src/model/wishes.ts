/** What a person asks for on a row, as the yard takes it: with what must still hold when it is done, as they saw it. Pure. */
import { type CommandWish, type JobWish, PRIORITY_LEVELS, type ReadModel } from '@gityard/domain';
import { isHeld, jobIn } from './job-rows.ts';
import type { Checked } from './server-address.ts';

export interface Wish {
  readonly op: CommandWish['op'];
  readonly target: string;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** Without the arguments that nobody gave. */
export function commandWish({ op, target, args = {} }: Wish, model: ReadModel | undefined): CommandWish {
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== ''));
  return { op, target, args: given, if: model ? { ...expected(model, { op, target }) } : {} };
}

/** If it is no longer so, whoever carries it out refuses, and says why. */
function expected(model: ReadModel, { op, target }: Wish): Readonly<Record<string, string>> {
  const job = jobIn(model, target);
  if (job === undefined) return {};
  // A claimed job becomes a running one at any moment; its token says that it is the same holder still.
  if (op === 'cancel') return isHeld(job) ? { token: `${job.token}` } : { status: job.status };
  return op === 'retry' ? { status: job.status } : {};
}

/** Of a new job, what people say; all else is as the yard has it. */
export interface AskedJob {
  readonly repository?: string;
  readonly branch?: string;
  readonly commit?: string;
  readonly command?: readonly string[];
  readonly priority?: NonNullable<JobWish['priority']>;
}

/** What the editor knows of the repository that is open in it. */
export interface OpenRepository {
  /** Of its remote, as Git has it; undefined: it has none. */
  readonly remote: string | undefined;
  readonly branch: string | undefined;
  readonly commit: string | undefined;
  /** Commits of the branch that the remote does not have. */
  readonly ahead: number;
}

/** A build of what is open: by its branch, or by its commit where no branch is checked out. */
export function buildWish({ remote, branch, commit }: OpenRepository): Checked<AskedJob> {
  if (remote === undefined)
    return { ok: false, reason: 'the repository has no remote, and agents build what they can fetch' };
  if (branch === undefined && commit === undefined) return { ok: false, reason: 'the repository has no commit yet' };
  const revision = branch === undefined ? { ...(commit !== undefined && { commit }) } : { branch };
  return { ok: true, value: { repository: withoutSecrets(remote), ...revision } };
}

/** A password of an address would stand in the history of the yard for ever; the name of an ssh user is part of the address. */
export function withoutSecrets(remote: string): string {
  if (!/^https?:\/\//i.test(remote) || !URL.canParse(remote)) return remote;
  const address = new URL(remote);
  address.username = '';
  address.password = '';
  return address.href;
}

/** 1 is first and 10 is last. */
export const priorityChoices = () =>
  Object.entries(PRIORITY_LEVELS).map(([label, priority]) => ({
    label,
    priority,
    description: `${priority} of 10, where 1 is first`,
  }));

/** One word: pieces within quotes and without, with no space between them. */
const WORD = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

/** `make -C "my app" all` as a list of words; quotes keep words together, and nothing else means anything. */
export function commandWords(line: string): Checked<readonly string[]> {
  if (/["']/.test(line.replaceAll(/"[^"]*"|'[^']*'/g, '')))
    return { ok: false, reason: 'a quote is opened and not closed' };
  const words = (line.match(WORD) ?? []).map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
  return words.length === 0 ? { ok: false, reason: 'a command has at least one word' } : { ok: true, value: words };
}
