/** The state of the yard as one or two sentences, for the eye that gives the page a second. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { counted } from './format.ts';
import { byStanding } from './rows.ts';

export function headline(model: ReadModel, now: Time): { readonly first: string; readonly rest: string } {
  const { totals, needsYou, truncated } = model;
  const needs = needsYou.length + (truncated.needsYou ?? 0);
  const calm = byStanding(model, now).some(({ standing }) => standing === 'fresh')
    ? 'All is well.'
    : 'Nothing needs you.';
  const first = needs === 0 ? calm : `${counted(needs, 'thing needs', 'things need')} you.`;
  const waiting = `${totals.queued} waiting${totals.stuck > 0 ? `, ${totals.stuck} of them cannot run` : ''}`;
  const jobs =
    totals.running + totals.queued === 0
      ? 'No job runs or waits'
      : `${counted(totals.running, 'job')} running, ${waiting}`;
  const failed = totals.failedToday === 0 ? '' : `, ${totals.failedToday} failed today`;
  return { first, rest: `${serverWords(model, now)}. ${jobs}${failed}.` };
}

function serverWords(model: ReadModel, now: Time): string {
  const { agents } = model;
  if (agents.length === 0) return 'No server has joined yet';
  const heard = byStanding(model, now).filter(({ standing }) => standing === 'fresh' || standing === 'late').length;
  if (heard === agents.length)
    return ['The server is up', 'Both servers are up'][agents.length - 1] ?? `All ${agents.length} servers are up`;
  return `${heard} of ${counted(agents.length, 'server')} up`;
}
