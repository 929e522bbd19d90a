/** The first page: what needs somebody, what runs, what waits and why, and how the servers fare. */
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { headline } from '../../headline.ts';
import { PANELS, type PanelEntry } from '../../panels/list.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';

@customElement('overview-page')
export class OverviewPage extends Page {
  static override styles = [...Page.styles, pageLayout];

  override render() {
    const { model, now } = this;
    const { first, rest } = headline(model, now);
    const inPlace = (place: PanelEntry['place']) =>
      PANELS.filter((panel) => panel.place === place).map((panel) => panel.draw(model, now));
    return html`
      <h1><strong>${first}</strong> ${rest}</h1>
      ${inPlace('top')}
      <div class="columns">
        <div class="column">${inPlace('main')}</div>
        <div class="column">${inPlace('side')}</div>
      </div>
    `;
  }
}
