// Who may import whom (DESIGN §2). `npm run check:layers` keeps it; packages/README.md draws it.
const ALLOWED = {
  domain: [],
  telemetry: [],
  store: [],
  gitserver: ['store'],
  yard: ['domain', 'store', 'telemetry'],
  importer: ['domain', 'yard'],
  demo: ['domain', 'store', 'yard'],
  builder: ['domain'],
  monitor: ['yard', 'domain'],
  agent: ['yard', 'builder', 'domain', 'telemetry'],
  api: ['yard', 'domain', 'telemetry'],
  cli: ['yard', 'domain', 'store', 'agent', 'api', 'builder', 'demo', 'gitserver', 'importer', 'monitor', 'telemetry'],
  dashboard: ['domain', 'yard', 'api'],
  guides: ['cli', 'dashboard', 'domain'],
  vscode: ['domain', 'api', 'builder'],
  testing: ['domain', 'store', 'yard', 'demo', 'builder', 'agent', 'gitserver', 'monitor'],
};
const ENTRIES =
  '/src/(index|client|codec|spec/world|transports/contract|did-you-mean|priority-level|tokens|theme|lease|reading/reading|writing/commit-message|secrets/rules|recipe/lint-recipe|loops/sightings|update/programs|relay/(desk|link|through-relay))\\.ts$';
const SPECS = '\\.(test|fixture)\\.m?[jt]s$|/src/(specs?|testing)/';

const mayNotEnter = Object.entries(ALLOWED).map(([name, allowed]) => ({
  name: `${name}-imports-only-${allowed.join('-') || 'nothing-of-ours'}`,
  severity: 'error',
  from: { path: `^packages/${name}/src`, pathNot: SPECS },
  to: { path: '^packages/', pathNot: `^packages/(${[name, ...allowed].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...mayNotEnter,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-path-into-another-package',
      comment: 'a package is entered by what its package.json exports, and by nothing else',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src' },
      to: { path: '^packages/[^/]+/src', pathNot: `^packages/$1/src|${ENTRIES}` },
    },
    {
      name: 'the-page-takes-of-the-yard-what-needs-no-node',
      comment:
        'how files become state, how a commit tells of operations, what looks like a secret; the rest of it needs Node',
      severity: 'error',
      from: { path: '^packages/dashboard/src', pathNot: SPECS },
      to: { path: '^packages/yard/', pathNot: '/src/(reading/reading|writing/commit-message|secrets/rules)\\.ts$' },
    },
    {
      name: 'the-editor-takes-of-the-builder-what-a-recipe-may-say',
      comment: 'a gityard.yml is judged in one place; the rest of the builder has no business in an editor',
      severity: 'error',
      from: { path: '^packages/vscode/src', pathNot: SPECS },
      to: { path: '^packages/builder/', pathNot: '/src/recipe/lint-recipe\\.ts$' },
    },
    {
      name: 'the-editor-talks-to-servers-alone',
      comment: 'of the API it has the client; the server would bring a web server into the extension',
      severity: 'error',
      from: { path: '^packages/vscode/src', pathNot: SPECS },
      to: { path: '^packages/api/', pathNot: '/src/client\\.ts$' },
    },
    {
      name: 'models-of-the-editor-know-no-editor',
      severity: 'error',
      from: { path: '^packages/vscode/src/model', pathNot: SPECS },
      to: { path: '/@types/vscode/' },
    },
    {
      name: 'models-of-the-editor-know-no-node',
      severity: 'error',
      from: { path: '^packages/vscode/src/model', pathNot: SPECS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'domain-knows-no-node',
      severity: 'error',
      from: { path: '^packages/domain/src', pathNot: SPECS },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'] },
    },
    {
      name: 'telemetry-is-loaded-when-it-is-wanted',
      comment: 'what sends traces and writes logs weighs more than most commands: by import() alone',
      severity: 'error',
      from: { path: '^packages/', pathNot: SPECS },
      to: {
        path: 'node_modules/(@opentelemetry|pino)/',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-specs-use-testing',
      severity: 'error',
      from: { pathNot: `${SPECS}|^packages/testing/` },
      to: { path: '^packages/testing/' },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '/dist/|/generated/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'node', 'import', 'default'],
      mainFields: ['main'],
    },
  },
};
