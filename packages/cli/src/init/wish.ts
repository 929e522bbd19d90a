/** What somebody wants of `init`, whether by flags or by answers. */
export interface InitWish {
  /** The repository, or a folder that becomes one; undefined: `remote`, the page's host, or where one stands. */
  readonly dir: string | undefined;
  readonly remote: string | undefined;
  readonly name: string | undefined;
  readonly github: string | undefined;
  readonly gitea: string | undefined;
  readonly docs: string | undefined;
  /** This machine becomes an agent of the yard, and may build the repository that one stands in. */
  readonly firstAgent: boolean;
}
