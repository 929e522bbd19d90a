/**
 * What stands above the data, or in their place on a first visit: trouble between the page and its source, never what is
 * known of a server or a job. Pure, so that every state of the page can be named in a spec.
 */
import { elapsedMs, type ReadModel, type Time } from '@gityard/domain';
import { ageWords, clockTime, counted, durationWords } from '../format.ts';
import type { Tone } from '../words.ts';
import type { YardView } from '../yard/yard.ts';
import { type LooksStanding, looksStanding } from './standing.ts';

export interface Notice {
  /** One of each kind at a time; keeps its place on the page when its words change. */
  readonly kind: string;
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  /** token: the form for one; look: try again now; reload: take the newer page; files: list the broken ones;
   * before: take along what was known before the history was rewritten; seen: take the new one for true. */
  readonly offers: readonly ('token' | 'look' | 'reload' | 'files' | 'before' | 'seen')[];
}

/** The writers promise a snapshot with every sign of life; this long without one is worth a word. */
const SNAPSHOT_OLD_MS = 15 * 60_000;

export function noticesOf(view: YardView, now: Time): readonly Notice[] {
  const { model } = view;
  const trouble = troubleOf(view, now);
  const remembered = model !== undefined && view.isRemembered && trouble === undefined ? [fromBefore(model, now)] : [];
  const all = [trouble, ...remembered, rewrittenOf(view), silentYard(view, now), brokenFiles(model), newVersion(view)];
  return all.filter((notice) => notice !== undefined);
}

/** Why nothing newer comes, if nothing does. */
export function troubleOf(view: YardView, now: Time): Notice | undefined {
  const { failure, source, hasToken, budget } = view.connection;
  const host = hostName(view);
  const kept = keptWords(view, now);
  if (failure === null) return lateOf(view, now);
  const { kind, reason } = failure;
  if (kind === 'rate-limited') {
    const back = failure.until ?? budget?.resetsAt;
    const allowed = budget === null ? 'only so many looks' : `${budget.limit} looks an hour`;
    const until = back === undefined ? '' : ` until ${clockTime(back, now)} (${durationWords(back - Date.parse(now))})`;
    return {
      kind,
      tone: 'wait',
      title: `${host} wants a pause`,
      text: `It allows ${allowed} ${hasToken ? 'with this token' : 'from your network'}; none is left${until}. ${kept}`,
      offers: hasToken ? [] : ['token'],
    };
  }
  if (kind === 'offline')
    return {
      kind,
      tone: 'bad',
      title: 'No network',
      text: `This machine seems to be offline: ${reason}. ${kept} The page goes on trying.`,
      offers: ['look'],
    };
  if (kind === 'not-found')
    return {
      kind,
      tone: 'bad',
      title: 'Private, or misspelt',
      text: `Nothing can be read at ${source?.address ?? 'this address'}. ${sentence(reason)} ${kept}`,
      offers: ['token', 'look'],
    };
  if (kind === 'denied')
    return {
      kind,
      tone: 'bad',
      title: 'Not allowed',
      text: `${sentence(reason)} ${hasToken ? 'The token may have ended, or may not read this yard.' : ''} ${kept}`,
      offers: ['token'],
    };
  if (kind === 'newer-schema')
    return {
      kind,
      tone: 'wait',
      title: 'This page is older than the yard',
      text: `${sentence(reason)} Reload to get the newer page. ${kept}`,
      offers: ['reload'],
    };
  if (kind === 'invalid')
    return {
      kind,
      tone: 'bad',
      title: 'The answer cannot be read',
      text: `${sentence(reason)} ${kept}`,
      offers: ['look'],
    };
  if (view.connection.state === 'late')
    return {
      kind: 'late',
      tone: 'bad',
      title: 'The data are late',
      text: `${sentence(reason)} That says nothing about the servers. ${kept}`,
      offers: [],
    };
  return {
    kind,
    tone: 'bad',
    title: `${host} does not answer`,
    text: `${sentence(reason)} Your network is fine as far as this page can tell. ${kept} The page goes on trying.`,
    offers: ['look'],
  };
}

/** The page has not looked for longer than it meant to: its own lateness, not that of a server. */
function lateOf(view: YardView, now: Time): Notice | undefined {
  const { connection, model } = view;
  if (model === undefined || view.isRemembered) return undefined;
  const standing = looksStanding(connection, Date.parse(now));
  if (standing === 'fresh' && connection.state !== 'late') return undefined;
  const since = connection.lookedAt;
  const age = since === null ? '' : ` for ${durationWords(Date.parse(now) - since)}`;
  return {
    kind: 'late',
    tone: standing === 'dead' ? 'bad' : 'wait',
    title: LATE_TITLES[standing],
    text: `The page has not heard from ${hostName(view)}${age}. What it shows may have changed; that says nothing about the servers.`,
    offers: ['look'],
  };
}

const LATE_TITLES: Readonly<Record<LooksStanding, string>> = {
  fresh: 'The data are late',
  late: 'The data are late',
  stale: 'What you see is old',
  dead: 'Nothing new for a long time',
};

function fromBefore({ at }: ReadModel, now: Time): Notice {
  return {
    kind: 'remembered',
    tone: 'wait',
    title: `From ${clockTime(Date.parse(at), now)}, checking`,
    text: 'This is what your last visit saw. Newer data are on their way.',
    offers: [],
  };
}

const rewrittenOf = ({ rewritten }: YardView): Notice | undefined =>
  rewritten
    ? {
        kind: 'rewritten',
        tone: 'bad',
        title: 'History was rewritten',
        text: 'The yard went back to an earlier state than this page has already seen. Somebody has restored or replaced its branch; compare before you trust it.',
        offers: ['before', 'seen'],
      }
    : undefined;

/** The source answers, and nobody has written into it: the servers are silent, the page is well. */
function silentYard({ model, connection, isRemembered }: YardView, now: Time): Notice | undefined {
  if (model === undefined || isRemembered || connection.failure !== null || model.agents.length === 0) return undefined;
  const age = elapsedMs(model.at, now);
  if (!(age > SNAPSHOT_OLD_MS)) return undefined;
  return {
    kind: 'silent',
    tone: 'silent',
    title: 'The servers are quiet',
    text: `The connection is fine, but the last word of any server came ${ageWords(model.at, now)}.`,
    offers: [],
  };
}

function brokenFiles(model: ReadModel | undefined): Notice | undefined {
  const files = model?.quarantined ?? [];
  if (files.length === 0) return undefined;
  return {
    kind: 'files',
    tone: 'bad',
    title: `${counted(files.length, 'file of the yard', 'files of the yard')} cannot be read`,
    text: 'Everything else is shown.',
    offers: ['files'],
  };
}

/** Where the yard is too new for this page, its own notice offers the same. */
const newVersion = ({ hasNewVersion, connection }: YardView): Notice | undefined =>
  hasNewVersion && connection.failure?.kind !== 'newer-schema'
    ? {
        kind: 'new-version',
        tone: 'run',
        title: 'A newer version of this page is ready',
        text: 'It is taken when you want it; until then this one goes on.',
        offers: ['reload'],
      }
    : undefined;

const keptWords = ({ model }: YardView, now: Time): string =>
  model === undefined ? '' : `You see what was known at ${clockTime(Date.parse(model.at), now)}.`;

function hostName({ connection: { source } }: YardView): string {
  if (source === null) return 'The source';
  if (source.kind === 'api') return 'The server of this page';
  if (source.kind === 'folder') return 'The folder';
  if (source.kind === 'gitea') return 'Gitea';
  return 'GitHub';
}

const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
