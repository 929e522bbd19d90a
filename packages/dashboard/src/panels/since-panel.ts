/** What happened since this browser looked last, in a few lines that lead to the rest. `seen` rises when a person has seen it all. */
import { elapsedMs } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted, durationWords } from '../format.ts';
import { age } from '../parts/age.ts';
import { serverLink } from '../parts/server-link.ts';
import type { Tone } from '../words.ts';
import { allLink } from './all-link.ts';
import { Panel } from './panel.ts';
import { isQuiet, type Seen, type SinceThen, sinceThen } from './since-last-visit.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';
import { hrefHere } from '../parts/href-here.ts';

const SHOWN_EACH = 4;

@customElement('since-panel')
export class SincePanel extends Panel {
  /** null: nobody has looked before. */
  @property({ attribute: false }) seen: Seen | null = null;
  @property({ type: Boolean }) marked = false;

  static override styles = [
    ...Panel.styles,
    css`
      li {
        padding-block: var(--space);
      }
      .foot {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space);
        border-top: 1px solid var(--line);
        padding-right: calc(2 * var(--space));
      }
      .foot .all {
        border: 0;
      }
    `,
  ];

  override render() {
    const { seen, model, now } = this;
    const heading = this.marked ? 'Since you marked it as seen' : 'Since your last visit';
    if (seen === null) return html`<panel-card heading=${heading}>${nobody}</panel-card>`;
    const since = sinceThen(seen, model, now);
    return html`<panel-card heading=${heading} note=${`${durationWords(elapsedMs(seen.at, now))} ago`}>
      ${isQuiet(since) ? html`<empty-note text="Nothing has changed."></empty-note>` : html`<ul>${this.#lines(since)}</ul>`}
      <div class="foot">
        ${allLink(hrefHere(['changes']), 'All changes')}
        <button type="button" ?disabled=${this.marked && isQuiet(since)} @click=${this.#mark}>Mark as seen</button>
      </div>
    </panel-card>`;
  }

  #lines(since: SinceThen) {
    const { succeeded, failed, isAtLeast, newSignatures, wentSilent, cameBack, joined, left, locks } = since;
    const least = isAtLeast ? 'at least ' : '';
    return [
      succeeded > 0 ? line('ok', html`${least}${counted(succeeded, 'job')} succeeded`) : nothing,
      failed > 0
        ? line(
            'bad',
            html`${least}${counted(failed, 'job')} failed${newSignatures > 0 ? `, of ${counted(newSignatures, 'cause')} not seen before` : ''}`,
          )
        : nothing,
      ...wentSilent
        .slice(0, SHOWN_EACH)
        .map(({ id, since: at }) =>
          line(
            'silent',
            html`${serverLink(id)} went silent${at === null ? nothing : html`, last heard ${age(at, this.now)}`}`,
          ),
        ),
      more(wentSilent.length, 'more went silent'),
      cameBack.length > 0 ? line('ok', html`${names(cameBack)} came back`) : nothing,
      joined.length > 0 ? line('run', html`${names(joined)} joined`) : nothing,
      left.length > 0
        ? line(
            'off',
            html`${left.slice(0, SHOWN_EACH).join(', ')}${left.length > SHOWN_EACH ? ` and ${left.length - SHOWN_EACH} more` : ''} left`,
          )
        : nothing,
      ...locks
        .slice(0, SHOWN_EACH)
        .map(({ name, times, holder }) =>
          line(
            'wait',
            html`lock <a href=${hrefHere(['locks', name])}>${name}</a> changed hands ${times === 1 ? 'once' : counted(times, 'time')}, ${holder === null ? 'now free' : `now with ${holder}`}`,
          ),
        ),
      more(locks.length, 'more locks changed hands'),
    ];
  }

  #mark(): void {
    this.dispatchEvent(new Event('seen'));
  }
}

const line = (tone: Tone, text: TemplateResult) =>
  html`<li><div class="row"><status-dot tone=${tone}></status-dot><span class="body">${text}</span></div></li>`;

const more = (count: number, what: string) =>
  count > SHOWN_EACH ? html`<li class="small dim">${count - SHOWN_EACH} ${what}</li>` : nothing;

const names = (ids: readonly string[]) =>
  html`${ids
    .slice(0, SHOWN_EACH)
    .map((id, at) => [
      at === 0 ? '' : ', ',
      serverLink(id),
    ])}${ids.length > SHOWN_EACH ? ` and ${ids.length - SHOWN_EACH} more` : nothing}`;

const nobody = html`<empty-note text="This is your first visit with this browser. Next time you read here what happened meanwhile."></empty-note>`;
