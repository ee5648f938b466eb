import util from 'node:util'

type Library = typeof import('ews-javascript-api')

let loading: Promise<Library> | undefined

/**
 * Loads ews-javascript-api when it is first needed: it takes 65 MB. It calls `util.isNullOrUndefined`, which Node took away with version 23, and looks it up
 * while it loads.
 */
export function loadLibrary(): Promise<Library> {
  if (!('isNullOrUndefined' in util)) {
    Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined })
  }
  loading ??= import('ews-javascript-api')
  return loading
}
