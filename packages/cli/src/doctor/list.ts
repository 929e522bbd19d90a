/** Every check of the doctor, in the order in which people would look. To add one: a function beside this, and a line here. */
import { checkBackup } from './backup.ts';
import type { Check } from './check.ts';
import { checkFiles, checkHistory, checkLength, checkQuarantine, checkVersions, checkYardSettings } from './files.ts';
import { checkAgents, checkDuplicate, checkNotices, checkPage, monitored } from './fleet.ts';
import { checkHostedPage, checkMonitor, checkPackage, checkProtection, checkToken } from './github.ts';
import { checkGit, checkHome, checkIdentity, checkNode, checkPolicy } from './machine.ts';
import { checkCertificate, checkProxy, checkSsh } from './network.ts';
import { checkLock, checkSettings } from './own-files.ts';
import { checkChannels, checkStores } from './places.ts';
import { checkDisk, checkLimits, checkMemory, checkTemporary, checkTimeZone } from './resources.ts';
import { checkSandbox } from './sandbox.ts';
import { checkService } from './service.ts';
import { checkSpool } from './spool.ts';
import { checkKeys, checkSecrets, checkSigners } from './trust.ts';
import { checkWorkflows } from './workflows.ts';
import { checkClock, checkPush, checkPushBudget, checkRefs, checkRequests, checkYard } from './yard.ts';

const MACHINE: readonly Omit<Check, 'asks'>[] = [
  { name: 'node', looks: 'the version of Node.js', runbook: 'the-program-does-not-start', run: checkNode },
  { name: 'git', looks: 'the version of git', runbook: 'the-program-does-not-start', run: checkGit },
  { name: 'identity', looks: 'as which agent this machine acts', runbook: 'duplicate-agent', run: checkIdentity },
  { name: 'settings', looks: 'agent.json and the settings of this user', runbook: 'bad-file', run: checkSettings },
  { name: 'home', looks: 'the folder of the agent', runbook: 'disk-full', run: checkHome },
  { name: 'disk', looks: 'room and files left where builds are', runbook: 'disk-full', run: checkDisk },
  { name: 'temporary', looks: 'the folder for temporary files', runbook: 'disk-full', run: checkTemporary },
  { name: 'memory', looks: 'memory left', runbook: 'machine-strained', run: checkMemory },
  { name: 'limits', looks: 'what one program may open and start', runbook: 'machine-strained', run: checkLimits },
  { name: 'time-zone', looks: 'the time zone of this machine', runbook: 'clock-wrong', run: checkTimeZone },
  { name: 'lock', looks: 'whether an agent runs with this home', runbook: 'agent-takes-no-jobs', run: checkLock },
  { name: 'service', looks: 'what agent install has installed', runbook: 'server-silent', run: checkService },
  { name: 'policy', looks: 'what may run here', runbook: 'nothing-may-run', run: checkPolicy },
  { name: 'keys', looks: 'the private keys of this machine', runbook: 'nothing-may-run', run: checkKeys },
  { name: 'signers', looks: 'whose signatures count here', runbook: 'nothing-may-run', run: checkSigners },
  { name: 'secrets', looks: 'the secrets that builds here may have', runbook: 'nothing-may-run', run: checkSecrets },
  { name: 'sandbox', looks: 'what builds run in', runbook: 'nothing-may-run', run: checkSandbox },
  { name: 'stores', looks: 'stores of artifacts and of the cache', runbook: 'store-unreachable', run: checkStores },
  {
    name: 'channels',
    looks: 'the servers that people are notified by',
    runbook: 'nobody-is-notified',
    run: checkChannels,
  },
  { name: 'proxy', looks: 'the proxies of the environment', runbook: 'the-yard-cannot-be-reached', run: checkProxy },
  { name: 'ssh', looks: 'key and known hosts', runbook: 'the-yard-cannot-be-reached', run: checkSsh },
  {
    name: 'certificate',
    looks: 'the certificate of the server',
    runbook: 'the-yard-cannot-be-reached',
    run: checkCertificate,
  },
  { name: 'token', looks: 'what the token may, and how long', runbook: 'token-expired', run: checkToken },
  { name: 'spool', looks: 'what waits on this machine', runbook: 'spool-refused', run: checkSpool },
  { name: 'backup', looks: 'when the yard was last saved from here', runbook: 'restore', run: checkBackup },
];

const YARD: readonly Omit<Check, 'asks'>[] = [
  { name: 'yard', looks: 'whether the yard answers', runbook: 'the-yard-cannot-be-reached', run: checkYard },
  { name: 'refs', looks: 'the branches of the yard', runbook: 'branch-missing', run: checkRefs },
  { name: 'push', looks: 'whether it may be written', runbook: 'token-expired', run: checkPush },
  { name: 'protection', looks: 'rules of the host for the branch', runbook: 'token-expired', run: checkProtection },
  { name: 'requests', looks: 'requests that the host allows', runbook: 'rate-limit', run: checkRequests },
  { name: 'push-budget', looks: 'pushes of the last minute', runbook: 'push-budget-empty', run: checkPushBudget },
  { name: 'clock', looks: 'this clock against the server’s', runbook: 'clock-wrong', run: checkClock },
  { name: 'history', looks: 'whether history was rewritten', runbook: 'history-rewritten', run: checkHistory },
  { name: 'length', looks: 'how long the history is', runbook: 'history-long', run: checkLength },
  { name: 'versions', looks: 'the version of the yard', runbook: 'newer-program', run: checkVersions },
  { name: 'yard-settings', looks: 'yard.json', runbook: 'bad-file', run: checkYardSettings },
  { name: 'files', looks: 'the files of the yard', runbook: 'bad-file', run: checkFiles },
  { name: 'quarantine', looks: 'files that were put back', runbook: 'quarantine', run: checkQuarantine },
  { name: 'agents', looks: 'signs of life', runbook: 'server-silent', run: checkAgents },
  {
    name: 'duplicate',
    looks: 'who else has the name of this machine',
    runbook: 'duplicate-agent',
    run: checkDuplicate,
  },
  {
    name: 'troubles',
    looks: 'what agents say of themselves',
    runbook: 'agent-takes-no-jobs',
    run: monitored(['agent-sick', 'agent-blind', 'program-returned'], 'no agent tells of trouble'),
  },
  {
    name: 'strain',
    looks: 'processors, memory and disks of the fleet',
    runbook: 'machine-strained',
    run: monitored(['machine'], 'no machine is at its end'),
  },
  {
    name: 'queue',
    looks: 'jobs that wait in vain',
    runbook: 'stuck-job',
    run: monitored(['job-stuck', 'queue-slow', 'job-runs-long'], 'every job that waits can run'),
  },
  {
    name: 'locks',
    looks: 'locks that nobody released',
    runbook: 'lock-left',
    run: monitored(['lock-left'], 'none was left behind'),
  },
  {
    name: 'upkeep',
    looks: 'what agents do by schedule',
    runbook: 'upkeep-fails',
    run: monitored(['upkeep-failing', 'upkeep-late'], 'nothing fails and nothing is late'),
  },
  { name: 'notices', looks: 'who can tell people', runbook: 'nobody-is-notified', run: checkNotices },
  { name: 'page', looks: 'what the page draws', runbook: 'page-shows-old-data', run: checkPage },
  { name: 'hosted-page', looks: 'Pages of the host', runbook: 'page-shows-old-data', run: checkHostedPage },
  { name: 'workflows', looks: 'the workflows of the yard', runbook: 'monitor-late', run: checkWorkflows },
  { name: 'package', looks: 'what the workflows install', runbook: 'monitor-late', run: checkPackage },
  { name: 'monitor', looks: 'when the health monitor ran', runbook: 'monitor-late', run: checkMonitor },
];

export const CHECKS: readonly Check[] = [
  ...MACHINE.map((it) => ({ ...it, asks: 'machine' as const })),
  ...YARD.map((it) => ({ ...it, asks: 'yard' as const })),
];
