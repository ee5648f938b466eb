import { parse } from '@humanwhocodes/momoa'

/** Where a text stops being JSON and at what, for `JSON.parse` often doesn't say; nothing where it is JSON. */
export function jsonMistake(text: string): string | undefined {
  try {
    parse(text.replace(/^\uFEFF/, ''))
    return undefined
  } catch (error) {
    if (!(error instanceof Error) || !('line' in error) || !('column' in error)) throw error
    const found = error.message.replace(/ found\. \(\d+:\d+\)$/, '').replace(/^U/, 'u')
    return `line ${error.line}, column ${error.column}: ${found}`
  }
}
