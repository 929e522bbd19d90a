/**
 * What a program that we start may know of the environment in which the agent runs: how to find programs, how to get
 * out to the network, and nothing else. Tokens and keys that the agent was started with stay with the agent.
 */
const EVERYWHERE = [
  'PATH',
  'Path',
  'SystemRoot',
  'SystemDrive',
  'windir',
  'ComSpec',
  'PATHEXT',
  'ProgramFiles',
  'ProgramData',
];
const NETWORK = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
];
const AUTHORITIES = [
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'NODE_EXTRA_CA_CERTS',
  'CURL_CA_BUNDLE',
  'REQUESTS_CA_BUNDLE',
  'GIT_SSL_CAINFO',
];

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export function inherited(
  environment: NodeJS.ProcessEnv,
  alsoNamed: (name: string) => boolean,
): Record<string, string> {
  const names = new Set([...EVERYWHERE, ...NETWORK, ...AUTHORITIES]);
  const kept = Object.entries(environment).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined && (names.has(entry[0]) || alsoNamed(entry[0]));
  });
  return { PATH: DEFAULT_PATH, ...Object.fromEntries(kept) };
}
