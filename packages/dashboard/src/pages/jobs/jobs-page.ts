/** All jobs that the snapshot holds: what is stuck, runs, waits in its order, and ended; as lists, as a table, by what needs what, in waves, or over time. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { counted } from '../../format.ts';
import { RowWindow } from '../../parts/row-window.ts';
import { VirtualList, virtualStyles } from '../../parts/virtual-list.ts';
import { hrefOf, replaceRoute, withQuery } from '../../router.ts';
import type { JobRow } from '../../rows.ts';
import { controls } from '../../styles.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { toggled } from './filter.ts';
import { jobLine, LINE_PX, lineStyles, NARROW_LINE_PX } from './job-line.ts';
import { jobLists, type Lists, type Section, SORTS, type Sort } from './job-lists.ts';
import { jobsStyles } from './jobs-styles.ts';
import { jobsTable, tableStyles } from './jobs-table.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';

const VIEWS = { list: 'List', table: 'Table', graph: 'Dependencies', waves: 'Waves', time: 'Timeline' } as const;
type View = keyof typeof VIEWS;

const NARROW = matchMedia('(max-width: 600px)');

@customElement('jobs-page')
export class JobsPage extends Page {
  /** The views that few look at, drawn once they are loaded. */
  @state() private loaded: ReadonlySet<View> = new Set(['list', 'table']);
  readonly #lists: Readonly<Record<Section['name'], VirtualList<JobRow>>> = {
    Stuck: new VirtualList(this),
    Running: new VirtualList(this),
    Waiting: new VirtualList(this),
    Finished: new VirtualList(this),
    Jobs: new VirtualList(this),
  };
  readonly #rows = new RowWindow(this);
  #known: { readonly key: unknown[]; readonly lists: Lists } | undefined;

  static override styles = [...Page.styles, controls, pageLayout, jobsStyles, virtualStyles, lineStyles, tableStyles];

  override render() {
    const { filter, view } = this.#asked;
    const lists = this.#found();
    return html`
      <h1>${headline(lists)}</h1>
      ${this.#tools(lists)}
      ${lists.found.length === 0 ? none(filter, lists.all) : this.#view(view, lists)}
    `;
  }

  /** On a narrow screen there are more views than fit: the one that is shown shall be seen among them. */
  override updated(changed: PropertyValues): void {
    const views = this.renderRoot.querySelector('.views');
    const shown = views?.querySelector('[aria-current]');
    if (!changed.has('route') || !views || !shown) return;
    views.scrollLeft += Math.max(0, shown.getBoundingClientRect().right - views.getBoundingClientRect().right);
  }

  override rowsToExport(): readonly JobRow[] {
    return this.#found().sections.flatMap(({ jobs }) => jobs);
  }

  get #asked(): { readonly filter: string; readonly sort: Sort; readonly view: View } {
    const { query } = this.route;
    const sort = query.get('sort') ?? '';
    const view = query.get('view') ?? '';
    return {
      filter: query.get('q') ?? '',
      sort: Object.hasOwn(SORTS, sort) ? (sort as Sort) : 'turn',
      view: Object.hasOwn(VIEWS, view) ? (view as View) : 'list',
    };
  }

  /** Worked out anew only when something else is asked for or is there; a tick of the clock changes no order. */
  #found(): Lists {
    const { filter, sort } = this.#asked;
    const key = [this.model, filter, sort];
    if (this.#known?.key.every((part, at) => part === key[at])) return this.#known.lists;
    const lists = jobLists(this.model, { filter, sort }, this.now);
    this.#known = { key, lists };
    return lists;
  }

  #tools({ counts, found, all }: Lists) {
    const { filter, sort, view } = this.#asked;
    const chip = (word: string, status: string, count: number) => {
      const isOn = filter.split(' ').includes(`status:${status}`);
      const href = withQuery(this.route, { q: toggled(filter, 'status', status) });
      return html`<a class="pick" href=${href} aria-current=${isOn ? 'true' : nothing}>${word} <b>${count}</b></a>`;
    };
    return html`<div class="tools">
      <input type="search" data-search aria-label="Filter jobs" placeholder="Filter: words, branch:main, -agent:build1, label:arm64 …" .value=${filter} @input=${this.#type} />
      <nav class="picks" aria-label="Jobs by status">
        ${chip('Stuck', 'stuck', counts.stuck)}${chip('Running', 'held', counts.held)}${chip('Waiting', 'waiting', counts.waiting)}${chip('Failed', 'failed', counts.failed)}${chip('Finished', 'finished', counts.finished)}
      </nav>
      <nav class="views" aria-label="Views">${Object.entries(VIEWS).map(
        ([name, word]) =>
          html`<a href=${withQuery(this.route, { view: name === 'list' ? null : name })} aria-current=${name === view ? 'page' : nothing}>${word}</a>`,
      )}</nav>
      <span class="found dim" role="status">${filter === '' ? nothing : `${found.length} of ${counted(all, 'job')}`}</span>
      <select aria-label="Order of the jobs" @change=${this.#sort}>${Object.entries(SORTS).map(
        ([name, word]) => html`<option value=${name} ?selected=${name === sort}>${word}</option>`,
      )}</select>
    </div>`;
  }

  #view(view: View, lists: Lists): TemplateResult | typeof nothing {
    const { found } = lists;
    if (view === 'table') {
      const jobs = this.rowsToExport();
      const table = jobsTable({
        ...{ jobs, model: this.model, now: this.now },
        ...{ sort: this.#asked.sort, route: this.route, rows: this.#rows },
      });
      return html`<panel-card heading="Jobs" .count=${jobs.length}>${table}</panel-card>`;
    }
    if (!this.loaded.has(view)) {
      void this.#load(view);
      return html`<panel-card heading=${VIEWS[view]}><empty-note text="One moment …"></empty-note></panel-card>`;
    }
    const at = this.#at;
    if (view === 'graph') return html`<jobs-graph .jobs=${found} .at=${at}></jobs-graph>`;
    if (view === 'waves') return html`<jobs-waves .jobs=${found} .at=${at}></jobs-waves>`;
    if (view === 'time')
      return html`<jobs-timeline .model=${this.model} .jobs=${found} .now=${this.now} .route=${this.route}></jobs-timeline>`;
    return html`${lists.sections.map((section) => this.#section(section))}${this.#more()}`;
  }

  async #load(view: View): Promise<void> {
    if (view === 'graph') await import('./jobs-graph.ts');
    if (view === 'waves') await import('./jobs-waves.ts');
    if (view === 'time') await import('./jobs-timeline.ts');
    this.loaded = new Set([...this.loaded, view]);
  }

  #section({ name, jobs }: Section) {
    const rowHeight = NARROW.matches ? NARROW_LINE_PX : LINE_PX;
    const at = this.#at;
    const list = this.#lists[name].draw(jobs, {
      label: `${name} jobs`,
      keyOf: ({ id }) => id,
      row: (job) => jobLine(job, { model: this.model, now: this.now, at }),
      rowHeight,
    });
    return html`<panel-card heading=${name} .count=${jobs.length} note=${NOTES[name]} ?urgent=${name === 'Stuck'}>${list}</panel-card>`;
  }

  #more() {
    const hidden = this.model.truncated.jobs ?? 0;
    if (hidden === 0) return nothing;
    return html`<p class="dim">${counted(hidden, 'more job waits', 'more jobs wait')} than the page was told of: <code>gityard job list</code></p>`;
  }

  get #at(): string | null {
    return this.route.query.get('at') ?? null;
  }

  #type(event: Event): void {
    const { value } = event.target as HTMLInputElement;
    replaceRoute(withQuery(this.route, { q: value }));
  }

  #sort(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    location.hash = withQuery(this.route, { sort: value === 'turn' ? null : value });
  }
}

const NOTES: Readonly<Record<Section['name'], string>> = {
  Stuck: 'will not run unless somebody acts',
  Running: '',
  Waiting: 'in the order of their turns',
  Finished: 'the last of them',
  Jobs: '',
};

function headline({ counts }: Lists) {
  const { stuck, held, waiting, finished } = counts;
  if (held + waiting + finished === 0) return html`<strong>No jobs yet.</strong>`;
  const stuckWords = stuck === 0 ? 'none of them stuck' : `${stuck} of them stuck`;
  return html`<strong>${held === 0 ? 'Nothing runs' : `${counted(held, 'job')} running`}</strong>, ${waiting === 0 ? 'none waiting' : `${waiting} waiting, ${stuckWords}`}. ${finished === 0 ? '' : finished === 1 ? `The last one ${counts.failed === 1 ? 'failed' : 'did not fail'}.` : `${counts.failed} of the last ${finished} failed.`}`;
}

function none(filter: string, all: number) {
  if (all === 0)
    return html`<panel-card heading="Jobs"><empty-note text="Jobs will stand here as soon as somebody adds one: what runs, what waits and why, and how the last ones ended." command="gityard job add --branch main"></empty-note></panel-card>`;
  return html`<panel-card heading="Jobs"><empty-note text=${`None of ${counted(all, 'job')} fits “${filter}”. Words are looked for everywhere; status:, branch:, repo:, agent:, label:, by:, group: and priority: look in one place; a minus leaves out.`}></empty-note><p class="clear"><a class="button" href=${hrefOf(['jobs'])}>Show all jobs</a></p></panel-card>`;
}
