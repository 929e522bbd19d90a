/** Variables that the program reads, and those that a build finds. A spec holds the first list against the sources, the second against a build. */
import { code, page, table } from './words.ts';

type Rows = readonly (readonly [name: string, meaning: string])[];

/** Read by `gityard`, each where its own name or file does not say otherwise. */
export const READ: Readonly<Record<string, Rows>> = {
  'The yard and who you are': [
    ['GITYARD_YARD', 'the yard, when `--yard` does not name it'],
    ['GITYARD_AGENT', 'the agent to act as'],
    ['GITYARD_HOME', 'the folder of this agent: its settings, policy, keys, spool and copy of the yard'],
    ['GITYARD_REFS_STATE', 'the ref of the state, when it is not `refs/heads/yard`'],
    ['GITYARD_REFS_LIVE', 'the ref of the heartbeats, when it is not `refs/heads/yard-live`'],
    ['GITYARD_REFS_LOGS', 'the ref of the logs, when it is not `refs/heads/yard-logs`'],
    ['GITYARD_SIGNING_KEY', 'the key that `job add --sign` signs with'],
    ['LOCK_TIMEOUT', 'seconds after which a lock comes free by itself, when `--ttl` does not say it'],
    ['XDG_CONFIG_HOME', 'where your own settings lie (`gityard/`), else `~/.config`; on Windows `APPDATA`'],
    [
      'XDG_STATE_HOME',
      'where the folder of an agent lies without `GITYARD_HOME`, else `~/.local/state`; on Windows `LOCALAPPDATA`',
    ],
  ],
  'The way to the remote': [
    ['GITYARD_TOKEN', 'sent at once over http(s); never to a repository that you merely stand in'],
    ['GITYARD_TOKEN_FILE', 'a file that holds that token; systemd hands one over as the credential `gityard-token`'],
    ['GITHUB_TOKEN', 'the same for github.com; `GH_TOKEN` for `monitor`'],
    ['GITYARD_SSH_KEY', 'a deploy key for ssh'],
    ['GIT_SSH_COMMAND', 'the ssh program, as Git takes it; `GIT_SSH` too'],
    ['NETRC', 'the file of logins, when it is not `~/.netrc`'],
    ['HTTPS_PROXY', 'a proxy; `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` too, in small letters as well'],
    ['GIT_SSL_CAINFO', 'a private authority; `NODE_EXTRA_CA_CERTS` too'],
    ['GITYARD_RELAY_KEY', 'at least 16 characters that agents of one network share: one of them then commits for all'],
    ['GITYARD_RELAY_HOST', 'the address under which others of the network reach this agent'],
  ],
  'An agent': [
    ['GITYARD_METRICS_FILE', 'the folder in which the agent writes its metrics, for the textfile collector'],
    ['GITYARD_STATUS_TOKEN', 'with it the agent gives commits a status (`statuses: write`)'],
    ['GITYARD_STATUS_API_URL', 'the API of an Enterprise or Gitea that has the commits'],
    ['GITYARD_NOTIFY_<CHANNEL>_URL', 'where a channel of `notify.json` leads'],
    ['GITYARD_ARTIFACTS_STORE', 'where artifacts go, as `artifacts.store` of `agent.json`'],
    ['GITYARD_CACHE_STORE', 'where caches go that are shared'],
    ['GITYARD_CACHE_FOLDER', 'the folder of the cache on this machine'],
    ['GITYARD_CACHE_GB', 'how large it may become'],
    ['GITYARD_CACHE_REDIS', 'a Redis for what is small'],
    ['GITYARD_TRIAL_SECONDS', 'how long a program that an update brought has to beat, and to stay (300)'],
    ['AWS_SHARED_CREDENTIALS_FILE', 'logins for S3; the region by `AWS_REGION` or `AWS_DEFAULT_REGION`'],
    ['CREDENTIALS_DIRECTORY', 'secrets that systemd hands over (`LoadCredential=`)'],
  ],
  'What the program says of itself': [
    ['GITYARD_LOG_FORMAT', '`text` or `json`; flag `--log-format`'],
    ['GITYARD_LOG_LEVEL', 'flag `--log-level`'],
    ['GITYARD_LOG_FILE', 'flag `--log-file`'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'sends traces there; the other variables of OpenTelemetry are heeded as well'],
    ['TRACEPARENT', 'the trace that a command belongs to'],
    ['NO_COLOR', 'no colours; `FORCE_COLOR` for colours where there is no terminal. `CI` and `TERM=dumb` are heeded'],
  ],
  'In workflows of GitHub': [
    ['GITHUB_REPOSITORY', 'the repository whose issues `monitor` keeps'],
    ['GITHUB_EVENT_PATH', 'the comment that ChatOps answers'],
  ],
  'A server': [['GITYARD_PAGES', 'the folder of the built page, when it is another one']],
};

/** Found by every command of a build. */
export const GIVEN: Rows = [
  ['CI', '`true`'],
  ['GITYARD', '`true`'],
  ['GITYARD_JOB_ID', 'the job'],
  ['GITYARD_ATTEMPT', 'which attempt it is, from 1'],
  ['GITYARD_TOKEN_NUMBER', 'the fencing token of the attempt: it rises with every claim'],
  ['GITYARD_AGENT', 'the agent'],
  ['GITYARD_BRANCH', 'the branch, or nothing'],
  ['GITYARD_COMMIT', 'the commit, or nothing'],
  ['GITYARD_WORKSPACE', 'the folder of the checkout'],
  ['GITYARD_ARTIFACTS', 'what is put there is collected'],
  ['GITYARD_SUMMARY', 'a file; Markdown that is written there is shown with the job'],
  ['SOURCE_DATE_EPOCH', 'the time of the commit, in seconds: for builds that are the same each time'],
  ['TZ', '`UTC`'],
  ['LC_ALL', '`C.UTF-8`'],
  ['HOME', 'a home of the builds of this agent, not that of a person'],
  ['TMPDIR', 'a folder for this build alone; on Windows `TEMP` and `TMP`'],
  ['GIT_CEILING_DIRECTORIES', 'keeps Git from finding a repository above the checkout'],
  ['TRACEPARENT', 'the trace of the job, for programs that know OpenTelemetry'],
];

export async function environmentPage(): Promise<string> {
  return page(
    '# Environment variables',
    'For whoever sets up a machine or writes a build: what the program reads from its environment, and what a build finds in its own.',
    '## What the program reads',
    'Each setting has one order: flag, environment, the agent’s own file (`agent.json`), `yard.json`, default. `gityard config show` prints each value with where it came from.',
    ...Object.entries(READ).flatMap(([title, rows]) => [`### ${title}`, rowsOf(rows)]),
    '## What a build finds',
    'A build gets a clean environment: these, the `PATH`, a few that say where tools (`JAVA_HOME`, `DOTNET_ROOT`), proxies (`HTTPS_PROXY`) and authorities (`NODE_EXTRA_CA_CERTS`) are, and what the agent’s owner lists in `environment` of its policy. Nothing else of the agent’s own. A parameter of the job (`--param colour=red`) is `GITYARD_PARAM_COLOUR`.',
    rowsOf(GIVEN),
    '## What else is handed on',
    'The command of `gityard lock run` finds `GITYARD_LOCK` and `GITYARD_LOCK_TOKEN`: the name of the lock, and the number that whatever it writes to may use as a fence.',
  );
}

const rowsOf = (rows: Rows): string =>
  table(
    ['variable', 'is'],
    rows.map(([name, meaning]) => [code(name), meaning]),
  );
