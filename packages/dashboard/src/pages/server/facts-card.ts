/** What a server is: where it runs, what it can, what it may, as it registered and as its last sign of life says. */
import { type Agent, elapsedMs, type Heartbeat, type Time } from '@gityard/domain';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { durationWords } from '../../format.ts';
import { age } from '../../parts/age.ts';
import type { AgentRow } from '../../rows.ts';
import { base } from '../../styles.ts';
import { diskWords, percentWords } from '../../words-of-server.ts';
import '../../parts/panel-card.ts';

type Fact = readonly [name: string, value: unknown];

@customElement('facts-card')
export class FactsCard extends LitElement {
  @property({ attribute: false }) agent!: AgentRow;
  @property({ attribute: false }) known: Agent | null = null;
  @property({ attribute: false }) beat: Heartbeat | null = null;
  @property({ attribute: false }) now!: Time;
  /** Then its signs of life were not kept. */
  @property({ type: Boolean }) past = false;
  @property({ attribute: false }) instead: TemplateResult | null = null;

  static override styles = [
    base,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(11ch, max-content) minmax(0, 1fr);
        gap: 6px calc(2 * var(--space));
        margin: 0;
        padding: calc(1.5 * var(--space)) calc(2 * var(--space));
        overflow-wrap: anywhere;
      }
      dt {
        color: var(--dim);
        font-size: var(--small);
        line-height: 24px;
      }
      dd {
        margin: 0;
      }
      .chips {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
      }
      .chip {
        padding: 1px 8px;
        border: 1px solid var(--line);
        border-radius: 10px;
        font-size: 12px;
      }
    `,
  ];

  override render() {
    const facts = [
      ...ofRow(this.agent, { now: this.now, past: this.past }),
      ...ofFiles(this.known, this.beat, this.now),
    ].filter(([, value]) => value !== null && value !== '');
    return html`<panel-card heading="What it is">
      <dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      ${this.instead}
    </panel-card>`;
  }
}

function ofRow(agent: AgentRow, { now, past }: { readonly now: Time; readonly past: boolean }): readonly Fact[] {
  const { lastBeatAt, nextBeatBy, cacheHits, cacheMisses, successPercent, successOf } = agent;
  const promised = lastBeatAt === null || nextBeatBy === null ? null : durationWords(elapsedMs(lastBeatAt, nextBeatBy));
  const looked = cacheHits + cacheMisses;
  return [
    ['Host', agent.host ?? null],
    ['Pool', agent.pool],
    ['Labels', agent.labels.length === 0 ? 'none' : chips(agent.labels)],
    ['Jobs at once', agent.slots],
    [
      'Last heard',
      past
        ? null
        : lastBeatAt === null
          ? 'never'
          : html`${age(lastBeatAt, now)}${promised === null ? '' : `; it reports every ${promised}`}`,
    ],
    ['Builds today', agent.buildsToday],
    [
      'Success, 7 days',
      successPercent === null || successOf === 0 ? 'no builds' : `${percentWords(successPercent)} of ${successOf}`,
    ],
    ['Up, 7 days', agent.uptimePercent === null ? 'not known yet' : `${agent.uptimePercent} %`],
    ['Cache', looked === 0 ? null : `${Math.round((100 * cacheHits) / looked)} % found, of ${looked} looked for`],
    ['Git host answers in', agent.remoteMs === null ? null : `${Math.round(agent.remoteMs)} ms on average`],
  ];
}

function ofFiles(agent: Agent | null, heartbeat: Heartbeat | null, now: Time): readonly Fact[] {
  const { sandbox, ...tools } = agent?.capabilities.tools ?? {};
  const machine = agent?.capabilities;
  const uptime = heartbeat?.machine.uptimeSeconds ?? 0;
  return [
    ['System', machine ? [machine.os, machine.arch].filter((it) => it !== 'unknown').join(' ') : null],
    ['Machine', machine ? machineWords(machine) : null],
    ['Tools', agent ? toolChips(tools, agent.capabilities.sdks ?? {}) : null],
    ['Sandbox', agent ? (sandbox ?? 'none: it runs builds as they are') : null],
    ['Takes', agent?.tasks ? 'tasks, no builds' : null],
    ['May build', agent ? repositories(agent.allows.repositories) : null],
    ['Version', heartbeat?.version || agent?.version || null],
    ['Running for', uptime > 0 ? durationWords(uptime * 1000) : null],
    ['Joined', agent ? age(agent.registeredAt, now) : null],
  ];
}

function machineWords({ cores, memoryGB, diskGB }: { cores: number; memoryGB: number; diskGB: number }): string {
  return [
    cores > 0 ? `${cores} cores` : '',
    memoryGB > 0 ? `${Math.round(memoryGB)} GB memory` : '',
    diskGB > 0 ? `${diskWords(diskGB)} disk` : '',
  ]
    .filter((it) => it !== '')
    .join(', ');
}

const MOST_NAMED = 30;

function toolChips(tools: Readonly<Record<string, string>>, sdks: Readonly<Record<string, readonly string[]>>) {
  const named = Object.entries(tools).map(([name, version]) => {
    const all = Object.hasOwn(sdks, name) ? (sdks[name] ?? []) : [];
    return `${name} ${all.length > 1 ? all.join(', ') : version}`.trim();
  });
  return named.length === 0 ? 'none found' : chips(named);
}

const repositories = (all: readonly string[]) =>
  all.length === 0 ? 'nothing: no repository is allowed' : all.includes('*') ? 'any repository' : chips(all);

const chips = (names: readonly string[]) =>
  html`<span class="chips">${names.slice(0, MOST_NAMED).map((it) => html`<span class="chip">${it}</span>`)}${names.length > MOST_NAMED ? html`<span class="chip">and ${names.length - MOST_NAMED} more</span>` : nothing}</span>`;
