/** What a server builds and built: the jobs in its hands, then its last twenty attempts, from the snapshot and from the metrics. */
import { elapsedMs, type Time } from '@gityard/domain';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted, durationWords, repositoryName, shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { hrefOf } from '../../router.ts';
import type { JobRow } from '../../rows.ts';
import { base, controls, rows } from '../../styles.ts';
import type { Word } from '../../words.ts';
import type { ServerBuild } from '../../worker/questions/server-past.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';

const MOST_BUILDS = 20;

/** One attempt, wherever it is told of. */
interface Build {
  readonly job: string;
  readonly title: string;
  readonly revision: string;
  readonly status: string;
  readonly note: string | null;
  readonly startedAt: Time | null;
  readonly ms: number | null;
}

@customElement('builds-card')
export class BuildsCard extends LitElement {
  /** Those of the snapshot that it did, newest first. */
  @property({ attribute: false }) finished: readonly JobRow[] = [];
  /** undefined: not known yet. */
  @property({ attribute: false }) builds: readonly ServerBuild[] | undefined;
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) instead: TemplateResult | null = null;

  static override styles = [base, controls, rows];

  override render() {
    const builds = buildsOf(this.finished, this.builds ?? []);
    const heading = this.builds === undefined ? 'Last jobs' : 'Last 20 jobs';
    if (builds.length === 0 && this.instead === null)
      return html`<panel-card heading=${heading}><empty-note text="It has not built anything yet. Its builds will stand here with how they ended."></empty-note></panel-card>`;
    const failed = builds.filter(({ status }) => status === 'failed').length;
    return html`<panel-card heading=${heading} .count=${builds.length} note=${failed === 0 ? '' : `${counted(failed, 'failure')} of ${builds.length}`}>
      <ul>${builds.map((it) => line(it, this.now))}</ul>
      ${this.instead}
    </panel-card>`;
  }
}

function line({ job, title, revision, status, note, startedAt, ms }: Build, now: Time) {
  const { tone, word } = WORDS.get(status) ?? { tone: 'off' as const, word: status };
  return html`<li>
    <div class="row">
      <status-dot class="lead" tone=${tone}>${word}</status-dot>
      <div class="body">
        <a href=${hrefOf(['jobs', job])}>${title}</a> <span class="dim">${revision}</span>
        ${note === null ? nothing : html`<p class="small dim">${note}</p>`}
      </div>
      <span class="end small dim">${ms === null ? nothing : html`${durationWords(ms)} · `}${startedAt === null ? nothing : age(startedAt, now)}</span>
    </div>
  </li>`;
}

const WORDS: ReadonlyMap<string, Word> = new Map<string, Word>([
  ['succeeded', { tone: 'ok', word: 'Succeeded' }],
  ['failed', { tone: 'bad', word: 'Failed' }],
  ['cancelled', { tone: 'off', word: 'Cancelled' }],
  ['expired', { tone: 'off', word: 'Expired' }],
  ['lost', { tone: 'silent', word: 'Lost' }],
  ['split', { tone: 'run', word: 'Split' }],
]);

/** The snapshot says more of a build, the metrics know more builds. An attempt that both tell of stands here once. */
export function buildsOf(finished: readonly JobRow[], known: readonly ServerBuild[]): readonly Build[] {
  const told = finished.map((job): readonly [string, Build] => [
    `${job.id} ${job.attempt}`,
    {
      job: job.id,
      title: job.repository === null ? (job.command ?? shortId(job.id)) : repositoryName(job.repository),
      revision: revisionOf(job),
      status: job.status,
      note: job.status === 'succeeded' ? null : job.reason,
      startedAt: job.startedAt,
      ms: job.startedAt === null || job.endedAt === null ? null : elapsedMs(job.startedAt, job.endedAt),
    },
  ]);
  const recorded = known.map((it): readonly [string, Build] => [
    `${it.job} ${it.attempt}`,
    {
      job: it.job,
      title: it.repository === null ? shortId(it.job) : repositoryName(it.repository),
      revision: revisionOf(it),
      status: it.status,
      note: it.cause === null || it.status === 'succeeded' ? null : CAUSE_WORDS[it.cause],
      startedAt: it.startedAt,
      ms: it.seconds * 1000,
    },
  ]);
  return [...new Map([...recorded, ...told]).values()]
    .sort((a, b) => Date.parse(b.startedAt ?? '') - Date.parse(a.startedAt ?? ''))
    .slice(0, MOST_BUILDS);
}

const CAUSE_WORDS: Readonly<Record<NonNullable<ServerBuild['cause']>, string>> = {
  code: 'what was built failed',
  timeout: 'it took too long',
  infrastructure: 'the machine or the network failed',
  policy: 'the server may not build it',
  lost: 'the server was not heard of any more',
  returned: 'the server gave it back',
  cancelled: 'somebody cancelled it',
};

const revisionOf = ({ branch, commit }: { readonly branch: string | null; readonly commit: string | null }): string =>
  [branch, commit === null ? null : `@ ${shortCommit(commit)}`].filter((it) => it !== null).join(' ');
