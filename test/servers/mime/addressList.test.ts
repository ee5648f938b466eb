import assert from 'node:assert/strict'
import { addressList } from '../../../src/servers/mime/addressList.ts'
import { parametersOf, parameterText } from '../../../src/servers/mime/parameters.ts'

describe('addresses of a header field', () => {
  const cases: readonly (readonly [string, string, readonly (readonly [string, string])[]])[] = [
    [
      'names and addresses',
      'Ann <ann@a.test>, bob@b.test',
      [
        ['Ann', 'ann@a.test'],
        ['', 'bob@b.test'],
      ],
    ],
    ['commas and quotes within quotes', '"Omer, \\"C\\"" <c@a.test>', [['Omer, "C"', 'c@a.test']]],
    [
      'a comma that nobody quoted',
      'Omer, Carl <c@a.test>, d@a.test',
      [
        ['Omer, Carl', 'c@a.test'],
        ['', 'd@a.test'],
      ],
    ],
    ['encoded words', '=?utf-8?Q?Zo=C3=AB?= <z@a.test>', [['Zoë', 'z@a.test']]],
    ['comments as names', 'd@a.test (Dan (the man))', [['Dan (the man)', 'd@a.test']]],
    [
      'members of groups',
      'Team: a@a.test, B <b@a.test>;, c@a.test',
      [
        ['', 'a@a.test'],
        ['B', 'b@a.test'],
        ['', 'c@a.test'],
      ],
    ],
    ['no one in an empty group', 'undisclosed-recipients:;', []],
    ['names alone', 'Mail Delivery System', [['Mail Delivery System', '']]],
    ['routes and white space', 'E <@relay.test: e@a.test >', [['E', 'e@a.test']]],
    ['an angle that is never closed', 'F <f@a.test', [['F', 'f@a.test']]],
  ]
  for (const [what, field, expected] of cases) {
    it(`are read: ${what}`, () => {
      assert.deepEqual(
        addressList(field).map(({ name, address }) => [name, address]),
        expected,
      )
    })
  }
})

describe('a parameter of a header field', () => {
  const named = (value: string) => parameterText(parametersOf(value), 'filename')

  it('is read quoted, encoded, with a charset and in parts', () => {
    assert.equal(named('attachment; filename="a \\"b\\".pdf"'), 'a "b".pdf')
    assert.equal(named('attachment; filename="=?iso-8859-1?Q?Gr=FC=DFe?="'), 'Grüße')
    assert.equal(named("attachment; filename*=utf-8'de'Gr%C3%BC%C3%9Fe.txt"), 'Grüße.txt')
    assert.equal(named("attachment; filename*0*=utf-8''Gr%C3; filename*1*=%BC%C3%9Fe; filename*2=.txt"), 'Grüße.txt')
    assert.equal(named('attachment'), undefined)
  })
})
