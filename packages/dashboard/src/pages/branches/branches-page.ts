/** Which branches are built by themselves, how their last good build fared, and the points to which one can go back. */
import { type BranchProfile, type Rollback, type RollbackPoint, shellWord } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted, repositoryName, shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { Asking } from '../../parts/asking.ts';

import { JOB_WORDS } from '../../words.ts';
import { priorityWord } from '../../words-of-job.ts';
import { AskingPage, brokenNote } from '../asking-page.ts';
import { cronWords } from './cron-words.ts';
import '../../actions/action-button.ts';
import '../../parts/copy-line.ts';
import '../../parts/status-dot.ts';

/** Those further back are rarely gone back to. */
const POINTS_SHOWN = 10;

@customElement('branches-page')
export class BranchesPage extends AskingPage {
  readonly #branches = new Asking(this, 'branches');

  static override styles = [
    ...AskingPage.styles,
    css`
      .profile {
        display: grid;
        gap: 4px;
      }
      .good {
        font-size: var(--small);
      }
      .point copy-line {
        margin-top: var(--space);
      }
      .pad + ul {
        border-top: 1px solid var(--line);
      }
    `,
  ];

  override willUpdate(): void {
    this.#branches.about(this.yard, { key: this.head, asked: { at: this.head }, forget: false });
  }

  override render() {
    const { answer } = this.#branches;
    if (!answer)
      return html`<h1><strong>Branches</strong></h1><panel-card heading="Branches">${this.instead(this.#branches)}</panel-card>`;
    const { profiles, rollbacks, broken } = answer;
    const on = profiles.filter(({ enabled }) => enabled).length;
    const points = rollbacks.reduce((sum, it) => sum + it.points.length, 0);
    return html`
      <h1><strong>${counted(on, 'branch is', 'branches are')} built.</strong> ${counted(points, 'point')} to go back to.</h1>
      ${this.lookAgain()} ${brokenNote(broken)}
      <panel-card heading="Branches that are built" .count=${profiles.length} note=${on === profiles.length ? '' : `${profiles.length - on} switched off`}>
        ${
          profiles.length === 0
            ? noProfiles
            : html`<ul>${repeat(
                profiles,
                ({ name }) => name,
                (it) => html`<li>${this.#profile(it, rollbacks)}</li>`,
              )}</ul>`
        }
      </panel-card>
      ${
        rollbacks.length === 0
          ? noPoints
          : repeat(
              rollbacks,
              ({ branch }) => branch,
              (it) => this.#rollback(it),
            )
      }
    `;
  }

  #profile(profile: BranchProfile, rollbacks: readonly Rollback[]): TemplateResult {
    const { name, repository, enabled, autoBuild, schedules, priority, lastCommit, skipped, strategy } = profile;
    const branch = profile.branch ?? name;
    const good = rollbacks.find((it) => it.branch === branch)?.lastGood.find((it) => it.repository === repository);
    const wish = {
      job: { repository, branch, priority, strategy, toolchain: profile.toolchain, command: profile.command },
    };
    return html`<div class="row">
      <span class="lead"><status-dot tone=${enabled ? 'ok' : 'off'}>${enabled ? 'On' : 'Off'}</status-dot></span>
      <div class="body profile">
        <p><strong>${name}</strong> <span class="dim">${repositoryName(repository)}${branch === name ? '' : `, branch ${branch}`}</span></p>
        <p class="small">${whenWords({ autoBuild, schedules })}</p>
        <div class="facts">
          <span>${priorityWord(priority)}</span><span>${strategy}</span>
          ${lastCommit === null ? nothing : html`<span>last seen <code>${shortCommit(lastCommit)}</code></span>`}
          ${profile.needs.length === 0 ? nothing : html`<span>after ${profile.needs.join(', ')}</span>`}
        </div>
        ${this.#lastJob(repository, branch)}
        ${skipped === null ? nothing : html`<p class="small dim"><code>${shortCommit(skipped.commit)}</code> was not built: ${skipped.reason}</p>`}
        ${good === undefined ? nothing : this.#good(good)}
      </div>
      <span class="end"><action-button .wish=${wish} label="Build now" subject=${name}></action-button></span>
    </div>`;
  }

  /** As far as the snapshot knows: open ones first, then the last that ended. */
  #lastJob(repository: string, branch: string): TemplateResult | typeof nothing {
    const { jobs, finished } = this.model;
    const job = [...jobs, ...finished].find((it) => it.repository === repository && it.branch === branch);
    if (!job) return nothing;
    const { tone, word } = JOB_WORDS[job.status];
    return html`<p class="small"><status-dot tone=${tone}>${word}</status-dot> ${this.#build(job.id, job.commit)} <span class="dim">${age(job.endedAt ?? job.startedAt ?? job.submittedAt, this.now)}</span></p>`;
  }

  /** By what it was made of: there all are of one branch. */
  #build(job: string, commit: string | null): TemplateResult {
    const name = commit === null ? shortId(job) : html`<code>${shortCommit(commit)}</code>`;
    return html`<a href=${this.href(['jobs', job])} title=${`job ${job}`}>${name}</a>`;
  }

  #good({ job, agent, commit, builtAt }: Rollback['lastGood'][number]): TemplateResult {
    return html`<p class="good">Last good build: ${this.#build(job, commit)} ${agent === null ? nothing : html`on ${agent}`} <span class="dim">${age(builtAt, this.now)}</span></p>`;
  }

  #rollback({ branch, lastGood, points }: Rollback): TemplateResult {
    return html`<panel-card heading="Back to an earlier ${branch}" .count=${points.length}>
      ${lastGood.length === 0 ? nothing : html`<div class="pad">${lastGood.map((it) => html`${this.#good(it)}${it.repository === null ? nothing : html`<p class="small dim">${it.repository}</p>`}`)}</div>`}
      ${points.length === 0 ? html`<empty-note text="No build of this branch is marked as a point to go back to." command="gityard rollback tag ${lastGood[0]?.job ?? '<job>'}"></empty-note>` : this.#points(points)}
    </panel-card>`;
  }

  #points(points: readonly RollbackPoint[]): TemplateResult {
    return html`<ul>${points.slice(0, POINTS_SHOWN).map(
      ({ tag, job, agent, commit, target, builtAt }) => html`<li class="point">
        <div class="row">
          <strong class="body mono" title=${commit ?? target}>${shortCommit(commit ?? target)}</strong>
          <span class="end small dim">${age(builtAt, this.now)}</span>
        </div>
        <div class="facts">
          <a href=${this.href(['jobs', job])} title=${job}>its job</a>
          <a href=${this.href(['artifacts', job])}>its files</a>
          ${agent === null ? nothing : html`<span>on ${agent}</span>`}
        </div>
        <copy-line command="gityard rollback to ${shellWord(tag)} --wait"></copy-line>
      </li>`,
    )}</ul>
    ${points.length > POINTS_SHOWN ? html`<p class="more small dim">and ${points.length - POINTS_SHOWN} older: <code>gityard rollback list</code></p>` : nothing}`;
  }
}

function whenWords({ autoBuild, schedules }: Pick<BranchProfile, 'autoBuild' | 'schedules'>): string {
  const times = schedules
    .filter(({ cron }) => cron !== 'off')
    .map(({ cron, timeZone }) => `${cronWords(cron)} (${timeZone})`);
  const parts = [...(autoBuild ? ['for each new commit'] : []), ...times];
  return parts.length === 0 ? 'Built only when somebody asks for it' : `Built ${parts.join(' and ')}`;
}

const noProfiles = html`<empty-note text="A branch that is entered here is built by itself: for each new commit, by the clock, or when you press a button." command="gityard branch add main https://git.example.org/acme/app.git 2 true"></empty-note>`;
const noPoints = html`<panel-card heading="Points to go back to"><empty-note text="A good build can be marked as a point to go back to. It is kept with its commit and the digests of its files, and one command builds it again." command="gityard rollback tag &lt;job&gt;"></empty-note></panel-card>`;
