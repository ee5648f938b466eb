import assert from 'node:assert/strict'
import { MailferryError } from '../../../src/domain/errors.ts'
import { carries, holdsCarried } from '../../../src/domain/mail.ts'
import { concernsFormat } from '../../../src/migration/rules/concernsFormat.ts'

const rejected = new MailferryError('item.rejected', { response: 'ErrorCorruptData' })

describe('the transfer ladder', () => {
  it('is stepped down for what a format fails on, not for what is too large anywhere', () => {
    assert.equal(concernsFormat(rejected, 'IPM.Note', 'rfc822'), true)
    assert.equal(concernsFormat(new MailferryError('item.unreadable', { response: '' }), undefined, 'rfc822'), true)
    assert.equal(concernsFormat(new MailferryError('item.tooLarge', { size: 2, limit: 1 }), 'IPM.Note', 'rfc822'), false)
  })

  it('ends at its last step', () => {
    assert.equal(concernsFormat(rejected, 'IPM.Note', undefined), false)
  })

  it('isn’t stepped down to a format that holds no such items', () => {
    assert.equal(concernsFormat(rejected, 'IPM.Appointment', 'rfc822'), false)
  })

  it('carries every class in the full-fidelity stream, and mail alone as messages', () => {
    for (const itemClass of ['IPM.Note', 'ipm.note.SMIME', 'IPM.Post', 'REPORT.IPM.Note.NDR'])
      assert.equal(carries('rfc822', itemClass), true)
    for (const itemClass of ['IPM.Appointment', 'IPM.Contact', 'IPM.StickyNote', 'IPM.Notebook']) {
      assert.equal(carries('rfc822', itemClass), false)
      assert.equal(carries('fts', itemClass), true)
      assert.equal(carries('mailboxItem', itemClass), true)
    }
  })

  it('takes folders of every class in the stream; as messages all but those that hold none', () => {
    for (const folderClass of [undefined, 'IPF.Note', 'IPF.Imap', 'IPF.Note.OutlookHomepage'])
      assert.equal(holdsCarried(['rfc822'], { containerClass: folderClass }), true)
    for (const folderClass of [
      'IPF.Appointment',
      'IPF.Contact',
      'IPF.Contact.MOC.QuickContacts',
      'IPF.Task',
      'IPF.StickyNote',
      'IPF.Journal',
    ]) {
      assert.equal(holdsCarried(['rfc822'], { containerClass: folderClass }), false)
      assert.equal(holdsCarried(['fts', 'rfc822'], { containerClass: folderClass }), true)
    }
  })

  it('takes what comes and goes whole alone in no message, whatever its folder holds', () => {
    assert.equal(holdsCarried(['rfc822'], { onlyWhole: true }), false)
    assert.equal(holdsCarried(['mailboxItem', 'rfc822'], { onlyWhole: true }), true)
  })
})
