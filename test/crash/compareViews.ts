import { type MailboxView, textOfView } from '../support/exchangeMailbox.ts'

/** What was lost, doubled or changed between two mailboxes, in words; messages are compared as multisets within their folder. */
export function compareViews(original: MailboxView, copy: MailboxView): string[] {
  const found: string[] = []
  for (const folder of new Set([...original.keys(), ...copy.keys()])) {
    const left = new Map<string, number>()
    for (const mail of original.get(folder) ?? []) left.set(textOfView(mail), (left.get(textOfView(mail)) ?? 0) + 1)
    for (const mail of copy.get(folder) ?? []) left.set(textOfView(mail), (left.get(textOfView(mail)) ?? 0) - 1)
    for (const [mail, count] of left)
      if (count !== 0) found.push(`${folder}: ${count > 0 ? 'missing' : 'extra'} ${Math.abs(count)} × ${mail}`)
  }
  return found.sort()
}
