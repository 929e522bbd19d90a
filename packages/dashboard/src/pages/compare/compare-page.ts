/** Two builds side by side: `#/compare/<a>/<b>`. What of their files is alike, how long each stage took, how their tests went. */
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { counted, shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { Asking } from '../../parts/asking.ts';
import { jobTitle } from '../../rows.ts';
import type { Build } from '../../worker/questions/artifacts/build.ts';
import type { Compared } from '../../worker/questions/artifacts/comparison.ts';
import { AskingPage, brokenNote } from '../asking-page.ts';
import { comparedFiles } from './compared-files.ts';
import { comparedStages, comparedTests } from './compared-runs.ts';
import { judged } from './judged.ts';
import '../../parts/copy-line.ts';
import '../../parts/status-dot.ts';

const OFFERED = 100;

@customElement('compare-page')
export class ComparePage extends AskingPage {
  readonly #comparison = new Asking(this, 'comparison');
  readonly #manifests = new Asking(this, 'manifests');
  #pair = '';

  static override styles = [
    ...AskingPage.styles,
    css`
      .verdict {
        padding: calc(2 * var(--space));
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      .verdict status-dot {
        font-weight: 600;
        font-size: 17px;
      }
      code.digest {
        font-size: 11px;
      }
      td strong.slower {
        color: var(--bad);
      }
    `,
  ];

  override willUpdate(): void {
    const { yard, head } = this;
    const [, left, right] = this.route.path;
    // The names alone: two of them are read.
    this.#manifests.about(yard, { key: head, asked: { at: head, count: OFFERED, read: false }, forget: false });
    if (left === undefined || right === undefined) return;
    const pair = `${left} ${right}`;
    const forget = pair !== this.#pair;
    this.#pair = pair;
    this.#comparison.about(yard, { key: `${head} ${pair}`, asked: { left, right, at: head }, forget });
  }

  override render() {
    const [, left = '', right = ''] = this.route.path;
    const { answer } = this.#comparison;
    return html`
      <h1><strong>Compare two builds</strong></h1>
      ${this.#pickers(left, right)} ${this.lookAgain()}
      ${left === '' || right === '' ? teaching : answer ? this.#compared(answer) : html`<panel-card heading="Comparison">${this.instead(this.#comparison)}</panel-card>`}
    `;
  }

  #pickers(left: string, right: string): TemplateResult {
    const swap = html`<a class="button" href=${this.href(['compare', right, left])}>Swap</a>`;
    return html`<div class="bar">
      ${this.#picker('Left', left, (id) => [id, right])} ${this.#picker('Right', right, (id) => [left, id])}
      ${left === '' || right === '' ? nothing : swap}
      <datalist id="builds">${this.#offered().map(({ id, words }) => html`<option value=${id}>${words}</option>`)}</datalist>
    </div>`;
  }

  #picker(label: string, value: string, pairOf: (id: string) => readonly string[]): TemplateResult {
    const choose = (event: Event) => {
      const pair = pairOf((event.target as HTMLInputElement).value.trim());
      location.hash = this.href(['compare', ...(pair[0] === '' ? [] : pair).filter(Boolean)]);
    };
    return html`<label class="wide">${label} <input list="builds" .value=${value} placeholder="a job, or the beginning of its id" spellcheck="false" autocomplete="off" @change=${choose} /></label>`;
  }

  #offered(): readonly { readonly id: string; readonly words: string }[] {
    return (this.#manifests.answer?.builds ?? []).map(({ job }) => {
      const known = this.model.finished.find(({ id }) => id === job);
      const words = known ? `${jobTitle(known)} ${known.branch ?? ''} on ${known.agent ?? 'no server'}` : '';
      return { id: job, words };
    });
  }

  #compared({ left, right, comparison }: Compared): TemplateResult {
    const [, a = '', b = ''] = this.route.path;
    if (!left || !right) return this.#missing([...(left ? [] : [a]), ...(right ? [] : [b])]);
    const { tone, word, text } = judged(left, right, comparison);
    return html`
      <div class="verdict"><status-dot tone=${tone}>${word}</status-dot> <p class="dim">${text}</p></div>
      ${brokenNote([...left.broken, ...right.broken])} ${this.#sides(left, right)}
      ${comparison ? comparedFiles(comparison) : nothing}
      <div class="columns">
        <div class="column">${comparedStages(left, right)}</div>
        <div class="column">
          ${comparedTests(left, right)}
          <panel-card heading="Look into the bytes"><div class="pad"><copy-line command="gityard compare jobs ${left.id} ${right.id}"></copy-line></div></panel-card>
        </div>
      </div>
    `;
  }

  #missing(ids: readonly string[]): TemplateResult {
    return html`<panel-card heading="There is no such build"><empty-note text="Nothing is known under ${ids.join(' and ')}: neither artifacts nor a job." command="gityard artifact list"></empty-note></panel-card>`;
  }

  #sides(left: Build, right: Build): TemplateResult {
    const row = (name: string, of: (build: Build) => unknown) =>
      html`<tr><th scope="row">${name}</th><td>${of(left) ?? '–'}</td><td>${of(right) ?? '–'}</td></tr>`;
    return html`<panel-card heading="The builds"><div class="scroll"><table>
      <caption class="hidden">What was built, where and when</caption>
      <thead><tr><th scope="col"></th><th scope="col">Left</th><th scope="col">Right</th></tr></thead>
      <tbody>
        ${row('Job', ({ id }) => html`<a class="mono" href=${this.href(['jobs', id])} title=${id}>${shortId(id)}</a>`)}
        ${row('Branch', ({ manifest, job }) => manifest?.branch ?? job?.branch)}
        ${row('Commit', ({ manifest, job }) => {
          const commit = manifest?.commit ?? job?.commit;
          return commit ? html`<span class="mono" title=${commit}>${shortCommit(commit)}</span>` : null;
        })}
        ${row('Server', ({ manifest, job }) => manifest?.agent ?? job?.agent)}
        ${row('Toolchain', ({ provenance, job }) => provenance?.toolchain ?? job?.toolchain)}
        ${row('Sandbox', ({ provenance, job }) => provenance?.isolation ?? job?.result?.isolation)}
        ${row('Built', ({ manifest, job }) => {
          const at = manifest?.createdAt ?? job?.endedAt;
          return at ? age(at, this.now) : null;
        })}
        ${row('Files', ({ manifest }) => (manifest ? html`<a href=${this.href(['artifacts', manifest.job])}>${counted(manifest.artifacts.length, 'file')}</a>` : null))}
      </tbody>
    </table></div></panel-card>`;
  }
}

const teaching = html`<panel-card heading="Comparison"><empty-note text="Choose two builds above. You will see which of their files are the same to the last byte, which differ, and how long each stage took. Two builds of one commit whose files are the same are reproducible." command="gityard compare jobs &lt;left&gt; &lt;right&gt;"></empty-note></panel-card>`;
