import assert from 'node:assert/strict'
import fc from 'fast-check'
import { indexFolders } from '../../../src/servers/imap/foldersIndex.ts'
import { idOfWireName, type Namespace, pathOfId, wireNameOf } from '../../../src/servers/imap/names.ts'
import { escapeName, unescapeName } from '../../../src/servers/imap/namesEscape.ts'
import { decodeUtf7, encodeUtf7 } from '../../../src/servers/imap/namesUtf7.ts'

/** Any UTF-16 there is, lone surrogates and control characters included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.nat(0xffff).map(unit => String.fromCharCode(unit)), maxLength: 30 }),
)
const anyName = fc.oneof(anyText, fc.stringMatching(/^[=u0-9A-F./ -]{0,12}$/))

const slash: Namespace = { prefix: '', delimiter: '/', utf8: false }
const dot: Namespace = { prefix: 'INBOX.', delimiter: '.', utf8: false }
const flat: Namespace = { prefix: '', delimiter: undefined, utf8: false }

const idOfPath = (path: readonly string[], namespace: Namespace): string => indexFolders([], namespace).idFor(path, 'lenient')

describe('modified UTF-7', () => {
  it('is what RFC 3501 shows', () => {
    assert.equal(encodeUtf7('~peter/mail/台北/日本語'), '~peter/mail/&U,BTFw-/&ZeVnLIqe-')
    assert.equal(decodeUtf7('~peter/mail/&U,BTFw-/&ZeVnLIqe-'), '~peter/mail/台北/日本語')
    assert.equal(encodeUtf7('Entwürfe & Co'), 'Entw&APw-rfe &- Co')
    assert.equal(encodeUtf7('😀'), '&2D3eAA-')
  })

  it('can be read back, whatever was written', () => {
    fc.assert(fc.property(anyText, text => assert.equal(decodeUtf7(encodeUtf7(text)), text)))
  })

  it('is not guessed at where it is malformed', () => {
    for (const wire of ['R&D', 'a&', '&Jjo!', '&AGE-', '&U,BTFw-&ZeVnLIqe-', 'Entwürfe', '&AP-'])
      assert.equal(decodeUtf7(wire), undefined, wire)
  })
})

describe('a folder’s id', () => {
  it('leads back to exactly the name the server sent', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText, fc.stringMatching(/^[a-z&+,-]{0,12}$/)).filter(wire => wire.toUpperCase() !== 'INBOX'),
        fc.boolean(),
        (wire, utf8) => assert.equal(wireNameOf(idOfWireName(wire, utf8), utf8), wire),
      ),
    )
  })

  it('is the same before and after the server learned UTF-8', () => {
    assert.equal(idOfWireName('Entw&APw-rfe', false), idOfWireName('Entwürfe', true))
  })

  it('is INBOX in any case', () => assert.equal(idOfWireName('Inbox', false), 'INBOX'))

  it('keeps malformed names apart from well-formed ones', () => {
    assert.notEqual(idOfWireName('R&D', false), idOfWireName('R&-D', false))
    assert.equal(wireNameOf(idOfWireName('R&D', false), false), 'R&D')
  })
})

describe('a folder’s path', () => {
  it('leaves the namespace’s prefix out', () => {
    assert.deepEqual(pathOfId('INBOX.Sent', dot), ['Sent'])
    assert.deepEqual(pathOfId('Inbox.Projects.2019', dot), ['Projects', '2019'])
    assert.deepEqual(pathOfId('inbox', dot), ['INBOX'])
    assert.deepEqual(pathOfId('INBOX.INBOX', dot), ['INBOX', 'INBOX'])
    assert.deepEqual(pathOfId('INBOX/Work', slash), ['INBOX', 'Work'])
    assert.deepEqual(pathOfId('a/b', flat), ['a/b'])
  })

  it('is found again on a server with another delimiter and prefix', () => {
    assert.equal(idOfPath(['INBOX'], dot), 'INBOX')
    assert.equal(idOfPath(['INBOX', 'Work'], slash), 'INBOX/Work')
    assert.equal(idOfPath(['INBOX', 'Work'], dot), 'INBOX.INBOX.Work')
    assert.equal(idOfPath(['Projects', '2019'], dot), 'INBOX.Projects.2019')
    assert.equal(idOfPath(['v1.2', 'a/b'], dot), 'INBOX.v1=2E2.a/b')
    assert.equal(idOfPath(['v1.2', 'a/b'], slash), 'v1.2/a=2Fb')
  })

  it('never becomes the inbox unless it is', () => {
    assert.equal(idOfPath(['inbox', 'x'], slash), '=69nbox/x')
    fc.assert(
      fc.property(
        fc.mixedCase(fc.constant('inbox')).filter(name => name !== 'INBOX'),
        name => assert.notEqual(idOfPath([name], slash).toUpperCase(), 'INBOX'),
      ),
    )
  })

  it('becomes one name where folders can’t hold folders', () => assert.equal(idOfPath(['Projects', '2019'], flat), 'Projects=2F2019'))

  it('has one id of its own', () => {
    const anyPath = fc.array(
      anyName.filter(name => name.length < 20),
      { minLength: 1, maxLength: 3 },
    )
    for (const namespace of [slash, dot]) {
      fc.assert(
        fc.property(anyPath, anyPath, (a, b) =>
          assert.equal(idOfPath(a, namespace) === idOfPath(b, namespace), JSON.stringify(a) === JSON.stringify(b)),
        ),
      )
      fc.assert(fc.property(anyPath, path => assert.deepEqual(pathOfId(idOfPath(path, namespace), namespace).map(unescapeName), path)))
    }
  })
})

describe('a name on a target', () => {
  const lenient = { delimiter: '/', manner: 'lenient' } as const
  const strict = { delimiter: '/', manner: 'strict' } as const

  it('stays as it is where it can', () => {
    for (const name of [
      'Sent',
      'Entwürfe',
      '50% off',
      'a*b',
      'Re: x',
      ' lead',
      'trail ',
      'dot.',
      'a = b',
      'R&D',
      '"q" \\ b',
      '日本語',
      '😀',
    ])
      assert.equal(escapeName(name, lenient), name)
  })

  it('is escaped where it can’t', () => {
    assert.equal(escapeName('a/b', lenient), 'a=2Fb')
    assert.equal(escapeName('tab\there', lenient), 'tab=09here')
    assert.equal(escapeName('x=2F', lenient), 'x=3D2F')
    assert.equal(escapeName('', lenient), '=-')
    assert.equal(escapeName('..', lenient), '=2E=2E')
    assert.equal(escapeName('\ud800x', lenient), '=uD800x')
  })

  it('keeps to letters and digits for a server that refused it', () => {
    assert.equal(escapeName('50% *off* ', strict), '50=25 =2Aoff=2A=20')
    assert.equal(escapeName('~Größe 1.5', strict), '=7EGröße 1=2E5')
  })

  it('can be read back', () => {
    for (const rules of [lenient, strict, { delimiter: '.', manner: 'lenient' }, { delimiter: undefined, manner: 'strict' }] as const) {
      fc.assert(
        fc.property(
          anyName.filter(name => name.length < 6),
          name => assert.equal(unescapeName(escapeName(name, rules)), name),
        ),
      )
    }
  })

  it('fits a file system, and two long names stay two', () => {
    const long = 'ü'.repeat(300)
    const [one, other] = [escapeName(long, lenient), escapeName(`${long}x`, lenient)]
    assert.notEqual(one, other)
    assert.equal(one, escapeName(long, lenient))
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }), name =>
        assert(encodeUtf7(escapeName(name, lenient)).length <= 255),
      ),
    )
  })
})
