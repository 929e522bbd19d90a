/** Asks before something is done: to what, who holds it, for how long, what will happen. Then sends it and tells what became of it. */
import type { CommandWish, JobWish, ReadModel, Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { ageWords } from '../format.ts';
import { Overlay } from '../frame/overlay.ts';
import { hrefOf } from '../router.ts';
import { safeUrl } from '../text/safe-url.ts';
import { NoAnswer } from '../yard/worker-client.ts';
import type { YardOfPage, YardView } from '../yard/yard.ts';
import type { Field } from './act-parts.ts';
import { type Act, actOf, commandOf } from './acts.ts';
import { jobFields, jobWishOf } from './job-fields.ts';
import { newId } from './new-id.ts';
import { type Outcome, outcomeWords } from './outcome.ts';
import { whyNot } from './why-not.ts';
import type { CommandAsked, Wish } from './wish.ts';
import '../parts/inbox-answer.ts';
import './paste-text.ts';
import '../parts/status-dot.ts';

@customElement('action-dialog')
export class ActionDialog extends Overlay {
  @property({ attribute: false }) yard!: Pick<YardOfPage, 'ask'>;
  @property({ attribute: false }) view!: YardView;
  @property({ attribute: false }) model!: ReadModel;
  @property({ attribute: false }) now!: Time;
  @property({ attribute: false }) wish!: Wish;
  @state() private typed = '';
  @state() private outcome: Outcome | undefined;
  @state() private commitLink: string | null = null;
  /** As it was when the question was put: the facts must not change under the hand that confirms them. */
  #act: Act | undefined;
  #sentAt: Time | undefined;
  /** The same wish keeps its name, under which it is done once. */
  #named: { readonly id: string; readonly text: string } | undefined;

  static override styles = [
    ...Overlay.styles,
    css`
      form,
      .form {
        display: grid;
        gap: calc(1.5 * var(--space));
      }
      label {
        display: grid;
        gap: 4px;
        font-size: var(--small);
      }
      .effect {
        padding: var(--space) calc(1.5 * var(--space));
        border-left: 3px solid var(--wait);
        background: var(--bg);
      }
      .effect.bad {
        border-color: var(--bad);
        color: var(--fg);
      }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('wish')) return;
    this.#named = undefined;
    this.#act = isCommand(this.wish) ? actOf(this.wish, this.model, this.now) : undefined;
    this.outcome = undefined;
  }

  override render() {
    // What was typed stays until it is done: a refusal must not cost it.
    return this.framed(
      this.#act?.title ?? 'Add a job',
      html`<div ?hidden=${this.outcome !== undefined}>${this.#question()}</div>
        ${this.outcome === undefined ? nothing : this.#answer(this.outcome)}`,
    );
  }

  #question() {
    const act = this.#act;
    const { commands } = this.view.connection;
    if (commands === 'no') return this.#noRight();
    const isReady = act === undefined || act.typed === null || this.typed === act.typed;
    return html`<form @submit=${this.#send}>
      ${
        act === undefined
          ? nothing
          : html`<dl>${act.facts.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>
        <p class="effect ${act.isDestructive ? 'bad' : ''}">${act.effect}</p>`
      }
      ${act === undefined ? jobFields((this.wish as { job: Partial<JobWish> }).job) : act.fields.map(field)}
      ${
        act?.typed === null || act === undefined
          ? nothing
          : html`<label><span>Type <strong>${act.typed}</strong> to confirm</span>
            <input autocomplete="off" spellcheck="false" .value=${this.typed} @input=${this.#type} />
          </label>`
      }
      ${commands === 'link' ? html`<p class="small dim">Without a token this page writes nothing itself: it opens the page of the host with the request filled in, where you confirm it.</p>` : nothing}
      <div class="buttons">
        <button type="button" @click=${this.close}>Leave it</button>
        <button class=${act?.isDestructive ? 'danger' : 'main'} ?disabled=${!isReady}>${act?.verb ?? 'Add the job'}${commands === 'link' ? ' at the host …' : ''}</button>
      </div>
    </form>`;
  }

  #noRight() {
    const { how, token } = whyNot(this.view.connection);
    return html`<div class="form"><p>${how}</p><p class="small dim">On a machine with the yard, the command line can do the same: <code>gityard --help</code></p>
      ${!token ? nothing : html`<div class="buttons"><a class="button main" href=${hrefOf(['settings'])} @click=${this.close}>Use a token</a></div>`}</div>`;
  }

  #answer(outcome: Outcome) {
    const { tone, word, text } = outcomeWords(outcome, this.now);
    const link = outcome.state === 'link' ? safeUrl(outcome.link.href) : null;
    const paste = outcome.state === 'link' ? outcome.link.paste : null;
    const canRepeat = outcome.state === 'refused' || outcome.state === 'failed';
    return html`<div class="form" aria-live="polite">
      <status-dot tone=${tone}><strong>${word}</strong></status-dot>
      <p>${text}</p>
      ${paste === null ? nothing : html`<paste-text .text=${paste}></paste-text>`}
      ${outcome.state === 'queued' ? this.#waiting(outcome) : nothing}
      ${this.commitLink === null ? nothing : html`<p><a href=${this.commitLink} target="_blank" rel="noopener noreferrer">See the commit</a></p>`}
      ${outcome.state === 'applied' && outcome.id !== undefined && !isCommand(this.wish) ? html`<p><a href=${hrefOf(['jobs', outcome.id])} @click=${this.close}>See the job</a></p>` : nothing}
      <div class="buttons">
        ${canRepeat ? html`<button type="button" @click=${this.#again}>Ask again</button>` : nothing}
        ${link === null ? nothing : html`<a class="button main" href=${link} target="_blank" rel="noopener noreferrer">Open it</a>`}
        <button type="button" class=${link === null ? 'main' : ''} @click=${this.close}>Close</button>
      </div>
    </div>`;
  }

  #waiting({ path, commit }: Extract<Outcome, { state: 'queued' }>) {
    return html`<p class="small dim">Sent ${this.#sentAt === undefined ? 'now' : ageWords(this.#sentAt, this.now)}: <span class="mono">${path}</span></p>
      <inbox-answer .yard=${this.yard} .path=${path} .commit=${commit} .head=${this.model.head}></inbox-answer>`;
  }

  #type(event: InputEvent): void {
    this.typed = (event.target as HTMLInputElement).value;
  }

  /** With what is true now, not with what was. */
  #again(): void {
    this.#act = isCommand(this.wish) ? actOf(this.wish, this.model, this.now) : undefined;
    this.typed = '';
    this.outcome = undefined;
  }

  async #send(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const given = new FormData(event.target as HTMLFormElement);
    const wish =
      this.#act && isCommand(this.wish) ? commandOf(this.wish, this.#act, argsOf(given)) : jobWishOf(given, this.wish);
    const by = this.view.connection.commands === 'link' ? 'link' : 'direct';
    this.#sentAt = this.now;
    this.outcome = { state: 'sending' };
    this.outcome = await this.#sent(wish, by);
    // Whoever was refused and asks again wants it anew; what got no answer is the same wish still.
    if (this.outcome.state === 'refused') this.#named = undefined;
    const commit = this.outcome.state === 'applied' || this.outcome.state === 'queued' ? this.outcome.commit : null;
    if (commit !== null) this.commitLink = safeUrl(await this.yard.ask('link-to', { commit }).catch(() => null));
  }

  #nameOf(wish: CommandWish | JobWish): { readonly id: string; readonly isAgain: boolean } {
    const text = JSON.stringify(wish);
    const before = this.#named;
    if (before?.text === text) return { id: before.id, isAgain: true };
    const id = newId(Date.parse(this.now));
    this.#named = { id, text };
    return { id, isAgain: false };
  }

  async #sent(wish: CommandWish | JobWish, by: 'link' | 'direct'): Promise<Outcome> {
    try {
      const { receipt, link } = await this.yard.ask('send', { ...this.#nameOf(wish), wish, by });
      if (receipt !== null) return receipt;
      if (link !== null) return { state: 'link', link };
      return { state: 'refused', code: 'NO_PLACE', reason: 'there is no place to send it to' };
    } catch (error) {
      if (error instanceof NoAnswer) return { state: 'failed', failure: error.failure };
      throw error;
    }
  }
}

const isCommand = (wish: Wish): wish is CommandAsked => 'op' in wish;

function field({ name, label, isRequired, choices, value = '' }: Field) {
  if (choices)
    return html`<label>${label}<select name=${name}>${choices.map(([choice, word]) => html`<option value=${choice} ?selected=${choice === value}>${word}</option>`)}</select></label>`;
  if (name === 'until') return html`<label>${label}<input type="datetime-local" name=${name} /></label>`;
  return html`<label>${label}<input name=${name} maxlength="1000" autocomplete="off" .value=${value} ?required=${isRequired} /></label>`;
}

/** What was left empty is not said at all. */
function argsOf(given: FormData): Record<string, unknown> {
  const args: Record<string, unknown> = {};
  for (const [name, value] of given) {
    const word = `${value}`.trim();
    if (word === '') continue;
    if (name === 'priority') args[name] = Number(word);
    else if (name === 'until') args[name] = new Date(word).toISOString();
    else args[name] = word;
  }
  return args;
}
