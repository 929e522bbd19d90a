/** Jobs that need each other, in waves: each may begin when those before it have ended. */
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted } from '../../format.ts';
import { linkedJobs } from '../../parts/job-graph/linked-jobs.ts';
import { hrefOf } from '../../router.ts';
import { type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { base, rows } from '../../styles.ts';
import { wordOfJob } from '../../words-of-job.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';

const SHOWN = 30;
/** Of waves that are many. */
const SHOWN_OF_MANY = 8;
const MANY_WAVES = 10;

@customElement('jobs-waves')
export class JobsWaves extends LitElement {
  @property({ attribute: false }) jobs: readonly JobRow[] = [];
  @property({ attribute: false }) at: string | null = null;

  static override styles = [
    base,
    rows,
    css`
      :host {
        display: grid;
        gap: calc(2 * var(--space));
      }
      a {
        color: inherit;
      }
      .tally {
        display: flex;
        flex-wrap: wrap;
        gap: 0 calc(2 * var(--space));
        padding: var(--space) calc(2 * var(--space));
        font-size: var(--small);
      }
    `,
  ];

  override render() {
    const { layers, jobs, alone } = linkedJobs(this.jobs);
    const cards = layers.map((layer, at) => {
      const own = layer.flatMap((id) => jobs.get(id) ?? []);
      return this.#wave(own, at + 1, layers.length > MANY_WAVES ? SHOWN_OF_MANY : SHOWN);
    });
    return html`${cards.length === 0 ? nothingLinked : cards}<p class="dim small">${alone === 0 ? '' : `${counted(alone, 'job needs', 'jobs need')} no other and ${alone === 1 ? 'is' : 'are'} needed by none.`}</p>`;
  }

  #wave(jobs: readonly JobRow[], number: number, most: number) {
    const note =
      number === 1
        ? 'need nothing here'
        : `need jobs of ${number === 2 ? 'wave 1' : `waves 1 ${number === 3 ? 'and' : 'to'} ${number - 1}`}`;
    return html`<panel-card heading="Wave ${number}" .count=${jobs.length} note=${note}>
      <div class="tally">${tally(jobs)}</div>
      <ul>${jobs.slice(0, most).map((job) => {
        const { tone, word } = wordOfJob(job);
        return html`<li><div class="row"><status-dot class="lead" tone=${tone}>${word}</status-dot><span class="body"><a href=${hrefOf(['jobs', job.id], { at: this.at })}><strong>${jobTitle(job)}</strong></a> <span class="dim">${jobRevision(job)}</span></span><span class="end small dim">${job.agent === null ? '' : `on ${job.agent}`}</span></div></li>`;
      })}${jobs.length > most ? html`<li class="small dim">and ${jobs.length - most} more</li>` : ''}</ul>
    </panel-card>`;
  }
}

function tally(jobs: readonly JobRow[]) {
  const counts = new Map<string, { tone: string; count: number }>();
  for (const job of jobs) {
    const { tone, word } = wordOfJob(job);
    counts.set(word, { tone, count: (counts.get(word)?.count ?? 0) + 1 });
  }
  return [...counts].map(
    ([word, { tone, count }]) => html`<status-dot tone=${tone}>${count} ${word.toLowerCase()}</status-dot>`,
  );
}

const nothingLinked = html`<panel-card heading="Waves"><empty-note text="None of these jobs needs another one. A job that does waits until that one has succeeded." command="gityard job add --branch main --needs 01k9x"></empty-note></panel-card>`;
