/** What became of the yard since somebody looked last: the difference between what was noted then and the snapshot of now. Pure. */
import { isBefore, type ReadModel, type Time } from '@gityard/domain';
import { byStanding } from '../rows.ts';
import type { Standing } from '../words.ts';
import { isFailure, signatureOf } from './failures.ts';

/** As little of a snapshot as tells a difference. */
export interface Seen {
  readonly at: Time;
  readonly head: string;
  readonly servers: readonly (readonly [id: string, standing: Standing])[];
  /** Of each lock: its newest token, which rises with every holder. */
  readonly locks: readonly (readonly [name: string, token: number])[];
  readonly signatures: readonly string[];
}

export interface SinceThen {
  readonly succeeded: number;
  readonly failed: number;
  /** The snapshot does not reach back as far: it may have been more. */
  readonly isAtLeast: boolean;
  readonly newSignatures: number;
  readonly wentSilent: readonly { readonly id: string; readonly since: Time | null }[];
  readonly cameBack: readonly string[];
  readonly joined: readonly string[];
  readonly left: readonly string[];
  readonly locks: readonly { readonly name: string; readonly times: number; readonly holder: string | null }[];
}

export function seenNow(model: ReadModel, now: Time): Seen {
  return {
    at: now,
    head: model.head,
    servers: byStanding(model, now).map(({ agent, standing }) => [agent.id, standing]),
    locks: model.locks.map(({ name, token }) => [name, token]),
    signatures: [...new Set(model.finished.filter(isFailure).map(signatureOf))],
  };
}

export function sinceThen(seen: Seen, model: ReadModel, now: Time): SinceThen {
  const ended = model.finished.filter(({ endedAt }) => endedAt !== null && isBefore(seen.at, endedAt));
  const failed = ended.filter(isFailure);
  const known = new Set(seen.signatures);
  const servers = byStanding(model, now);
  const standings = new Map(seen.servers);
  const tokens = new Map(seen.locks);
  return {
    succeeded: ended.filter(({ status }) => status === 'succeeded').length,
    failed: failed.length,
    isAtLeast: ended.length === model.finished.length && (model.truncated.finished ?? 0) > 0,
    newSignatures: new Set(failed.map(signatureOf).filter((it) => !known.has(it))).size,
    wentSilent: servers
      .filter(({ agent, standing }) => standing === 'silent' && isKnownAs(standings.get(agent.id), 'well'))
      .map(({ agent }) => ({ id: agent.id, since: agent.lastBeatAt })),
    cameBack: servers
      .filter(({ agent, standing }) => standing === 'fresh' && isKnownAs(standings.get(agent.id), 'gone'))
      .map(({ agent }) => agent.id),
    joined: servers.filter(({ agent }) => standings.get(agent.id) === undefined).map(({ agent }) => agent.id),
    // Those that did not fit into the snapshot have not left.
    left: model.truncated.agents ? [] : [...standings.keys()].filter((id) => !servers.some((it) => it.agent.id === id)),
    locks: model.locks.flatMap(({ name, token, holder }) => {
      const times = token - (tokens.get(name) ?? 0);
      return times > 0 ? [{ name, times, holder }] : [];
    }),
  };
}

const isKnownAs = (then: Standing | undefined, how: 'well' | 'gone'): boolean =>
  how === 'well' ? then === 'fresh' || then === 'late' : then === 'silent' || then === 'stopped';

export const isQuiet = (since: SinceThen): boolean =>
  since.succeeded + since.failed === 0 &&
  [since.wentSilent, since.cameBack, since.joined, since.left, since.locks].every((it) => it.length === 0);
