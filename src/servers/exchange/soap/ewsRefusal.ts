/** An operation that EWS refused, with its response code (`ErrorAccessDenied`). */
export class EwsRefusal extends Error {
  readonly code: string
  readonly serverVersion: string | undefined

  constructor(code: string, serverVersion?: string) {
    super(code)
    this.code = code
    this.serverVersion = serverVersion
  }
}
