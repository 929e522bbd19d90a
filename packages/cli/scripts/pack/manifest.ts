/** The `package.json` of what is packed: no dependencies, no scripts, nothing that anybody has to fetch or run to have it. */
export interface OwnManifest {
  readonly version: string;
}
interface WorkspaceManifest {
  readonly description: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
}

export interface ManifestOf {
  readonly own: OwnManifest;
  readonly workspace: WorkspaceManifest;
  /** Paths within the package. */
  readonly manuals: readonly string[];
  /** `https://github.com/acme/gityard`: provenance is proved against it. */
  readonly repository?: string | undefined;
}

const PROGRAM = 'dist/main.js';

export function manifestOf({ own, workspace, manuals, repository }: ManifestOf) {
  const { description, license, engines } = workspace;
  return {
    name: 'gityard',
    version: own.version,
    description,
    keywords: ['build-server', 'ci', 'git', 'queue', 'agent', 'coordination', 'dashboard'],
    license,
    ...(repository !== undefined && {
      homepage: `${repository}#readme`,
      bugs: `${repository}/issues`,
      repository: { type: 'git', url: `git+${repository}.git` },
    }),
    type: 'module',
    engines,
    bin: { gityard: PROGRAM, 'git-yard': PROGRAM, 'build-cli': PROGRAM },
    man: manuals,
    exports: {
      './client': { types: './types/client.d.ts', default: './dist/client.js' },
      './schemas/*': './schemas/*',
      './package.json': './package.json',
    },
    publishConfig: { access: 'public' },
  };
}
