/** For each thing that needs a person: where to look at it, and what mends it, as a wish for the page or a command to copy. Pure. */
import { type NeedsYou, type ReadModel, shellWord } from '@gityard/domain';
import type { CommandAsked } from '../actions/wish.ts';

export interface Remedy {
  /** Its page, as words of an address; null: it has none. */
  readonly path: readonly [kind: string, name: string] | null;
  readonly wish: CommandAsked | null;
  readonly label: string;
  /** Where no wish mends it. */
  readonly command: string | null;
}

type Kind = 'servers' | 'jobs' | 'locks' | 'messages';
interface Rule {
  readonly kind?: Kind;
  readonly label?: string;
  readonly wish?: (ref: string) => CommandAsked;
  readonly command?: (ref: string) => string;
}

// Names are text from outside: in what somebody copies each must stay one word.
const retry: Rule = { kind: 'jobs', label: 'Retry', wish: (target) => ({ op: 'retry', target }) };
const strained: Rule = { kind: 'servers', label: 'Drain', wish: (target) => ({ op: 'drain', target }) };
const doctor: Rule = { kind: 'servers', command: () => 'gityard doctor' };

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  [
    'queue-paused',
    {
      label: 'Resume',
      wish: (pool) => (pool === '' ? { op: 'resume-fleet', target: 'all' } : { op: 'resume-pool', target: pool }),
    },
  ],
  ['job-stuck', { kind: 'jobs', command: (id) => `gityard job why ${shellWord(id)}` }],
  ['needs-approval', { kind: 'jobs', label: 'Approve', wish: (target) => ({ op: 'approve', target }) }],
  ['oldest-wait', { kind: 'jobs', command: (id) => `gityard job why ${shellWord(id)}` }],
  ['objective-burning', { command: () => 'gityard stats objectives' }],
  ['job-runs-long', { kind: 'jobs', label: 'Cancel', wish: (target) => ({ op: 'cancel', target }) }],
  ['agent-silent', { kind: 'servers', command: () => 'gityard agent run' }],
  ['agent-silent-holding', { kind: 'servers', command: () => 'gityard agent run' }],
  ['agent-sick', { kind: 'servers', label: 'Resume', wish: (target) => ({ op: 'resume', target }) }],
  ['agent-blind', doctor],
  ['program-returned', { kind: 'servers', command: (id) => `gityard agent update ${shellWord(id)}` }],
  ['cpu-critical', strained],
  ['memory-critical', strained],
  ['disk-critical', { kind: 'servers', command: () => 'gityard artifact cleanup all' }],
  ['notify-failing', doctor],
  ['upkeep-failing', { command: () => 'gityard doctor' }],
  ['inbox-refused', { command: (path) => `git show ${shellWord(`yard:${path.replace(/\.json$/, '')}.error.md`)}` }],
  ['file-broken', { command: (path) => `git log -1 yard -- ${shellWord(path)}` }],
  ['file-restored', { command: () => 'gityard quarantine list' }],
  ['job-failed', retry],
  ['job-expired', retry],
  ['message-overdue', { kind: 'messages', command: (id) => `gityard message ack ${shellWord(id)}` }],
  ['lock-expired', { kind: 'locks', label: 'Break lock', wish: (target) => ({ op: 'break-lock', target }) }],
]);

export function remedyOf({ code, refs }: NeedsYou, model: Pick<ReadModel, 'jobs'>): Remedy {
  const [ref = ''] = refs;
  const rule = (code === 'job-stuck' ? unstuck(ref, model) : undefined) ?? RULES.get(code) ?? UNKNOWN;
  return {
    path: rule.kind === undefined || ref === '' ? null : [rule.kind, ref],
    wish: rule.wish?.(ref) ?? null,
    label: rule.label ?? '',
    command: rule.command?.(ref) ?? null,
  };
}

const UNKNOWN: Rule = { command: () => 'gityard health check' };

/** What one word lets go on: a job that somebody holds back, and the one that this one needs and that failed. */
function unstuck(id: string, { jobs }: Pick<ReadModel, 'jobs'>): Rule | undefined {
  const reason = jobs.find((job) => job.id === id)?.reasons.find((it) => it.class === 'stuck');
  const [other] = reason?.refs ?? [];
  if (reason?.code === 'paused' && other === id)
    return { kind: 'jobs', label: 'Let go on', wish: (target) => ({ op: 'unpause', target }) };
  if (reason?.code === 'need-failed' && other !== undefined)
    return { kind: 'jobs', label: 'Retry that', wish: () => ({ op: 'retry', target: other }) };
  return undefined;
}
