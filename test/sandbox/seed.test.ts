import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { encode } from '../../src/sandbox/seed/charsets.ts'
import { encodedWords, parameter, utf7Word } from '../../src/sandbox/seed/headerText.ts'
import { type MailboxSeed, mailboxContent, type SeedEntry, type SeedMail } from '../../src/sandbox/seed/mailboxContent.ts'
import { createRequest } from '../../src/sandbox/seed/otherItems.ts'
import { companyPeople } from '../../src/sandbox/seed/people.ts'
import { assertValidSoap } from '../support/ewsSchema.ts'

const options: MailboxSeed = {
  seed: 42,
  owner: { name: 'Anna Weiß', address: 'anna@fabrikam.test' },
  colleagues: companyPeople(1, 12).map(({ displayName, local }) => ({ name: displayName, address: `${local}@fabrikam.test` })),
  language: 'de',
  messages: 800,
  scale: 0.01,
  until: new Date('2026-01-01T00:00:00Z'),
}

const digest = (entries: Iterable<SeedEntry>): string => {
  const hash = createHash('sha256')
  for (const entry of entries) hash.update(entry.kind === 'mail' ? entry.mime : entry.xml)
  return hash.digest('hex')
}

const mailsOf = (seed: MailboxSeed): SeedMail[] => [...mailboxContent(seed)].filter(entry => entry.kind === 'mail')
const headersOf = ({ mime }: SeedMail): string => mime.toString('latin1').split('\r\n\r\n', 1)[0] ?? ''
const header = (mail: SeedMail, name: string): string | undefined =>
  new RegExp(`^${name}: (.*(?:\r\n .*)*)`, 'm').exec(headersOf(mail))?.[1]

describe('seed data', () => {
  it('is the same for the same seed, and another for another', () => {
    assert.equal(digest(mailboxContent(options)), digest(mailboxContent(options)))
    assert.notEqual(digest(mailboxContent(options)), digest(mailboxContent({ ...options, seed: 43 })))
  })

  it('has threads whose References name messages that came before', () => {
    const seen = new Set<string>()
    let replies = 0
    for (const mail of mailsOf(options)) {
      const references = header(mail, 'References')?.split(/\s+/) ?? []
      assert.deepEqual(
        references.filter(id => !seen.has(id)),
        [],
      )
      if (references.length > 0) {
        replies++
        assert.equal(header(mail, 'In-Reply-To'), references.at(-1))
      }
      seen.add(header(mail, 'Message-ID') ?? '')
    }
    assert.ok(replies > 200, String(replies))
  })

  it('has what mailboxes have: kinds, flags, drafts, duplicates, mail without Message-ID, and more than mail', () => {
    const entries = [...mailboxContent(options)]
    const mails = entries.filter(entry => entry.kind === 'mail')
    const texts = mails.map(({ mime }) => mime.toString('latin1'))
    for (const part of [
      'charset=koi8-r',
      'charset=iso-2022-jp',
      'charset=windows-1252',
      'multipart/signed',
      'application/pkcs7-mime',
      'Disposition-Notification-To:',
      "filename*=utf-8''",
      "filename*0*=utf-8''",
      'Importance: high',
      '=?UTF-7?Q?',
      '=?UTF-8?B?',
      '=?KOI8-R?Q?',
    ])
      assert.ok(
        texts.some(text => text.includes(part)),
        part,
      )
    assert.ok(mails.some(mail => !mail.draft && header(mail, 'Message-ID') === undefined))
    assert.ok(mails.length - new Set(texts).size >= 3)
    assert.ok(mails.some(({ draft }) => draft) && mails.some(({ flag }) => flag === 'complete') && mails.some(({ read }) => !read))
    assert.deepEqual(
      new Set(entries.flatMap(entry => (entry.kind === 'other' ? [entry.folder] : []))),
      new Set(['calendar', 'contacts', 'tasks', 'notes']),
    )
    const spread = mails.map(({ received }) => received.getTime())
    assert.ok(Math.max(...spread) - Math.min(...spread) > 9 * 365 * 24 * 3600 * 1000)
  })

  it('keeps lines within what mail allows, and 8-bit text out of headers', () => {
    for (const mail of mailsOf(options)) {
      assert.match(headersOf(mail), /^[\x20-\x7e\r\n]*$/)
      const longest = Math.max(
        ...mail.mime
          .toString('latin1')
          .split('\r\n')
          .map(line => line.length),
      )
      assert.ok(longest <= 998, String(longest))
    }
  })

  it('has attachments up to 25 MB at full scale, most of them small', () => {
    const sizes = mailsOf({ ...options, messages: 250, scale: 1 }).map(({ mime }) => mime.length)
    const [median = 0] = sizes.toSorted((a, b) => a - b).slice(sizes.length / 2)
    assert.ok(median < 10_000, String(median))
    assert.ok(Math.max(...sizes) > 2e6 && Math.max(...sizes) < 26e6, String(Math.max(...sizes)))
  })

  it('asks for its appointments, contacts, tasks and notes as the schema has it', () => {
    const others = [...mailboxContent(options)].filter(entry => entry.kind === 'other')
    assert.ok(others.length > 60)
    for (const other of others) assertValidSoap(createRequest(other))
  })

  for (const [charset, text] of [
    ['iso-2022-jp', 'お世話になっております。ABC 会議'],
    ['koi8-r', 'Отчёт за квартал'],
    ['windows-1252', 'O’Brien – €5, Çedille'],
    ['iso-8859-1', 'Straße'],
  ] as const) {
    it(`writes ${charset} as it is read`, () => {
      assert.equal(new TextDecoder(charset).decode(encode(text, charset)), text)
    })
  }

  it('folds long headers into words of at most 75 characters', () => {
    const words = encodedWords('Besprechung über Äpfel, Öl und süße Früchte aus Übersee '.repeat(3), 'utf-8', 'Q').split('\r\n ')
    assert.ok(words.length > 3 && words.every(word => word.length <= 75 && /^=\?UTF-8\?Q\?[!-~]+\?=$/.test(word)), words.join('\n'))
    assert.equal(utf7Word('Hé 1'), '=?UTF-7?Q?H+AOk-_1?=')
    assert.equal(parameter('name', 'ä.pdf'), ";\r\n name*=utf-8''%C3%A4.pdf")
  })
})
