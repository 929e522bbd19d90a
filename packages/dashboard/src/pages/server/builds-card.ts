/** What a server builds and built: the jobs in its hands, then its last twenty attempts, from the snapshot and from the metrics. */
import type { Time } from '@gityard/domain';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted, durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { titleLinks } from '../../parts/title-links.ts';
import type { JobRow } from '../../rows.ts';
import { base, controls, rows } from '../../styles.ts';
import { JOB_WORDS, type Word } from '../../words.ts';
import { ATTEMPT_WORDS } from '../../words-of-attempt.ts';
import type { ServerBuild } from '../../worker/questions/server-past.ts';
import { type Build, buildsOf } from './last-builds.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';
import { hrefHere } from '../../parts/href-here.ts';

@customElement('builds-card')
export class BuildsCard extends LitElement {
  /** Those of the snapshot that it did, newest first. */
  @property({ attribute: false }) finished: readonly JobRow[] = [];
  /** undefined: not known yet. */
  @property({ attribute: false }) builds: readonly ServerBuild[] | undefined;
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) instead: TemplateResult | null = null;

  static override styles = [base, controls, rows, titleLinks];

  override render() {
    const builds = buildsOf(this.finished, this.builds ?? []);
    const heading = this.builds === undefined ? 'Last jobs' : 'Last 20 jobs';
    if (builds.length === 0 && this.instead === null)
      return html`<panel-card heading=${heading}><empty-note text="It has not built anything yet. Its builds will stand here with how they ended."></empty-note></panel-card>`;
    const failed = builds.filter(({ status }) => status === 'failed').length;
    return html`<panel-card heading=${heading} note=${failed === 0 ? '' : `${counted(failed, 'failure')} of ${builds.length}`}>
      <ul>${builds.map((it) => line(it, this.now))}</ul>
      ${this.instead}
    </panel-card>`;
  }
}

function line({ job, title, revision, status, note, startedAt, ms }: Build, now: Time) {
  const { tone, word } = WORDS.get(status) ?? { tone: 'off' as const, word: status };
  return html`<li data-row=${status === 'failed' ? 'failed' : ''}>
    <div class="row">
      <status-dot class="lead" tone=${tone}>${word}</status-dot>
      <div class="body">
        <a href=${hrefHere(['jobs', job])}><strong>${title}</strong></a> <span class="dim">${revision}</span>
        ${note === null ? nothing : html`<p class="small dim">${note}</p>`}
      </div>
      <span class="end small dim">${ms === null ? nothing : html`${durationWords(ms)} · `}${startedAt === null ? nothing : age(startedAt, now)}</span>
    </div>
  </li>`;
}

const WORDS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ...Object.entries(ATTEMPT_WORDS),
  ...Object.entries(JOB_WORDS),
]);
