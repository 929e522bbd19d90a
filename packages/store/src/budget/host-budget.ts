/** How many pushes a minute a host recommends for one repository, where nobody said otherwise. Knows hosts, no yards. */
const HOSTS: readonly { readonly form: RegExp; readonly perMinute: number }[] = [
  { form: /^(?:[a-z]+:\/\/)?(?:[^/@]*@)?(?:www\.)?github\.com[:/]/i, perMinute: 6 },
];

/** null: no limit that we know of. */
export function hostBudget(address: string): number | null {
  return HOSTS.find(({ form }) => form.test(address))?.perMinute ?? null;
}
