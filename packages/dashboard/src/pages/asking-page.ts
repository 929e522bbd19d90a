/**
 * A page that asks for more than the snapshot holds. It asks of the commit that the snapshot was made from, so that both
 * tell of one moment. Where requests are few it stays with the commit it came with, until somebody wants to look again.
 */
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Asking } from '../parts/asking.ts';
import { hrefOf } from '../router.ts';
import { controls } from '../styles.ts';
import type { Failure } from '../worker/protocol.ts';
import type { QuestionName } from '../worker/questions/list.ts';
import { Page } from './page.ts';
import { pageLayout } from './page-layout.ts';
import { thingStyles } from './thing-styles.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';

export abstract class AskingPage extends Page {
  @state() private keptHead: string | undefined;

  static override styles = [...Page.styles, controls, pageLayout, thingStyles];

  /** Each request is one of few. */
  protected get isThrifty(): boolean {
    const { source, hasToken } = this.view.connection;
    return source !== null && !source.isLocal && !hasToken;
  }

  /** The commit that is asked of. */
  protected get head(): string {
    const { head } = this.model;
    if (!this.isThrifty || this.at !== null) return head;
    this.keptHead ??= head;
    return this.keptHead;
  }

  /** The moment in the address; null: now. */
  protected get at(): string | null {
    return this.route.query.get('at') ?? null;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.keptHead = undefined;
  }

  /** To another page of the same moment. */
  protected href(path: readonly string[], query: Readonly<Record<string, string | null>> = {}): string {
    return hrefOf(path, { ...query, at: this.at });
  }

  /** What stands where an answer should: the reason for having none, or that it is on its way. */
  protected instead(asking: Pick<Asking<QuestionName>, 'failure' | 'isWaiting'>): TemplateResult | typeof nothing {
    if (asking.failure) return failed(asking.failure);
    return asking.isWaiting ? html`<p class="waiting dim" role="status">Reading …</p>` : nothing;
  }

  /** Offered where the answer is older than the snapshot. */
  protected lookAgain(): TemplateResult | typeof nothing {
    if (this.head === this.model.head) return nothing;
    return html`<p class="small dim">The yard has changed since this was read. <button type="button" @click=${this.#again}>Read again</button></p>`;
  }

  readonly #again = (): void => {
    this.keptHead = this.model.head;
  };
}

export const failed = ({ reason }: Failure): TemplateResult =>
  html`<p class="failed" role="alert"><strong>This could not be read:</strong> ${reason}.</p>`;

/** Files that break their schema; the rest is shown all the same. */
export const brokenNote = (broken: readonly { readonly path: string; readonly reason: string }[]) =>
  broken.length === 0
    ? nothing
    : html`<panel-card heading="Files that cannot be read" .count=${broken.length} urgent>
        <ul>${broken.map(({ path, reason }) => html`<li><code>${path}</code><div class="facts">${reason}</div></li>`)}</ul>
      </panel-card>`;
