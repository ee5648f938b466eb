import assert from 'node:assert/strict'
import { all, ask, createCompany, distinguishedXml, first, folderOf, idXml, textsOf } from '../../support/ews.ts'
import { createItem, exportItems, findItem, getItem, mime } from '../../support/ewsRequests.ts'

const inbox = distinguishedXml('inbox')
const items = (...subjects: string[]): string =>
  subjects.map(subject => `<t:Message>${mime(`Subject: ${subject}\r\n\r\nx`)}</t:Message>`).join('')

describe('what goes wrong on demand', () => {
  it('is a busy server: as a fault, in the answer, or hidden in another error, always with its back-off', async () => {
    const company = createCompany()
    const answers = []
    for (const as of ['fault', 'message', 'inner'] as const) {
      company.organisation.faults.request = () => ({ code: 'ErrorServerBusy', backOffMilliseconds: 7500, as })
      answers.push(await ask(company, createItem(items('a', 'b'), { folder: inbox })))
    }
    assert.deepEqual(
      answers.map(({ status, codes }) => [status, codes]),
      [
        [500, ['ErrorServerBusy']],
        [200, ['ErrorServerBusy', 'ErrorServerBusy']],
        [200, ['ErrorInternalServerError', 'ErrorInternalServerError']],
      ],
    )
    for (const { body } of answers)
      assert.ok(all(body, 'Value').some(one => one.attributes['Name'] === 'BackOffMilliseconds' && one.text === '7500'))
    assert.ok(textsOf(answers[2]?.body ?? assert.fail(), 'Value').includes('ErrorServerBusy'))
    assert.equal(folderOf(company, company.anna, 'inbox').items.size, 0)
  })

  it('is asked of the throttling with whose budget it is, before anything is done', async () => {
    const company = createCompany()
    const asked: unknown[] = []
    const context = {
      admit: (request: object) => {
        asked.push(request)
        return { code: 'ErrorExceededConnectionCount', as: 'fault' } as const
      },
    }
    const { codes } = await ask(company, createItem(items('a', 'b'), { folder: inbox }), { context })
    assert.deepEqual(codes, ['ErrorExceededConnectionCount'])
    assert.equal(folderOf(company, company.anna, 'inbox').items.size, 0)
    const { anna } = company
    assert.deepEqual(
      asked.map(one => ({ ...Object(one), size: 0 })),
      [{ operation: 'CreateItem', count: 2, size: 0, caller: anna.objectGuid, actingAs: anna.objectGuid }],
    )
  })

  it('is one item of many', async () => {
    const company = createCompany()
    const made = await ask(company, createItem(items('good', 'bad', 'fine'), { folder: inbox }))
    const ids = all(made.body, 'ItemId')
      .map(one => idXml(one))
      .join('')
    company.organisation.faults.item = ({ subject }) => (subject === 'bad' ? 'ErrorItemCorrupt' : undefined)
    assert.deepEqual((await ask(company, getItem(ids))).codes, ['NoError', 'ErrorItemCorrupt', 'NoError'])
    assert.deepEqual((await ask(company, exportItems(ids))).codes, ['NoError', 'ErrorItemCorrupt', 'NoError'])
    assert.equal(first((await ask(company, findItem(inbox))).body, 'RootFolder').attributes['TotalItemsInView'], '3')
  })

  it('is a mailbox on the move: the rest of the batch is given up', async () => {
    const company = createCompany()
    const made = await ask(company, createItem(items('a', 'b'), { folder: inbox }))
    company.organisation.faults.mailboxes.set(company.anna.mailboxGuid ?? '', 'ErrorMailboxMoveInProgress')
    const ids = all(made.body, 'ItemId')
      .map(one => idXml(one))
      .join('')
    assert.deepEqual((await ask(company, getItem(ids))).codes, ['ErrorMailboxMoveInProgress', 'ErrorBatchProcessingStopped'])
  })

  it('are fewer answers than requests, though everything was done', async () => {
    const company = createCompany()
    company.organisation.faults.dropAnswers = () => 2
    assert.deepEqual((await ask(company, createItem(items('a', 'b', 'c'), { folder: inbox }))).codes, ['NoError'])
    assert.equal(folderOf(company, company.anna, 'inbox').items.size, 3)
  })
})
