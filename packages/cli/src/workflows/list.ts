/** The workflows that `init --github` writes. To add one: its template in `workflows/`, and a line here. */

export interface Workflow {
  /** Of its file, without `.yml`. */
  readonly name: string;
  /**
   * Whether it listens to what happens on the state branch: hosts run for a push, or for a pull request, what lies on the
   * branch that it goes to.
   */
  readonly watchesState: boolean;
  /** An example lies where no host runs it. */
  readonly folder: '.github/workflows' | '.github/examples';
  /** Whether the repository of this program runs it as well. */
  readonly here: boolean;
}

const RUN = '.github/workflows';

export const WORKFLOWS: readonly Workflow[] = [
  { name: 'health-monitor', folder: RUN, watchesState: true, here: true },
  { name: 'validate', folder: RUN, watchesState: true, here: true },
  { name: 'pages', folder: RUN, watchesState: false, here: true },
  { name: 'chat-ops', folder: RUN, watchesState: false, here: false },
  { name: 'ci-enqueue', folder: '.github/examples', watchesState: false, here: false },
];

export const fileOf = ({ folder, name }: Pick<Workflow, 'folder' | 'name'>): string => `${folder}/${name}.yml`;
