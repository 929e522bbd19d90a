/** Every page of the guide, in the order of its menu. To add one: `pages/<name>.md`, and a line here. */

export interface Group {
  readonly title: string;
  readonly pages: readonly string[];
}

export const GROUPS: readonly Group[] = [
  { title: 'Begin', pages: ['index', 'five-minute-start', 'install', 'onboarding-a-server', 'demo'] },
  { title: 'Every day', pages: ['queue-by-commits', 'steering', 'editor', 'github', 'observability'] },
  { title: 'When something is wrong', pages: ['runbook', 'faq', 'how-it-fails', 'limits'] },
  { title: 'Look after it', pages: ['services', 'backup', 'upgrading', 'containers', 'kubernetes'] },
  { title: 'Decide', pages: ['comparison', 'migration', 'security', 'supply-chain', 'architecture'] },
  {
    title: 'Look up',
    pages: ['reference/commands', 'reference/files', 'reference/api', 'reference/environment', 'reference/exit-codes'],
  },
];

export const PAGES: readonly string[] = GROUPS.flatMap(({ pages }) => pages);
