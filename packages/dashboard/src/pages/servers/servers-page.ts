/**
 * All servers as one table: to be sorted, filtered by the address, and read to the end however many they are. Its roles are
 * written out, because on a phone its rows are drawn as cards, and what is drawn as no table is told as none.
 */
import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted } from '../../format.ts';
import { RowWindow } from '../../parts/row-window.ts';
import { noteSamples } from '../../parts/samples.ts';
import { replaceRoute, withQuery } from '../../router.ts';
import { controls } from '../../styles.ts';
import { STANDING_ORDER, STANDING_WORDS } from '../../words.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { COLUMNS, nameCell } from './server-row.ts';
import { matches, type ServerRow, type Sort, type SortKey, serverRows, sorted, sortIn } from './server-rows.ts';
import { serversStyles } from './servers-styles.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';

@customElement('servers-page')
export class ServersPage extends Page {
  readonly #window = new RowWindow(this);

  static override styles = [...Page.styles, controls, pageLayout, serversStyles];

  override willUpdate(): void {
    noteSamples(this.model);
  }

  override render() {
    const { model, now, route } = this;
    const all = serverRows(model, now);
    const query = route.query.get('q') ?? '';
    const hidden = model.truncated.agents ?? 0;
    const heading = html`<h1><strong>${counted(all.length + hidden, 'server')}.</strong> ${summary(all)}</h1>`;
    if (all.length === 0) return html`${heading}<panel-card heading="Servers">${nobody}</panel-card>`;

    const sort = sortIn(route.query.get('sort'));
    const rows = this.#wanted(all);
    return html`
      ${heading}
      <div class="tools">
        <input type="search" aria-label="Filter servers" .value=${query} placeholder="Filter: a name, status:silent, pool:linux, label:arm64 …" @input=${this.#filter} />
        <nav class="pools" aria-label="Filter by status">${this.#chips(all, query)}</nav>
        <p class="small dim" role="status">${rows.length === all.length ? nothing : `${rows.length} of ${counted(all.length, 'server')}`}</p>
      </div>
      <div class="frame">${this.#table(rows, sort)}</div>
      ${hidden === 0 ? nothing : html`<p class="small dim">${hidden} more than the page was told of: <code>gityard agent list</code></p>`}
    `;
  }

  override rowsToExport(): readonly ServerRow['agent'][] {
    return this.#wanted(serverRows(this.model, this.now)).map(({ agent }) => agent);
  }

  #wanted(all: readonly ServerRow[]): readonly ServerRow[] {
    const { query } = this.route;
    const found = all.filter((row) => matches(row, query.get('q') ?? ''));
    return sorted(found, sortIn(query.get('sort')));
  }

  #chips(all: readonly ServerRow[], query: string) {
    const standings = STANDING_ORDER.filter((it) => all.some(({ standing }) => standing === it));
    return ['', ...standings.map((it) => `status:${it}`)].map((word) => {
      const standing = standings.find((it) => word === `status:${it}`);
      const count = standing === undefined ? all.length : all.filter((row) => row.standing === standing).length;
      const title = standing === undefined ? 'All' : STANDING_WORDS[standing].word;
      return html`<a href=${withQuery(this.route, { q: word })} aria-current=${word === query ? 'true' : nothing}>${title} <b>${count}</b></a>`;
    });
  }

  #table(rows: readonly ServerRow[], sort: Sort) {
    const { first, end } = this.#window.of(rows.length);
    const gap = (count: number) =>
      count === 0
        ? nothing
        : html`<tr class="gap" aria-hidden="true"><td colspan=${COLUMNS.length + 1} height=${count * this.#window.rowPx}></td></tr>`;
    return html`<table role="table" aria-label="Servers" aria-rowcount=${rows.length + 1}>
      <colgroup><col class="name-column" />${COLUMNS.map(({ key }) => html`<col class="${key}-column" />`)}</colgroup>
      <thead role="rowgroup"><tr role="row" aria-rowindex="1">${this.#head('name', 'Server', sort)}${COLUMNS.map(({ key, title, isNumber }) => this.#head(key, title, sort, isNumber ? 'number' : ''))}</tr></thead>
      <tbody role="rowgroup" data-rows>
        ${gap(first)}${repeat(
          rows.slice(first, end),
          ({ agent }) => agent.id,
          (row, at) => this.#row(row, first + at),
        )}${gap(rows.length - end)}
        ${rows.length === 0 ? html`<tr><td class="none" colspan=${COLUMNS.length + 1}>No server is like that. <a href=${withQuery(this.route, { q: null })}>Show all</a></td></tr>` : nothing}
      </tbody>
    </table>`;
  }

  #head(key: SortKey, title: string, sort: Sort, kind = '') {
    const isOn = sort.key === key;
    const order = !isOn ? 'none' : sort.isDescending ? 'descending' : 'ascending';
    return html`<th scope="col" role="columnheader" class=${kind} aria-sort=${order}><button type="button" @click=${() => this.#sort(key, sort)}>${title}${isOn ? html` <span aria-hidden="true">${sort.isDescending ? '↓' : '↑'}</span>` : nothing}</button></th>`;
  }

  #row(row: ServerRow, index: number) {
    const { now } = this;
    return html`<tr role="row" data-row class=${row.standing} aria-rowindex=${index + 2}>
      <th scope="row" role="rowheader">${nameCell(row)}</th>
      ${COLUMNS.map(({ title, isNumber, cell }) => html`<td role="cell" class=${isNumber ? 'number' : ''} data-title=${title.replace(/,.*| today$/, '')}>${cell(row, now)}</td>`)}
    </tr>`;
  }

  /** Numbers are looked at from their large end first; a second press turns it round. */
  #sort(key: SortKey, sort: Sort): void {
    const startsDescending = COLUMNS.some((it) => it.key === key && it.isNumber);
    const isDescending = sort.key === key ? !sort.isDescending : startsDescending;
    replaceRoute(withQuery(this.route, { sort: `${isDescending ? '-' : ''}${key}` }));
  }

  #filter(event: Event): void {
    replaceRoute(withQuery(this.route, { q: (event.target as HTMLInputElement).value }));
  }
}

function summary(rows: readonly ServerRow[]): string {
  const building = rows.filter(({ jobs }) => jobs.length > 0).length;
  const idle = rows.filter(({ agent, standing }) => agent.status === 'Idle' && standing === 'fresh').length;
  return `${building} ${building === 1 ? 'builds' : 'build'}, ${idle} free.`;
}

const nobody = html`<empty-note text="No server has joined this yard. Each will stand here with what it does and how its machine fares. On a build server, in its clone:" command="gityard agent run"></empty-note>`;
