/** One build: its files with their digests, where they come from and who vouches for it, and the commands to fetch and to check them. */
import type { Artifact, Time } from '@gityard/domain';
import { css, html, nothing, type TemplateResult } from 'lit';
import { counted, repositoryName, shortCommit, shortId } from '../../format.ts';
import { age } from '../../parts/age.ts';
import { sizeWords } from '../../text/size-words.ts';
import type { Build } from '../../worker/questions/artifacts/build.ts';
import type { Provenance } from '../../worker/questions/artifacts/provenance-in.ts';
import { brokenNote } from '../asking-page.ts';
import '../../parts/copy-line.ts';
import '../../parts/status-dot.ts';

/** More are counted, and listed by the command that stands beside. */
const MOST_FILES = 300;

interface Drawing {
  readonly now: Time;
  readonly href: (path: readonly string[], query?: Readonly<Record<string, string | null>>) => string;
}

export function buildView(build: Build, { now, href }: Drawing): TemplateResult {
  const { id, manifest, job, provenance } = build;
  const repository = job?.repository ?? provenance?.repository;
  const [branch, commit] = [manifest?.branch ?? job?.branch, manifest?.commit ?? job?.commit];
  return html`
    <h1><strong>${repository ? repositoryName(repository) : shortId(id)}</strong> ${branch ?? ''} ${commit ? `@ ${shortCommit(commit)}` : ''}</h1>
    <p class="actions"><a class="button" href=${href(['jobs', id])}>The job</a><a class="button" href=${href(['compare', id])}>Compare with another build</a></p>
    ${brokenNote(build.broken)}
    <div class="columns">
      <div class="column">${files(build)}</div>
      <div class="column">${origin(build, now)} ${commands(build)}</div>
    </div>
  `;
}

function files({ manifest }: Build): TemplateResult {
  if (manifest === null)
    return html`<panel-card heading="Files"><empty-note text="This build left no artifacts: its job names none to keep, or it has not come that far."></empty-note></panel-card>`;
  const { artifacts } = manifest;
  const sizeBytes = artifacts.reduce((sum, it) => sum + it.sizeBytes, 0);
  return html`<panel-card heading="Files" .count=${artifacts.length} note=${sizeWords(sizeBytes)}>
    <div class="scroll"><table>
      <caption class="hidden">Files of the build with their sizes and digests</caption>
      <thead><tr><th scope="col">File</th><th scope="col" class="figure">Size</th></tr></thead>
      <tbody>${artifacts.slice(0, MOST_FILES).map(fileRow)}</tbody>
    </table></div>
    ${artifacts.length > MOST_FILES ? html`<p class="more small dim">and ${artifacts.length - MOST_FILES} more</p>` : nothing}
  </panel-card>`;
}

const fileRow = ({ path, sizeBytes, sha256, contentType }: Artifact): TemplateResult => html`<tr>
  <th scope="row" class="path">${path}<br /><code class="digest" title="sha256">${sha256}</code></th>
  <td class="figure">${sizeWords(sizeBytes)}<br /><span class="dim">${contentType === 'application/octet-stream' ? '' : contentType}</span></td>
</tr>`;

function origin({ manifest, job, provenance }: Build, now: Time): TemplateResult {
  return html`<panel-card heading="Where it comes from">
    ${signature(provenance)}
    <dl>
      ${fact('Built by', provenance?.builder?.replace(OWN_BUILDER, '') ?? manifest?.agent ?? job?.agent)}
      ${fact('Repository', provenance?.repository ?? job?.repository)}
      ${fact('Branch', provenance?.branch ?? manifest?.branch ?? job?.branch)}
      ${fact('Commit', provenance?.commit ?? manifest?.commit ?? job?.commit)}
      ${fact('Toolchain', provenance?.toolchain ?? job?.toolchain)}
      ${fact('Strategy', provenance?.strategy ?? job?.strategy)}
      ${fact('Sandbox', provenance?.isolation ?? job?.result?.isolation)}
      ${manifest ? html`<dt>Recorded</dt><dd>${age(manifest.createdAt, now)}</dd>` : nothing}
      ${fact('Stored in', manifest?.store?.name ?? (manifest ? `the server ${manifest.agent} alone` : null))}
    </dl>
  </panel-card>`;
}

/** A server of a yard has its name there as a place in all the world. */
const OWN_BUILDER = /^urn:gityard:[^:]+:agent:/;

const fact = (name: string, value: string | null | undefined): TemplateResult | typeof nothing =>
  value ? html`<dt>${name}</dt><dd>${value}</dd>` : nothing;

/** Whether it is right is told by whoever knows the keys; a page that said so would have to be believed. */
function signature(provenance: Provenance | null): TemplateResult {
  if (provenance === null)
    return html`<p class="pad"><status-dot tone="off">Not attested</status-dot> <span class="small dim">Nobody vouches for where these files come from.</span></p>`;
  const { signedBy } = provenance;
  if (signedBy.length === 0)
    return html`<p class="pad"><status-dot tone="wait">Attested, not signed</status-dot> <span class="small dim">Anybody who may write to the yard could have said this.</span></p>`;
  return html`<p class="pad"><status-dot tone="ok">Signed</status-dot> <span class="small dim">${counted(signedBy.length, 'signature')}, by <code>${signedBy.join(', ')}</code>. The command below checks it.</span></p>`;
}

function commands({ id, manifest }: Build): TemplateResult | typeof nothing {
  if (manifest === null) return nothing;
  return html`<panel-card heading="Fetch and check">
    <div class="pad commands">
      <p class="small dim">Copy the files into a folder, each checked on its way:</p>
      <copy-line command="gityard artifact get ${id} --out dist"></copy-line>
      <p class="small dim">Check files that you have, and the signature:</p>
      <copy-line command="gityard artifact verify ${id} dist"></copy-line>
    </div>
  </panel-card>`;
}

export const buildStyles = css`
  .commands {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--space);
  }
  .digest {
    font-weight: 400;
    font-size: 11px;
    color: var(--dim);
  }
`;
