/** Where the APIs of GitHub and Gitea differ in what the monitor asks of them. The rest of it they share. */

export interface Dialect {
  /** What a page's size is called, and the largest. */
  readonly pageSize: Readonly<Record<string, number>>;
  /** Labels of an issue are given by their names, or by the ids that the host gave them. */
  readonly labelsBy: 'name' | 'id';
  readonly colour: (hex: string) => string;
  /** Whether a closed issue can say why it was closed. */
  readonly knowsReasons: boolean;
  /** Whether an issue says what its author is to the repository. */
  readonly knowsAuthors: boolean;
}

const GITHUB: Dialect = {
  pageSize: { per_page: 100 },
  labelsBy: 'name',
  colour: (hex) => hex,
  knowsReasons: true,
  knowsAuthors: true,
};
const GITEA: Dialect = {
  pageSize: { limit: 50 },
  labelsBy: 'id',
  colour: (hex) => `#${hex}`,
  knowsReasons: false,
  knowsAuthors: false,
};

/** Gitea and Forgejo have their API there, GitHub Enterprise under /api/v3. */
export const dialectOf = (apiUrl: string): Dialect => (/\/api\/v1\/?$/.test(apiUrl) ? GITEA : GITHUB);
