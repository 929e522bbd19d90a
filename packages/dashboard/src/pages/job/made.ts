/** What a job made: its artifacts with their digests, and how to get and compare them. */
import type { Job, Manifest } from '@gityard/domain';
import { html, nothing, type TemplateResult } from 'lit';
import { counted } from '../../format.ts';
import { hrefOf } from '../../router.ts';
import type { JobRow } from '../../rows.ts';
import { sizeWords } from '../../text/size-words.ts';
import '../../parts/copy-line.ts';

const SHOWN = 50;

interface Made {
  readonly job: Job;
  /** undefined: not there yet. */
  readonly manifest: Manifest | null | undefined;
  /** Its id. */
  readonly previous: string | undefined;
  readonly at: string | null;
}

export function artifactsCard({ job, manifest, previous, at }: Made): TemplateResult | typeof nothing {
  const count = job.result?.artifacts ?? 0;
  if (count === 0) return nothing;
  return html`<panel-card heading="Artifacts" .count=${count}>
    ${manifest ? artifactsTable(manifest) : html`<p class="pad dim">${manifest === null ? 'Their list is not there any more.' : 'Their list is being read …'}</p>`}
    <div class="pad stack">
      <copy-line command="gityard artifact get ${job.id}"></copy-line>
      ${previous ? html`<a href=${hrefOf(['compare', previous, job.id], { at })}>Compare with the build of ${job.branch ?? 'the same'} before it</a>` : html`<span class="small dim">No build of this branch before it is known to compare with.</span>`}
    </div>
  </panel-card>`;
}

function artifactsTable({ artifacts, store }: Manifest) {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="List of artifacts"><table>
    <thead><tr><th scope="col">Name</th><th scope="col">Size</th><th scope="col">SHA-256</th></tr></thead>
    <tbody>${artifacts
      .slice(0, SHOWN)
      .map(
        ({ path, sizeBytes, sha256 }) =>
          html`<tr><th scope="row" class="mono">${path}</th><td class="nowrap number">${sizeWords(sizeBytes)}</td><td class="mono nowrap" title=${sha256}>${sha256.slice(0, 12)}…</td></tr>`,
      )}</tbody>
  </table></div>
  <p class="pad small dim">${artifacts.length > SHOWN ? `and ${artifacts.length - SHOWN} more. ` : ''}${counted(artifacts.length, 'file')}, ${sizeWords(artifacts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))} in all. ${store ? `The bytes are in ${store.name}.` : 'The bytes are with the server that built them.'}</p>`;
}

/** The last build of the same branch that made something, before this one; as far as the snapshot goes back. */
export function previousBuild(
  finished: readonly JobRow[],
  { id, repository, branch, endedAt }: Job,
): JobRow | undefined {
  return finished.find(
    (row) =>
      row.id !== id &&
      row.repository === repository &&
      row.branch === branch &&
      row.artifacts > 0 &&
      row.status === 'succeeded' &&
      (endedAt === null || (row.endedAt ?? '') < endedAt),
  );
}
