/** The commits that wrote each step of a job, newest first. */
import type { Time } from '@gityard/domain';
import { html, type TemplateResult } from 'lit';
import { shortCommit } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { hrefOf } from '../../router.ts';
import { safeUrl } from '../../text/safe-url.ts';
import type { JobChange } from '../../worker/questions/jobs/job-changes.ts';

interface Changes {
  readonly changes: readonly JobChange[] | undefined;
  readonly isWanted: boolean;
  readonly want: () => void;
  readonly now: Time;
}

export function changesCard({ changes, isWanted, want, now }: Changes): TemplateResult {
  const body = () => {
    if (!isWanted) return html`<p class="pad"><button type="button" @click=${want}>Show it</button></p>`;
    if (!changes) return html`<p class="pad dim">Being read …</p>`;
    if (changes.length === 0) return html`<p class="pad dim">The history does not go back that far any more.</p>`;
    return html`<ol class="changes">${changes.map((change) => changeRow(change, now))}</ol>`;
  };
  return html`<panel-card heading="What happened to it">${body()}</panel-card>`;
}

function changeRow({ commit, at, author, said, link }: JobChange, now: Time) {
  const address = safeUrl(link);
  return html`<li>${said}<div class="facts">
    <span>${author}</span><span>${age(at, now)}</span>
    <a class="mono" href=${hrefOf(['changes'], { at: commit })} title=${commit}>${shortCommit(commit)}</a>
    ${address === null ? '' : html`<a href=${address} rel="noopener noreferrer">the commit</a>`}
  </div></li>`;
}
