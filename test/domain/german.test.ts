import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Kind } from '../../src/domain/connection.ts'
import { type StepId, tickSteps } from '../../src/domain/cutover/step.ts'
import { howTo, titles } from '../../src/domain/cutover/words.ts'
import { errorCodes, describe as inEnglish, sentence } from '../../src/domain/errorText.ts'
import { describeInGerman } from '../../src/domain/german/describe.ts'
import { type BookName, books, inGerman } from '../../src/domain/german/phrases.ts'
import { sampleErrors } from './sampleErrors.ts'

const src = join(import.meta.dirname, '../../src')

/** The sources of some folders, as far as they aren't the German itself. */
const sources = (...folders: readonly string[]): string =>
  folders
    .flatMap(folder => readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' }).map(name => join(src, folder, name)))
    .filter(file => file.endsWith('.ts') && !file.includes('german'))
    .map(file => readFileSync(file, 'utf8'))
    .join('\n')

/** Texts that a source has right behind a word, with `{0}` where something is filled in. */
function textsBehind(word: RegExp, text: string): string[] {
  const found = [...text.matchAll(new RegExp(`${word.source}\\s*(?:'((?:\\\\.|[^'\\\\])*)'|\`((?:\\\\.|[^\`\\\\])*)\`)`, 'g'))]
  return found.map(([, plain, template]) => {
    let at = 0
    // A choice inside of a text makes it several, which are told apart in the book.
    if (template?.includes(' ? ') === true) return ''
    return (plain ?? template?.replace(/\$\{(quoted\()?[^}]*\}/g, (_, quoted) => (quoted ? `“{${at++}}”` : `{${at++}}`)) ?? '')
      .replaceAll('\\n', '\n')
      .replaceAll("\\'", "'")
  })
}

/** Whether there is anything to translate in it. */
const hasWords = (text: string): boolean => /[a-z]{2,} .*[a-z]{2,}/i.test(text.replace(/\{\d\}/g, ''))

/** Filled in with what no book knows. */
const filled = (text: string): string => text.replace(/\{(\d)\}/g, 'X$1')

describe('errors in German', () => {
  for (const code of errorCodes) {
    it(`${code} says what happened and what to do next, in whole sentences that name the thing`, () => {
      const { message, next } = describeInGerman({ code, params: sampleErrors[code] })
      for (const text of [message, next]) {
        assert.doesNotMatch(text, /undefined|null|NaN|\[object|\.\.|[.:] \.|: *$/)
        assert.match(text, /^[\p{L}\d„/]/u, text)
      }
      assert.match(next, /[.!?}"]$|\||NAME$/, next)
      const english = inEnglish({ code, params: sampleErrors[code] })
      // What is wrong with a command line is said by the command line alone.
      if (code !== 'usage') assert.notEqual(message, english.message)
      assert.notEqual(next, english.next)
      const ours = new Set(['reason', 'operation', 'detail', 'what', 'field', 'kind'])
      const things = Object.entries<unknown>(sampleErrors[code]).filter(
        ([key, value]) => !ours.has(key) && typeof value === 'string' && value !== '' && value.length < 100,
      )
      // Of these a German sentence has its own word.
      const known = new Set(['source', 'target', 'adopted', 'touched', 'gone', 'unlocated', 'refused'])
      for (const [, thing] of things)
        if (!known.has(String(thing))) assert.ok(sentence({ message, next }).includes(String(thing)), `${String(thing)} in: ${message}`)
    })
  }

  it('leave what a server answered as it is', () => {
    const { message } = describeInGerman({
      code: 'signIn.refused',
      params: { host: 'h', user: 'u', response: 'as you are: it is empty and refused' },
    })
    assert.match(message, /: as you are: it is empty and refused\.$/)
  })

  it('say reasons and operations of ours in German too', () => {
    const params = {
      connection: 'Old',
      reason: 'a domain change was declared that concerns it (the domain contoso.com moves)',
      operation: 'starting the job',
    }
    const { message } = describeInGerman({ code: 'stale', params })
    assert.match(
      message,
      /ein Domänenwechsel wurde gemeldet, der sie betrifft \(die Domäne contoso.com zieht um\)\..*abgelehnt: den Auftrag starten\./,
    )
  })
})

describe('what the engine says of its own, in German', () => {
  /** A text that goes on from another one is known by the phrase that ends with it. */
  function said(book: BookName, text: string): void {
    const rest = text.replace(/^\{0\}/, '')
    const isEnd =
      rest !== text && Object.keys(books[book]).some(phrase => phrase.replace(/\{\d\}/g, '').endsWith(rest.replace(/\{\d\}/g, '')))
    if (!isEnd) assert.notEqual(inGerman(book, filled(text)), filled(text), text)
  }

  it('has every text of the checks', () => {
    const own = ['verify.ts', 'verifyExtensions.ts'].map(name => readFileSync(join(src, 'servers/imap', name), 'utf8'))
    const text = [...own, sources('servers/exchange/verify', 'servers/office365/verify')].join('\n')
    const texts = [...textsBehind(/\b(?:detail:|detail =|without:)/, text), ...textsBehind(/fail\(\s*'\w+',/, text)].filter(hasWords)
    assert.ok(texts.length > 40, String(texts.length))
    for (const one of texts) said('checks', one)
  })

  it('has every text of a mailbox’s readiness', () => {
    const own = textsBehind(/\bdetail:/, readFileSync(join(src, 'servers/office365/readiness.ts'), 'utf8')).filter(hasWords)
    assert.ok(own.length > 10)
    for (const one of own) said('readiness', one)
  })

  it('has every text of a dry run', () => {
    const texts = textsBehind(/=>/, readFileSync(join(src, 'migration/findingText.ts'), 'utf8')).filter(hasWords)
    assert.ok(texts.length > 6)
    for (const one of texts) said('findings', one)
  })

  it('has every text by which a report lists something', () => {
    const source = readFileSync(join(src, 'migration/report/reasonText.ts'), 'utf8')
    const texts = [
      ...textsBehind(/\b(?:too\w+|flaggedDeleted|folder\w+):/, source),
      ...textsBehind(/said\(language,/, source),
      ...textsBehind(/by\('\w+',/, source),
    ]
    assert.ok(texts.length > 9, String(texts.length))
    for (const one of texts) said('report', one)
  })

  it('has every step of a cutover, and how it is done and stands', () => {
    const kinds: readonly Kind[] = ['exchange', 'office365', 'imap']
    const steps = Object.entries(titles)
    assert.ok(steps.length > tickSteps.length)
    const isStep = (id: string): id is StepId => Object.hasOwn(titles, id)
    for (const [id, title] of steps) {
      said('cutover', title)
      for (const line of isStep(id) ? howTo(id, 'contoso.com', kinds, kinds) : []) {
        const isCommand = /^(mailferry|Get-Recipient|Update-MgUser) /.test(line)
        if (!isCommand) assert.notEqual(inGerman('cutover', line), line, line)
      }
    }
    const texts = textsBehind(/\bdetail:/, sources('domain/cutover')).filter(hasWords)
    assert.ok(texts.length > 30)
    for (const one of texts) said('cutover', one)
  })

  it('has no phrase that nobody says any more', () => {
    const all = sources('domain', 'servers', 'engine', 'migration', 'ledger', 'rpc').replaceAll("\\'", "'").replaceAll('\\\\', '\\')
    const composed = /^\{0\} (folders?|inbox rules?)/
    for (const [name, book] of Object.entries(books)) {
      if (name === 'fields') continue
      for (const phrase of Object.keys(book)) {
        if (composed.test(phrase)) continue
        const parts = phrase
          .split(/\{\d\}/)
          .flatMap(part => part.split(/\n|; |, (?=[a-z])|(?<=was)(?: not)? /))
          .flatMap(part => [part.trim(), part.replace(/[“”(]/g, '').trim()])
          .filter(part => part.length > 3)
        if (parts.length > 0)
          assert.ok(
            parts.some(part => all.includes(part)),
            `${name}: ${phrase}`,
          )
      }
    }
  })

  it('fills in numbers and sizes as Germans write them, and says phrases that are joined one by one', () => {
    assert.equal(
      inGerman(
        'findings',
        '1,234 messages can’t be copied, for the target takes no message larger than 12.5 MB. They will be listed in the report.',
      ),
      '1.234 Nachrichten lassen sich nicht kopieren, denn das Ziel nimmt keine größer als 12,5 MB. Der Bericht wird sie auflisten.',
    )
    assert.equal(
      inGerman('checks', 'UIDPLUS; no MOVE (messages are moved by copying and deleting); EXTRA'),
      'UIDPLUS; kein MOVE (Nachrichten werden durch Kopieren und Löschen verschoben); EXTRA',
    )
  })
})
