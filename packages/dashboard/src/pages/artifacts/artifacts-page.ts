/** Builds that left artifacts, newest first, and one of them with all that is known of it: `#/artifacts`, `#/artifacts/<job>`. */
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted, repositoryName, shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { Asking } from '../../parts/asking.ts';
import { replaceRoute, withQuery } from '../../router.ts';
import { sizeWords } from '../../text/size-words.ts';
import type { BuildRow } from '../../worker/questions/artifacts/manifests.ts';
import { AskingPage } from '../asking-page.ts';
import { buildStyles, buildView } from './build-view.ts';

const SHOWN = 30;

@customElement('artifacts-page')
export class ArtifactsPage extends AskingPage {
  @state() private count = SHOWN;
  readonly #manifests = new Asking(this, 'manifests');
  readonly #build = new Asking(this, 'build');
  #id: string | undefined;

  static override styles = [...AskingPage.styles, buildStyles];

  override willUpdate(): void {
    const { yard, head, count, isThrifty } = this;
    const [, id] = this.route.path;
    const forget = id !== this.#id;
    this.#id = id;
    if (id !== undefined) this.#build.about(yard, { key: `${head} ${id}`, asked: { id, at: head }, forget });
    else
      this.#manifests.about(yard, {
        key: `${head} ${count}`,
        asked: { at: head, count, read: !isThrifty },
        forget: false,
      });
  }

  override render() {
    const [, id] = this.route.path;
    return id === undefined ? this.#all() : this.#one(id);
  }

  #all(): TemplateResult {
    const { answer } = this.#manifests;
    const { query } = this.route;
    const words = (query.get('q') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const shown = answer?.builds.filter((it) => words.every((word) => this.#textOf(it).includes(word))) ?? [];
    return html`
      <h1><strong>${answer ? counted(answer.total, 'build') : 'Builds'}</strong> left artifacts.</h1>
      <div class="bar" role="search">
        <label class="wide">Search <input type="search" .value=${query.get('q') ?? ''} placeholder="a repository, a branch, a server, a file" @input=${this.#search} /></label>
        <a class="button" href=${this.href(['compare'])}>Compare two builds</a>
      </div>
      ${this.lookAgain()}
      <panel-card heading="Builds" .count=${answer ? shown.length : undefined} note=${answer && answer.total > answer.builds.length ? `the newest ${answer.builds.length} of ${answer.total}` : ''}>
        ${answer ? this.#rows(shown, answer.builds.length) : this.instead(this.#manifests)}
        ${answer && answer.total > answer.builds.length ? html`<p class="more"><button type="button" @click=${this.#more}>Show ${SHOWN} more</button></p>` : nothing}
      </panel-card>
    `;
  }

  #rows(builds: readonly BuildRow[], of: number): TemplateResult {
    if (of === 0)
      return html`<empty-note text="What a build leaves, with its size and its digest, will be listed here: name the files to keep in the gityard.yml of the repository." command="artifacts: [dist/**]"></empty-note>`;
    if (builds.length === 0) return html`<empty-note text="None of the builds shown fits."></empty-note>`;
    return html`<ul>${repeat(
      builds,
      ({ job }) => job,
      (it) => html`<li>${this.#row(it)}</li>`,
    )}</ul>`;
  }

  #row({ job, facts, bornAt }: BuildRow): TemplateResult {
    const known = this.#known(job);
    const at = facts?.createdAt ?? bornAt;
    const branch = facts?.branch ?? known?.branch;
    const commit = facts?.commit ?? known?.commit;
    const agent = facts?.agent ?? known?.agent;
    const revision = `${branch ?? ''}${commit ? ` @ ${shortCommit(commit)}` : ''}`.trim();
    const repository = known?.repository ? repositoryName(known.repository) : null;
    const files = facts
      ? `${counted(facts.files, 'file')}, ${sizeWords(facts.sizeBytes)}`
      : known && known.artifacts > 0
        ? counted(known.artifacts, 'file')
        : '';
    return html`<div class="row">
      <div class="body">
        <a class="name" href=${this.href(['artifacts', job])} title=${`job ${job}`}>${repository ?? (revision || shortId(job))}</a>
        ${repository === null ? nothing : html`<span class="dim">${revision}</span>`}
        <div class="facts">
          ${files === '' ? nothing : html`<span>${files}</span>`}
          ${agent ? html`<span>on ${agent}</span>` : nothing}
          ${facts && facts.names.length > 0 ? html`<span>${facts.names.join(', ')}${facts.files > facts.names.length ? ' …' : ''}</span>` : nothing}
        </div>
      </div>
      <span class="end small dim">${at === null ? '' : age(at, this.now)}</span>
    </div>`;
  }

  #known(job: string) {
    return this.model.finished.find(({ id }) => id === job) ?? this.model.jobs.find(({ id }) => id === job);
  }

  #textOf({ job, facts }: BuildRow): string {
    const known = this.#known(job);
    const words = [
      job,
      facts?.agent,
      facts?.branch,
      facts?.commit,
      facts?.names.join(' '),
      known?.repository,
      known?.agent,
    ];
    return [...words, known?.branch, known?.commit].join(' ').toLowerCase();
  }

  #one(id: string): TemplateResult {
    // One template for all: what has the focus stays when the answer comes.
    return html`<p class="crumbs"><a href=${this.href(['artifacts'])}>All builds with artifacts</a></p>${this.#found(id)}`;
  }

  #found(id: string): TemplateResult {
    const { answer } = this.#build;
    if (answer === null)
      return html`<panel-card heading="There is no such build"><empty-note text="Neither artifacts nor a job are known under that name. They may have been cleaned up." command="gityard artifact list"></empty-note></panel-card>`;
    if (answer === undefined)
      return html`<h1>Build <strong>${shortId(id)}</strong></h1><panel-card heading="Files">${this.instead(this.#build)}</panel-card>`;
    return html`${buildView(answer, { now: this.now, href: (path, query) => this.href(path, query) })} ${this.lookAgain()}`;
  }

  readonly #more = (): void => {
    this.count += SHOWN;
  };
  readonly #search = (event: Event): void =>
    replaceRoute(withQuery(this.route, { q: (event.target as HTMLInputElement).value }));
}
