/** A workflow as a repository gets it: its template with the names of that yard, and with the steps that bring the program. */
import { readFile } from 'node:fs/promises';
import type { Refs } from '@gityard/yard';
import { usageError } from '../errors.ts';
import { WORKFLOW_TEMPLATES } from '../place.ts';
import type { Workflow } from './list.ts';

export interface WorkflowSettings {
  readonly refs: Refs;
  /** The folder of the page, from the top of its repository. */
  readonly docs: string;
  /** `package`: what the repository says that npm can install. `checkout`: built from the repository that the workflow runs in. */
  readonly program: 'package' | 'checkout';
}

export async function renderWorkflow({ name }: Pick<Workflow, 'name'>, settings: WorkflowSettings): Promise<string> {
  const template = await readFile(`${WORKFLOW_TEMPLATES}${name}.yml`, 'utf8');
  const { refs, docs } = settings;
  const values: Readonly<Record<string, string>> = {
    ENV: `${WHERE}\n${refLines(refs)}`,
    REFS: refLines(refs),
    INSTALL: settings.program === 'package' ? FROM_PACKAGE : fromCheckout(template),
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

/**
 * Only from where somebody said: the program gets tokens, and under a name that the project does not hold at the registry anybody
 * may publish.
 */
const FROM_PACKAGE = `${NODE}      - name: Install gityard
        env:
          GITYARD_PACKAGE: \${{ vars.GITYARD_PACKAGE }}
        run: |
          if command -v gityard; then exit; fi
          if [ -z "$GITYARD_PACKAGE" ]; then
            echo "::error title=gityard is not here::Set the variable GITYARD_PACKAGE of this repository to what npm can install it from, such as the address of a packed file; or run this where gityard is installed"
            exit 1
          fi
          npm install --global --ignore-scripts --no-audit --no-fund "$GITYARD_PACKAGE"`;

const fromCheckout = (template: string): string =>
  `${template.includes('actions/checkout@') ? '' : CHECKOUT}${NODE}      - name: Build gityard
        run: |
          npm ci --no-audit --no-fund
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
