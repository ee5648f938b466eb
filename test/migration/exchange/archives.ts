import assert from 'node:assert/strict'
import type { Mailbox } from '../../../src/sandbox/exchange/mailbox.ts'
import { putMail } from '../../support/exchangeMailbox.ts'
import { mime, received } from './mails.ts'
import type { Side } from './scene.ts'

export const archiveOf = ({ archive }: Side): Mailbox => archive ?? assert.fail('no archive')

/** What retention policies and people made of an archive: folders called as in the mailbox, and one of its own. */
export function fillArchive(side: Side): void {
  const put = (path: string[], n: number) => putMail(archiveOf(side), path, { mime: mime(n), received: received(n), read: true })
  put(['Inbox'], 200)
  put(['Inbox'], 201)
  put(['Deleted Items'], 202)
  put(['Projects', '2019'], 203)
}
