/** Every build server in one line: worst first, with how it stood in the last day. What is wrong with one stands below its line. */
import { after, DAY_MS, type Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { counted } from '../format.ts';
import { age } from '../parts/age.ts';
import { withNow } from '../parts/heat-buckets.ts';
import { serverLink } from '../parts/server-link.ts';
import { serverWords } from '../parts/told-text.ts';
import { type AgentRow, byStanding } from '../rows.ts';
import { STANDING_WORDS, type Standing } from '../words.ts';
import { modeWords, presenceNow } from '../words-of-server.ts';
import type { PresenceAnswer, PresenceStretch } from '../worker/questions/presence.ts';
import { allLink } from './all-link.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/heat-strip.ts';
import '../parts/panel-card.ts';
import '../parts/past-note.ts';
import '../parts/status-dot.ts';
import { hrefHere } from '../parts/href-here.ts';

const SHOWN_AGENTS = 30;
const QUARTERS = 96;

@customElement('servers-panel')
export class ServersPanel extends Panel {
  /** Of the last day; undefined: not known yet. */
  @property({ attribute: false }) past: PresenceAnswer['servers'] | undefined;
  /** What it would cost to know it; null: it is known, or being asked for. */
  @property({ attribute: false }) cost: string | null = null;

  static override styles = [
    ...Panel.styles,
    css`
      li {
        padding-block: calc(0.75 * var(--space));
      }
      .line {
        display: grid;
        grid-template-columns: minmax(64px, 132px) minmax(0, 1fr) 88px;
        align-items: center;
        gap: calc(1.5 * var(--space));
      }
      .line a {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 600;
        line-height: 28px;
        text-decoration: none;
      }
      status-dot {
        font-size: var(--small);
        font-weight: 600;
      }
      .bad {
        color: var(--bad);
      }
      .axis {
        display: flex;
        justify-content: space-between;
      }
      .head {
        padding-block: var(--space) 0;
      }
      .head + li {
        border-top: 0;
      }
      /* Values of a silent server are its last words: still shown, never mistaken for the present. */
      .silent {
        background: repeating-linear-gradient(-45deg, var(--bad-tint) 0 8px, transparent 8px 16px);
      }
      @media (pointer: coarse), (max-width: 600px) {
        .line a {
          line-height: 44px;
        }
      }
      @media (max-width: 600px) {
        .line {
          grid-template-columns: minmax(0, 1fr) auto;
          row-gap: 0;
        }
        .line heat-strip,
        .line .axis {
          grid-area: 2 / 1 / 3 / 3;
        }
        .facts {
          margin-top: 6px;
        }
      }
    `,
  ];

  override render() {
    const agents = byStanding(this.model, this.now);
    if (agents.length === 0) return html`<panel-card heading="Servers" .count=${0}>${nobody}</panel-card>`;

    const total = agents.length + (this.model.truncated.agents ?? 0);
    const silent = agents.filter(({ standing }) => standing === 'silent').length;
    const past = new Map(this.past?.map(({ id, stretches }) => [id, stretches]));
    return html`<panel-card heading="Servers" .count=${total} note=${silent === 0 ? 'worst first' : counted(silent, 'silent', 'silent')}>
      <ul>
        <li class="head dim small" aria-hidden="true"><div class="line"><span></span><span class="axis"><span>24 h ago</span><span>now</span></span><span></span></div></li>
        ${repeat(
          agents.slice(0, SHOWN_AGENTS),
          ({ agent }) => agent.id,
          ({ agent, standing }) => server(agent, { standing, now: this.now, past: past.get(agent.id) ?? NOTHING }),
        )}
      </ul>
      ${this.cost === null ? nothing : html`<past-note text=${this.cost} label="Load the last day" @load=${() => this.dispatchEvent(new Event('load'))}></past-note>`}
      ${allLink(hrefHere(['servers']), total === 1 ? 'The server in full' : `All ${total} servers in full`)}
    </panel-card>`;
  }
}

interface Drawn {
  readonly standing: Standing;
  readonly now: Time;
  readonly past: readonly PresenceStretch[];
}

function server(agent: AgentRow, { standing, now, past }: Drawn) {
  const { tone, word } = STANDING_WORDS[standing];
  // A quarter of an hour more or less is not seen: the strip is drawn anew when the next one begins, not every second.
  const to = quarterAfter(now);
  const stretches = guard([past, standing, agent, to], () => withNow(past, presenceNow(agent, { standing, now: to })));
  return html`<li data-row class=${standing}>
    <div class="line">
      ${serverLink(agent.id)}
      <heat-strip .stretches=${stretches} .from=${after(to, -DAY_MS)} .to=${to} .count=${QUARTERS} label="${agent.id}, last 24 hours"></heat-strip>
      <status-dot tone=${tone}>${word}</status-dot>
    </div>
    ${trouble(agent, { standing, now })}
  </li>`;
}

function trouble(agent: AgentRow, { standing, now }: { standing: Standing; now: Time }) {
  const { lastBeatAt, takesNoJobs, strain, strains, stopped } = agent;
  const isQuiet = standing === 'silent' || standing === 'late' || standing === 'unknown';
  const facts = [
    isQuiet ? (lastBeatAt === null ? 'never heard of' : html`last heard ${age(lastBeatAt, now)}`) : null,
    modeWords(agent),
    takesNoJobs === null || stopped ? null : serverWords(`takes no jobs: ${takesNoJobs}`),
    strain === 'ok' ? null : html`<span class=${strain === 'critical' ? 'bad' : ''}>${strains.join(', ')}</span>`,
  ].filter((fact) => fact !== null);
  return facts.length === 0
    ? nothing
    : html`<div class="facts">${facts.map((fact) => html`<span>${fact}</span>`)}</div>`;
}

const NOTHING: readonly PresenceStretch[] = [];
const QUARTER_MS = 15 * 60_000;
const quarterAfter = (now: Time): Time => new Date(Math.ceil(Date.parse(now) / QUARTER_MS) * QUARTER_MS).toISOString();

const nobody = html`<empty-note text="No server has joined this yard. On a build server, in its clone:" command="gityard agent run"></empty-note>`;
