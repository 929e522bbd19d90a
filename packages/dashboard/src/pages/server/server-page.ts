/** One server: what it is, what it does now and why it may not, how it stood, how its machine fares, what it built, who wrote to it. */
import type { ReadModel } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { counted } from '../../format.ts';
import { Asking } from '../../parts/asking.ts';
import { costWords, isPastCheap, pastKey, placeOf } from '../../parts/asking-past.ts';
import { withNow } from '../../parts/heat-buckets.ts';
import { noteSamples } from '../../parts/samples.ts';
import { withQuery } from '../../router.ts';
import { type AgentRow, byStanding } from '../../rows.ts';
import { controls } from '../../styles.ts';
import { STANDING_WORDS, type Standing } from '../../words.ts';
import { presenceNow } from '../../words-of-server.ts';
import type { Failure } from '../../worker/protocol.ts';
import type { PresenceStretch } from '../../worker/questions/presence.ts';
import { Page } from '../page.ts';
import { pageLayout } from '../page-layout.ts';
import { actionsOn } from './server-actions.ts';
import '../../parts/empty-note.ts';
import '../../parts/panel-card.ts';
import '../../parts/past-note.ts';
import '../../parts/status-dot.ts';
import './builds-card.ts';
import './facts-card.ts';
import './health-card.ts';
import './machine-card.ts';
import './now-card.ts';
import './written-card.ts';
import { hrefHere } from '../../parts/href-here.ts';

@customElement('server-page')
export class ServerPage extends Page {
  readonly #known = new Asking(this, 'server');
  readonly #beat = new Asking(this, 'serverBeat');
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
      .head nav {
        flex: 1 0 100%;
        margin-bottom: calc(-1 * var(--space));
        font-size: var(--small);
        line-height: 20px;
      }
      h1 {
        overflow-wrap: anywhere;
      }
      .head status-dot {
        padding: 2px 12px;
        border: 1px solid var(--line);
        border-radius: 16px;
        background: var(--card);
        font-weight: 600;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space);
        margin-left: auto;
      }
      @media (max-width: 600px) {
        .actions {
          flex-basis: 100%;
        }
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
    this.#known.about(yard, { key: `${id} ${moment} ${agent.mode}`, asked: { id, place }, forget });
    const asksOften = isPastCheap(view.connection) ? agent.lastBeatAt : '';
    if (moment === '') this.#beat.about(yard, { key: `${id} ${asksOften}`, asked: { id }, forget });
    if (!isPastCheap(view.connection) && !this.#isWanted) return;
    this.#past.about(yard, {
      key: `${id} ${moment} ${lastBuild(model, id)} ${agent.mode}`,
      asked: { id, place },
      forget,
    });
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
    const known = this.#known.answer?.agent ?? null;
    const beat = route.query.has('at') ? null : (this.#beat.answer ?? null);
    const past = this.#presence.answer?.servers[0]?.stretches ?? NOTHING;
    const minute = `${now.slice(0, 16)}:59Z`;
    const stretches = guard([past, agent, standing, minute], () =>
      withNow(past, presenceNow(agent, { standing, now: minute })),
    );
    return html`
      <div class="head">
        ${crumbs()}
        <h1><strong>${id}</strong></h1>
        <status-dot tone=${tone}>${word}</status-dot>
        <div class="actions">${actionsOn(agent)}</div>
      </div>
      ${this.#problem()}
      <div class="columns">
        <div class="column">
          <now-card ?quiet=${standing === 'silent'} .agent=${agent} .jobs=${jobs} .locks=${locks} .beat=${beat} .made=${model.at} .now=${now}></now-card>
          <health-card .server=${id} .days=${days} .stretches=${stretches} .now=${minute} .hrefOf=${this.#spanHref} .instead=${this.#instead(this.#presence)}></health-card>
          <machine-card .agent=${agent} .health=${model.health} .diskGB=${known?.capabilities.diskGB ?? 0} .disk=${this.#presence.answer?.disk}></machine-card>
          <builds-card .finished=${model.finished.filter((job) => job.agent === id)} .builds=${this.#past.answer?.builds} .now=${now} .instead=${this.#instead(this.#past)}></builds-card>
        </div>
        <div class="column">
          <facts-card ?past=${route.query.has('at')} .agent=${agent} .known=${known} .beat=${beat} .now=${now} .instead=${this.#known.failure && !known ? html`<past-note text=${sorry(this.#known.failure)}></past-note>` : null}></facts-card>
          <written-card .writes=${this.#past.answer?.writes} .now=${now} .instead=${this.#instead(this.#past)}></written-card>
        </div>
      </div>
      ${route.query.has('at') ? html`<p class="small dim">Signs of life are kept of now alone: what its machine said then is not known.</p>` : nothing}
    `;
  }

  #problem() {
    const problem = this.#known.answer?.problem ?? null;
    return problem === null
      ? nothing
      : html`<panel-card heading="A file that cannot be read" urgent><ul><li>${problem}</li></ul></panel-card>`;
  }

  #instead({ answer, failure, isWaiting }: Asking<'presence' | 'serverPast'>): TemplateResult | null {
    if (failure) return html`<past-note text=${sorry(failure)}></past-note>`;
    if (answer) return null;
    if (isWaiting) return html`<past-note text="Its past is being read …"></past-note>`;
    const text = costWords(this.days === 1 ? 30 : 170, this.view.connection);
    return html`<past-note text=${text} label="Load its past" @load=${this.#want}></past-note>`;
  }

  #nobody() {
    const hidden = this.model.truncated.agents ?? 0;
    const text =
      hidden > 0
        ? `The page was not told of one; ${counted(hidden, 'server')} did not fit into what it reads.`
        : 'No server of that name has joined this yard, or it was removed.';
    return html`<div class="head">${crumbs()}<h1><strong>${this.#id}</strong></h1></div>
      <panel-card heading="There is no such server"><empty-note text=${text} command="gityard agent list"></empty-note></panel-card>`;
  }

  readonly #spanHref = (days: number): string => withQuery(this.route, { days: days === 1 ? null : String(days) });

  readonly #want = (): void => {
    this.#isWanted = true;
    this.requestUpdate();
  };
}

const crumbs = () => html`<nav aria-label="Where this is"><a href=${hrefHere(['servers'])}>All servers</a></nav>`;

const NOTHING: readonly PresenceStretch[] = [];

const sorry = ({ reason }: Failure): string => `This could not be read: ${reason}.`;

/** When this changes there is something new to read about what it built. */
const lastBuild = ({ finished }: ReadModel, id: string): string => finished.find(({ agent }) => agent === id)?.id ?? '';
