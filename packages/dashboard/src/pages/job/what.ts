/** What a job builds and under which wishes, and what came of it, as a list of facts. */
import type { Job } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { durationWords } from '../../format.ts';
import { hrefOf } from '../../router.ts';
import { safeUrl } from '../../text/safe-url.ts';
import { priorityWord } from '../../words-of-job.ts';
import { coverageWords } from './tests.ts';

type Fact = readonly [name: string, value: string | TemplateResult | null];

export function whatCard(job: Job, at: string | null): TemplateResult {
  return html`<panel-card heading="What it builds">${factList(asked(job, at))}</panel-card>`;
}

export function resultCard({ result }: Job): TemplateResult | typeof nothing {
  if (!result) return nothing;
  const { isolation, coverage, cache, exitCode, text, attestation } = result;
  const used = cache && cache.hits + cache.misses > 0 ? `${cache.hits} of ${cache.hits + cache.misses} projects` : null;
  const facts: readonly Fact[] = [
    ['Exit code', exitCode === null ? null : `${exitCode}`],
    ['Kept apart by', isolation],
    ['Tests reach', coverage ? coverageWords(coverage).join(', ') || null : null],
    ['From the cache', used],
    ['Signed statement', attestation],
    ['Answer', text === null ? null : html`<pre tabindex="0">${text}</pre>`],
  ];
  return facts.some(([, value]) => value !== null)
    ? html`<panel-card heading="Result">${factList(facts)}</panel-card>`
    : nothing;
}

function asked(job: Job, at: string | null): readonly Fact[] {
  const { repository, branch, commit, toolchain, strategy, strategyNamed, command, task, update, priority } = job;
  const address = safeUrl(repository);
  return [
    [
      'Repository',
      address === null ? repository : html`<a href=${address} rel="noopener noreferrer">${repository}</a>`,
    ],
    ['Branch', branch === null ? null : html`<a href=${hrefOf(['jobs'], { q: `branch:${branch}`, at })}>${branch}</a>`],
    ['Commit', commit === null ? null : html`<span class="mono">${commit}</span>`],
    ['Task', task?.text ?? null],
    ['Changes to', update ? `gityard ${update.version} from ${update.source}` : null],
    ['Command', command === null ? null : html`<span class="mono">${command.join(' ')}</span>`],
    ['Toolchain', toolchain ?? (repository === null ? null : 'as the repository shows')],
    ['Strategy', `${strategy}${strategyNamed ? '' : ', unless the repository says otherwise'}`],
    ['Priority', `${priorityWord(priority)} (${priority} of 10; 1 goes first)`],
    ['Asked for by', job.submittedBy],
    ['Labels', job.labels.join(', ') || null],
    ['Requires', job.requires.join(', ') || null],
    ['Locks', job.locks.length === 0 ? null : html`<a href=${hrefOf(['locks'], { at })}>${job.locks.join(', ')}</a>`],
    ['Group', job.group],
    ['May run', job.timeoutSeconds === null ? null : durationWords(job.timeoutSeconds * 1000)],
    ['More tries', job.retries === 0 ? null : `${job.retries}`],
    ['Asks for secrets', job.secrets.join(', ') || null],
  ];
}

const factList = (facts: readonly Fact[]) =>
  html`<dl>${facts.map(([name, value]) => (value === null ? nothing : html`<dt>${name}</dt><dd>${value}</dd>`))}</dl>`;
