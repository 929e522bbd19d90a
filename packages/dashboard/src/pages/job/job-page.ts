/**
 * One job: the snapshot's row of it as soon as there is one, and what its file says besides. Where looking costs, what lies
 * further away (history, log) is fetched when somebody wants it.
 */
import { type Attempt, type Job, type Stage, traceLink } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { Asking } from '../../parts/asking.ts';
import { titleLinks } from '../../parts/title-links.ts';
import { hrefOf } from '../../router.ts';
import { isHeld, type JobRow, jobRevision, jobTitle } from '../../rows.ts';
import { controls } from '../../styles.ts';
import { safeUrl } from '../../text/safe-url.ts';
import { JOB_WORDS } from '../../words.ts';
import { wordOfJob } from '../../words-of-job.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { actions } from './actions.ts';
import { changesCard } from './changes.ts';
import { findingsCard } from './findings.ts';
import { jobStyles } from './job-styles.ts';
import { artifactsCard, previousBuild } from './made.ts';
import { partsCard, relationsCard } from './relations.ts';
import { attemptsCard, stagesCard } from './stages.ts';
import { testsCard } from './tests.ts';
import { resultCard, whatCard } from './what.ts';
import { type Known, whyHere, whyWaits } from './why.ts';
import '../../parts/copy-line.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';

@customElement('job-page')
export class JobPage extends Page {
  @state() private wantsChanges = false;
  /** Whose file was asked for last, and of whom the rest is known: the element stays when the address means another. */
  #shown = '';
  #described = '';
  readonly #file = new Asking(this, 'job');
  readonly #manifest = new Asking(this, 'job-artifacts');
  readonly #record = new Asking(this, 'job-record');
  readonly #changes = new Asking(this, 'job-changes');
  /** Of a job that the snapshot does not know any more, or whose last such build it has forgotten. */
  readonly #previous = new Asking(this, 'previous-build');

  static override styles = [...Page.styles, controls, pageLayout, jobStyles, titleLinks];

  override firstUpdated(): void {
    // After what is known at once.
    void import('./log-tail.ts');
  }

  override willUpdate(): void {
    const { id, at, row } = this.#about;
    // The file moves when one of these does; nothing else of the snapshot says anything about it.
    const version = row ? JSON.stringify([row.status, row.token, row.attempt, row.priority, row.stages]) : '';
    const isOther = id !== this.#shown;
    this.#shown = id;
    this.#file.about(this.yard, { key: JSON.stringify([id, at, version]), asked: { id, at }, forget: isOther });
    const job = isOther ? undefined : this.#job;
    if (!job) return;
    const { result, attempts } = job;
    const forget = job.id !== this.#described;
    this.#described = job.id;
    const about = <Asked>(asked: Asked) => ({ key: JSON.stringify([asked, version]), asked, forget });
    if ((result?.artifacts ?? 0) > 0) this.#manifest.about(this.yard, about({ id: job.id, at, endedAt: job.endedAt }));
    if ((result?.tests?.total ?? 0) > 0)
      this.#record.about(this.yard, about({ id: job.id, attempts: attempts.map(tried) }));
    if (this.wantsChanges || this.#isLocal) this.#changes.about(this.yard, about({ id: job.id, path: this.#path, at }));
    if (this.#isLocal && (result?.artifacts ?? 0) > 0 && !previousBuild(this.model.finished, job)) {
      const { id, repository, branch, submittedAt } = job;
      this.#previous.about(this.yard, about({ job: { id, repository, branch, submittedAt }, at }));
    }
  }

  override render() {
    const { id, row } = this.#about;
    const job = this.#job;
    if (!row && !job) return this.#nothingYet(id);
    return html`${this.#head(row, job)}${this.#trouble()}<div class="columns"><div class="column">${this.#main(row, job)}</div><div class="column">${this.#side(job)}</div></div>`;
  }

  get #about() {
    const asked = this.route.path[1] ?? '';
    const rows = [...this.model.jobs, ...this.model.finished];
    const row = rows.find(({ id }) => id === asked) ?? onlyOne(rows.filter(({ id }) => id.startsWith(asked)));
    return { id: row?.id ?? asked, at: this.route.query.get('at') ?? null, row };
  }

  get #job(): Job | undefined {
    const found = this.#file.answer;
    return found?.kind === 'found' ? found.job : undefined;
  }

  get #isLocal(): boolean {
    return this.view.connection.source?.isLocal ?? false;
  }

  get #path(): string {
    const found = this.#file.answer;
    return found?.kind === 'found' ? found.path : '';
  }

  #known(row: JobRow | undefined, job: Job | undefined): Known {
    return { model: this.model, row, job, now: this.now, at: this.#about.at };
  }

  #head(row: JobRow | undefined, job: Job | undefined) {
    const named = row ?? (job as Job);
    const { tone, word } = row ? wordOfJob(row) : JOB_WORDS[(job as Job).status];
    const title = row
      ? jobTitle(row)
      : jobTitle({ ...(job as Job), command: job?.task?.text ?? job?.command?.join(' ') ?? null } as unknown as JobRow);
    // One that is back in the queue still tells when it was tried.
    const startedAt = row && isHeld(row) ? row.startedAt : null;
    const since = named.endedAt ?? startedAt ?? named.submittedAt;
    const what = named.endedAt !== null ? 'ended' : startedAt === null ? 'asked for' : 'began';
    return html`<header>
      <nav aria-label="Where this is"><a href=${hrefOf(['jobs'], { at: this.#about.at })}>Jobs</a> / <span class="mono" title=${named.id}>${shortId(named.id)}</span></nav>
      <h1><strong>${title}</strong> ${jobRevision(named as JobRow)}</h1>
      <div class="standing"><status-dot tone=${tone}>${word}</status-dot><span class="dim">${row?.agent ? html`on <a href=${hrefOf(['servers', row.agent], { at: this.#about.at })}>${row.agent}</a>, ` : nothing}${what} ${age(since, this.now)}</span>
      ${actions({ ...named, isPaused: row ? isPaused(row) : (job?.paused ?? null) !== null, needsApproval: row?.reasons.some((it) => it.code === 'needs-approval') ?? false }, `${title} ${jobRevision(named as JobRow)}`)}</div>
    </header>`;
  }

  #main(row: JobRow | undefined, job: Job | undefined): readonly (TemplateResult | typeof nothing)[] {
    const known = this.#known(row, job);
    const attempts = job?.attempts ?? [];
    const stages: readonly Stage[] =
      row && isHeld(row) && row.stages.length > 0 ? row.stages : (attempts.at(-1)?.stages ?? []);
    const { at } = known;
    const isOpen = row !== undefined && row.status === 'queued';
    return [
      whyWaits(known),
      failure(row, job),
      isOpen ? nothing : stagesCard(stages, { now: this.now, progress: row?.progress ?? null }),
      whyHere(known),
      job ? partsCard(job, known) : nothing,
      job?.result ? testsCard(job.result, this.#record.answer ?? null) : nothing,
      job?.result ? findingsCard(job.result.annotations) : nothing,
      // What was split printed nothing itself: the parts have logs.
      attempts.length > 0 && attempts.at(-1)?.status !== 'split'
        ? html`<log-tail .yard=${this.yard} .job=${job?.id ?? ''} .at=${at} .isLocal=${this.#isLocal} .isRunning=${row !== undefined && isHeld(row)} .endedAt=${job?.endedAt ?? null} .now=${this.now}></log-tail>`
        : nothing,
      job ? attemptsCard(attempts, { id: job.id, now: this.now, at }) : nothing,
    ];
  }

  #side(job: Job | undefined) {
    if (this.#file.answer?.kind === 'none')
      return html`<panel-card heading="What it builds"><p class="pad dim">Its file is not there. The list of jobs may be newer or older than the files.</p></panel-card>`;
    if (!job)
      return this.#file.failure
        ? nothing
        : html`<panel-card heading="What it builds"><p class="pad dim">Its file is being read …</p></panel-card>`;
    const { row, at } = this.#about;
    const previous = previousBuild(this.model.finished, job)?.id ?? this.#previous.answer ?? undefined;
    return [
      whatCard(job, at),
      resultCard(job),
      artifactsCard({ job, manifest: this.#manifest.answer, previous, at }),
      relationsCard(this.#known(row, job)),
      changesCard({
        changes: this.#changes.answer,
        isWanted: this.wantsChanges || this.#isLocal,
        want: this.#wantChanges,
        now: this.now,
      }),
      this.#commands(job),
    ];
  }

  #commands(job: Job) {
    const { id, status } = job;
    const link = safeUrl(this.#file.answer?.link);
    const trace = safeUrl(traceLink(this.model.trace, job));
    return html`<panel-card heading="On the command line"><div class="pad stack">
      <copy-line command=${`gityard job show ${id}`}></copy-line>
      ${status === 'queued' ? html`<copy-line command=${`gityard job why ${id}`}></copy-line>` : html`<copy-line command=${`gityard job logs ${id}`}></copy-line>`}
      ${link === null ? nothing : html`<a href=${link} rel="noopener noreferrer">Its file in the repository</a>`}
      ${trace === null ? nothing : html`<a href=${trace} rel="noopener noreferrer">Its trace</a>`}
    </div></panel-card>`;
  }

  #trouble() {
    const { failure: told } = this.#file;
    return told === undefined
      ? nothing
      : html`<p class="trouble" role="status">More of this job cannot be shown: ${told.reason}.</p>`;
  }

  #nothingYet(id: string) {
    const found = this.#file.answer;
    if (this.#file.failure) return html`<h1>Job ${shortId(id)}</h1>${this.#trouble()}`;
    if (found?.kind === 'ambiguous')
      return html`<h1>More than one job begins with ${id}</h1><panel-card heading="Which one?"><ul>${found.ids.map((it) => html`<li><a class="mono" href=${hrefOf(['jobs', it])}>${it}</a></li>`)}</ul></panel-card>`;
    if (found?.kind === 'none')
      return html`<h1>There is no such job</h1><panel-card heading="Job ${shortId(id)}"><empty-note text="Neither the queue nor the archive has one. Old jobs leave the archive after a while." command="gityard job list"></empty-note></panel-card>`;
    return html`<h1>Job ${shortId(id)}</h1><panel-card heading="Looking for it"><empty-note text="Its file is being read."></empty-note></panel-card>`;
  }

  readonly #wantChanges = (): void => {
    this.wantsChanges = true;
  };
}

/** What the log of an attempt is found by; its stages change with every step. */
const tried = ({ number, agent, startedAt }: Attempt) => ({ number, agent, startedAt });

/** By itself, and not with its pool or all others. */
const isPaused = ({ id, reasons }: JobRow): boolean =>
  reasons.some(({ code, refs }) => code === 'paused' && refs.includes(id));

const onlyOne = (rows: readonly JobRow[]): JobRow | undefined => (rows.length === 1 ? rows[0] : undefined);

function failure(row: JobRow | undefined, job: Job | undefined) {
  const status = row?.status ?? job?.status;
  const reason = row?.reason ?? job?.split?.failure ?? job?.attempts.at(-1)?.reason ?? null;
  if (reason === null || (status !== 'failed' && status !== 'cancelled' && status !== 'expired')) return nothing;
  return html`<panel-card heading=${status === 'failed' ? 'Why it failed' : 'Why it ended'} ?urgent=${status === 'failed'}><p class="pad said">${reason}</p></panel-card>`;
}
