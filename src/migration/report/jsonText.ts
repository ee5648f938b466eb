import type { PairReport, Report } from './model.ts'

/** The report as one JSON document, in pieces: what `Report` has, with `mailboxes` in the place of `pairReports()` and `items` in that of `items()`. */
export async function* jsonText({ pairReports, items: _items, ...head }: Report): AsyncGenerator<string, void, undefined> {
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "mailboxes": [`
  let separator = '\n'
  for await (const pair of pairReports()) {
    yield separator
    yield* pairText(pair)
    separator = ',\n'
  }
  yield '\n  ]\n}\n'
}

/** A folder and an item stand on one line each: such a file can be read by `grep` too. */
async function* pairText({ items, folders, ...pair }: PairReport): AsyncGenerator<string, void, undefined> {
  yield `    ${JSON.stringify(pair).slice(0, -1)},\n      "folders": [${folders.map(folder => `\n        ${JSON.stringify(folder)}`).join()}\n      ],\n      "items": [`
  let separator = ''
  for await (const page of items()) {
    yield separator + page.map(({ source: _source, target: _target, ...item }) => `\n        ${JSON.stringify(item)}`).join()
    separator = ','
  }
  yield '\n      ]}'
}
