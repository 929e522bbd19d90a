/**
 * The ladder of sandboxes, the strongest first. The first that a probe finds to hold is used, unless the owner of the agent
 * names one; none at all only where he allows it. What was found holds for the life of the program: probes cost a second.
 */
import { bwrapGroup } from './bwrap/with-group.ts';
import { bwrapPrlimit } from './bwrap/with-prlimit.ts';
import { podman } from './podman/podman.ts';
import { whyUnfit } from './probe.ts';
import { RUNG_NAMES, type Rung, type RungName } from './rung.ts';
import { noSandbox, type Sandbox } from './sandbox.ts';
import { systemdRun } from './systemd/systemd-run.ts';

export const RUNGS: readonly Rung[] = [systemdRun, bwrapGroup, bwrapPrlimit, podman];

/** What a policy may name. */
export const SANDBOX_NAMES: readonly string[] = ['auto', ...RUNG_NAMES, 'none'];

export interface SandboxWishes {
  /** `auto`: the strongest that works; a name: this one and no other. */
  readonly sandbox?: string | undefined;
  /** Whether builds may run with nothing between them and the machine, where no sandbox works or none is wished for. */
  readonly unsandboxed: boolean;
  /** For rungs that need one: the root file system of builds. */
  readonly image?: string | undefined;
}

export type SandboxChoice =
  | { readonly ok: true; readonly sandbox: Sandbox }
  /** `brief`: the reason without what was tried, for a line that others read. */
  | { readonly ok: false; readonly reason: string; readonly brief: string; readonly hint: string };

export async function chooseSandbox(wishes: SandboxWishes): Promise<SandboxChoice> {
  const { sandbox: wanted = 'auto', unsandboxed } = wishes;
  if (wanted === 'none') return unsandboxed ? { ok: true, sandbox: noSandbox } : NOT_ALLOWED;
  const rungs = RUNGS.filter(({ name }) => wanted === 'auto' || name === wanted);
  if (rungs.length === 0) return unknown(wanted);
  const reasons: string[] = [];
  for (const rung of rungs) {
    const found = await probed(rung, wishes);
    if (typeof found !== 'string') return { ok: true, sandbox: found };
    reasons.push(`${rung.name}: ${found}`);
  }
  if (unsandboxed && wanted === 'auto') return { ok: true, sandbox: noSandbox };
  return { ok: false, reason: `${NONE_WORKS} (${reasons.join('; ')})`, brief: NONE_WORKS, hint: HINT };
}

const NONE_WORKS = 'no sandbox works here';
const WITHOUT = 'let builds run without a sandbox: gityard agent allow --unsandboxed';
/** Elsewhere there is none that could be installed. */
const HINT = process.platform === 'linux' ? `install bubblewrap, or ${WITHOUT}` : WITHOUT;
const not = (reason: string, hint: string): SandboxChoice => ({ ok: false, reason, brief: reason, hint });
const NOT_ALLOWED = not(
  'the policy wishes for no sandbox and does not allow builds without one',
  'say so: gityard agent allow --unsandboxed',
);

const unknown = (wanted: string): SandboxChoice =>
  not(
    `there is no sandbox ${JSON.stringify(wanted)}`,
    `in policy.json, "sandbox" is one of ${SANDBOX_NAMES.join(', ')}`,
  );

export interface RungReport {
  readonly name: RungName;
  /** Why it cannot be used; null: it holds. */
  readonly why: string | null;
}

/** For whoever wants to know what this machine can do. */
export async function probeLadder({ image }: Pick<SandboxWishes, 'image'> = {}): Promise<RungReport[]> {
  const reports: RungReport[] = [];
  for (const rung of RUNGS) {
    const found = await probed(rung, { image });
    reports.push({ name: rung.name, why: typeof found === 'string' ? found : null });
  }
  return reports;
}

const known = new Map<string, Promise<Sandbox | string>>();

/** The sandbox, or why it cannot be used. */
export function probed(rung: Rung, { image }: Pick<SandboxWishes, 'image'>): Promise<Sandbox | string> {
  const key = `${rung.name} ${image ?? ''}`;
  const before = known.get(key);
  if (before) return before;
  const found = probe(rung, { image });
  known.set(key, found);
  return found;
}

async function probe(rung: Rung, wishes: Pick<SandboxWishes, 'image'>): Promise<Sandbox | string> {
  if (process.platform !== 'linux') return 'it needs Linux';
  const made = await rung.make(wishes);
  return typeof made === 'string' ? made : ((await whyUnfit(made)) ?? made);
}
