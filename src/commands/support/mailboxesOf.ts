import type { JobPart } from './chosen.ts'

/** How requests are told which mailboxes of a job are meant; all of them where nothing is said. */
export const mailboxesOf = ({ pairs }: JobPart): { readonly mailboxes?: string[] } =>
  pairs === undefined ? {} : { mailboxes: pairs.map(({ id }) => id) }
