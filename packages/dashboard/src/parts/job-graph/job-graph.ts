/**
 * Jobs and what they need, drawn from left to right. One node has the focus; the arrow keys follow the edges, and the list
 * below says the same in words. It knows nothing of addresses but the one it makes for a job.
 */
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { hrefOf } from '../../router.ts';
import { jobRevision, jobTitle } from '../../rows.ts';
import { base } from '../../styles.ts';
import { wordOfJob } from '../../words-of-job.ts';
import type { LinkedJobs } from './linked-jobs.ts';
import { nextNode, type Places, placesOf } from './places.ts';

@customElement('job-graph')
export class JobGraph extends LitElement {
  @property({ attribute: false }) linked!: LinkedJobs;
  @property({ attribute: false }) at: string | null = null;
  @state() private chosen: string | null = null;
  @state() private isListed = false;
  #known: { readonly linked: LinkedJobs; readonly places: Places } | undefined;

  static override styles = [
    base,
    css`
      .canvas {
        overflow: auto;
        padding: calc(2 * var(--space));
      }
      svg {
        display: block;
      }
      path {
        fill: none;
        stroke: var(--dim);
        stroke-width: 1.25;
        opacity: 0.5;
      }
      path.near {
        stroke: var(--accent);
        stroke-width: 2.5;
        opacity: 1;
      }
      rect {
        fill: var(--card);
        stroke: currentColor;
        stroke-width: 1.5;
      }
      a {
        color: var(--off);
        outline: none;
      }
      a.ok {
        color: var(--ok);
      }
      a.run {
        color: var(--run);
      }
      a.wait {
        color: var(--wait);
      }
      a:is(.bad, .stuck) {
        color: var(--bad);
      }
      a:hover rect,
      a:focus rect {
        stroke-width: 3;
      }
      text {
        font: 13px var(--font);
        fill: var(--fg);
      }
      text.word {
        font-size: 12px;
        font-weight: 600;
        fill: currentColor;
      }
      details {
        border-top: 1px solid var(--line);
        padding: var(--space) calc(2 * var(--space));
        font-size: var(--small);
      }
      summary {
        min-height: var(--target);
        line-height: var(--target);
        cursor: pointer;
      }
      ol {
        margin: 0;
        padding-left: 3ch;
      }
      ol a {
        color: var(--accent);
      }
    `,
  ];

  override render() {
    const { places } = this.#drawn();
    const { nodes, edges, width, height } = places;
    const chosen = this.chosen !== null && nodes.has(this.chosen) ? this.chosen : ([...nodes.keys()][0] ?? null);
    return html`<div class="canvas" @keydown=${this.#step}>
      <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="group" aria-label="Jobs and what they need; the arrow keys follow the lines">
        ${edges.map(({ from, to, path }) => svg`<path class=${from === this.chosen || to === this.chosen ? 'near' : ''} d=${path}></path>`)}
        ${[...nodes].map(([id, { x, y, width: nodeWidth, height: nodeHeight }]) => this.#node(id, { x, y, nodeWidth, nodeHeight, isFirst: id === chosen }))}
      </svg>
    </div>${this.#outline()}`;
  }

  #drawn() {
    if (this.#known?.linked !== this.linked) this.#known = { linked: this.linked, places: placesOf(this.linked) };
    return this.#known as { linked: LinkedJobs; places: Places };
  }

  #node(id: string, { x, y, nodeWidth, nodeHeight, isFirst }: Node) {
    const job = this.linked.jobs.get(id);
    if (!job) return nothing;
    const { tone, word } = wordOfJob(job);
    const title = cut(`${jobTitle(job)} ${job.branch ?? ''}`.trim(), 21);
    const standing = job.agent === null ? word : `${word} · ${cut(job.agent, 12)}`;
    // What is seen begins what is heard, so that who says it to the browser is understood.
    const name = `${title} ${standing}, ${jobTitle(job)} ${jobRevision(job)}`;
    return svg`<a class=${tone} href=${hrefOf(['jobs', id], { at: this.at })} data-id=${id} tabindex=${isFirst ? 0 : -1} aria-label=${name} @focus=${this.#focused}>
      <title>${`${jobTitle(job)} ${jobRevision(job)}: ${word}`}</title>
      <rect x=${x} y=${y} width=${nodeWidth} height=${nodeHeight} rx="8"></rect>
      <text x=${x + 12} y=${y + 20}>${title}</text>
      <text class="word" x=${x + 12} y=${y + 38}>${standing}</text>
    </a>`;
  }

  #outline() {
    const { layers, edges, jobs } = this.linked;
    const needs = new Map<string, string[]>();
    for (const [need, id] of edges) needs.set(id, [...(needs.get(id) ?? []), need]);
    const name = (id: string) => {
      const job = jobs.get(id);
      return job
        ? html`<a href=${hrefOf(['jobs', id], { at: this.at })}>${jobTitle(job)} ${jobRevision(job)}</a> (${wordOfJob(job).word.toLowerCase()})`
        : id;
    };
    return html`<details @toggle=${this.#list}><summary>The same as a list</summary><ol>${(
      this.isListed ? layers.flat() : []
    ).map((id) => {
      const wanted = needs.get(id) ?? [];
      return html`<li>${name(id)}${wanted.length === 0 ? ' needs nothing here' : html` needs ${wanted.map((need, at) => html`${at > 0 ? ', ' : ''}${name(need)}`)}`}</li>`;
    })}</ol></details>`;
  }

  readonly #list = ({ target }: Event): void => {
    this.isListed = (target as HTMLDetailsElement).open;
  };

  readonly #focused = (event: Event): void => {
    this.chosen = (event.currentTarget as SVGElement).dataset.id ?? null;
  };

  readonly #step = (event: KeyboardEvent): void => {
    if (this.chosen === null) return;
    const next = nextNode(this.linked, this.chosen, event.key);
    if (next === undefined) return;
    event.preventDefault();
    for (const node of this.renderRoot.querySelectorAll<SVGAElement>('svg a'))
      if (node.dataset.id === next) node.focus();
  };
}

interface Node {
  readonly x: number;
  readonly y: number;
  readonly nodeWidth: number;
  readonly nodeHeight: number;
  readonly isFirst: boolean;
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
