import assert from 'node:assert/strict'
import { readCsv } from '../../src/rpc/csv.ts'

const read = (text: string) => readCsv('secrets.csv', text, { needed: ['mailbox', 'password'], optional: ['user'] })

const problemsOf = (text: string) => {
  try {
    read(text)
  } catch (error) {
    return (error as { params: { problems: unknown } }).params.problems
  }
  return 'none'
}

describe('CSV', () => {
  it('names its columns in the header, in any order and case', () => {
    const [row] = read('Password,MAILBOX\nsecret,anna\n')
    assert.deepEqual(row, { line: 2, fields: { password: 'secret', mailbox: 'anna' } })
  })

  it('takes a byte order mark, quoted fields, blank lines and CRLF', () => {
    const rows = read('\uFEFFmailbox,user,password\r\n"a, b",u,"p""q"\r\n\r\nanna,,x y \r\n')
    assert.deepEqual(
      rows.map(row => row.fields),
      [
        { mailbox: 'a, b', user: 'u', password: 'p"q' },
        { mailbox: 'anna', password: 'x y ' },
      ],
    )
  })

  it('takes the separator of the header, and leaves others to the fields', () => {
    assert.equal(read('mailbox;password\nanna;a,b\n')[0]?.fields.password, 'a,b')
    assert.equal(read('mailbox,password\nanna,a;b\n')[0]?.fields.password, 'a;b')
  })

  it('names every bad row by its line', () => {
    assert.deepEqual(problemsOf('mailbox,password\nanna,x\n,y\nberta\nclara,x,y,z\n'), [
      { line: 3, message: 'mailbox is empty' },
      { line: 4, message: 'password is empty' },
      { line: 5, message: '4 fields, but the header names 2' },
    ])
  })

  it('says what is wrong with the header', () => {
    assert.deepEqual(problemsOf('mailbox,pasword\n'), [{ line: 1, message: 'the header lacks password; expected mailbox,password' }])
    assert.deepEqual(problemsOf(''), [{ line: 1, message: 'empty; expected the header mailbox,password' }])
    assert.deepEqual(problemsOf('mailbox,password,colour\n'), [
      { line: 1, message: "the header has a column that isn't known (column 3); known are mailbox, password, user" },
    ])
  })

  it('repeats no field in its messages, for it may be a secret', () => {
    for (const text of ['mailbox,password\nanna,"hunter2"x\n', 'mailbox,password\nanna,hunter"2\n', 'mailbox,password\nanna,"hunter2\n']) {
      assert.doesNotMatch(JSON.stringify(problemsOf(text)), /hunter/)
      assert.match(JSON.stringify(problemsOf(text)), /"line":2/)
    }
  })

  it('reads 10,000 rows', () => {
    const text = `mailbox,user,password\n${Array.from({ length: 10_000 }, (_, n) => `m${n}@example.org,u${n},p${n}`).join('\n')}\n`
    assert.equal(read(text).length, 10_000)
  })
})
