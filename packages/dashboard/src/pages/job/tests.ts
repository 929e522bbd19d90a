/** What the tests said: the totals, those that failed first, then those that fail now and then, and the slowest. */
import type { Coverage, JobResult } from '@gityard/domain';
import { html, nothing, svg, type TemplateResult } from 'lit';
import { counted } from '../../format.ts';
import type { FailedCase, JobRecord } from '../../worker/questions/jobs/job-record.ts';

const SHOWN_SLOW = 10;

export function testsCard(result: JobResult, record: JobRecord | null): TemplateResult | typeof nothing {
  const { tests, failedTests, flakyTests } = result;
  if (!tests || tests.total === 0) return nothing;
  // The record beside the log says more of the same tests: their stacks.
  const failed: readonly FailedCase[] =
    record && record.failed.length > 0 ? record.failed : failedTests.map((it) => ({ ...it, details: null }));
  return html`<panel-card heading="Tests" .count=${tests.total} note=${`${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`}>
    <div class="pad">${proportions([
      { tone: 'bad', count: tests.failed },
      { tone: 'ok', count: tests.passed },
      { tone: 'off', count: tests.skipped },
    ])}</div>
    ${failed.length === 0 ? nothing : html`<ul>${failed.map(failedTest)}</ul>`}
    ${tests.failed > failed.length ? html`<p class="pad dim">${tests.failed - failed.length} more failed; the log has them all.</p>` : nothing}
    ${flakyTests.length === 0 ? nothing : html`<h3>Flaky, and not counted as failed</h3><ul>${flakyTests.map((name) => html`<li class="mono">${name}</li>`)}</ul>`}
    ${record && record.slow.length > 0 ? html`<h3>Slowest</h3><ul>${record.slow.slice(0, SHOWN_SLOW).map(({ name, durationMs }) => html`<li class="row"><span class="body mono">${name}</span><span class="end">${seconds(durationMs)}</span></li>`)}</ul>` : nothing}
  </panel-card>`;
}

function failedTest({ name, message, path, line, details }: FailedCase) {
  return html`<li><div class="row"><status-dot class="lead" tone="bad">Failed</status-dot><div class="body">
    <span class="mono">${name}</span>
    ${message === null ? nothing : html`<p class="said">${message}</p>`}
    <div class="facts">${path === null ? nothing : html`<span class="mono">${path}${line === null ? '' : `:${line}`}</span>`}</div>
    ${details === null || details === message ? nothing : html`<details><summary>Stack</summary><pre tabindex="0">${details}</pre></details>`}
  </div></div></li>`;
}

const seconds = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

interface Share {
  readonly tone: string;
  readonly count: number;
}

/** Shares of a whole as one bar; what they are stands beside it in words. */
function proportions(shares: readonly Share[]) {
  const all = shares.reduce((sum, { count }) => sum + count, 0) || 1;
  let before = 0;
  return html`<svg class="shares" height="8" aria-hidden="true">${shares.map(({ tone, count }) => {
    const x = (before / all) * 100;
    before += count;
    return svg`<rect class=${tone} x=${`${x}%`} width=${`${(count / all) * 100}%`} height="8"></rect>`;
  })}</svg>`;
}

/** `81 % (4,101 of 5,063 lines)`: never a share without what it is a share of. */
export function coverageWords({
  linesCovered,
  linesTotal,
  branchesCovered,
  branchesTotal,
}: Coverage): readonly string[] {
  const words = (covered: number, total: number, what: string) =>
    total === 0
      ? []
      : [
          `${Math.round((covered / total) * 100)} % of ${counted(total, what, what === 'branch' ? 'branches' : `${what}s`)} (${covered})`,
        ];
  return [...words(linesCovered, linesTotal, 'line'), ...words(branchesCovered, branchesTotal, 'branch')];
}
