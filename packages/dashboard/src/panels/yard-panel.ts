/** The rest of the yard, a line each: branches, upkeep, locks, messages. Each leads to its page. */
import { type ReadModel, type Time, toMs } from '@gityard/domain';
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted, untilWords } from '../format.ts';
import { hrefHere } from '../parts/href-here.ts';
import { type JobRow, jobTitle } from '../rows.ts';
import type { Tone, Word } from '../words.ts';
import { isFailure } from './failures.ts';
import { Panel } from './panel.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';

@customElement('yard-panel')
export class YardPanel extends Panel {
  override render() {
    const { model, now } = this;
    return html`<panel-card heading="The rest of the yard">
      <ul>
        ${line('Branches', ['branches'], branches(model.finished))} ${line('Upkeep', null, upkeep(model, now))}
        ${line('Locks', ['locks'], locks(model))} ${line('Messages', ['messages'], messages(model, now))}
      </ul>
    </panel-card>`;
  }
}

function line(name: string, path: readonly string[] | null, { tone, word }: Word) {
  return html`<li>
    <div class="row">
      <status-dot tone=${tone}></status-dot>
      ${path === null ? html`<strong>${name}</strong>` : html`<a href=${hrefHere(path)}><strong>${name}</strong></a>`}
      <span class="body dim">${word}</span>
    </div>
  </li>`;
}

/** How each branch ended last, of the jobs that the snapshot holds. */
function branches(finished: readonly JobRow[]): Word {
  const last = new Map<string, JobRow>();
  for (const job of finished) {
    if (job.branch === null || (job.status !== 'succeeded' && !isFailure(job))) continue;
    const name = `${job.repository} ${job.branch}`;
    if (!last.has(name)) last.set(name, job);
  }
  const failed = [...last.values()].filter(isFailure);
  if (last.size === 0) return { tone: 'off', word: 'no branch was built lately' };
  const built = counted(last.size, 'branch', 'branches');
  if (failed.length === 0) return { tone: 'ok', word: `${built} built lately, all succeeded last` };
  const names = failed.slice(0, 3).map((job) => `${jobTitle(job)} ${job.branch}`);
  return {
    tone: 'bad',
    word: `${built} built lately, ${failed.length} failed last: ${names.join(', ')}${failed.length > 3 ? ', …' : ''}`,
  };
}

function upkeep({ upkeep: tasks }: ReadModel, now: Time): Word {
  const failing = tasks.filter(({ error }) => error !== null);
  if (tasks.length === 0) return { tone: 'off', word: 'none was reported yet' };
  if (failing.length > 0)
    return {
      tone: 'bad',
      word: failing.map(({ task, error }) => `${task} fails: ${error?.split('\n')[0] ?? ''}`).join('; '),
    };
  const next = tasks
    .filter(({ nextAt }) => nextAt !== null && toMs(nextAt) > toMs(now))
    .sort((a, b) => toMs(a.nextAt ?? '') - toMs(b.nextAt ?? ''))[0];
  return {
    tone: 'ok',
    word: `${counted(tasks.length, 'task')} well${next ? `, next is ${next.task} ${untilWords(next.nextAt ?? '', now)}` : ''}`,
  };
}

function locks({ locks: all }: ReadModel): Word {
  const held = all.filter(({ holders }) => holders > 0).length;
  const waiting = all.reduce((sum, it) => sum + it.waiting, 0);
  const tone: Tone = waiting > 0 ? 'wait' : 'off';
  if (held === 0) return { tone: 'off', word: 'nobody holds one' };
  return { tone, word: `${held} held${waiting > 0 ? `, ${waiting} waiting for one` : ''}` };
}

function messages({ messages: all }: ReadModel, now: Time): Word {
  const open = all.filter(({ missingAcks, expired }) => missingAcks > 0 && !expired);
  const overdue = open.filter(({ ackBy }) => ackBy !== null && toMs(ackBy) < toMs(now)).length;
  if (all.length === 0) return { tone: 'off', word: 'nobody has written yet' };
  if (overdue > 0) return { tone: 'bad', word: `${counted(overdue, 'answer')} overdue` };
  return open.length > 0
    ? { tone: 'wait', word: `${counted(open.length, 'message waits', 'messages wait')} for an answer` }
    : { tone: 'ok', word: `${counted(all.length, 'message')}, none waits for an answer` };
}
