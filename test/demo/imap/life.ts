import type { Person } from '../../support/corpus/company.ts'
import type { Dovecot } from '../../support/dovecot.ts'
import { openRaw, seedMailbox } from '../../support/mailbox.ts'
import { seeded } from '../../support/random.ts'
import { conversation } from './conversations.ts'
import { inFolder, lettersFrom, lettersTo } from './mailboxes.ts'

/** What people did on the old server. */
export interface Life {
  readonly arrived: number
  readonly flagged: number
}

/** Colleagues write to each other, and everybody flags a message or two; another `round` brings other letters. */
export async function goOnWorking(server: Dovecot, people: readonly [Person, ...Person[]], round: number): Promise<Life> {
  const random = seeded(round)
  const now = Date.now()
  const letters = Array.from({ length: 6 }, () => [...conversation(random, people, new Date(now))]).flat()
  let arrived = 0
  let flagged = 0
  for (const person of people) {
    const [received, sent] = [lettersTo(person, letters), lettersFrom(person, letters)]
    await seedMailbox(server, person.user, [inFolder('INBOX', received), inFolder('Sent', sent)])
    arrived += received.length + sent.length
    flagged += await flagSome(server, person)
  }
  return { arrived, flagged }
}

/** The oldest two of the inbox that aren't yet; answers how many. */
async function flagSome(server: Dovecot, { user }: Person): Promise<number> {
  await using connection = await openRaw(server, user)
  await connection.command(['SELECT INBOX'])
  let chosen: string[] = []
  await connection.command(['SEARCH UNKEYWORD $Followup'], ({ text }) => {
    const numbers = /^\* SEARCH (.+)$/.exec(text)?.[1]
    if (numbers !== undefined) chosen = numbers.split(' ').slice(0, 2)
  })
  if (chosen.length > 0) await connection.command([`STORE ${chosen.join(',')} +FLAGS.SILENT (\\Flagged \\Answered $Followup)`])
  return chosen.length
}

/** Everybody makes a folder of their own and files the oldest message of the inbox there (RFC 6851); answers how many were moved. */
export async function tidyUp(server: Dovecot, people: readonly Person[]): Promise<number> {
  for (const { user } of people) {
    await using connection = await openRaw(server, user)
    await connection.command(['CREATE "Done"'])
    await connection.command(['SUBSCRIBE "Done"'])
    await connection.command(['SELECT INBOX'])
    await connection.command(['MOVE 1 "Done"'])
  }
  return people.length
}

/** Deletes one message of a mailbox for good. */
export async function deleteOne(server: Dovecot, { user }: Person): Promise<void> {
  await using connection = await openRaw(server, user)
  await connection.command(['SELECT INBOX'])
  await connection.command(['STORE 1 +FLAGS.SILENT (\\Deleted)'])
  await connection.command(['EXPUNGE'])
}
