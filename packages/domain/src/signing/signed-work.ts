/**
 * What a signature over a job covers, and whether a job still is what was signed. Knows no cryptography: whether the signature
 * itself is good, and whose it is, an agent finds out by keys that only its own machine has.
 */
import { type Job, TOOLCHAINS } from '../entities/job.ts';
import type { State } from '../state.ts';
import { isBefore, type Time } from '../time.ts';

/** What is built, with what, where and with which rights. Neither its priority nor its turn: those belong to the queue. */
const SIGNED_FIELDS = [
  'repository',
  'branch',
  'commit',
  'toolchain',
  'strategy',
  'command',
  'parameters',
  'task',
  'labels',
  'requires',
  'needs',
  'locks',
  'secrets',
  'reserves',
  'noCache',
  'keepWorkspace',
  'timeoutSeconds',
] as const satisfies readonly (keyof Job)[];
/** Signed where a job has it: what was signed before there was such a field stays good. */
const SIGNED_IF_THERE = ['update'] as const satisfies readonly (keyof Job)[];
/** A part of a job may do these no otherwise than the job itself; which labels and needs it has is for the queue. */
const SHARED_WITH_PARTS = ['repository', 'branch', 'commit', 'command', 'parameters', 'task', 'secrets'] as const;

type SignedFields = Pick<Job, (typeof SIGNED_FIELDS)[number] | (typeof SIGNED_IF_THERE)[number]>;

export interface SignedWork extends SignedFields {
  readonly version: 1;
  /** `yardId` of yard.json. */
  readonly yard: string;
  readonly job: string;
  readonly notBefore: Time;
  readonly expires: Time;
  readonly nonce: string;
}

export type Validity = Pick<SignedWork, 'yard' | 'notBefore' | 'expires' | 'nonce'>;

/** The one text that stands for it: whoever signs and whoever checks write it the same. */
export function payloadOf(job: Job, validity: Validity): string {
  return canonicalText({ version: 1, job: job.id, ...validity, ...signedFields(job) });
}

/** The same without a time: what people agree to who approve a job. */
export const workText = (job: Job): string => canonicalText({ job: job.id, ...signedFields(asAsked(job)) });

/** The job that bears the signature: itself, or the one that it is a part of. */
export function signedJobOf(state: State, job: Job): Job | undefined {
  if (job.signature !== null || job.parent === null) return job.signature === null ? undefined : job;
  const parent = state.jobs.get(job.parent);
  return parent?.split?.children.includes(job.id) && parent.signature !== null ? parent : undefined;
}

/** Why it must not run although it bears a signature: it was edited since, or its time is over. null: nothing is seen. */
export function signatureProblem(state: State, job: Job, now: Time): string | null {
  const signed = signedJobOf(state, job);
  if (!signed?.signature) return null;
  const work = workIn(signed.signature.payload);
  if (!work) return 'its signature is of no job';
  if (work.job !== signed.id) return `its signature is of job ${work.job}`;
  if (state.yard.yardId !== null && work.yard !== state.yard.yardId)
    return `its signature is for the yard ${work.yard}`;
  const edited = editedField(job, signed, work);
  if (edited !== undefined) return `its ${edited} is not what was signed`;
  if (isBefore(now, work.notBefore)) return `its signature is good from ${work.notBefore} on`;
  return isBefore(now, work.expires) ? null : `its signature was good until ${work.expires}; add the job anew`;
}

/** Undefined where it is not the one text that stands for a job. */
export function workIn(payload: string): SignedWork | undefined {
  const known = parsed.get(payload);
  if (known !== undefined) return known ?? undefined;
  const work = parse(payload);
  if (parsed.size >= MOST_KEPT) parsed.clear();
  parsed.set(payload, work ?? null);
  return work;
}
const parsed = new Map<string, SignedWork | null>();
const MOST_KEPT = 1000;

function parse(payload: string): SignedWork | undefined {
  try {
    const value = JSON.parse(payload) as SignedWork;
    return canonicalText(value) === payload && isWork(value) ? value : undefined;
  } catch {
    // No JSON, or nested deeper than any job: nobody signed that as a job.
    return undefined;
  }
}

function isWork(value: SignedWork): boolean {
  const texts = [value.yard, value.job, value.nonce, value.notBefore, value.expires];
  const isTold = texts.every((it) => typeof it === 'string');
  const times = [value.notBefore, value.expires].map((it) => Date.parse(it));
  return isTold && value.version === 1 && times.every(Number.isFinite) && SIGNED_FIELDS.every((it) => it in value);
}

/** What it waits for since it was split was nobody's to sign. */
const asAsked = (job: Job): Job => ({ ...job, needs: job.needs.filter((it) => !job.split?.children.includes(it)) });

function editedField(job: Job, signed: Job, work: SignedWork): string | undefined {
  const asked = asAsked(signed);
  const own = [...SIGNED_FIELDS, ...SIGNED_IF_THERE].find((field) => !same(asked[field], work[field]));
  if (own !== undefined || job === signed) return own;
  return SHARED_WITH_PARTS.find((field) => !same(job[field], work[field])) ?? strayToolchain(job, work);
}

/** What was left to be detected may be known by now. */
const strayToolchain = (job: Job, { toolchain }: SignedWork): string | undefined =>
  job.toolchain === toolchain || (toolchain === null && TOOLCHAINS.some((it) => it === job.toolchain))
    ? undefined
    : 'toolchain';

const same = (a: unknown, b: unknown): boolean => canonicalText(a) === canonicalText(b);

function signedFields(job: Job): SignedFields {
  const more = SIGNED_IF_THERE.filter((field) => job[field] !== undefined);
  return Object.fromEntries([...SIGNED_FIELDS, ...more].map((field) => [field, job[field]])) as unknown as SignedFields;
}

/** JSON without blanks, the keys of every object sorted: equal values are equal texts. */
export const canonicalText = (value: unknown): string => JSON.stringify(sorted(value));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
