import { element, textElement } from './xml.ts'

/** `RequestServerVersion`: what the server's answers may contain. */
export type SchemaVersion = 'Exchange2007_SP1' | 'Exchange2010' | 'Exchange2010_SP1' | 'Exchange2010_SP2' | 'Exchange2013'

/** The newest schema whose features are used that a server of `major.minor` has; the oldest for one whose version isn't known. */
export function schemaVersionOf(serverVersion: string | undefined): SchemaVersion {
  const [, major = '0', minor = '0'] = /^(\d+)\.(\d+)/.exec(serverVersion ?? '') ?? []
  if (Number(major) >= 15) return 'Exchange2013'
  if (Number(major) < 14) return 'Exchange2007_SP1'
  if (Number(minor) >= 2) return 'Exchange2010_SP2'
  return Number(minor) === 1 ? 'Exchange2010_SP1' : 'Exchange2010'
}

export interface EnvelopeOptions {
  readonly version: SchemaVersion
  /** The address whose owner the request acts as. */
  readonly impersonate?: string
}

/** What stands before and after the operation's element. */
export function envelope({ version, impersonate }: EnvelopeOptions): { readonly start: string; readonly end: string } {
  // Exchange 2007 only knows the primary address here.
  const address = version === 'Exchange2007_SP1' ? 't:PrimarySmtpAddress' : 't:SmtpAddress'
  const header = element(
    's:Header',
    {},
    element('t:RequestServerVersion', { Version: version }),
    ...(impersonate === undefined
      ? []
      : [element('t:ExchangeImpersonation', {}, element('t:ConnectingSID', {}, textElement(address, impersonate)))]),
  )
  return {
    start:
      '<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"' +
      ' xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"' +
      ` xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">${header}<s:Body>`,
    end: '</s:Body></s:Envelope>',
  }
}
