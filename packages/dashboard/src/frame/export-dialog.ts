/** Takes a copy along: the rows of the page that match what is asked for, or lists of the snapshot, as JSON or CSV. */
import type { ReadModel } from '@gityard/domain';
import { css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Page } from '../pages/page.ts';
import { deepAll } from './deep.ts';
import { Overlay } from './overlay.ts';
import { saveFile } from './save-file.ts';
import { asCsv, asJson, type TableRow } from './table-text.ts';

const LISTS = ['agents', 'jobs', 'finished', 'messages', 'locks', 'needsYou', 'history'] as const;
const WORDS: Readonly<Record<(typeof LISTS)[number], string>> = {
  agents: 'Servers',
  jobs: 'Open jobs',
  finished: 'Finished jobs',
  messages: 'Messages',
  locks: 'Locks',
  needsYou: 'What needs you',
  history: 'Hours and days',
};

@customElement('export-dialog')
export class ExportDialog extends Overlay {
  @property({ attribute: false }) model!: ReadModel;
  /** The page whose rows are meant. */
  @property({ attribute: false }) page: Page | undefined;

  static override styles = [
    ...Overlay.styles,
    css`
      form {
        display: grid;
        gap: calc(2 * var(--space));
      }
      label {
        display: grid;
        gap: 4px;
        font-size: var(--small);
      }
    `,
  ];

  override render() {
    const { model } = this;
    const rows = rowsOf(this.page).length;
    const choices = [
      ...(rows === 0 ? [] : [['rows', `The rows of this page (${rows})`]]),
      ...LISTS.map((list) => [list, `${WORDS[list]} (${model[list].length})`]),
      ['snapshot', 'The whole snapshot (JSON only)'],
    ];
    return this.framed(
      'Take a copy',
      html`<form @submit=${this.#save}>
        <label>What<select name="what">
          ${choices.map(([value, word], at) => html`<option value=${value} ?selected=${at === 0}>${word}</option>`)}
        </select></label>
        <label>As<select name="form"><option value="csv">CSV, for spreadsheets</option><option value="json">JSON, for programs</option></select></label>
        <p class="small dim">It holds the commit <span class="mono">${model.head}</span> and the time ${model.at}.</p>
        <div class="buttons"><button type="button" @click=${this.close}>Leave it</button><button class="main">Save</button></div>
      </form>`,
    );
  }

  #save(event: SubmitEvent): void {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const { yard, head: commit, at } = this.model;
    const list = LISTS.find((name) => name === given.get('what'));
    const isWhole = given.get('what') === 'snapshot';
    const isCsv = given.get('form') === 'csv' && !isWhole;
    const rows: readonly TableRow[] = list === undefined ? rowsOf(this.page) : this.model[list];
    const text = isWhole
      ? `${JSON.stringify({ commit, ...this.model }, null, 2)}\n`
      : isCsv
        ? asCsv(rows, { yard, commit, at })
        : asJson(list ?? 'rows', rows, { yard, commit, at });
    const name = `${yard}-${list ?? given.get('what')}-${at.replace(/[:.]/g, '-')}.${isCsv ? 'csv' : 'json'}`;
    saveFile(text, { name, type: isCsv ? 'text/csv' : 'application/json' });
    this.close();
  }
}

/** What a page that draws only some of its rows has in all; else what is drawn. */
const rowsOf = (page: Page | undefined): readonly TableRow[] =>
  page === undefined ? [] : ((page.rowsToExport() as readonly TableRow[] | undefined) ?? rowsOn(page));

/** A row of a table by its columns; any other by its words and its link. */
function rowsOn(page: HTMLElement): readonly TableRow[] {
  return deepAll(page, '[data-row]').map((row) => {
    if (!(row instanceof HTMLTableRowElement))
      return { text: row.innerText.replace(/\s+/g, ' ').trim(), link: row.querySelector('a')?.hash ?? '' };
    const heads = [...(row.closest('table')?.tHead?.rows[0]?.cells ?? [])];
    return Object.fromEntries(
      [...row.cells].map((it, at) => [
        heads[at]?.innerText.trim() || `column ${at + 1}`,
        it.innerText.replace(/\s+/g, ' ').trim(),
      ]),
    );
  });
}
