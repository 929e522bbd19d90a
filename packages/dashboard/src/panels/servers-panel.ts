/** Every build server: whether it keeps its promise to be heard, what it does, and how its machine fares. Worst first. */
import type { Time } from '@gityard/domain';
import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted, diskWords, shortId } from '../format.ts';
import { age } from '../parts/age.ts';
import { moreNote } from '../parts/more-note.ts';
import { type AgentRow, byStanding } from '../rows.ts';
import { STANDING_WORDS, type Standing } from '../words.ts';
import { Panel } from './panel.ts';
import '../parts/empty-note.ts';
import '../parts/panel-card.ts';
import '../parts/status-dot.ts';
import '../parts/tiny-meter.ts';

const SHOWN_AGENTS = 100;

@customElement('servers-panel')
export class ServersPanel extends Panel {
  static override styles = [
    ...Panel.styles,
    css`
      .end {
        font-weight: 600;
      }
      /* Values of a silent server are its last words: still shown, never mistaken for the present. */
      .silent {
        background: repeating-linear-gradient(-45deg, var(--bad-tint) 0 8px, transparent 8px 16px);
      }
      .machine {
        margin-top: 4px;
      }
    `,
  ];

  override render() {
    const agents = byStanding(this.model, this.now);
    if (agents.length === 0) return html`<panel-card heading="Servers" .count=${0}>${nobody}</panel-card>`;

    const silent = agents.filter(({ standing }) => standing === 'silent').length;
    return html`<panel-card heading="Servers" .count=${agents.length} note=${silent === 0 ? '' : counted(silent, 'silent', 'silent')}>
      <ul>
        ${agents.slice(0, SHOWN_AGENTS).map(({ agent, standing }) => server(agent, { standing, now: this.now }))}
        ${moreNote(agents.length - SHOWN_AGENTS + (this.model.truncated.agents ?? 0), 'gityard agent list')}
      </ul>
    </panel-card>`;
  }
}

function server(agent: AgentRow, { standing, now }: { standing: Standing; now: Time }) {
  const { tone, word } = STANDING_WORDS[standing];
  return html`<li class=${standing}>
    <div class="row">
      <span class="body"><strong>${agent.id}</strong> <span class="dim">${agent.pool}</span></span>
      <status-dot class="end" tone=${tone}>${word}</status-dot>
    </div>
    <div class="facts">
      <span>${agent.status}${agent.mode === 'draining' ? ', draining' : nothing}${agent.job === null ? nothing : html` <span class="mono" title=${agent.job}>${shortId(agent.job)}</span>`}</span>
      <span>${agent.lastBeatAt === null ? 'never heard of' : html`heard ${age(agent.lastBeatAt, now)}`}</span>
    </div>
    ${agent.takesNoJobs === null || agent.stopped ? nothing : html`<div class="facts bad">Takes no jobs: ${agent.takesNoJobs}</div>`}
    ${machine(agent)}
  </li>`;
}

/** A server that was never heard of has no values, and gets no empty bars. */
function machine({ cpuPercent, memoryPercent, diskFreeGB, strain, strains }: AgentRow) {
  if (cpuPercent === null && memoryPercent === null && diskFreeGB === null) return nothing;
  return html`<div class="facts machine">
    <tiny-meter label="CPU" .percent=${cpuPercent}></tiny-meter>
    <tiny-meter label="Memory" .percent=${memoryPercent}></tiny-meter>
    ${diskFreeGB === null ? nothing : html`<span>Disk ${diskWords(diskFreeGB)} free</span>`}
    ${strain === 'ok' ? nothing : html`<span class=${strain === 'critical' ? 'bad' : ''}>${strains.join(', ')}</span>`}
  </div>`;
}

const nobody = html`<empty-note text="No server has joined this yard. On a build server, in its clone:" command="gityard agent run"></empty-note>`;
