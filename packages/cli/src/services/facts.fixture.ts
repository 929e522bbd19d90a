/** A service as somebody may ask for it, for specs. */
import type { ServiceFacts } from './facts.ts';

export const serviceFacts = (fields: Partial<ServiceFacts> = {}): ServiceFacts => ({
  id: 'build1',
  scope: 'system',
  user: 'gityard',
  uid: 0,
  program: ['/usr/bin/node', '/usr/lib/node_modules/gityard/dist/main.js'],
  flags: ['--yard', 'https://git.example.com/yard.git'],
  home: '/var/lib/gityard/build1',
  userHome: '/var/lib/gityard/build1',
  path: '/usr/bin:/bin',
  intervalSeconds: 60,
  drainSeconds: 600,
  tokenFile: null,
  sshKey: null,
  folders: {
    config: '/etc/gityard',
    systemd: '/etc/systemd/system',
    cron: '/etc/cron.d',
    launchd: '/Library/LaunchDaemons',
    newsyslog: '/etc/newsyslog.d',
  },
  ...fields,
});

/** What would be something else to one of those who read such files. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a shell would take it for a variable.
export const HOSTILE = [`it's`, 'a "b" c', 'a\\b', '100%n', '$HOME ${HOME} `id` $(id)', '<b>&amp;', ';id #x', 'ü 漢'];

export const contentOf = (steps: readonly object[], end: string): string => {
  const file = steps.find((it) => 'path' in it && 'content' in it && String(it.path).endsWith(end));
  if (!file || !('content' in file)) throw new Error(`there is no file ${end} in this plan`);
  return String(file.content);
};
