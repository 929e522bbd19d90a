/** What needs what: drawn where it can be looked through, else in waves. */
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted } from '../../format.ts';
import { type LinkedJobs, linkedJobs } from '../../parts/job-graph/linked-jobs.ts';
import type { JobRow } from '../../rows.ts';
import { base } from '../../styles.ts';
import '../../parts/job-graph/job-graph.ts';
import './jobs-waves.ts';

/** More than that nobody follows with the eye. */
const MOST_NODES = 300;

@customElement('jobs-graph')
export class JobsGraph extends LitElement {
  @property({ attribute: false }) jobs: readonly JobRow[] = [];
  @property({ attribute: false }) at: string | null = null;
  #known: { readonly jobs: readonly JobRow[]; readonly linked: LinkedJobs } | undefined;

  static override styles = [base];

  override render() {
    if (this.#known?.jobs !== this.jobs) this.#known = { jobs: this.jobs, linked: linkedJobs(this.jobs) };
    const { linked } = this.#known as { linked: LinkedJobs };
    const { jobs, edges } = linked;
    if (jobs.size === 0 || jobs.size > MOST_NODES) {
      const note =
        jobs.size === 0
          ? ''
          : `${jobs.size} jobs are too many to draw; here they are in waves. A filter makes them fewer.`;
      return html`<p class="dim">${note}</p><jobs-waves .jobs=${this.jobs} .at=${this.at}></jobs-waves>`;
    }
    const note = `${counted(edges.length, 'line')} from what is needed to what needs it`;
    return html`<panel-card heading="Dependencies" .count=${jobs.size} note=${note}><job-graph .linked=${linked} .at=${this.at}></job-graph></panel-card>`;
  }
}
