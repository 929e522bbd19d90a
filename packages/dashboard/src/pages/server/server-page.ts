/** One server: what it is, what it does now and why it may not, how it stood, how its machine fares, what it built, who wrote to it. */
import type { ReadModel } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { Asking } from '../../parts/asking.ts';
import { isPastCheap, pastKey, placeOf } from '../../parts/asking-past.ts';
import { withNow } from '../../parts/heat-buckets.ts';
import { hrefOf, withQuery } from '../../router.ts';
import { type AgentRow, byStanding, presenceNow } from '../../rows.ts';
import { controls } from '../../styles.ts';
import { STANDING_WORDS, type Standing } from '../../words.ts';
import type { Failure } from '../../worker/protocol.ts';
import type { PresenceStretch } from '../../worker/questions/presence.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { noteSamples } from '../../parts/samples.ts';
import { actionsOn } from './server-actions.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/status-dot.ts';
import './builds-card.ts';
import './facts-card.ts';
import './health-card.ts';
import './machine-card.ts';
import './now-card.ts';
import './written-card.ts';

@customElement('server-page')
export class ServerPage extends Page {
  readonly #known = new Asking(this, 'server');
  readonly #past = new Asking(this, 'serverPast');
  readonly #presence = new Asking(this, 'presence');
  /** Somebody wants to see the past although it takes many requests. */
  #isWanted = false;
  #id = '';

  static override styles = [
    ...Page.styles,
    controls,
    pageLayout,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--space) calc(2 * var(--space));
      }
      h1 {
        flex: 1 1 20ch;
        overflow-wrap: anywhere;
      }
      h1 status-dot {
        margin-left: var(--space);
        font-size: 17px;
        font-weight: 600;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space);
      }
      .load {
        padding: calc(1.5 * var(--space)) 0 0;
      }
      .load button {
        margin-top: var(--space);
      }
      .back {
        text-decoration: none;
      }
    `,
  ];

  override willUpdate(): void {
    const { model, now, route, view, yard } = this;
    const [, id = ''] = route.path;
    noteSamples(model);
    const forget = id !== this.#id;
    if (forget) this.#isWanted = false;
    this.#id = id;
    const agent = model.agents.find((it) => it.id === id);
    if (!agent) return;
    const place = placeOf(route, model);
    const moment = route.query.get('at') ?? '';
    // Its last word is asked for again whenever it has said something; who it is changes hardly ever.
    this.#known.about(yard, { key: `${id} ${moment} ${agent.lastBeatAt}`, asked: { id, place }, forget });
    if (!isPastCheap(view.connection) && !this.#isWanted) return;
    this.#past.about(yard, { key: `${id} ${moment} ${lastBuild(model, id)} ${agent.mode}`, asked: { id, place }, forget });
    const { days } = this;
    const asked = { place, now, days, agent: id };
    this.#presence.about(yard, { key: `${id} ${days} ${pastKey(route, model)}`, asked, forget });
  }

  private get days(): 1 | 7 {
    return this.route.query.get('days') === '7' ? 7 : 1;
  }

  override render() {
    const { model, now } = this;
    const row = byStanding(model, now).find(({ agent }) => agent.id === this.#id);
    return row ? this.#page(row) : this.#nobody();
  }

  #page({ agent, standing }: { readonly agent: AgentRow; readonly standing: Standing }) {
    const { model, now, route, days } = this;
    const { id } = agent;
    const { tone, word } = STANDING_WORDS[standing];
    const jobs = model.jobs.filter((job) => job.agent === id);
    const holders = new Set([id, ...jobs.map((job) => `job/${job.id}`)]);
    const locks = model.locks.filter(({ holder }) => holder !== null && holders.has(holder));
    const known = this.#known.answer;
    const past = this.#presence.answer?.servers[0]?.stretches ?? NOTHING;
    const minute = `${now.slice(0, 16)}:59Z`;
    const stretches = guard([past, agent, standing, minute], () =>
      withNow(past, presenceNow(agent, { standing, now: minute })),
    );
    return html`
      <div class="head">
        <h1><a class="back" href=${hrefOf(['servers'])}>Servers</a> / <strong>${id}</strong><status-dot tone=${tone}>${word}</status-dot></h1>
        <div class="actions">${actionsOn(agent)}</div>
      </div>
      ${this.#problems()}
      <div class="columns">
        <div class="column">
          <now-card .agent=${agent} .jobs=${jobs} .locks=${locks} .known=${known} .made=${model.at} .now=${now}></now-card>
          <health-card .server=${id} .days=${days} .stretches=${stretches} .now=${minute} .hrefOf=${this.#spanHref} .instead=${this.#instead(this.#presence)}></health-card>
          <machine-card .agent=${agent} .health=${model.health} .diskGB=${known?.agent?.capabilities.diskGB ?? 0} .disk=${this.#presence.answer?.disk}></machine-card>
          <builds-card .finished=${model.finished.filter((job) => job.agent === id)} .builds=${this.#past.answer?.builds} .now=${now} .instead=${this.#instead(this.#past, 'inside')}></builds-card>
        </div>
        <div class="column">
          <facts-card .agent=${agent} .known=${known} .now=${now} .instead=${this.#known.failure && !known ? sorry(this.#known.failure) : null}></facts-card>
          <written-card .writes=${this.#past.answer?.writes} .now=${now} .instead=${this.#instead(this.#past, 'inside')}></written-card>
        </div>
      </div>
      ${route.query.has('at') ? html`<p class="small dim">Signs of life are kept of now alone: what its machine said then is not known.</p>` : nothing}
    `;
  }

  #problems() {
    const problems = this.#known.answer?.problems ?? [];
    return problems.length === 0
      ? nothing
      : html`<panel-card heading="Files that cannot be read" urgent><ul>${problems.map((it) => html`<li>${it}</li>`)}</ul></panel-card>`;
  }

  /** What stands where the past would: that it is being read, why it is not, or the button that has it read. */
  #instead({ answer, failure, isWaiting }: Asking<'presence' | 'serverPast'>, place = ''): TemplateResult | null {
    const note = (text: TemplateResult | string) => html`<div class="load small dim ${place}">${text}</div>`;
    if (failure) return note(sorry(failure));
    if (answer) return null;
    if (isWaiting) return note('Its past is being read …');
    const left = this.view.connection.budget?.left;
    return note(html`Its past is not loaded: it takes about ${this.days === 1 ? 30 : 170} requests${left === undefined ? '' : `, and ${left} are left this hour`}.
      <button type="button" @click=${this.#want}>Load it</button>`);
  }

  #nobody() {
    const hidden = this.model.truncated.agents ?? 0;
    const text =
      hidden > 0
        ? `The snapshot names no server like that; ${hidden} did not fit into it.`
        : 'No server of that name has joined this yard, or it was removed.';
    return html`<h1><a class="back" href=${hrefOf(['servers'])}>Servers</a> / <strong>${this.#id}</strong></h1>
      <panel-card heading="Not here"><empty-note text=${text} command="gityard agent list"></empty-note></panel-card>`;
  }

  readonly #spanHref = (days: number): string => withQuery(this.route, { days: days === 1 ? null : String(days) });

  readonly #want = (): void => {
    this.#isWanted = true;
    this.requestUpdate();
  };
}

const NOTHING: readonly PresenceStretch[] = [];

const sorry = ({ reason }: Failure) => html`<p class="small wait">This could not be read: ${reason}.</p>`;

/** When this changes there is something new to read about what it built. */
const lastBuild = ({ finished }: ReadModel, id: string): string => finished.find(({ agent }) => agent === id)?.id ?? '';
