/** One server as a row of the table; on a phone the same cells make a card. */
import { elapsedMs, type Time } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { jobLink } from '../../parts/job-name.ts';
import { serverLink } from '../../parts/server-link.ts';
import { serverWords } from '../../parts/told-text.ts';
import type { AgentRow } from '../../rows.ts';
import { STANDING_WORDS } from '../../words.ts';
import { diskWords, modeWords } from '../../words-of-server.ts';
import type { ServerRow, SortKey } from './server-rows.ts';
import '../../parts/status-dot.ts';
import '../../parts/tiny-meter.ts';

export interface Column {
  readonly key: SortKey;
  readonly title: string;
  readonly isNumber: boolean;
  readonly cell: (row: ServerRow, now: Time) => unknown;
}

export const COLUMNS: readonly Column[] = [
  { key: 'status', title: 'Status', isNumber: false, cell: status },
  { key: 'job', title: 'Does now', isNumber: false, cell: work },
  { key: 'cpu', title: 'CPU', isNumber: true, cell: ({ agent }) => meter(agent.cpuPercent) },
  { key: 'memory', title: 'Memory', isNumber: true, cell: ({ agent }) => meter(agent.memoryPercent) },
  { key: 'disk', title: 'Disk free', isNumber: true, cell: ({ agent }) => disk(agent) },
  { key: 'builds', title: 'Builds today', isNumber: true, cell: ({ agent }) => agent.buildsToday },
  { key: 'success', title: 'Success, 7\u00a0d', isNumber: true, cell: ({ agent }) => success(agent) },
  {
    key: 'uptime',
    title: 'Up, 7\u00a0d',
    isNumber: true,
    cell: ({ agent }) => (agent.uptimePercent === null ? dash : `${agent.uptimePercent} %`),
  },
  { key: 'heard', title: 'Last heard', isNumber: false, cell: heard },
];

/** The name heads the row, so it is no column like the others. */
export function nameCell({ agent }: ServerRow): TemplateResult {
  const { id, pool, labels, host } = agent;
  const more = [pool, ...labels].join(' · ');
  return html`${serverLink(id)}<span class="sub" title="${host === '' ? more : `${more} on ${host}`}">${more}</span>`;
}

const dash = html`<span class="dim">–</span>`;

function status({ agent, standing }: ServerRow) {
  const { tone, word } = STANDING_WORDS[standing];
  const { takesNoJobs, stopped, status: does, strain, strains } = agent;
  const refuses = takesNoJobs === null || stopped ? null : serverWords(`takes no jobs: ${takesNoJobs}`);
  const why = refuses ?? modeWords(agent) ?? (strain === 'ok' ? does : strains.join(', '));
  return html`<status-dot tone=${tone}>${word}</status-dot><span class="sub ${strain === 'critical' ? 'bad' : ''}" title=${why}>${why}</span>`;
}

function work({ agent, jobs }: ServerRow) {
  const [job] = jobs;
  if (!job)
    return agent.job === null ? html`<span class="dim">nothing</span>` : html`<span class="mono">${agent.job}</span>`;
  return html`<span class="one">${jobLink(job)}</span>${jobs.length > 1 ? html`<span class="sub">and ${jobs.length - 1} more</span>` : html`<span class="sub">${job.progress ?? job.status}</span>`}`;
}

const meter = (percent: number | null) =>
  percent === null ? dash : html`<tiny-meter bare .percent=${percent}></tiny-meter>`;

function disk({ diskFreeGB, strains, temperatureC }: AgentRow) {
  if (diskFreeGB === null) return dash;
  const isShort = strains.some((it) => it.startsWith('disk'));
  return html`<span class=${isShort ? 'bad' : ''}>${diskWords(diskFreeGB)}</span>${temperatureC === null ? nothing : html`<span class="sub">${Math.round(temperatureC)} °C</span>`}`;
}

/** A share without how many it is of says nothing. */
const success = ({ successPercent, successOf }: AgentRow) =>
  successPercent === null || successOf === 0
    ? dash
    : html`${Math.round(successPercent)} %<span class="sub">of ${successOf}</span>`;

/** Against what it promised itself: a server that beats each hour is not late after two minutes. */
function heard({ agent, isPast }: ServerRow, now: Time) {
  const { lastBeatAt, nextBeatBy } = agent;
  if (isPast) return html`<span class="dim">not kept</span>`;
  if (lastBeatAt === null) return html`<span class="dim">never</span>`;
  const promised = nextBeatBy === null ? null : durationWords(elapsedMs(lastBeatAt, nextBeatBy));
  return html`${age(lastBeatAt, now)}${promised === null ? nothing : html`<span class="sub">every ${promised}</span>`}`;
}
