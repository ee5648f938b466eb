/** Bytes a secret may have: room for the CSV of some 100,000 mailboxes. */
export const secretLimit = 16 * 1024 * 1024
