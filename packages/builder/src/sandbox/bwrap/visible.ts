/**
 * What of the machine a build may see: the folders of the system's software, those files of /etc that programs cannot do
 * without, and the toolchains that PATH and the environment name, as far as the build's user could read them anyway. No
 * home, no data, and nothing that holds a folder of ours.
 */
import { existsSync, lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, isAbsolute, sep } from 'node:path';

const SOFTWARE = ['/usr', '/opt', '/nix/store', '/gnu/store'];
/** Links into /usr on most systems, folders of their own on some. */
const BESIDE = ['/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32'];
const SETTINGS = [
  ...['alternatives', 'ca-certificates', 'ca-certificates.conf', 'crypto-policies', 'debian_version', 'dotnet'],
  ...['fonts', 'gai.conf', 'java', 'java-8-openjdk', 'java-11-openjdk', 'java-17-openjdk', 'java-21-openjdk'],
  ...['java-25-openjdk', 'ld.so.cache', 'ld.so.conf', 'ld.so.conf.d', 'localtime', 'magic', 'maven', 'mime.types'],
  ...['os-release', 'pki', 'protocols', 'python3', 'services', 'ssl', 'timezone', 'xml'],
].map((name) => `/etc/${name}`);
/** Only while it may use the network; where to ask for names is nobody's secret, but not needed otherwise. */
const NETWORK = ['/etc/resolv.conf', '/etc/host.conf'];

export type Mount = readonly [kind: '--ro-bind' | '--symlink', from: string, to: string];

/** Who reads; null: we ourselves, without any other user. */
export interface Reader {
  readonly uid: number;
  readonly gid: number;
}

export function systemMounts({ network, hidden }: { network: boolean; hidden: readonly string[] }): Mount[] {
  const software = SOFTWARE.filter((it) => existsSync(it) && (it === '/usr' || !holdsOne(it, hidden)));
  const settings = [...SETTINGS, ...(network ? NETWORK : [])].filter((it) => existsSync(it));
  return [...BESIDE.flatMap(besideMount), ...[...software, ...settings].map(same)];
}

function besideMount(path: string): Mount[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return [];
  return [found.isSymbolicLink() ? ['--symlink', readlinkSync(path), path] : same(path)];
}

const same = (path: string): Mount => ['--ro-bind', path, path];

const TOOL_FOLDERS = /^(DOTNET_ROOT(_\w+)?|JAVA_HOME|MAVEN_HOME|M2_HOME)$/;
const CERTIFICATES = /^(SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|CURL_CA_BUNDLE|REQUESTS_CA_BUNDLE|GIT_SSL_CAINFO)$/;

export interface Seen {
  readonly environment: Readonly<Record<string, string>>;
  /** What the owner of the agent lets builds read beyond that. */
  readonly readable: readonly string[];
  readonly hidden: readonly string[];
  readonly reader: Reader;
}

/** Toolchains outside the folders of the system, and what the owner named. */
export function toolMounts({ environment, readable, hidden, reader }: Seen): Mount[] {
  const named = Object.entries(environment).flatMap(([name, value]) => {
    if (name === 'PATH') return value.split(delimiter).flatMap(toolFolder);
    return TOOL_FOLDERS.test(name) || CERTIFICATES.test(name) ? withReal(value) : [];
  });
  const allowed = named.filter((it) => mayRead(it, reader));
  const all = new Set([...allowed, ...readable.filter((it) => existsSync(it))]);
  const wanted = [...all].filter((it) => isAbsolute(it) && !isSystem(it) && !holdsOne(it, hidden));
  // A folder stands before what lies in it, or it would cover that.
  return wanted.sort().map(same);
}

/** Programs of a bin folder look for what belongs to them beside it. */
function toolFolder(folder: string): string[] {
  return withReal(folder).flatMap((it) => {
    const parent = dirname(it);
    const isOneTool = basename(it) === 'bin' && basename(parent) !== '.local' && !holdsOne(parent, [homedir()]);
    return isOneTool ? [parent] : [it];
  });
}

function withReal(path: string): string[] {
  if (!isAbsolute(path) || !existsSync(path)) return [];
  return [...new Set([path, realpathSync(path)])];
}

const isSystem = (path: string): boolean => [...SOFTWARE, ...BESIDE, ...SETTINGS].some((it) => isWithin(path, it));
const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);
const holdsOne = (folder: string, paths: readonly string[]): boolean =>
  folder === sep || paths.some((it) => isWithin(it, folder));

/** Whether every folder on the way lets that user pass. We may be root, to whom every door is open. */
function mayRead(path: string, reader: Reader): boolean {
  const parent = dirname(path);
  return isOpen(path, reader) && (parent === path || mayRead(parent, reader));
}

function isOpen(path: string, { uid, gid }: Reader): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return false;
  const wanted = found.isDirectory() ? 1 : 4;
  const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0;
  return ((found.mode >> shift) & wanted) !== 0;
}
