/**
 * Brings the statuses of commits at their host to what they should be. What was told is remembered, and what another told is read
 * from the host itself, so that nothing is sent twice: neither by a new process, nor by two at once that look after each other.
 */
import type { CommitStatus } from '@gityard/domain';
import { MonitorError } from '../rest/failures.ts';
import { oneLine } from '../text/harmless.ts';
import type { Mask } from '../text/masked.ts';
import type { HostedStatus, Source, StatusHost } from './host.ts';

/** Status → what the host was told of it last. Of those that are not wanted any more, nothing is kept. */
export type ToldStatuses = Map<string, string>;

export interface SendStatuses {
  /** The most important first. */
  readonly wanted: readonly CommitStatus[];
  readonly told: ToldStatuses;
  readonly host: StatusHost;
  readonly mask: Mask;
  /** Commits that are looked at in one run; the others have their turn in the next. Default 30. */
  readonly most?: number;
  readonly signal?: AbortSignal;
}

export interface SentStatuses {
  readonly sent: number;
  /** Of commits that the host does not know. */
  readonly unknown: number;
  /** Left for the next run. */
  readonly left: number;
}

const LONGEST_TEXT = 140;

export async function sendStatuses({ wanted, most = 30, ...desk }: SendStatuses): Promise<SentStatuses> {
  const { told, host } = desk;
  const ours = wanted.flatMap((status) => {
    const source = host.sourceOf(status.repository);
    return source ? [{ status, source, key: keyOf(source, status) }] : [];
  });
  forgetOthers(told, new Set(ours.map((it) => it.key)));

  const news = ours.filter(({ status, key }) => told.get(key) !== status.says);
  return bringAll(news, most, desk);
}

async function bringAll(news: readonly News[], most: number, desk: Desk): Promise<SentStatuses> {
  const count = { sent: 0, unknown: 0, same: 0, left: 0 };
  const refusals = new Map<string, MonitorError>();
  let looked = 0;
  for (const it of news) {
    const place = `${it.source.owner}/${it.source.repo}`;
    if (refusals.has(place)) continue;
    if (desk.signal?.aborted || looked >= most) {
      count.left += 1;
      continue;
    }
    looked += 1;
    try {
      count[await bring(it, desk)] += 1;
      // Only now: what failed is tried again.
      desk.told.set(it.key, it.status.says);
    } catch (error) {
      if (!isOfOneRepository(error)) throw error;
      refusals.set(place, error);
    }
  }
  const [refused] = refusals.values();
  if (refused) throw refused;
  return { sent: count.sent, unknown: count.unknown, left: count.left };
}

/** A repository that the token may not write to must not keep the others from being told. */
const isOfOneRepository = (error: unknown): error is MonitorError =>
  error instanceof MonitorError && error.code === 'DENIED' && error.status === 403;

type Desk = Omit<SendStatuses, 'wanted' | 'most'>;
interface News {
  readonly status: CommitStatus;
  readonly source: Source;
  readonly key: string;
}

async function bring({ status, source, key }: News, { told, host, mask }: Desk): Promise<'sent' | 'unknown' | 'same'> {
  const { commit, state, targetUrl } = status;
  const words = {
    context: oneLine(await mask(status.context), 100),
    description: oneLine(await mask(status.description), LONGEST_TEXT),
  };
  const hosted = { ...words, state, targetUrl };
  if (!told.has(key)) {
    const there = await host.read(source, commit);
    if (there === null) return 'unknown';
    if (there.some((it) => isSame(it, hosted))) return 'same';
  }
  return (await host.send(source, commit, hosted)) ? 'sent' : 'unknown';
}

const isSame = (one: HostedStatus, other: HostedStatus): boolean =>
  one.context === other.context &&
  one.state === other.state &&
  one.description === other.description &&
  one.targetUrl === other.targetUrl;

const keyOf = ({ owner, repo }: Source, { commit, context }: CommitStatus): string =>
  JSON.stringify([owner, repo, commit, context]);

function forgetOthers(told: ToldStatuses, keys: ReadonlySet<string>): void {
  for (const key of told.keys()) if (!keys.has(key)) told.delete(key);
}
