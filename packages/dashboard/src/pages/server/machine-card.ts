/** How the machine fares: processor, memory, heat as this page has seen them, and the disk as the history tells, with its limits. */
import type { ReadModel } from '@gityard/domain';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { counted } from '../../format.ts';
import { type Measure, samplesOf } from '../../parts/samples.ts';
import type { SparkPoint } from '../../parts/spark-path.ts';
import type { AgentRow } from '../../rows.ts';
import { base } from '../../styles.ts';
import { diskWords, percentWords } from '../../words-of-server.ts';
import type { PresenceAnswer } from '../../worker/questions/presence.ts';
import { diskForecast } from './disk-forecast.ts';
import '../../parts/panel-card.ts';
import '../../parts/spark-line.ts';
import '../../parts/status-dot.ts';

type Limits = { readonly warning: number; readonly critical: number };

@customElement('machine-card')
export class MachineCard extends LitElement {
  @property({ attribute: false }) agent!: AgentRow;
  @property({ attribute: false }) health!: ReadModel['health'];
  /** As it registered; 0: not known. */
  @property({ attribute: false }) diskGB = 0;
  @property({ attribute: false }) disk: PresenceAnswer['disk'] | undefined;

  static override styles = [
    base,
    css`
      .grid {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(200px, 1fr));
        gap: calc(2 * var(--space)) calc(3 * var(--space));
        padding: calc(2 * var(--space));
      }
      .four {
        grid-template-columns: repeat(auto-fit, minmax(260px, 1fr));
      }
      h3 {
        display: flex;
        justify-content: space-between;
        gap: var(--space);
        margin: 0 0 4px;
        font-size: var(--small);
        font-weight: 400;
        color: var(--dim);
      }
      h3 strong {
        color: var(--fg);
        font-size: 17px;
      }
    `,
  ];

  override render() {
    const { agent, health } = this;
    return html`<panel-card heading="Machine" note=${agent.strain === 'ok' ? '' : agent.strains.join(', ')}>
      <div class="grid ${agent.temperatureC === null ? '' : 'four'}">
        ${this.#measured('Processor', 'cpuPercent', health.thresholds.cpu)}
        ${this.#measured('Memory', 'memoryPercent', health.thresholds.memory)} ${this.#disk()}
        ${agent.temperatureC === null ? nothing : this.#heat(agent.temperatureC)}
      </div>
    </panel-card>`;
  }

  #measured(title: string, measure: Measure, { warning, critical }: Limits) {
    const points = samplesOf(this.agent.id, measure);
    const now = this.agent[measure];
    const limits = [
      { value: warning, tone: 'wait' as const },
      { value: critical, tone: 'bad' as const },
    ];
    const range = rangeWords(points, (value) => percentWords(value));
    return html`<section>
      <h3>${title} <strong>${percentWords(now)}</strong></h3>
      ${points.length === 0 ? nothing : html`<spark-line .points=${points} .limits=${limits} label="${title} ${percentWords(now)}, ${range}"></spark-line>`}
      <p class="small dim">${points.length === 0 ? 'not reported' : `${range}; limits ${warning} and ${critical} %`}</p>
    </section>`;
  }

  #heat(now: number) {
    const points = samplesOf(this.agent.id, 'temperatureC');
    const words = (value: number) => `${Math.round(value)} °C`;
    return html`<section>
      <h3>Temperature <strong>${words(now)}</strong></h3>
      <spark-line .points=${points} .max=${110} label="Temperature ${words(now)}, ${rangeWords(points, words)}"></spark-line>
      <p class="small dim">${rangeWords(points, words)}</p>
    </section>`;
  }

  #disk() {
    const { diskFreeGB } = this.agent;
    const { disk, diskGB } = this;
    const points = (disk?.points ?? []).map(({ at, freeGB }) => ({ at: Date.parse(at), value: freeGB }));
    const { warning, critical } = this.health.thresholds.diskFree;
    const limits =
      diskGB === 0
        ? []
        : [
            { value: (warning / 100) * diskGB, tone: 'wait' as const },
            { value: (critical / 100) * diskGB, tone: 'bad' as const },
          ];
    const most = Math.max(...points.map(({ value }) => value), ...limits.map(({ value }) => value), 1);
    const now = diskFreeGB === null ? '–' : `${diskWords(diskFreeGB)} free`;
    const forecast = disk === undefined || disk === null ? null : diskForecast(disk);
    return html`<section>
      <h3>Disk <strong>${now}</strong></h3>
      ${points.length === 0 ? nothing : html`<spark-line .points=${points} .limits=${limits} .max=${most * 1.05} label="Disk ${now}. ${forecast?.text ?? ''}"></spark-line>`}
      <p class="small dim">
        ${diskGB === 0 ? nothing : html`of ${diskWords(diskGB)}; limits ${warning} and ${critical} % free. `}${forecast === null ? 'Its past is not loaded.' : html`<status-dot tone=${forecast.tone}></status-dot> ${forecast.text}`}
      </p>
    </section>`;
  }
}

function rangeWords(points: readonly SparkPoint[], words: (value: number) => string): string {
  const values = points.map(({ value }) => value);
  const of = `${counted(points.length, 'reading')} since you opened the page`;
  if (points.length < 2) return of;
  return `${words(Math.min(...values))} to ${words(Math.max(...values))}, ${of}`;
}
