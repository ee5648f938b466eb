import assert from 'node:assert/strict'
import { causeText } from '../../src/views/rows/connectionRow.ts'
import { createWording, type L10n } from '../../src/views/wording.ts'
import { shownCheck } from '../../src/webview/checks.ts'
import { shownCutover } from '../../src/webview/cutover/shownCutover.ts'

const l10n: L10n = { t: (message, ...values) => message.replace(/\{(\d+)\}/g, (_, at) => String(values[Number(at)])) }
const wordingIn = (locale: string) => createWording({ l10n, locale, timeZone: 'UTC', now: () => Date.parse('2026-01-01T12:00:00Z') })

describe('a German window', () => {
  it('says errors and checks in German, with their next steps', () => {
    const error = { code: 'host.refused', params: { host: 'mail.example', port: 993 } } as const
    const check = { name: 'extensions', state: 'passed', detail: 'UIDPLUS; no MOVE (messages are moved by copying and deleting)' } as const
    for (const locale of ['de', 'de-AT']) {
      assert.match(shownCheck(wordingIn(locale), { ...check, state: 'failed', error }).cure ?? '', /^Prüfen Sie den Port/)
      assert.equal(
        shownCheck(wordingIn(locale), check).detail,
        'UIDPLUS; kein MOVE (Nachrichten werden durch Kopieren und Löschen verschoben)',
      )
    }
    assert.equal(shownCheck(wordingIn('fr'), check).detail, check.detail)
  })

  it('says why a server can’t be reached, by its code where that is known', () => {
    const error = { code: 'host.notFound', params: { host: 'mail.example' } } as const
    const away = { state: 'unreachable', since: '2026-01-01T08:00:00Z', cause: 'The host mail.example has no address in DNS.' } as const
    assert.equal(causeText(wordingIn('de'), { ...away, error }), 'Der Host mail.example hat keine Adresse im DNS.')
    assert.equal(causeText(wordingIn('de'), away), away.cause)
    assert.equal(causeText(wordingIn('de'), { ...away, cause: 'no answer' }), 'keine Antwort')
  })

  it('says a cutover’s steps in German, and moments as they are said there', () => {
    const steps = [
      {
        id: 'testConnections',
        phase: 'before',
        title: 'Test both connections',
        state: 'done',
        parts: [{ subject: 'Old', state: 'done', detail: 'verified on 2025-12-31T09:30:00.000Z' }],
        how: ['What a test records is what proves, after the move, that a connection still leads to the same organisation.'],
      },
    ] as const
    const of = {
      cutovers: [{ domain: 'contoso.com', jobs: [], steps, live: false }],
      connections: [],
      jobs: [],
      chosen: undefined,
      busy: false,
    }
    const [german] = shownCutover(wordingIn('de'), of).steps
    assert.deepEqual([german?.title, german?.parts[0]?.text], ['Beide Verbindungen testen', 'Old: geprüft am 31.12.2025, 09:30'])
    assert.match(german?.how[0] ?? '', /^Was ein Test vermerkt/)
    assert.equal(shownCutover(wordingIn('en-GB'), of).steps[0]?.parts[0]?.text, 'Old: verified on 31 Dec 2025, 09:30')
  })
})
