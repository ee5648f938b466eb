/** A status response (RFC 3501 7.1), tagged or not. */
export interface Status {
  readonly status: 'OK' | 'NO' | 'BAD' | 'BYE' | 'PREAUTH'
  /** Response code in upper case without brackets and arguments, e.g. `APPENDUID`. */
  readonly code: string | undefined
  /** The code's arguments as they came. */
  readonly args: string
  /** The human text. */
  readonly text: string
}

export type Tagged = Status & { readonly status: 'OK' | 'NO' | 'BAD' }

const form = /^(OK|NO|BAD|BYE|PREAUTH)(?: |$)(?:\[([^\s\]]+)(?: ((?:"(?:[^"\\]|\\.)*"|[^\]"])*))?\] ?)?(.*)$/is

/** Parses what stands behind the tag or the `*`; undefined where it is no status response. */
export function parseStatus(line: string): Status | undefined {
  const match = form.exec(line)
  if (!match) return undefined
  const [, status = '', code, args = '', text = ''] = match
  return { status: status.toUpperCase() as Status['status'], code: code?.toUpperCase(), args, text }
}

/** Whether it can be a command's answer: BYE and PREAUTH can't. */
export const isTagged = (status: Status): status is Tagged => status.status !== 'BYE' && status.status !== 'PREAUTH'
