/** The tables of the history: how long builds take, how busy servers are, what was slow, what failed and how long it stayed so. */
import { type ReadModel, toTime } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { counted, durationWords, repositoryName } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { hrefOf } from '../../router.ts';
import type { HistoryAnswer } from '../../worker/questions/history/history.ts';
import '../../parts/charts/share-bar.ts';

const CAUSES: ReadonlyMap<string | null, string> = new Map([
  ['code', 'The build itself'],
  ['timeout', 'Took too long'],
  ['infrastructure', 'Machine or network'],
  ['policy', 'Not allowed'],
  ['lost', 'Its server was lost'],
  ['returned', 'Given back'],
  ['cancelled', 'Cancelled'],
  [null, 'Not known'],
]);
const causeWords = (cause: string | null): string => CAUSES.get(cause) ?? 'Unknown';

const took = (seconds: number): string => durationWords(seconds * 1000);
const project = (repository: string | null): string =>
  repository === null ? 'no project' : repositoryName(repository);

export function durationTable({ durations }: HistoryAnswer): TemplateResult {
  return html`<table>
    <caption>How long builds that succeeded took, by strategy</caption>
    <thead><tr><th scope="col">Strategy</th><th scope="col" class="number">Half take at most</th><th scope="col" class="number">95 of 100 at most</th><th scope="col" class="number">Builds</th></tr></thead>
    <tbody>${durations.map(({ strategy, n, p50, p95 }) => html`<tr><th scope="row">${strategy ?? html`<span class="dim">not known</span>`}</th><td class="number">${took(p50)}</td><td class="number">${took(p95)}</td><td class="number">${n}</td></tr>`)}</tbody>
  </table>`;
}

export interface Servers {
  readonly model: ReadModel;
  readonly hours: number;
  readonly at: string | null;
}

/** Those that built nothing too: an idle server is what this table is looked at for. */
export function serverTable({ servers, unread }: HistoryAnswer, { model, hours, at }: Servers): TemplateResult {
  const known = new Map(servers.map((it) => [it.agent, it]));
  const rows = new Map(model.agents.map((it) => [it.id, it]));
  const names = [...known.keys(), ...[...rows.keys()].filter((id) => !known.has(id)).sort()];
  return html`<table>
    <caption>How busy each server was, and how often its builds found what they needed in the cache</caption>
    <thead><tr><th scope="col">Server</th><th scope="col">Busy</th><th scope="col" class="number">Builds</th><th scope="col">From the cache</th></tr></thead>
    <tbody>${names.map((name) => {
      const { n = 0, failed = 0, busySeconds = 0 } = known.get(name) ?? {};
      const row = rows.get(name);
      const isUnknown = n === 0 && unread > 0;
      const of = isUnknown ? 0 : hours * 3600 * Math.max(1, row?.slots ?? 1);
      return html`<tr><th scope="row"><a href=${hrefOf(['servers', name], { at })}>${name}</a></th>
        <td><share-bar .share=${busySeconds} .of=${of}></share-bar></td>
        <td class="number">${isUnknown ? '–' : n}${failed > 0 ? html`<br /><span class="bad">${failed} failed</span>` : nothing}</td>
        <td>${cacheShare(row?.cacheHits ?? 0, row?.cacheMisses ?? 0)}</td></tr>`;
    })}</tbody>
  </table>`;
}

function cacheShare(hits: number, misses: number): TemplateResult {
  return html`<share-bar tone="ok" .share=${hits} .of=${hits + misses} note=${hits + misses === 0 ? '' : `of ${hits + misses}`}></share-bar>`;
}

export function slowTable({ slowest }: HistoryAnswer, at: string | null): TemplateResult {
  return html`<table>
    <caption>The ten builds that took longest beside what is usual for the same project and strategy</caption>
    <thead><tr><th scope="col">Build</th><th scope="col" class="number">Took</th><th scope="col" class="number">Usual for it</th></tr></thead>
    <tbody>${slowest.map(
      ({ job, repository, branch, agent, seconds, usual, endedMs }) => html`<tr>
        <th scope="row"><a href=${hrefOf(['jobs', job], { at })}>${project(repository)}</a> <span class="dim">${branch}<br />on ${agent}, <time datetime=${toTime(endedMs)}>${DAY.format(endedMs)}</time></span></th>
        <td class="number">${took(seconds)}<br /><b>${(seconds / usual.p50).toFixed(1)} ×</b></td>
        <td class="number">${took(usual.p50)}<br /><span class="dim">of ${usual.n}</span></td></tr>`,
    )}</tbody>
  </table>`;
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

export function failureTable({ failures }: HistoryAnswer): TemplateResult {
  return html`<table>
    <caption>Builds that failed, by project</caption>
    <thead><tr><th scope="col">Project</th><th scope="col">Failed</th></tr></thead>
    <tbody>${failures.map(
      ({
        repository,
        n,
        failed,
        causes,
      }) => html`<tr><th scope="row">${project(repository)} <span class="dim">${causes.map(({ cause, count }) => `${causeWords(cause).toLowerCase()} ${count}`).join(', ')}</span></th>
        <td><share-bar tone="bad" .share=${failed} .of=${n} note="${failed} of ${n}"></share-bar></td></tr>`,
    )}</tbody>
  </table>`;
}

export function causeTable({ causes }: HistoryAnswer): TemplateResult {
  const all = causes.reduce((sum, { count }) => sum + count, 0);
  return html`<table>
    <caption>Why builds failed</caption>
    <thead><tr><th scope="col">Why</th><th scope="col">Share of the failures</th></tr></thead>
    <tbody>${causes.map(({ cause, count }) => html`<tr><th scope="row">${causeWords(cause)}</th><td><share-bar tone="bad" .share=${count} .of=${all} note="${count} of ${all}"></share-bar></td></tr>`)}</tbody>
  </table>`;
}

export interface Looking {
  readonly now: string;
  readonly at: string | null;
}

export function repairList({ repairs }: HistoryAnswer, { now, at }: Looking): TemplateResult {
  const { n, p50, longest, open } = repairs;
  const longestMs = longest?.repairedMs ? longest.repairedMs - longest.brokenMs : 0;
  return html`<ul>
    <li><div class="row"><span class="body">Half of the broken branches work again within</span><b class="end">${p50 === null ? html`<span class="dim">none was broken and repaired</span>` : html`${took(p50)} <span class="dim">of ${counted(n, 'repair')}</span>`}</b></div></li>
    ${longest === null ? nothing : html`<li><div class="row"><span class="body">The longest took, ${place(longest)}</span><b class="end">${durationWords(longestMs)}</b></div></li>`}
    ${open.slice(0, SHOWN_OPEN).map((it) => html`<li><div class="row"><span class="body"><span class="bad">Still broken:</span> <a href=${hrefOf(['jobs', it.job], { at })}>${place(it)}</a></span><span class="end small dim">${age(toTime(it.brokenMs), now)}</span></div></li>`)}
    ${open.length > SHOWN_OPEN ? html`<li class="small dim">and ${counted(open.length - SHOWN_OPEN, 'more branch is', 'more branches are')} broken</li>` : nothing}
  </ul>`;
}

const SHOWN_OPEN = 5;
const place = ({ repository, branch }: { repository: string | null; branch: string | null }): string =>
  [project(repository), branch].filter((word) => word !== null).join(' ');
