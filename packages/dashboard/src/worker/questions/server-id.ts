/** Whether a word of an address can be the name of a server, and so of its file. An address may hold anything. */
export const isServerId = (id: string): boolean => /^[a-z0-9][a-z0-9._-]{0,99}$/.test(id);
