/** The stages of the attempt that counts, each with how long it took, and the attempts themselves. */
import { type Attempt, elapsedMs, type Stage, type Time } from '@gityard/domain';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { counted, durationWords } from '../../format.ts';
import { hrefOf } from '../../router.ts';
import { STAGE_TONES } from '../../words.ts';
import { ATTEMPT_WORDS, CAUSE_WORDS } from '../../words-of-attempt.ts';

const STAGE_WORDS: Readonly<Record<Stage['status'], string>> = {
  Pending: 'To come',
  Running: 'Running',
  Succeeded: 'Done',
  Failed: 'Failed',
  Skipped: 'Skipped',
  Cancelled: 'Cancelled',
};

export function stagesCard(
  stages: readonly Stage[],
  { now, progress }: { readonly now: Time; readonly progress: string | null },
): TemplateResult | typeof nothing {
  if (stages.length === 0) return nothing;
  const took = stages.map((stage) => msOf(stage, now));
  const longest = Math.max(1, ...took);
  return html`<panel-card heading="Stages" note=${progress ?? ''}><table class="stages">
    <thead class="hidden"><tr><th scope="col">Stage</th><th scope="col">Status</th><th scope="col">Share</th><th scope="col">Took</th></tr></thead>
    <tbody>${stages.map((stage, at) => stageRow(stage, took[at] ?? 0, longest))}</tbody>
  </table></panel-card>`;
}

function stageRow({ name, status, startedAt, warnings, errors, message }: Stage, ms: number, longest: number) {
  const tone = STAGE_TONES[status];
  const told = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : '']
    .filter(Boolean)
    .join(', ');
  const said = [told, message].filter(Boolean).join(': ');
  return html`<tr class=${status === 'Pending' ? 'dim' : ''}>
    <th scope="row">${name}</th>
    <td><status-dot tone=${tone ?? 'off'}>${STAGE_WORDS[status]}</status-dot></td>
    <td class="bar"><svg class=${tone ?? 'off'} height="8" aria-hidden="true"><rect class="track" width="100%" height="8" rx="4"></rect>${ms > 0 ? svg`<rect width=${`${Math.max(1, Math.round((ms / longest) * 100))}%`} height="8" rx="4"></rect>` : nothing}</svg></td>
    <td class="nowrap number">${startedAt === null ? '–' : durationWords(ms)}</td>
  </tr>
  ${said === '' ? nothing : html`<tr class="told"><td></td><td colspan="3" class="small ${errors > 0 ? 'bad' : 'dim'}">${said}</td></tr>`}`;
}

const msOf = ({ startedAt, endedAt, status }: Stage, now: Time): number =>
  startedAt === null ? 0 : Math.max(0, elapsedMs(startedAt, endedAt ?? (status === 'Running' ? now : startedAt)));

export function attemptsCard(
  attempts: readonly Attempt[],
  { id, now, at }: { readonly id: string; readonly now: Time; readonly at: string | null },
) {
  if (attempts.length === 0) return nothing;
  return html`<panel-card heading="Attempts" .count=${attempts.length}><ul>${[...attempts]
    .reverse()
    .map(({ number, agent, status, cause, reason, startedAt, endedAt, exitCode, signal, late }) => {
      const { tone, word } = ATTEMPT_WORDS[status];
      const facts = [
        cause === null ? '' : CAUSE_WORDS[cause],
        exitCode === null ? '' : `exit code ${exitCode}`,
        signal === null ? '' : `ended by ${signal}`,
      ];
      return html`<li><div class="row">
      <status-dot class="lead" tone=${tone}>${word}</status-dot>
      <div class="body">Attempt ${number} on <a href=${hrefOf(['servers', agent], { at })}>${agent}</a>
        ${reason === null ? nothing : html`<p class="said">${reason}</p>`}
        ${late === null ? nothing : html`<p class="dim">Later it reported: ${late.status}. That does not count, because the job had been taken from it.</p>`}
        <div class="facts">${facts.filter(Boolean).map((fact) => html`<span>${fact}</span>`)}${status === 'split' ? nothing : html`<a href=${hrefOf(['jobs', id, 'log'], { at, attempt: attempts.length > 1 ? `${number}` : null })}>Its log</a>`}</div>
      </div>
      <span class="end small dim">${durationWords(elapsedMs(startedAt, endedAt ?? now))}</span>
    </div></li>`;
    })}</ul></panel-card>`;
}
