/** A workflow as a repository gets it: its template with the names of that yard, and with the steps that bring the program. */
import { readFile } from 'node:fs/promises';
import type { Refs } from '@gityard/yard';
import { usageError } from '../errors.ts';
import { WORKFLOW_TEMPLATES } from '../place.ts';
import type { Workflow } from './list.ts';
import type { OwnPackage } from './own-package.ts';

export interface WorkflowSettings {
  readonly refs: Refs;
  /** The folder of the page, from the top of its repository. */
  readonly docs: string;
  /** `package`: what npm can fetch. `checkout`: built from the repository that the workflow runs in. */
  readonly program: 'package' | 'checkout';
  /** The one package that may run where nobody has said which; else somebody has to. */
  readonly pinned?: OwnPackage | undefined;
}

export async function renderWorkflow({ name }: Pick<Workflow, 'name'>, settings: WorkflowSettings): Promise<string> {
  const template = await readFile(`${WORKFLOW_TEMPLATES}${name}.yml`, 'utf8');
  const { refs, docs } = settings;
  const values: Readonly<Record<string, string>> = {
    ENV: `${WHERE}\n${refLines(refs)}`,
    REFS: refLines(refs),
    INSTALL: settings.program === 'package' ? fromPackage(settings.pinned) : fromCheckout(template),
    STATE_BRANCH: quoted(asPattern(branchOf(refs.state))),
    PAGES: quoted(docs),
    PAGES_PATHS: quoted(`${asPattern(docs)}/**`),
  };
  const whole = settings.program === 'package' ? template : template.replace(SWITCH, "$1 == 'on'");
  return whole.replace(/__([A-Z_]+)__/g, (_, key: string) => values[key] ?? unknown(name, key));
}

/** Where it would have to be built first, and may have no yard to look at, it is for people to switch on. */
const SWITCH = /(vars\.GITYARD_MONITOR) != 'off'/;

function unknown(name: string, key: string): never {
  throw new Error(`the template ${name} asks for ${key}, which nobody knows`);
}

const CHECKOUT = `      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          persist-credentials: false
`;
const NODE = `      - uses: actions/setup-node@39370e3970a6d050c480ffad4ff0ed4d3fdee5af # v4.1.0
        with:
          node-version: 20
`;

const fromPackage = (pinned: OwnPackage | undefined): string => `${NODE}      - name: Install gityard
        env:
          GITYARD_PACKAGE: \${{ vars.GITYARD_PACKAGE }}${pinned ? pinnedValues(pinned) : ''}
        run: |
          if command -v gityard; then exit; fi
          if [ -n "$GITYARD_PACKAGE" ]; then
            npm install --global --ignore-scripts --no-audit --no-fund "$GITYARD_PACKAGE"
            exit
          fi
${pinned ? FROM_REGISTRY : FROM_NOWHERE}`;

const FROM_NOWHERE = `          echo "::error title=gityard is not here::Set the variable GITYARD_PACKAGE of this repository to what npm can install it from, such as the address of a packed file; or run this where gityard is installed"
          exit 1`;

/**
 * The program gets tokens, and a name at a registry may be anybody's, or become so. So nothing of what lies there runs before it was
 * found to be the very files of the program that wrote this; and nothing unpacks it a second time, which could see other files.
 */
const FROM_REGISTRY = `          # Whoever holds that name there: nothing runs but the very files of the program that wrote this workflow.
          mkdir -p "$RUNNER_TEMP/gityard/bin"
          cd "$RUNNER_TEMP/gityard"
          if ! npm pack --silent "gityard@$VERSION" > /dev/null; then
            echo "::error title=gityard is not here::npm finds no gityard $VERSION. Set the variable GITYARD_PACKAGE of this repository to what npm can install it from"
            exit 1
          fi
          tar --extract --gzip --no-same-owner --file gityard-*.tgz
          cd package
          if ! { echo "$FILES  files.sha256" | sha256sum --check --status && sha256sum --check --status --strict files.sha256 &&
            [ "$(find . ! -type d | wc -l)" -eq "$(($(wc -l < files.sha256) + 1))" ]; }; then
            echo "::error title=this is not gityard::What npm finds as gityard $VERSION is not the program that wrote this workflow. Nothing of it was run"
            exit 1
          fi
          chmod +x dist/main.js
          ln -s "$PWD/dist/main.js" ../bin/gityard
          echo "$RUNNER_TEMP/gityard/bin" >> "$GITHUB_PATH"`;

const pinnedValues = ({ version, digest }: OwnPackage): string => `
          VERSION: ${quoted(version)}
          FILES: ${quoted(digest)}`;

const fromCheckout = (template: string): string =>
  `${template.includes('actions/checkout@') ? '' : CHECKOUT}${NODE}      - name: Build gityard
        run: |
          npm ci --ignore-scripts --no-audit --no-fund
          npx tsc -b
          mkdir "$RUNNER_TEMP/bin"
          chmod +x packages/cli/dist/main.js
          ln -s "$PWD/packages/cli/dist/main.js" "$RUNNER_TEMP/bin/gityard"
          echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"`;

const WHERE = `  GITYARD_AGENT: github-actions
  GITYARD_YARD: \${{ vars.GITYARD_YARD || format('{0}/{1}', github.server_url, github.repository) }}`;

const refLines = ({ state, live, logs }: Refs): string =>
  [
    ['STATE', state],
    ['LIVE', live],
    ['LOGS', logs],
  ]
    .map(([name, ref = '']) => `  GITYARD_REFS_${name}: ${quoted(branchOf(ref))}`)
    .join('\n');

const branchOf = (ref: string): string => ref.replace(/^refs\/heads\//, '');
/** What else a filter of branches or paths would read as a pattern. */
const asPattern = (text: string): string => text.replace(/[\\*?+[\]!]/g, (it) => `\\${it}`);
/** JSON is YAML. */
function quoted(text: string): string {
  if (!text.includes('${{')) return JSON.stringify(text);
  throw usageError(`"${text}" would be an expression of a workflow`, 'choose a name without ${{');
}
